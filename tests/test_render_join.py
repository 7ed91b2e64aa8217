"""Joining chapters: Markdown and blocks to one document, its anchors, labels and citations."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from nbformat import NotebookNode
from projects import WHOLE, executed, fixture_cells, joined

from claimbrief.blocks import MIME
from claimbrief.errors import ChapterError, PageError
from claimbrief.render.anchors import resolve_links
from claimbrief.render.join import Brief
from claimbrief.render.markdown import markdown_nodes, plain_text


def _chapters(*names: str) -> list[tuple[str, NotebookNode]]:
    return [(name, executed(name)) for name in names]


@pytest.fixture(name="brief", scope="module")
def _brief() -> Brief:
    return resolve_links(joined(_chapters(*WHOLE)))


def test_a_chapter_has_the_anchor_of_its_file_and_the_title_of_its_heading(brief: Brief) -> None:
    assert [(chapter.anchor, chapter.title) for chapter in brief.chapters] == [
        ("question", "Key findings"),
        ("voices", "Who says what"),
        ("ledger", "Ledger"),
    ]


def test_the_title_block_stands_above_the_chapters(brief: Brief) -> None:
    assert brief.title["day"] == "2031-05-20"
    kinds = [block["kind"] for block in brief.blocks()]
    assert kinds == ["title", "prose", "table", "table", "figure", "cards"]


def test_tables_and_figures_are_numbered_through_the_brief(brief: Brief) -> None:
    labels = {block["block_id"]: block.get("label") for block in brief.blocks()}
    assert labels["table-register"] == "Table 1"
    assert labels["table-matrix"] == "Table 2"
    assert labels["figure-timeline"] == "Figure 1"
    assert labels["findings"] is None


def test_a_card_names_the_places_that_cite_it_in_order_of_reading(brief: Brief) -> None:
    assert [(it["href"], it["label"]) for it in brief.cited_in["u-s1"]] == [
        ("#findings", "Findings"),
        ("#table-register", "Table 1"),
        ("#table-matrix", "Table 2"),
        ("#figure-timeline", "Figure 1"),
    ]
    in_groups = [(it["short_href"], it["group"], it["name"]) for it in brief.cited_in["u-s1"]]
    assert in_groups == [
        ("#findings", "", "Findings"),
        ("#t-1", "Table", "1"),
        ("#t-2", "Table", "2"),
        ("#f-1", "Figure", "1"),
    ]
    assert [place["label"] for place in brief.cited_in["u-s15"]] == ["Figure 1"]
    assert "ledger" not in brief.cited_in


def test_the_claims_of_a_card_are_cited_on_it_once_a_passage() -> None:
    chapters = deepcopy(_chapters(*WHOLE))
    first, second, *_ = _cards(chapters)
    first["passages"] += second["passages"]
    second["passages"] = []
    cited = resolve_links(joined(chapters)).cited_in
    assert "u-s2" not in cited
    places = [place["label"] for place in cited["u-s1"]]
    assert places == list(dict.fromkeys(places)) and "Table 2" in places


def test_markdown_becomes_a_tree_that_both_faces_draw() -> None:
    nodes = markdown_nodes('## The *pier*\n\nIt\'s `not` [heard](#x).\n\n> "Yes"\n', "a, cell 1")
    assert [node["type"] for node in nodes] == ["heading", "paragraph", "quote"]
    assert plain_text(nodes[0]["children"]) == "The pier"
    assert nodes[1]["children"] == [
        {"type": "text", "text": "It’s "},
        {"type": "code", "text": "not"},
        {"type": "text", "text": " "},
        {"type": "link", "href": "#x", "children": [{"type": "text", "text": "heard"}]},
        {"type": "text", "text": "."},
    ]
    assert plain_text(nodes[2]["children"]) == "“Yes”"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("has-raw-html.ipynb", "has-raw-html.ipynb, cell 1 has raw HTML; write Markdown"),
        ("has-an-image.ipynb", "has-an-image.ipynb, cell 1 has an image; save it as a file"),
        ("has-mathematics.ipynb", "has-mathematics.ipynb, cell 1 has mathematics; write it"),
        ("has-two-titles.ipynb", "has-two-titles.ipynb has 2 headings of level 1"),
        ("skips-a-heading.ipynb", "cell 1 has a ### heading with no ## heading above it"),
    ],
)
def test_a_text_that_cannot_be_drawn_is_refused_by_notebook_and_cell(name: str, found: str) -> None:
    with pytest.raises(ChapterError) as caught:
        joined([(name, fixture_cells(name))])
    assert found in str(caught.value)


def test_one_title_block_is_needed_in_the_first_chapter() -> None:
    with pytest.raises(PageError, match="is needed; found: none"):
        joined([("a.ipynb", fixture_cells("has-no-title-block.ipynb"))])
    with pytest.raises(PageError, match=r"found: 1-question\.ipynb, cell 4"):
        joined(_chapters("3-ledger.ipynb", "1-question.ipynb"))


def test_a_block_that_is_shown_once_more_has_an_id_and_a_label_of_its_own() -> None:
    brief = resolve_links(joined(_chapters(*WHOLE, "repeats-a-block.ipynb")))
    labels = {block["block_id"]: block.get("label") for block in brief.blocks()}
    assert labels["table-matrix"] == "Table 2" and labels["table-matrix-2"] == "Table 3"
    assert len(labels) == len(list(brief.blocks()))
    again = next(block for block in brief.blocks() if block["block_id"] == "table-matrix-2")
    assert [(run["text"], run["href"]) for run in again["caption"]] == [
        ("A part of ", ""), ("Table 2", "#table-matrix"),
    ]  # fmt: skip


def test_cards_that_stand_twice_and_links_that_lead_nowhere_are_all_listed() -> None:
    again = ("4-again.ipynb", executed("3-ledger.ipynb"))
    lost = ("links-nowhere.ipynb", fixture_cells("links-nowhere.ipynb"))
    with pytest.raises(PageError) as caught:
        resolve_links(joined([*_chapters(*WHOLE), again, lost]))
    first, *rest = str(caught.value).splitlines()
    twice = [line for line in rest if "stands 2 times: 3-ledger.ipynb, cell " in line]
    assert first == "links or anchors are wrong"
    assert any(line.startswith("  the anchor 'u-s1' stands 2 times") for line in twice)
    assert [line for line in rest if line not in twice] == [
        "  links-nowhere.ipynb, cell 1 links to #annex, which is nowhere in the brief",
        "  links-nowhere.ipynb, cell 1 links to 'pier.png'; accepted: #anchor or a whole address",
    ]


def _cards(chapters: list[tuple[str, NotebookNode]]) -> list[dict[str, Any]]:
    """Return the cards of chapters, in order."""
    outputs = (
        output
        for _, notebook in chapters
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )
    blocks = (output.get("data", {}).get(MIME, {}) for output in outputs)
    return [card for block in blocks for card in block.get("cards", ())]


def _ledger_without(anchor: str, left_out: int) -> list[tuple[str, NotebookNode]]:
    """Return the whole brief's chapters without the card of this anchor."""
    chapters = deepcopy(_chapters(*WHOLE))
    for _, notebook in chapters:
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                block = output.get("data", {}).get(MIME, {})
                if block.get("kind") == "cards":
                    block["cards"] = [each for each in block["cards"] if each["anchor"] != anchor]
                    block["left_out"] = left_out
    return chapters


