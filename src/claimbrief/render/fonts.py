"""The fonts of a brief: which draw its text, as rules of the page and as files for Typst.

Fonts of Chinese, Japanese and Korean are in the PDF alone: they would make the page a tenth
larger. There such words have the reader's own font, which all who read them have. Typst sets
the text of a chart only with fonts of one weight, and packages bring fonts that hold all weights:
each weight is made into a font of its own.
"""

from __future__ import annotations

import base64
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, lru_cache, partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from claimbrief import faces
from claimbrief.render.cache import Cache
from claimbrief.render.keys import digest, installed, package_digest
from claimbrief.texts import RIGHT_TO_LEFT, Json, pieces_by_direction

_OF_EXTRA = {"Han", "Hangul", "Hiragana", "Katakana", "Bopomofo"}
_ASCII = bytes(range(128))
_BLANKS = "\n\t\r"  # a fallback of these alone would be a font without a glyph
_MARKED = re.compile(r"\w[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")
MARKS = frozenset(
    (*range(0x300, 0x370), *range(0x1AB0, 0x1B00), *range(0x1DC0, 0x1E00), *range(0x20D0, 0x2100))
)
SCRIPTS = "Scripts"  # what the style sheet calls the faces of all further scripts
_ITALIC = frozenset((*range(0x250), *range(0x2000, 0x2070)))  # else a browser slants the upright

LICENCES = (
    "/* Source Serif 4 and Source Sans 3: (c) Adobe, Reserved Font Name Source, under the SIL "
    "Open Font License 1.1, https://scripts.sil.org/OFL; cut to the characters of this page. */"
)

_MAKING = Lock()  # PDFs are set at the same time: each font is made once for all
ITALIC = faces.source_face(faces.SERIF, faces.REGULAR, "italic")  # the page slants the upright


@cache
def read_codes() -> frozenset[int]:
    """Return the codes of what both reading faces draw, or either."""
    return faces.codes_of(faces.READING[0]) | faces.codes_of(faces.READING[1])


@lru_cache(maxsize=8)
def fallbacks_of(text: str) -> dict[faces.Face, frozenset[int]]:
    """Return the faces that draw what the reading faces lack, and what each draws, in order.

    A letter goes with the marks on it to the first face that has them all.
    """
    used = used_codes(text)
    lacking = used - read_codes()
    marked = _MARKED.findall(text) if used & MARKS else []
    letters = {frozenset(map(ord, letter)) for letter in marked}
    left = {codes for codes in letters if codes & lacking}
    found: dict[faces.Face, frozenset[int]] = {}
    for face in faces.FALLBACKS:
        fitting = {codes for codes in left if codes <= faces.codes_of(face)}
        if codes := (lacking & faces.codes_of(face)).union(*fitting):
            found[face] = codes
            lacking, left = lacking - codes, left - fitting
    # The language chooses among these: each draws many characters as its own country does.
    for face in (face for face in faces.OF_READER if face.is_installed):
        if codes := lacking & faces.codes_of(face):
            found[face] = codes
    return found


@lru_cache(maxsize=8)
def used_codes(text: str) -> frozenset[int]:
    """Return the codes of the text's characters that can be seen."""
    # To make a set of some million characters, nearly all ASCII, would take longer.
    encoded = text.encode("utf-8", "surrogatepass")
    others = encoded.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    signs = {*others, *(chr(code) for code in _ASCII if code in encoded)} - set(_BLANKS)
    return frozenset(ord(sign) for sign in signs if unicodedata.category(sign) != "Cf")


def undrawn(text: str) -> dict[str, str]:
    """Return the characters of the text that no installed font draws, by the name of their script.

    Those of no known script have no name.
    """
    from fontTools import unicodedata as scripts

    drawn = read_codes().union(faces.codes_of(faces.CODE), *fallbacks_of(text).values())
    by_script: dict[str, str] = {}
    for code in sorted(used_codes(text) - drawn):
        script = scripts.script(chr(code))
        name = "" if script.startswith("Z") else scripts.script_name(script)
        by_script[name] = by_script.get(name, "") + chr(code)
    return by_script


