"""What holds of any dataset and day, tried on mutations of the tiny package, always the same."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from cut import blocks_of
from hypothesis import given, settings
from hypothesis import strategies as st
from views import TINY, cards_of, claims_of, ledger, sound, table, tiny_view

from claimbrief import analysis
from claimbrief.blocks import neutral
from claimbrief.cli import main
from claimbrief.dataset import TABLES, Dataset, each_row, read_dataset
from claimbrief.dates import parse
from claimbrief.downloads import file_of_claims, graph_of_claims
from claimbrief.errors import BriefError, Problem
from claimbrief.render.editions import read_yaml
from claimbrief.render.notebook import read_notebook
from claimbrief.validate import find_problems
from claimbrief.view import View

few = settings(max_examples=15)
FILES = sorted(path.relative_to(TINY) for path in TINY.rglob("*.*") if path.suffix != ".md")
WORDS = ["", " ", "x", "0", "-1", "true", "2019-05-13", "2019-05-01..", "…", "A, “B”; $c_1$ <b>"]
SIGNS = st.characters(codec="utf-8", exclude_characters="\0")
DAYS = st.dates(date(2019, 4, 20), date(2019, 5, 31)).map(date.isoformat)


@contextmanager
def _copy() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield shutil.copytree(TINY, Path(folder, "tiny"))


# A single cell

Place = tuple[str, int]  # a table, and the number of a row
KEYS = ("sources", "actors", "utterances", "propositions", "claims", "evidence")
# Tables whose rows say more of what they name in this column.
MORE = {
    "speakers": "utterance_id", "claims": "utterance_id", "words": "utterance_id",
    "reports": "utterance_id", "lineage": "child", "claim_evidence": "claim_id",
    "evidence_status": "evidence_id",
}  # fmt: skip


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, int, str, str]:
    """Return a table, a row of it, a column, and what to write there."""
    name = draw(st.sampled_from(list(TABLES)))
    table = sound(TINY).table(name)
    column = draw(st.sampled_from(TABLES[name].split()))
    row = draw(st.sampled_from(table.index.tolist()))
    known = st.sampled_from(sorted({str(cell) for cell in table[column]}))
    return (
        name,
        row,
        column,
        draw(st.one_of(known, st.sampled_from(WORDS), st.text(SIGNS, max_size=9))),
    )


@few
@given(changes())
def test_a_cell_that_is_changed_is_refused_by_name_or_changes_only_what_depends_on_it(
    change: tuple[str, int, str, str],
) -> None:
    name, row, column, cell = change
    with _copy() as folder:
        former = _replace_cell(folder / f"{name}.csv", row, column, cell)
        reading = read_dataset(folder)
        if problems := find_problems(reading):
            assert any(_names(problem, name, row, former) for problem in problems)
            return
        there, then = _lines(tiny_view()), _lines(tiny_view(folder=folder))
    other = {claim for claim in {**there, **then} if there.get(claim) != then.get(claim)}
    assert other <= _depending(sound(TINY), name, row) | _depending(reading, name, row)


def _replace_cell(path: Path, row: int, column: str, cell: str) -> list[str]:
    """Write a cell; return what stood in its row."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    former = [it for it in rows[row - 1] if it]
    rows[row - 1][rows[0].index(column)] = cell
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return former


def _names(problem: Problem, name: str, row: int, former: list[str]) -> bool:
    """Return whether a problem names a row, something that stood in it, or a row that needs it."""
    place = (problem.where.removesuffix(".csv"), problem.row)
    is_cell = any(cell in problem.found for cell in (*former, f"row {row}"))
    return is_cell or (name, row) in {place, *_reached(sound(TINY), place)}


def _lines(view: View) -> dict[str, list[str]]:
    """Return the rows of claims.csv by claim."""
    text = file_of_claims(view).content.decode("utf-8-sig")
    return {line[0]: line for line in csv.reader(StringIO(text))}


def _depending(dataset: Dataset, name: str, row: int) -> set[str]:
    """Return the claims that lead to a row: by an id or a code, or by what says more of them."""
    claims = zip(dataset.claims.index, dataset.claims["claim_id"], strict=True)
    return {it for number, it in claims if (name, row) in _reached(dataset, ("claims", number))}


def _reached(dataset: Dataset, place: Place) -> set[Place]:
    """Return the rows to which a row leads."""
    cells, named = _links(dataset)
    reached: set[Place] = set()
    ends = [place] if place in cells else []
    while ends:
        end = ends.pop()
        if end not in reached:
            reached.add(end)
            ends += [other for cell in cells[end] for other in named.get(cell, ())]
    return reached


@lru_cache(maxsize=2)
def _links(dataset: Dataset) -> tuple[dict[Place, list[str]], dict[str, list[Place]]]:
    """Return the cells of each row, and the rows that a cell names."""
    cells: dict[Place, list[str]] = {}
    named: dict[str, list[Place]] = {}
    for name in TABLES:
        frame = dataset.table(name)
        for number, *row in frame.itertuples(name=None):
            cells[name, number] = [str(cell) for cell in row if str(cell)]
            keys = [row[0]] if name in KEYS else [row[1]] if name == "vocabulary" else []
            keys += [frame.loc[number, MORE[name]]] if name in MORE else []
            for key in filter(None, keys):
                named.setdefault(str(key), []).append((name, number))
    return cells, named