def test_a_claim_that_the_ledger_leaves_out_is_cited_in_plain_text() -> None:
    brief = joined(_ledger_without("u-s2", 1))
    runs = [run for block in brief.blocks() for run in _runs(block)]
    assert any(run["href"] == "#c2" for run in runs)
    resolve_links(brief)
    assert all(run["href"] != "#c2" for run in runs)
    assert any(run["href"] == "#c1" for run in runs)


def test_a_mark_of_a_claim_that_the_ledger_leaves_out_is_no_link() -> None:
    brief = resolve_links(joined(_ledger_without("u-s2", 1)))
    (figure,) = (block for block in brief.blocks() if block["kind"] == "figure")
    targets = [mark["href"] for mark in figure["marks"]]
    assert len(targets) == 14 and "#c2" not in targets
    assert figure["has_unlinked_marks"]


def test_a_citation_of_no_card_is_refused_where_the_ledger_leaves_nothing_out() -> None:
    with pytest.raises(PageError, match="links to #c2, which is nowhere"):
        resolve_links(joined(_ledger_without("u-s2", 0)))


def _runs(value: object) -> list[dict[str, str]]:
    """Return the runs anywhere in a block."""
    if isinstance(value, dict):
        inner = [run for each in value.values() for run in _runs(each)]
        return [value, *inner] if {"text", "href"} <= set(value) else inner
    return [run for each in value for run in _runs(each)] if isinstance(value, list) else []


def test_a_link_of_another_day_must_lead_somewhere_too() -> None:
    brief = joined(_chapters(*WHOLE))
    block = next(block for block in brief.blocks() if "versions" in block)
    run = {"text": "lost", "href": "#nowhere", "style": ""}
    block["versions"] = [[{"since": "", "until": "", "text": [run]}]]
    with pytest.raises(PageError, match="links to #nowhere, which is nowhere in the brief"):
        resolve_links(brief)