def undrawn_notes(text: str) -> Iterable[str]:
    """Yield what a build says of characters that the page and the PDF cannot both show."""
    found = undrawn(text)
    if not found:
        return
    counted = ", ".join(
        f"{len(signs)} of {name or 'no script'} ({signs[:5]}{'…' if signs[5:] else ''})"
        for name, signs in sorted(found.items())
    )
    yield (
        f"note: no font that is installed draws these signs: {counted}; the page leaves them to "
        "the reader’s own fonts, and a PDF says in their place how many it lacks"
    )
    if _OF_EXTRA & set(found):
        extra = f'"claimbrief[{faces.EXTRA}]"'
        yield f"note: pip install {extra} brings Chinese, Japanese and Korean fonts"


def font_rules(text: str, kept: Cache, *, has_code: bool = True) -> str:
    """Return the style sheet's @font-face rules, the fonts cut to the characters of the text.

    Fonts that have been cut are kept. A fallback is cut to what the fonts before it lack; a font
    that is not needed has no rule, the one for code among them where there is no block of code.
    """
    used = used_codes(text)
    cuts = {face: used & faces.codes_of(face) for face in faces.READING}
    cuts |= {face: codes & _ITALIC for face, codes in cuts.items() if face.style == "italic"}
    others = fallbacks_of(text).items()
    cuts |= {face: codes for face, codes in others if face not in faces.OF_READER}
    if has_code:
        cuts[faces.CODE] = used & faces.codes_of(faces.CODE)
    return "\n".join(
        [LICENCES, *(_rule(face, codes, kept) for face, codes in cuts.items() if codes)]
    )


def _rule(face: faces.Face, codes: frozenset[int], kept: Cache) -> str:
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
def _packed(face: faces.Face, codes: frozenset[int]) -> bytes:
    """Return the font as WOFF2 with just these characters; the same bytes each time."""
    from fontTools.ttLib import TTFont

    features = ("kern", "ccmp", "mark", "mkmk") if codes & MARKS else ("kern",)
    # Other scripts need all features of their font.
    slim = faces.cut(face, codes, features=None if face.is_of_script else features)
    packed = io.BytesIO()
    with TTFont(io.BytesIO(slim), recalcTimestamp=False) as font:
        faces.set_line(font, face)
        font.flavor = "woff2"
        font.save(packed, reorderTables=False)
    return packed.getvalue()


def set_by(text: str) -> Json:
    """Return what the theme reads of the text's scripts.

    These are the families that draw what the reading faces lack, in order; patterns of what no font
    draws, with the name of the script; the pattern of what runs from right to left, if any does.
    """
    families = [face.family for face in fallbacks_of(text)]
    missing = [
        {"script": script, "pattern": f"[{signs}](?:[{signs}\\s]*[{signs}])?"}
        for script, signs in undrawn(text).items()
    ]
    return {
        "families": list(dict.fromkeys([*families, faces.SIGNS])),
        "undrawn": missing,
        "right_to_left": RIGHT_TO_LEFT if pieces_by_direction(text)[1:] else "",
    }


@contextmanager
def font_folders(text: str, kept: Cache) -> Iterator[list[str]]:
    """Give folders that hold all fonts which the text is set with; the cache keeps what is made."""
    named = (*faces.READING, ITALIC, *fallbacks_of(text))
    drawing = [face for face in named if face.weight == faces.REGULAR]
    variable = [face for face in drawing if faces.opened(face).has_var_data]
    fixed = {face.path.parent for face in (faces.CODE, *drawing) if face not in variable}
    with TemporaryDirectory(prefix="claimbrief-fonts-") as folder:
        for face in variable:
            for weight in faces.WEIGHTS:
                own = replace(face, weight=weight)
                key = digest("whole font", repr(own), package_digest(above=True), installed())
                with _MAKING:
                    font = kept.get_or_make("fonts", key, partial(faces.whole, own))
                Path(folder, f"{own.family} {own.weight} {own.style}.ttf").write_bytes(font)
        yield [folder, *sorted(map(str, fixed))]
