"""numbers.json says of each block which notebook, functions and files make it."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest
from conftest import REPO
from own_cells import own_chapter

from claimbrief.render.items import Item
from claimbrief.render.numbers import MADE_BY, numbers

PUBLISHED = sorted((REPO / "report").rglob("numbers.json"))
# Blocks whose function has another name than they have.
NAMED_OTHERWISE = {
    "cards-of-statements": "tables.utterance_cards",
    "file-claims-csv": "downloads.file_of_claims",
    "file-claims-jsonld": "downloads.graph_of_claims",
    "days": "tables.days",
}
DRAWN_IN = {"table": "tables", "chart": "charts"}  # by how a name begins; all others: in prose


def _drawing(block_id: str) -> str:
    """Return the function that draws a block of the project's own notebooks, by its name."""
    kind, _, name = block_id.partition("-")
    if kind not in DRAWN_IN:
        kind, name = "prose", block_id
    named = f"{DRAWN_IN.get(kind, kind)}.{name.replace('-', '_')}"
    return NAMED_OTHERWISE.get(block_id, named)


def _functions_in(file: str) -> set[str]:
    tree = ast.parse((REPO / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def _code_of(notebook: str) -> str:
    cells = json.loads((REPO / notebook).read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


@pytest.fixture(params=PUBLISHED, ids=lambda path: path.parent.name)
def published(request: pytest.FixtureRequest) -> dict[str, dict[str, str]]:
    """Return what makes each block of an edition."""
    written = json.loads(request.param.read_text(encoding="utf-8"))
    return {block_id: dict(block[MADE_BY]) for block_id, block in written.items()}


def test_there_are_figures_of_both_editions() -> None:
    assert [path.parent.name for path in PUBLISHED] == ["article", "report"]


def test_each_function_of_a_block_is_defined_in_the_file_that_is_named(
    published: dict[str, dict[str, str]],
) -> None:
    for block_id, made_by in published.items():
        assert made_by.pop("notebook")
        for function, file in made_by.items():
            room, name = function.split(".")
            assert file.startswith(f"src/claimbrief/{room}/"), block_id
            assert name in _functions_in(file), (block_id, function, file)


def test_each_block_names_the_function_that_draws_it_and_the_notebook_that_calls_that(
    published: dict[str, dict[str, str]],
) -> None:
    for block_id, (_, *functions) in published.items():
        drawing = _drawing(block_id)
        assert [it for it in functions if not it.startswith("analysis.")] == [drawing], block_id
        assert functions[-1] == drawing
        assert f"\n{drawing}(" in f"\n{_code_of(published[block_id]['notebook'])}", block_id


def test_each_block_names_the_frames_that_its_cell_passes(
    published: dict[str, dict[str, str]],
) -> None:
    computing = set(
        re.findall(r'"(\w+)"', (REPO / "src/claimbrief/analysis/__init__.py").read_text())
    )
    for block_id, (_, *functions) in published.items():
        room, name = _drawing(block_id).split(".")
        if name in computing and room != "downloads":
            assert f"analysis.{name}" in functions, block_id
    assert [*published["coverage"]][1:3] == ["analysis.coverage", "analysis.uncovered_days"]
    assert [*published["known-gaps"]][1:] == ["prose.known_gaps"]


def test_nothing_computes_a_block_that_the_page_moves_through_the_days_but_its_own_frame(
    published: dict[str, dict[str, str]],
) -> None:
    named = {function for made_by in published.values() for function in made_by}
    assert not named & {"analysis.by_day", "analysis.views_by_day", "analysis.findings_by_day"}
    assert {"analysis.findings", "analysis.evidence_by_side", "analysis.denials_by_day"} <= named


# An analyst's own notebook

IMPORTS = "from claimbrief import analysis, charts, tables"
FRAME = "figures_claimed = analysis.figures_claimed(view)"
CHART = ["analysis.figures_claimed", "charts.figures_claimed"]


def _made_by(folder: Path, *sources: str) -> list[str]:
    """Return the functions that make a block of the last cell of a notebook with these cells."""
    chapter = folder / "2-own.ipynb"
    cells = own_chapter(*sources)
    chapter.write_text(nbformat.writes(cells), encoding="utf-8")  # type: ignore[no-untyped-call]
    block = {"block_id": "chart-own", "numbers": {"b": {"d": 1, "c": 2}, "a": 3}}
    items = [
        Item("2-own.ipynb, cell 1", nodes=[{"type": "paragraph"}]),
        Item("2-own.ipynb, cell 2", block={"block_id": "title", "numbers": {}}),
        Item(f"2-own.ipynb, cell {len(cells.cells)}", block=block),
    ]
    written = numbers([chapter], [items]).decode()
    places = [written.index(f'"{key}"') for key in ("chart-own", MADE_BY, "a", "b", "c", "d")]
    assert places == sorted(places)
    found = json.loads(written)
    assert [*found] == ["chart-own"]
    notebook, *functions = found["chart-own"][MADE_BY].items()
    assert notebook == ("notebook", "notebooks/2-own.ipynb")
    assert all((REPO / file).is_file() for _, file in functions)
    return [function for function, _ in functions]


@pytest.mark.parametrize(
    "cell",
    [
        "charts.figures_claimed(figures_claimed, context)",
        "charts.figures_claimed(figures_claimed.query('side == \"a\"'), context)",
        "part = figures_claimed[figures_claimed['low'] > 3]\ncharts.figures_claimed(part, context)",
        "show(charts.figures_claimed(frame=figures_claimed, context=context))",
        "for side, rows in figures_claimed.groupby('side'):\n  show(charts.figures_claimed(rows))",
        "block = charts.figures_claimed(figures_claimed, context)\nreplace(block, caption=None)",
        "%matplotlib inline\ncharts.figures_claimed(figures_claimed, context)",
    ],
)
def test_a_cell_of_an_analyst_is_read_as_it_is_written(tmp_path: Path, cell: str) -> None:
    assert _made_by(tmp_path, IMPORTS, FRAME, cell) == CHART


@pytest.mark.parametrize(
    ("cells", "functions"),
    [
        (["days = analysis.views_by_day(view)", "by = analysis.by_day(analysis.sources, days)",
          "tables.sources(by, context)"], ["analysis.sources", "tables.sources"]),
        (["it = analysis.findings_by_day(days)", "tables.days(it, context)"],
         ["analysis.findings", "tables.days"]),
        (["tables.deflation(analysis.deflation(analysis.findings(view)), context)"],
         ["analysis.deflation", "analysis.findings", "tables.deflation"]),
        (["frame = analysis.dates(view)", "frame = analysis.flips(view)", "tables.flips(frame)"],
         ["analysis.flips", "tables.flips"]),
        (["show(analysis.record(view).sources, analysis.sources.dates)"],
         ["analysis.record", "analysis.sources"]),
        (["analysis.nothing(view)"], []),
    ],
)  # fmt: skip
def test_a_block_names_what_its_cell_calls_and_nothing_else(
    tmp_path: Path, cells: list[str], functions: list[str]
) -> None:
    assert _made_by(tmp_path, IMPORTS, *cells) == functions


def test_a_block_that_no_function_of_the_project_makes_has_its_notebook_alone(
    tmp_path: Path,
) -> None:
    assert _made_by(tmp_path, IMPORTS, FRAME, "bridge.figures_claimed(7)") == []
