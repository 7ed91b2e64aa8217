"""Tables and charts with nothing to show: left out with their headings, named, and counted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from projects import build_whole, executed, joined, project
from tagged import Tagged
from views import REAL, TINY, context_of, frame_of, real_view, tiny_view

from claimbrief import analysis, charts
from claimbrief.blocks import MIME, Block, Column, Figure, Prose, Row, Table, neutral
from claimbrief.render.join import Chapter
from claimbrief.render.markdown import plain_text
from claimbrief.render.plan import planned
from claimbrief.texts import text

COLUMNS = (Column("Speaker"),)
EMPTY = Table("table-empty", text("Each denial"), COLUMNS, ())
FULL = Table("table-full", text("Each statement"), COLUMNS, (Row((text("Rill"),)),))
WORDS = Prose("words", (text("Nobody denies it."),))


def chart(name: str, *, is_empty: bool) -> Figure:
    """Return a chart without marks, with or without something drawn."""
    return Figure(name, text("Denials by day"), "Rows", "None", "<g/>", 1, 1, (), is_empty=is_empty)


NO_MARKS = chart("chart-grid", is_empty=False)
NOTHING_DRAWN = chart("chart-empty", is_empty=True)


def chapter(*cells: str | Block) -> Chapter:
    """Return the second chapter of a brief with these Markdown cells and blocks."""
    made = [
        new_markdown_cell(cell)  # type: ignore[no-untyped-call]
        if isinstance(cell, str)
        else new_code_cell(  # type: ignore[no-untyped-call]
            outputs=[new_output("display_data", {MIME: json.loads(json.dumps(neutral(cell)))})]  # type: ignore[no-untyped-call]
        )
        for cell in ("# Denials", *cells)
    ]
    notebook: Any = new_notebook(cells=made)  # type: ignore[no-untyped-call]
    first = ("1-question.ipynb", executed("1-question.ipynb"))
    return joined([first, ("2-denials.ipynb", notebook)]).chapters[1]


def drawn(of: Chapter) -> list[str]:
    """Return the headings, paragraphs and blocks of a chapter, in order."""
    found = []
    for item in of.items:
        found += [
            ("#" * node["level"] + " " if node["type"] == "heading" else "")
            + plain_text(node["children"])
            for node in item.nodes
        ]
        found += [item.block["block_id"]] if item.block else []
    return found


def leaving_out(*names: str) -> str:
    """Return the last paragraph of a chapter that leaves this out."""
    they = "it" if len(names) == 1 else "they"
    quoted = " and ".join(f"“{name}”" for name in names)
    return f"Left out, as {they} would be empty: {quoted}."


def test_a_heading_with_empty_blocks_alone_goes_with_them_and_is_named() -> None:
    of = chapter("## Who denied it?", EMPTY, NOTHING_DRAWN, "## And else?", FULL)
    assert drawn(of) == ["## And else?", "table-full", leaving_out("Who denied it?")]


def test_a_heading_with_words_stays_and_the_empty_table_is_named_by_its_caption() -> None:
    of = chapter("## Who denied it?", WORDS, EMPTY, "## And else?\n\nIn words.", NOTHING_DRAWN)
    assert drawn(of) == [
        "## Who denied it?",
        "words",
        "## And else?",
        "In words.",
        leaving_out("Each denial", "Denials by day"),
    ]


def test_a_heading_above_left_out_headings_goes_too_and_is_named_alone() -> None:
    of = chapter("## Denials?\n\n### Whose?", EMPTY, "### When?", NOTHING_DRAWN, "## Else?", FULL)
    assert drawn(of) == ["## Else?", "table-full", leaving_out("Denials?")]
    of = chapter("## Denials?\n\n### Whose?", EMPTY, "### When?", FULL)
    assert drawn(of) == ["## Denials?", "### When?", "table-full", leaving_out("Whose?")]


def test_a_chapter_that_shows_something_everywhere_is_as_it_was() -> None:
    of = chapter("## Who denied it?", FULL, "## A heading alone", "## A grid", NO_MARKS)
    assert drawn(of) == [
        "## Who denied it?", "table-full", "## A heading alone", "## A grid", "chart-grid",
    ]  # fmt: skip


def test_tables_and_figures_are_numbered_without_those_that_are_left_out() -> None:
    of = chapter("## Who denied it?", EMPTY, "## And else?", FULL)
    without = chapter("## And else?", FULL)
    (label,), (expected,) = (
        [item.block["label"] for item in some.items if item.block] for some in (of, without)
    )
    assert label == expected


# A page and a PDF


@pytest.fixture(name="brief", scope="module")
def _brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empties")
    chapters = ("1-question.ipynb", "shows-nothing.ipynb", "3-ledger.ipynb")
    editions = {"whole": {"label": "All that was heard", "parameters": {}}}
    build_whole(
        planned(project(folder / "p", chapters, editions), None, (), folder), folder / "out"
    )
    return folder / "out"


LAST_LINE = leaving_out("Who denied it?", "Who was asked, and when")


def test_the_page_has_neither_the_heading_nor_the_empty_blocks(brief: Path) -> None:
    page = (brief / "brief.html").read_text(encoding="utf-8")
    assert re.findall(r"<h3[^>]*>([^<]*\?)<", page) == ["Who was asked?"]
    assert "table-denials" not in page and "figure-asked" not in page
    assert page.count(LAST_LINE) == 1


def test_the_pdf_has_neither_the_heading_nor_its_bookmark(brief: Path) -> None:
    pdf = Tagged(brief / "brief.pdf")
    titles = [title for _, title, _ in pdf.bookmarks()]
    assert "Who was asked?" in titles and "Who denied it?" not in titles
    assert "Eachdenial" not in pdf.run
    assert LAST_LINE.replace(" ", "") in pdf.run


def test_the_figures_of_what_is_left_out_stay_among_the_numbers(brief: Path) -> None:
    numbers = json.loads((brief / "numbers.json").read_text(encoding="utf-8"))
    assert numbers["table-denials"]["denials"] == 0


# The charts of the brief


@pytest.mark.parametrize("name", ["figures_claimed", "stance_paths", "claim_timeline"])
def test_a_chart_is_empty_where_its_frame_is(name: str) -> None:
    for view in (tiny_view(), real_view()):
        context, frame = context_of(view), frame_of(name, view)
        make = getattr(charts, name)
        assert not make(frame, context).is_empty
        assert make(frame.iloc[:0], context).is_empty


def test_the_charts_of_origins_and_of_items_are_empty_where_nothing_is_said() -> None:
    for folder, is_empty in ((TINY, False), (TINY, True), (REAL, False)):
        early = {"as_of": "2019-04-27", "actors": ["karst_works"]} if is_empty else {}
        view = real_view() if folder == REAL else tiny_view(**early)
        context = context_of(view)
        items = charts.publicity_by_day(
            analysis.publicity_by_day(view), analysis.evidence_register(view), context
        )
        assert items.is_empty == is_empty
        assert charts.lineage(*analysis.lineage(view), context).is_empty == is_empty
