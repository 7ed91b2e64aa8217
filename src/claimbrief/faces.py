"""The fonts that packages bring: which there are, what each draws, and a part of one.

A serif for reading and a sans for labels and tables; what they lack is drawn by a face of its
script, signs by the DejaVu fonts that matplotlib brings along, and words in Chinese, Japanese or
Korean by the fonts of an extra.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from claimbrief.errors import PageError

if TYPE_CHECKING:
    import uharfbuzz
    from fontTools.ttLib import TTFont

SERIF, SANS = "Source Serif 4", "Source Sans 3"
SIGNS, MONO = "DejaVu Sans", "DejaVu Sans Mono"
REGULAR, SEMIBOLD, BOLD = WEIGHTS = 400, 600, 700
EXTRA = "scripts"  # of this package: brings the fonts of Chinese, Japanese and Korean

_NAMES = dict(zip(WEIGHTS, ("Regular", "SemiBold", "Bold"), strict=True))
_NOTO = (
    "Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hebrew Kannada Khmer Lao "
    "Malayalam Myanmar Oriya Sinhala Tamil Telugu Thai"
)
_CJK = {"SC": "zh_cn", "JP": "jp", "KR": "ko", "TC": "zh_tw"}  # family and package end in these
_SHAPES = frozenset(range(0x25A0, 0x2600))  # squares and the like, which Source draws small
# In thousandths of an em: a line above and below the foot of its letters, and the letters.
_LINE_OF_SANS, _LETTERS_OF_SANS = (984, 273), (750, -250)
_USE_TYPO_METRICS = 1 << 7  # a flag: the letters are the line
_SIZE_OF_TEXT = 20  # Source Serif 4 has other shapes for smaller and larger type


@dataclass(frozen=True)
class Face:
    """One font under the name, weight and style by which a style sheet calls it."""

    family: str
    package: str
    file: str
    weight: int = REGULAR
    style: str = "normal"

    @property
    def is_installed(self) -> bool:
        """Whether the font's package is there: those of an extra need not be."""
        return find_spec(self.package) is not None

    @property
    def is_of_script(self) -> bool:
        """Whether the font is neither a reading face nor one that matplotlib brings along."""
        return self.family not in (SERIF, SANS, SIGNS, MONO)

    @property
    def path(self) -> Path:
        """The font's file; PageError if its package is not installed."""
        return _package_folder(self.package) / self.file


def source_face(family: str, weight: int = REGULAR, style: str = "normal") -> Face:
    """Return a cut of one of the reading faces, whose files hold all weights."""
    name, axes = (family.replace(" ", ""), "opsz,wght" if family == SERIF else "wght")
    name += "" if style == "normal" else "-Italic"
    package = f"fontpkg_{family.lower().replace(' ', '_')}"
    return Face(family, package, f"files/{name}[{axes}].ttf", weight, style)


READING = (
    source_face(SERIF),
    source_face(SANS),
    source_face(SANS, REGULAR, "italic"),
    source_face(SANS, SEMIBOLD),
)
# Each for what those before it lack. Noto's Arabic sets dots apart, and Typst then writes a letter
# twice into the text of a PDF.
FALLBACKS = (
    Face(
        "IBM Plex Sans Arabic",
        "fontpkg_ibm_plex_sans_arabic",
        "files/IBMPlexSansArabic-Regular.ttf",
    ),
    *(
        Face(f"Noto Sans {name}", "manimgx_fonts", f"NotoSans{name}[wght].ttf")
        for name in _NOTO.split()
    ),
    Face(SIGNS, "matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf"),
    Face("Noto Emoji", "manimgx_fonts", "NotoEmoji[wght].ttf"),
)
CODE = Face(MONO, "matplotlib", "mpl-data/fonts/ttf/DejaVuSansMono.ttf")
OF_READER = tuple(
    Face(f"Noto Sans {name}", f"pylopdf_fonts_{end}", f"NotoSans{name}-Regular.otf")
    for name, end in _CJK.items()
)


@cache
def _package_folder(package: str) -> Path:
    """Return the folder of an installed package, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise PageError(f"the package {package} is not installed; its fonts are needed")
    return Path(spec.origin).parent


@cache
def codes_of(face: Face) -> frozenset[int]:
    """Return the codes of the characters that a font draws, of a reading face without shapes."""
    codes = frozenset(opened(face).unicodes)
    return codes - _SHAPES if face.family in (SERIF, SANS) else codes


@cache
def opened(face: Face) -> uharfbuzz.Face:
    """Return a font's file as HarfBuzz reads it."""
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path)))


def cut(face: Face, codes: Iterable[int], features: Iterable[str] | None = None) -> bytes:
    """Return a font of the face's weight with just these characters, and these features or all.

    Adobe's licence stands once, before the rules; the others' must stand in each copy.
    """
    import uharfbuzz

    cutter = uharfbuzz.SubsetInput()
    cutter.unicode_set.update(codes)
    if features is not None:
        cutter.layout_feature_tag_set.clear()
        cutter.layout_feature_tag_set.update(map(_tag, features))
    # FontForge's own time stamp, and a table of the weights that the font had.
    cutter.drop_table_tag_set.update(map(_tag, ("FFTM", "STAT")))
    cutter.name_id_set.clear()
    cutter.name_id_set.update([] if face.family in (SERIF, SANS) else [0, 13])
    # What no font draws must show as a box.
    cutter.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    source = opened(face)
    wanted = {"wght": face.weight, "opsz": _SIZE_OF_TEXT}
    for axis in source.axis_infos:
        cutter.pin_axis_location(source, axis.tag, wanted[axis.tag])
    return bytes(uharfbuzz.subset(source, cutter).blob.data)


@cache
def whole(face: Face) -> bytes:
    """Return a font of one weight, with all its characters, under its own name."""
    from fontTools.ttLib import TTFont

    file, style = io.BytesIO(), _NAMES[face.weight]
    style += "" if face.style == "normal" else " Italic"
    with TTFont(io.BytesIO(cut(face, codes_of(face))), recalcTimestamp=False) as font:
        set_line(font, face)
        names = (face.family, style, f"{face.family} {style}", f"{face.family}-{style}")
        for place, name in zip((1, 2, 4, 6), names, strict=True):
            font["name"].setName(name.replace(" ", "") if place == 6 else name, place, 3, 1, 0x409)
        font.save(file, reorderTables=False)
    return file.getvalue()


def set_line(font: TTFont, face: Face) -> None:
    """Give a font's lines the height that the charts and the page reckon with."""
    if face.family != SANS:  # whose own lines are taller, by empty space
        return
    line, bounds = font["hhea"], font["OS/2"]
    line.ascent, line.descent = bounds.usWinAscent, bounds.usWinDescent = _LINE_OF_SANS
    line.descent = -line.descent
    bounds.sTypoAscender, bounds.sTypoDescender = _LETTERS_OF_SANS
    bounds.fsSelection &= ~_USE_TYPO_METRICS


def _tag(name: str) -> int:
    """Return a table's or a feature's name as OpenType counts it."""
    return int.from_bytes(name.encode("ascii"), "big")
