"""The brief's fonts: found in their packages, cut to the glyphs that a page uses.

A serif for reading, a sans for labels and tables; signs that neither has, such as the dot of a
quoted word, come from the DejaVu fonts that matplotlib brings along. Words quoted in Korean or
Japanese have a font of each in the PDF; in the page, which they would make a tenth larger, they
have the reader's own, which whoever reads them has.
"""

from __future__ import annotations

import base64
import io
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from claimbrief.errors import PageError
from claimbrief.render.cache import Cache
from claimbrief.render.keys import digest, installed

if TYPE_CHECKING:
    import uharfbuzz

SERIF, SANS, SIGNS, MONO = "Source Serif Pro", "Source Sans Pro", "DejaVu Sans", "DejaVu Sans Mono"
KOREAN, JAPANESE = "NanumGothic", "IPAexGothic"
_BLANKS = "\n\t\r"  # a fallback of these alone would be a font without a glyph
FALLBACKS = (SIGNS, KOREAN, JAPANESE)  # in this order, each for what those before it lack

LICENCES = (
    "/* Source Serif Pro and Source Sans Pro: (c) Adobe, Reserved Font Name Source, under the SIL "
    "Open Font License 1.1, https://scripts.sil.org/OFL; cut to the characters of this page. */"
)


@dataclass(frozen=True)
class Face:
    """One font file, under the name, weight and style by which the style sheet calls it."""

    family: str
    weight: int
    style: str
    package: str
    file: str

    @property
    def path(self) -> Path:
        """The font's file; PageError if its package is not installed."""
        return package_folder(self.package) / self.file


FACES = (
    Face(SERIF, 400, "normal", "font_source_serif_pro", "files/SourceSerifPro-Regular.ttf"),
    Face(SANS, 400, "normal", "font_source_sans_pro", "files/SourceSansPro-Regular.ttf"),
    Face(SANS, 400, "italic", "font_source_sans_pro", "files/SourceSansPro-It.ttf"),
    Face(SANS, 600, "normal", "font_source_sans_pro", "files/SourceSansPro-Semibold.ttf"),
    Face(SIGNS, 400, "normal", "matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf"),
    Face(MONO, 400, "normal", "matplotlib", "mpl-data/fonts/ttf/DejaVuSansMono.ttf"),
    Face(KOREAN, 400, "normal", "koreanize_matplotlib", "fonts/NanumGothic.ttf"),
    Face(JAPANESE, 400, "normal", "matplotlib_fontja", "fonts/ipaexg.ttf"),
)


@cache
def package_folder(package: str) -> Path:
    """Return the folder of an installed package, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise PageError(f"the package {package} is not installed; its fonts are needed")
    return Path(spec.origin).parent


def font_folders() -> list[Path]:
    """Return the folders that hold the fonts."""
    return sorted({face.path.parent for face in FACES})


def refuse_missing_glyphs(text: str) -> None:
    """Raise PageError naming each character of the text that no font can draw."""
    drawn = {code for face in FACES if face.style == "normal" for code in _codes(face)}
    missing = [
        f"{char} (U+{ord(char):04X}, {unicodedata.name(char, 'no name')})"
        for char in sorted(set(text))
        if ord(char) not in drawn and char not in _BLANKS
    ]
    if missing:
        raise PageError(f"no font of the brief can draw: {', '.join(missing)}")


@cache
def _codes(face: Face) -> frozenset[int]:
    return frozenset(_opened(face).unicodes)


@cache
def _opened(face: Face) -> uharfbuzz.Face:
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path)))


def font_rules(text: str, kept: Cache, *, has_code: bool = True) -> str:
    """Return the style sheet's @font-face rules, the fonts cut to the characters of the text.

    Fonts that have been cut are kept. A fallback is cut to what the fonts before it lack; a font
    that is not needed has no rule, the one for code among them where there is no block of code.
    """
    used = frozenset(map(ord, text)) - set(map(ord, _BLANKS))
    drawn = frozenset(
        code for face in FACES if face.family in (SERIF, SANS) for code in _codes(face)
    )
    rules = []
    for face in FACES:
        codes = used & _codes(face)
        if face.family in (KOREAN, JAPANESE):
            continue
        if face.family in FALLBACKS:
            codes -= drawn
            drawn |= codes
        if codes and (has_code or face.family != MONO):
            rules.append(_rule(face, frozenset(codes), kept))
    return "\n".join([LICENCES, *rules])


def _rule(face: Face, codes: frozenset[int], kept: Cache) -> str:
    key = digest("font", face.family, face.weight, face.style, sorted(codes), installed())
    cut = kept.get_or_make("fonts", key, lambda: _cut(face, codes))
    packed = base64.b64encode(cut).decode("ascii")
    return (
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f"font-style:{face.style};font-display:block;"
        f'src:url("data:font/woff2;base64,{packed}") format("woff2")}}'
    )


@cache
def _cut(face: Face, codes: frozenset[int]) -> bytes:
    """Return the font as WOFF2 with just these characters; the same bytes each time."""
    import uharfbuzz
    from fontTools.ttLib import TTFont

    cutter = uharfbuzz.SubsetInput()
    cutter.unicode_set.update(codes)
    cutter.layout_feature_tag_set.clear()
    cutter.layout_feature_tag_set.update(map(_tag, ("kern", "lnum", "tnum", "ccmp", "locl")))
    cutter.drop_table_tag_set.add(_tag("FFTM"))  # FontForge's own time stamp
    # Adobe's licence stands once, before the rules; the others' must stand in each copy.
    cutter.name_id_set.clear()
    cutter.name_id_set.update([0, 13] if face.family in (*FALLBACKS, MONO) else [])
    cutter.flags = uharfbuzz.SubsetFlags.NO_HINTING
    cut = uharfbuzz.subset(_opened(face), cutter).blob.data
    packed = io.BytesIO()
    with TTFont(io.BytesIO(cut), recalcTimestamp=False) as font:
        font.flavor = "woff2"
        font.save(packed, reorderTables=False)
    return packed.getvalue()


def _tag(name: str) -> int:
    """Return a table's or a feature's name as OpenType counts it."""
    return int.from_bytes(name.encode("ascii"), "big")
