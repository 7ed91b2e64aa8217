"""The page's fonts: each cut to the glyphs that the page uses, as a rule of its style sheet."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from claimbrief.faces import CODE, OF_READER, READING, Face, codes_of, cut, set_line
from claimbrief.render.cache import Cache
from claimbrief.render.fonts import MARKS, fallbacks_of, used_codes
from claimbrief.render.keys import digest, installed, package_digest

SCRIPTS = "Scripts"  # what the style sheet calls the faces of all further scripts
_ITALIC = frozenset((*range(0x250), *range(0x2000, 0x2070)))  # else a browser slants the upright

LICENCES = (
    "/* Source Serif 4 and Source Sans 3: (c) Adobe, Reserved Font Name Source, under the SIL "
    "Open Font License 1.1, https://scripts.sil.org/OFL; cut to the characters of this page. */"
)


def font_rules(text: str, kept: Cache, *, has_code: bool = True) -> str:
    """Return the style sheet's @font-face rules, the fonts cut to the characters of the text.

    Fonts that have been cut are kept. A fallback is cut to what the fonts before it lack; a font
    that is not needed has no rule, the one for code among them where there is no block of code.
    """
    used = used_codes(text)
    faces = {face: used & codes_of(face) for face in READING}
    faces |= {face: codes & _ITALIC for face, codes in faces.items() if face.style == "italic"}
    faces |= {face: codes for face, codes in fallbacks_of(text).items() if face not in OF_READER}
    if has_code:
        faces[CODE] = used & codes_of(CODE)
    return "\n".join(
        [LICENCES, *(_rule(face, codes, kept) for face, codes in faces.items() if codes)]
    )


def _rule(face: Face, codes: frozenset[int], kept: Cache) -> str:
    look = (face.family, face.weight, face.style, sorted(codes))
    key = digest("font", look, package_digest(above=True), installed())
    cut = kept.get_or_make("fonts", key, lambda: _packed(face, codes))
    packed = base64.b64encode(cut).decode("ascii")
    return (
        f'@font-face{{font-family:"{SCRIPTS if face.is_of_script else face.family}";'
        f"font-weight:{face.weight};font-style:{face.style};font-display:block;"
        f"{f'unicode-range:{_ranges(codes)};' if face.is_of_script else ''}"
        f'src:url("data:font/woff2;base64,{packed}") format("woff2")}}'
    )


def _ranges(codes: Iterable[int]) -> str:
    """Return codes as a style sheet writes them: U+5D0-5D4,U+5D6."""
    stretches = groupby(enumerate(sorted(codes)), key=lambda pair: pair[1] - pair[0])
    bounds = [[code for _, code in stretch] for _, stretch in stretches]
    return ",".join(
        f"U+{them[0]:X}" + (f"-{them[-1]:X}" if len(them) > 1 else "") for them in bounds
    )


@cache
def _packed(face: Face, codes: frozenset[int]) -> bytes:
    """Return the font as WOFF2 with just these characters; the same bytes each time."""
    from fontTools.ttLib import TTFont

    features = ("kern", "ccmp", "mark", "mkmk") if codes & MARKS else ("kern",)
    # Other scripts need all features of their font.
    slim = cut(face, codes, features=None if face.is_of_script else features)
    packed = io.BytesIO()
    with TTFont(io.BytesIO(slim), recalcTimestamp=False) as font:
        set_line(font, face)
        font.flavor = "woff2"
        font.save(packed, reorderTables=False)
    return packed.getvalue()
