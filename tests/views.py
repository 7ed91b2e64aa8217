"""Views of the packages: what the tests of analysis, tables and charts start from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import pandas as pd
from conftest import patching

from claimbrief import analysis, charts, tables
from claimbrief import context as contexts
from claimbrief.analysis.findings import Findings
from claimbrief.analysis.voices import silences
from claimbrief.blocks import Block, Cards, Figure, Table
from claimbrief.cards import Card, Claim
from claimbrief.dataset import Dataset, read_dataset
from claimbrief.dates import When
from claimbrief.texts import Text
from claimbrief.validate import checked
from claimbrief.view import View, make_view, viewpoint

# What many tests ask for is computed once for all tests of a process, which leave it as it is.
context_of = cache(contexts.context_of)
findings_of = cache(analysis.findings)
views_by_day = cache(analysis.views_by_day)
views_by_publication = cache(analysis.views_by_publication)
_views: dict[object, View] = {}
_datasets: dict[str, Dataset] = {}
Given = ParamSpec("Given")
Drawn = TypeVar("Drawn")
TINY = Path(__file__).parent / "tiny"
REAL = Path(__file__).parent.parent / "data"


@cache
def sound(folder: Path) -> Dataset:
    """Return the dataset of a folder, checked; one for all folders in which the same stands.

    A test that patches the code has one of its own.
    """
    if patching:
        return checked(read_dataset(folder))
    content = _content(folder)
    kept = _datasets.get(content)
    if kept is None or _content(kept.folder) != content:
        kept = _datasets[content] = checked(read_dataset(folder))
    return kept


def _content(folder: Path) -> str:
    """Return a digest of the names and bytes of all files of a package."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def _drawn_once(draw: Callable[Given, Drawn]) -> Callable[Given, Drawn]:
    """Draw a block once for all tests, but anew for a test that patches the code."""
    kept = cache(draw)

    @wraps(draw)
    def drawn(*args: Given.args, **kwargs: Given.kwargs) -> Drawn:
        return draw(*args, **kwargs) if patching else kept(*args, **kwargs)  # type: ignore[arg-type]

    return drawn


def tiny_view(as_of: str = "2019-05-31", folder: Path = TINY, **part: object) -> View:
    """Return a view of the tiny package, by default with everything in it certain."""
    window = {"window_start": "2019-04-20", "window_end": "2019-05-31", "basis": "said"}
    return _view(folder, as_of=as_of, **(window | part))


def real_view(as_of: str = "2024-10-31", folder: Path = REAL, **part: object) -> View:
    """Return a view of the real dataset, by default of all that October's sources can tell."""
    window = {"window_start": "2024-10-01", "window_end": "2024-10-31", "basis": "said"}
    return _view(folder, as_of=as_of, **(window | part))


def _view(folder: Path, **part: object) -> View:
    dataset = sound(folder)
    key = id(dataset), repr(sorted(part.items()))
    if key not in _views:
        _views[key] = make_view(dataset, viewpoint(**part))  # type: ignore[arg-type]
    return _views[key]


def article_view(as_of: str = "2024-10-19", folder: Path = REAL, **part: object) -> View:
    """Return a view of the real dataset, by default of all that its one coded article can tell."""
    alone = {"sources": ["aljazeera_2024_10"], "window_end": "2024-10-19"}
    return real_view(as_of, folder, **(alone | part))


def unheard(view: View) -> list[str]:
    """Return the actors whom a reader expects to hear and who are not heard."""
    return list(silences(view).query("heard_claim == ''")["actor_id"])


def plain(words: Text) -> str:
    """Return a text without its styles, links and footnotes."""
    return "".join(run.text for run in words if run.style != "note")


def cells(block: Block) -> list[list[str]]:
    """Return the cells of a table block as plain text."""
    return [[plain(cell) for cell in row.cells] for row in block.rows]  # type: ignore[union-attr]


def marked_cells(block: Block) -> list[list[str]]:
    """Return the cells of a table block as `marked` texts."""
    return [[marked(cell) for cell in row.cells] for row in block.rows]  # type: ignore[union-attr]


