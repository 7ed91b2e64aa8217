"""Pictures that a cell shows by itself: PNG, JPEG, SVG and formulas, each as a Picture block."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

from claimbrief.blocks import Picture
from claimbrief.errors import ChapterError
from claimbrief.limits import LIMITS
from claimbrief.texts import Json
from claimbrief.wording import number

RASTERS = {"image/png": "PNG", "image/jpeg": "JPEG"}
SVG = "image/svg+xml"
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_POINTS = {"": 0.75, "px": 0.75, "pt": 1.0, "in": 72.0, "cm": 28.3465, "mm": 2.83465}
_RUNS = {"script", "foreignObject", "iframe", "audio", "video"}
_SIZE = re.compile(r"(-?\d{1,6}(?:\.\d+)?)\s*(px|pt|in|cm|mm)?")
_FORMULA_SIZE = 12  # points
_CLOSED = r"(\$\$|\$|\\\[|\\\()(.*?)(\$\$|\$|\\\]|\\\))"


def raster_picture(content: str, kind: str, size: Json, where: str) -> Picture:
    """Return a picture in pixels; `size` may give the width and height that it is shown in."""
    from PIL import Image

    try:
        raw = base64.b64decode(content)
        with Image.open(BytesIO(raw), formats=[RASTERS[kind]]) as image:
            width, height = image.size
    except (binascii.Error, OSError, Image.DecompressionBombError) as error:
        raise ChapterError(f"{where} shows no whole {RASTERS[kind]} picture") from error
    wide = size.get("width") or (size["height"] * width / height if size.get("height") else width)
    tall = size.get("height") or wide * height / width
    return _picture(raw, kind, wide * _POINTS["px"], tall * _POINTS["px"], where)


def svg_picture(source: str, where: str) -> Picture:
    """Return an SVG as a picture without ids and dates that change with each drawing.

    Raises ChapterError for one that is not well-formed, that runs something or that asks for
    anything outside itself.
    """
    if "<!ENTITY" in source:
        raise _refused("an entity of its own", where)
    try:
        root = ElementTree.fromstring(source)
        ElementTree.tostring(root)
    except (ElementTree.ParseError, RecursionError) as error:
        cause = "too many elements inside each other" if "recursion" in str(error) else error
        raise ChapterError(f"{where} shows an SVG that is not well-formed: {cause}") from error
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{_NAMESPACE}metadata":
                parent.remove(child)
    for element in root.iter():
        _refuse_what_asks_or_runs(element, where)
    width, height = _size(root, where)
    ElementTree.register_namespace("", _NAMESPACE.strip("{}"))
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    written = ElementTree.tostring(root, encoding="unicode")
    # Ids are counted: those of matplotlib differ from run to run.
    names = {name: f"i{at}" for at, name in enumerate(re.findall(r'\sid="([^"]+)"', written))}
    written = re.sub(r'(\sid=")([^"]+)"', lambda it: f'{it[1]}{names[it[2]]}"', written)
    written = re.sub(r"#([\w.:-]+)", lambda it: f"#{names.get(it[1], it[1])}", written)
    return _picture(written.encode("utf-8"), SVG, width, height, where)


def formula_picture(source: str, where: str) -> Picture:
    """Return a formula that matplotlib can set; its source is its alternative text."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    bare = source.strip()
    closed = re.fullmatch(_CLOSED, bare, re.S)
    formula = " ".join((closed[2] if closed else bare).replace(r"\displaystyle", "").split())
    displayed = re.sub(r"\\frac\b", r"\\dfrac", formula)
    if len(formula) > LIMITS.line:
        raise ChapterError(
            f"{where} shows a formula of {number(len(formula))} letters; accepted: up to "
            f"{number(LIMITS.line)}"
        )
    if "$" in formula:
        raise ChapterError(
            f"{where} mixes words and formulas in Latex(…); write the words in Markdown and each "
            "formula as Math(…)"
        )
    buffer = BytesIO()
    try:
        with mpl.rc_context({"mathtext.fontset": "stix", "svg.fonttype": "path"}):
            figure = Figure()
            figure.text(0, 0, f"${displayed}$", fontsize=_FORMULA_SIZE)
            figure.savefig(
                buffer, format="svg", bbox_inches="tight", pad_inches=0.03, transparent=True
            )
    except ValueError as error:
        cause = str(error).strip().splitlines()[-1]
        raise ChapterError(
            f"{where} shows a formula that matplotlib cannot set ({cause}); write a simpler "
            "formula, or show it as a picture"
        ) from error
    drawn = svg_picture(buffer.getvalue().decode("utf-8"), where)
    return replace(drawn, alt=formula, is_numbered=False)


def _picture(raw: bytes, kind: str, width: float, height: float, where: str) -> Picture:
    if len(raw) > LIMITS.picture:
        raise ChapterError(
            f"{where} shows a picture of {number(len(raw))} bytes; accepted: up to "
            f"{number(LIMITS.picture)}; draw fewer marks, or write "
            "%config InlineBackend.figure_format = 'png' above the figure"
        )
    source = f"data:{kind};base64,{base64.b64encode(raw).decode('ascii')}"
    svg = raw.decode("utf-8") if kind == SVG else ""
    return Picture("", (), "", source, svg, round(width, 2), round(height, 2))


def _refused(found: str, where: str) -> ChapterError:
    return ChapterError(
        f"{where} shows an SVG with {found}; accepted: drawings alone; show it as PNG or JPEG"
    )


def _refuse_what_asks_or_runs(element: ElementTree.Element, where: str) -> None:
    tag = str(element.tag).rpartition("}")[2]
    if tag in _RUNS:
        raise _refused(f"<{tag}>", where)
    for name, value in [*element.attrib.items(), ("", element.text or "")]:
        name = name.rpartition("}")[2]
        is_inside = value.startswith(("#", "data:image/png;", "data:image/jpeg;"))
        if name.startswith("on") or (name in ("href", "src") and not is_inside):
            raise _refused(f"{name}={value[:60]!r}", where)
        is_style = bool(name) or tag == "style"
        if is_style and re.search(r"url\(\s*['\"]?(?!['\"]?#)|@import", value):
            raise _refused("an address outside it", where)


def _size(root: ElementTree.Element, where: str) -> tuple[float, float]:
    """Return the width and height of an SVG in points."""
    sides = []
    box = [it for it in re.split(r"[\s,]+", root.get("viewBox", "")) if _SIZE.fullmatch(it)]
    for name, position in (("width", 2), ("height", 3)):
        given = _SIZE.fullmatch(root.get(name, "").strip())
        if given:
            sides.append(float(given[1]) * _POINTS[given[2] or ""])
        elif len(box) == 4:
            sides.append(float(box[position]) * _POINTS["px"])
    if len(sides) != 2 or min(sides) <= 0:
        raise ChapterError(f"{where} shows an SVG without a size; give it a width and a height")
    if len(box) != 4:
        root.set("viewBox", f"0 0 {sides[0] / 0.75:g} {sides[1] / 0.75:g}")
    return sides[0], sides[1]