# Any bytes


@few
@given(st.sampled_from(FILES), st.binary(max_size=40), st.floats(0, 1), st.integers(0, 400))
def test_whatever_bytes_a_file_of_a_dataset_has_no_command_ends_in_a_traceback(
    file: Path, put: bytes, place: float, out: int
) -> None:
    with _copy() as folder:
        content = (folder / file).read_bytes()
        at = int(place * len(content))
        (folder / file).write_bytes(content[:at] + put + content[at + out :])
        for command in ("check", "tidy"):
            done = CliRunner().invoke(main, [command, str(folder)])
            assert done.exception is None or isinstance(done.exception, SystemExit)
            assert done.exit_code in (0, 1)
            lines = done.stderr.splitlines()
            assert not done.exit_code or lines[0].startswith("claimbrief: ")


@settings(max_examples=100)
@given(st.one_of(st.binary(max_size=60), st.text("-:{}[]&*!|>'\"# \n\tab1.", max_size=60)))
def test_whatever_bytes_a_yaml_file_or_a_notebook_has_it_is_read_or_refused_in_a_line(
    content: bytes | str,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "2-own.ipynb")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        for read in (read_notebook, lambda path: read_yaml(path, path.name, "a mapping")):
            try:
                assert isinstance(read(path), dict)
            except BriefError as refusal:
                assert str(refusal).startswith(path.name) and "\n" not in str(refusal)


# Every product


@few
@given(DAYS, st.sampled_from(["said", "reported"]), st.sampled_from([None, "2019-05-15"]))
def test_the_products_of_a_view_have_the_same_claims_and_counts(
    as_of: str, basis: str, published: str | None
) -> None:
    view = tiny_view(as_of, basis=basis, **({"published": published} if published else {}))
    in_view = set(view.statements["claim_id"])
    cards = cards_of(view)
    on_cards = [claim.anchor for card in cards.values() for claim in claims_of(card)]
    assert sorted(on_cards) == sorted(in_view) == sorted(set(_lines(view)) - {"claim_id"})
    graph = json.loads(graph_of_claims(view).content)["@graph"]
    assert {it["schema:identifier"] for it in graph if it["@type"] == "schema:Claim"} == in_view
    found = analysis.findings(view)
    own = view.statements[view.statements["is_counted"]]
    assert found.claim_rows.total == len(in_view)
    assert found.own_renderings.total == len(own)
    assert found.utterances.total == own["utterance_id"].nunique()
    steps = table("deflation", view).numbers
    for step in ("claim_rows", "own_renderings", "utterances", "speakers"):
        count = getattr(found, step)
        assert steps[step] == [count.certain, count.total]


LATER = "said afterwards"


@settings(max_examples=8)
@given(DAYS, st.sampled_from(["said", "reported"]))
def test_nothing_that_is_later_than_the_day_shows_in_a_file_or_on_a_card(
    as_of: str, basis: str
) -> None:
    with _copy() as folder:
        view = _with_marks_on_what_is_later(folder, as_of, basis)
        files = [make(view).content.decode() for make in (file_of_claims, graph_of_claims)]
        assert LATER not in "".join(files) + json.dumps(neutral(ledger(view)), default=str)


def test_nothing_that_is_later_than_the_day_shows_in_any_block_of_the_chapters(tiny: Path) -> None:
    view = _with_marks_on_what_is_later(tiny, "2019-05-09", "said")
    blocks = [json.dumps(block) for block in blocks_of(view)]
    assert len(blocks) > 30
    assert not [block[:200] for block in blocks if LATER in block]
    at_last = json.loads(graph_of_claims(tiny_view(folder=tiny)).content)["@graph"]
    assert len([node for node in at_last if LATER in json.dumps(node)]) > 4, "the marks"


def _with_marks_on_what_is_later(folder: Path, as_of: str, basis: str) -> View:
    """Return the view of a day, of a copy of the package that marks each row of a later day."""
    dates = dict(zip(*(sound(TINY).utterances[it] for it in ("utterance_id", "date")), strict=True))
    texts = {"utterances": "venue", "claims": "note", "evidence_status": "basis", "events": "label"}
    for name, column in texts.items():
        for row in each_row(sound(TINY).table(name)):
            earliest = parse(dates[row.utterance_id] if name == "claims" else _when(row)).earliest
            if earliest is not None and earliest > date.fromisoformat(as_of):
                _replace_cell(folder / f"{name}.csv", row.Index, column, LATER)
    return tiny_view(as_of, folder, basis=basis)


def _when(row: Any) -> str:
    """Return the day or days of an utterance, of a state of evidence or of an event."""
    return str(row.as_of if hasattr(row, "as_of") else row.date)
