"""The house style: one matplotlib style sheet in the project's `report/template/`."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.colors import to_hex
from matplotlib.rcsetup import cycler

from claimbrief.errors import PageError
from claimbrief.faces import FALLBACKS, OF_READER, REGULAR, SANS, WEIGHTS, Face, source_face, whole

SHEET = Path("report", "template", "house.mplstyle")
_NEEDED = "text.color axes.labelcolor lines.color grid.color axes.facecolor figure.facecolor"
NEEDED = _NEEDED.split()
BLACK = "#000000"
FEWEST = 2  # colours that a sheet must have: one for a side, one for all further sides


@dataclass(frozen=True)
class House:
    """The house colours: text, what belongs to no side, backgrounds, and one for each side.

    The last of `colours` is shared by all sides that come after those with one of their own.
    """

    ink: str
    muted: str
    line: str
    faint: str
    ground: str
    paper: str
    colours: tuple[str, ...]
    family: str


def house() -> House:
    """Return the colours and the face of the style sheet.

    Raises PageError if the sheet is not found, or lacks a setting that the charts need.
    """
    return _house(_sheet(Path.cwd()))


@cache
def _house(sheet: Path) -> House:
    settings = _settings(sheet)
    ink, muted, line, faint, ground, paper = (to_hex(settings[name]) for name in NEEDED)
    colours = tuple(to_hex(colour) for colour in settings["axes.prop_cycle"].by_key()["color"])
    return House(ink, muted, line, faint, ground, paper, colours, settings["font.family"][0])


@contextmanager
def house_style() -> Iterator[None]:
    """Draw a chart of your own in the house's look, whatever the user's own settings are.

    It has no frame and no ticks, and its first colour is that of what is no side's: the colour of
    a side is in `context.colours`. What the house's face lacks is drawn by the installed faces of
    other scripts.
    """
    look = house()
    with _style():
        mpl.rcParams["font.family"] = every_family()
        mpl.rcParams["axes.facecolor"] = look.paper
        mpl.rcParams["axes.prop_cycle"] = cycler("color", [look.line, *look.colours])
        yield


@contextmanager
def page_style() -> Iterator[None]:
    """Draw for the page, in which text stays text: it finds the faces of other scripts itself."""
    with _style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        yield


@contextmanager
def _style() -> Iterator[None]:
    _register_label_face()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_settings(_sheet(Path.cwd())))
        yield


@cache
def _sheet(here: Path) -> Path:
    """Return the style sheet of the project that a folder lies in."""
    for folder in (here, *here.parents):
        if (folder / SHEET).is_file():
            return folder / SHEET
    raise PageError(
        f"no {SHEET.as_posix()} in this folder or above it; charts are drawn inside a project"
    )


@cache
def _settings(sheet: Path) -> Any:
    try:
        settings = mpl.rc_params_from_file(sheet, use_default_template=False)
    except (OSError, UnicodeDecodeError) as error:
        cause = getattr(error, "strerror", None) or "it is not in UTF-8"
        raise PageError(f"{SHEET.as_posix()} cannot be read: {cause}") from error
    lacking = [name for name in (*NEEDED, "axes.prop_cycle", "font.family") if name not in settings]
    if lacking:
        raise PageError(f"{SHEET.as_posix()}: no {', no '.join(lacking)}; charts need each")
    if len(settings["axes.prop_cycle"]) < FEWEST:
        raise PageError(f"{SHEET.as_posix()}: axes.prop_cycle has fewer than {FEWEST} colours")
    return settings


@cache
def _register_label_face() -> None:
    """Let matplotlib find the label face in the weights of charts."""
    for weight, style in (*((it, "normal") for it in WEIGHTS), (REGULAR, "italic")):
        _register(_of_one_weight(source_face(SANS, weight, style)), SANS, weight, style)


@cache
def every_family() -> list[str]:
    """Return the names of the label face and of the installed faces of other scripts."""
    others = [face for face in (*FALLBACKS, *OF_READER) if face.is_installed]
    for face in others:
        for weight in WEIGHTS:  # of the same look
            _register(face.path, face.family, weight, face.style)
    return [house().family, *(face.family for face in others)]


def _register(file: Path, name: str, weight: int, style: str) -> None:
    size = "scalable"
    entry = font_manager.FontEntry(str(file), 0, name, style, weight=weight, size=size)
    font_manager.fontManager.ttflist.append(entry)


def _of_one_weight(face: Face) -> Path:
    """Return a file of one weight, which matplotlib needs, in the folder of what it keeps."""
    content = whole(face)
    # A chapter may read hidden files.
    file = Path(mpl.get_cachedir(), f".{face.family} {face.weight} {face.style}.ttf")
    new = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        if not file.is_file() or file.read_bytes() != content:
            new.write_bytes(content)
            new.replace(file)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        raise PageError(f"{file} cannot be written: {error.strerror}") from error
    return file