def sentences(block: Block) -> list[str]:
    """Return the paragraphs of a prose block as plain text."""
    return [plain(paragraph) for paragraph in block.paragraphs]  # type: ignore[union-attr]


def drawn(words: Text) -> str:
    """Return a text as a page draws it: a quotation has its marks."""
    return "".join(f"“{run.text}”" if run.style == "quote" else run.text for run in words)


def marked(words: Text) -> str:
    """Return a text in which the id of the claim that a link leads to follows it: "Blinken<o9>"."""
    claims = [run.href[1:] if run.href.startswith("#") else "" for run in words]
    return "".join(
        f"{run.text if claim != run.text else ''}<{claim}>" if claim else run.text
        for run, claim in zip(words, claims, strict=True)
    )


@cache
def findings_by_day(view: View) -> Mapping[date, Findings]:
    """Return the findings of each day of a view."""
    return analysis.findings_by_day(views_by_day(view))


@cache
def frame_of(name: str, view: View) -> pd.DataFrame:
    """Return the analysis frame that the table of this name draws."""
    make = getattr(analysis, "turns_in_words" if name == "all_turns" else name)
    if name == "deflation":
        frame = make(findings_of(view))
    elif name in ("sensitivity", "flips"):
        frame = make(view, views_by_publication(view))
    else:
        frame = make(view)
    assert isinstance(frame, pd.DataFrame)
    return frame


@_drawn_once
def chart(name: str, view: View) -> Figure:
    """Return the chart of a view by its name."""
    frames: tuple[object, ...]
    if name == "lineage":
        frames = analysis.lineage(view)
    elif name == "positions_by_day":
        frames = (
            analysis.positions_by_day(view),
            analysis.position_tallies(view),
            analysis.turning_points(view),
        )
    elif name == "publicity_by_day":
        frames = analysis.publicity_by_day(view), analysis.evidence_register(view)
    else:
        frames = (frame_of(name, view),)
    block = getattr(charts, name)(*frames, context_of(view))
    assert isinstance(block, Figure)
    return block


def table(name: str, view: View, frame: pd.DataFrame | None = None) -> Table:
    """Return the table of a view by its name, drawn from its frame or from a part of the frame."""
    return _whole_table(name, view) if frame is None else _table(name, view, frame)


def _table(name: str, view: View, frame: pd.DataFrame) -> Table:
    block = getattr(tables, name)(frame, context_of(view))
    assert isinstance(block, Table)
    return block


@_drawn_once
def _whole_table(name: str, view: View) -> Table:
    return _table(name, view, frame_of(name, view))


@_drawn_once
def ledger(view: View) -> Cards:
    """Return the cards of a view."""
    return tables.utterance_cards(analysis.utterance_cards(view), context_of(view))


def cards_of(view: View) -> dict[str, Card]:
    """Return the cards of a view by utterance."""
    return {card.anchor.removeprefix("u-"): card for card in ledger(view).cards}


def claims_of(card: Card) -> list[Claim]:
    """Return the claims of a card, the speaker's first."""
    passages = (*card.passages, *card.of_outlets)
    return [claim for passage in passages for claim in passage.claims]


def card_fields(card: Card) -> dict[str, str]:
    """Return the fields of a card as plain text, by label, with the claims to which links lead."""
    return {field.label: marked(field.value) for field in card.fields}


VIEWS = {  # of the packages whole and in part: what holds of every view is tested on each
    "tiny, all certain": tiny_view,
    "tiny, half possible": lambda: tiny_view("2019-05-12"),
    "tiny, nothing said": lambda: tiny_view("2019-04-27", actors=["karst_works"]),
    "article": article_view,
    "October": real_view,
    "October, reported by 10 October": lambda: real_view("2024-10-10", basis="reported"),
}


def order(first: When, second: When) -> str:
    """Return whether the first is before or after the second for every day that each may be.

    Overlapping bounds, and two statements of one day, are undetermined: a day has no hours here.
    """
    if second.earliest is not None and first.latest < second.earliest:
        return "before"
    if first.earliest is not None and second.latest < first.earliest:
        return "after"
    return "undetermined"
