"""The packages seen from a day: what the tests of analysis, tables and charts start from."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from claimbrief.analysis.voices import silences
from claimbrief.blocks import Block, Text
from claimbrief.dataset import read_dataset
from claimbrief.validate import checked
from claimbrief.view import View, view, viewpoint

sound = cache(lambda folder: checked(read_dataset(folder)))
TINY = Path(__file__).parent / "tiny"
REAL = Path(__file__).parent.parent / "data"


def tiny_seen(as_of: str = "2019-05-31", folder: Path = TINY, **part: object) -> View:
    """Return a view of the tiny package, by default with everything in it certain."""
    window = {"window_start": "2019-04-20", "window_end": "2019-05-31", "basis": "said"}
    return view(sound(folder), viewpoint(as_of=as_of, **(window | part)))  # type: ignore[arg-type]


def real_seen(as_of: str = "2024-10-31", folder: Path = REAL, **part: object) -> View:
    """Return a view of the real dataset, by default of all that October's sources can tell."""
    window = {"window_start": "2024-10-01", "window_end": "2024-10-31", "basis": "said"}
    return view(sound(folder), viewpoint(as_of=as_of, **(window | part)))  # type: ignore[arg-type]


def article_seen(as_of: str = "2024-10-19", folder: Path = REAL, **part: object) -> View:
    """Return a view of the real dataset, by default of all that its one coded article can tell."""
    alone = {"sources": ["aljazeera_2024_10"], "window_end": "2024-10-19"}
    return real_seen(as_of, folder, **(alone | part))


def unheard(seen: View) -> list[str]:
    """Return the actors whom a reader expects to hear and who are not heard."""
    return list(silences(seen).query("heard_claim == ''")["actor_id"])


def plain(words: Text) -> str:
    """Return a text without its styles, links and footnotes."""
    return "".join(run.text for run in words if run.style != "note")


def cells(block: Block) -> list[list[str]]:
    """Return the cells of a table block as plain text."""
    return [[plain(cell) for cell in row.cells] for row in block.rows]  # type: ignore[union-attr]


def sentences(block: Block) -> list[str]:
    """Return the paragraphs of a prose block as plain text."""
    return [plain(paragraph) for paragraph in block.paragraphs]  # type: ignore[union-attr]
