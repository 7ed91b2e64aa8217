"""What a notebook gets of blocks, views and frames: HTML, plain text and docstrings."""

from __future__ import annotations

import inspect
import re
from base64 import b64decode
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from conftest import Changed
from views import (
    TINY,
    context_of,
    drawn,
    findings_by_day,
    frame_of,
    ledger,
    plain,
    real_view,
    table,
    tiny_view,
)

from claimbrief import analysis, charts, prose, tables
from claimbrief.block_html import lab_html, plain_text
from claimbrief.blocks import Figure, Table, neutral
from claimbrief.downloads.claims_csv import download
from claimbrief.statements import statements
from claimbrief.texts import hrefs, text
from claimbrief.view import View


def soup(block: object) -> BeautifulSoup:
    bundle = block._repr_mimebundle_()  # type: ignore[attr-defined]
    return BeautifulSoup(bundle["text/html"], "lxml")


def timeline() -> Figure:
    view = tiny_view()
    return charts.claim_timeline(analysis.claim_timeline(view), context_of(view))


def some_days() -> View:
    """Return a view of days on which what is found, and each count, changes."""
    return tiny_view("2019-05-20", window_start="2019-05-11")


def test_findings_through_the_days_show_the_last_days_words_alone() -> None:
    view = some_days()
    findings = findings_by_day(view)
    block = prose.findings(findings, context_of(view))
    assert block.versions, "the page has words of other days"
    html = soup(block)
    found = [re.sub(r"\s", "", item.get_text()) for item in html.find_all("li")]
    assert found == [re.sub(r"\s", "", words) for words in map(drawn, block.paragraphs)]


def test_a_table_through_the_days_shows_the_last_days_counts_alone() -> None:
    view = some_days()
    days = analysis.views_by_day(view)
    frame = analysis.by_day(lambda then: frame_of("deflation", then), days)
    block = tables.deflation(frame, context_of(view))
    assert any(row.versions for row in block.rows)
    counts = [row.find_all("td")[0].get_text(strip=True) for row in soup(block).select("tbody tr")]
    last = frame_of("deflation", view)
    assert counts == [
        str(low) if low == high else f"{low}–{high}"
        for low, high in zip(last["certain"], last["certain"] + last["possible"], strict=True)
    ]


def test_texts_stand_at_the_left_and_figures_at_the_right_without_a_style_sheet() -> None:
    block = table("coverage", tiny_view())
    sides = {"start": "left", "end": "right", "center": "center"}
    for row in soup(block).select("tr"):
        for column, cell in zip(block.columns, row.find_all(["th", "td"]), strict=True):
            assert f"text-align: {sides[column.align]};" in cell["style"]
    assert soup(block).find("style") is None


@pytest.mark.parametrize("name", ["items_cited", "denials_by_day"])
def test_what_is_drawn_stands_on_a_line_below_what_is_found(name: str) -> None:
    block = table(name, tiny_view())
    finding, drawn = soup(block).select_one("figcaption, caption").stripped_strings
    assert (finding, drawn) == (plain(block.caption), plain(block.subtitle))
    assert "<br/><span" in str(soup(block)), "without a style sheet"


def test_a_tinted_row_is_told_apart_where_a_notebook_would_stripe_all(changed: Changed) -> None:
    folder = changed("claims", "m1", "stance", "not_yet")
    folder = changed("claims", "m1", "commitment", "CT−", of=folder)
    folder = changed("claims", "m1", "hedge_words", "", of=folder)
    rows = soup(table("denials_by_day", tiny_view(folder=folder))).select("tbody tr")
    assert [row["style"] for row in rows] == [
        "background: none", "background: rgb(128 128 128 / 25%)",
    ]  # fmt: skip
    assert "style" not in soup(table("denials_by_day", tiny_view())).select_one("tbody tr").attrs


def test_a_link_to_a_card_that_is_elsewhere_is_no_link_and_names_the_claim() -> None:
    block = table("denial_register", tiny_view())
    cited = [href[1:] for href in hrefs(neutral(block)) if href.startswith("#")]
    assert cited
    html = soup(block)
    assert html.select("a[href^='#']") == []
    named = [span["title"] for span in html.select("span[title]")]
    assert named == [f"Claim {claim}: its card is in the ledger" for claim in cited]


def test_a_link_to_a_card_of_the_same_ledger_leads_there() -> None:
    html = soup(ledger(real_view("2024-10-12")))
    links = [link["href"][1:] for link in html.select("a[href^='#']")]
    assert links
    assert set(links) <= {claim["id"] for claim in html.select("article li[id]")}
    assert html.find("select") is None, "filters need the page's script"


def test_a_chart_is_an_image_on_paper_with_outlines_for_text_and_no_link() -> None:
    html = soup(timeline())
    (image,) = html.find_all("img")
    kind, _, content = image["src"].partition(",")
    assert kind == "data:image/svg+xml;base64"
    svg = ElementTree.fromstring(b64decode(content))
    tags = {element.tag.rpartition("}")[2] for element in svg.iter()}
    assert "path" in tags and not tags & {"a", "text", "script"}
    assert "background: #ffffff" in image.parent["style"]
    assert html.find("svg") is None and image["alt"] == timeline().alt


def test_each_mark_of_a_chart_says_who_when_and_what_where_it_is_drawn() -> None:
    block = timeline()
    areas = soup(block).find_all("area")
    assert len(areas) == len(block.marks) > 5
    assert soup(block).find("map")["name"] == soup(block).find("img")["usemap"][1:]  # type: ignore[index]
    for area, mark in zip(areas, block.marks, strict=True):
        left, top, right, bottom = (int(edge) for edge in area["coords"].split(","))
        centre = mark.x + mark.width / 2, mark.y + mark.height / 2
        assert left < centre[0] * block.width * 96 / 72 < right
        assert top < centre[1] * block.height * 96 / 72 < bottom
        assert area["title"] == mark.label


def test_a_chart_is_the_same_bytes_each_time() -> None:
    assert lab_html(neutral(timeline()), timeline().drawn) == lab_html(
        neutral(timeline()), timeline().drawn
    )


def test_plain_text_says_what_a_block_is() -> None:
    block = table("coverage", tiny_view())
    said = block._repr_mimebundle_()["text/plain"]
    caption = "Characters of each coded text, by what became of them"
    assert said == f"Table: {caption}; one row, five columns"
    assert plain_text(neutral(timeline())) == f"Figure: {timeline().alt}"
    assert plain_text(neutral(ledger(tiny_view()))) == "Cards: eight statements"
    file = download("d", "a.csv", "text/csv", "x", text("One row."), 1)
    assert plain_text(neutral(file)).startswith("File: a.csv; 1 bytes, SHA-256 ")
    view = some_days()
    found = prose.findings(findings_by_day(view), context_of(view))
    assert len(plain_text(neutral(found)).split("\n\n")) == len(found.paragraphs)


def test_a_table_without_rows_says_so() -> None:
    assert plain_text(neutral(Table("t", text("C"), (), ()))) == "Table: C; no rows, no columns"


def test_a_view_prints_its_dataset_its_day_and_its_tables_with_their_rows() -> None:
    view = tiny_view("2019-05-12")
    printed = repr(view)
    assert printed.startswith(f"{view.whole.descriptor['name']} 1.0.0\n")
    assert "as of 2019-05-12, basis: said" in printed
    assert re.search(rf"^claims +{len(view.record.claims)} +12$", printed, re.M)


def test_a_context_prints_its_day_and_how_much_it_holds() -> None:
    printed = repr(context_of(tiny_view()))
    assert printed.startswith("as of 2019-05-31, basis: said")
    assert len(printed) < 800


def _names_of_statements() -> set[str]:
    view = tiny_view()
    described = f"{inspect.getdoc(statements)} {inspect.getdoc(View)}"
    named = {column for column in view.statements if re.search(rf"\b{column}\b", described)}
    return named | set(view.whole.claims.columns)


FRAMES = [
    name
    for name in analysis.__all__
    if "DataFrame" in str(inspect.signature(getattr(analysis, name)).return_annotation)
]


@pytest.mark.parametrize("name", [name for name in FRAMES if name != "by_day"])
def test_the_docstring_of_a_frame_names_its_columns(name: str) -> None:
    described = inspect.getdoc(getattr(analysis, name)) or ""
    view = tiny_view(folder=TINY)
    frames = analysis.lineage(view) if name == "lineage" else (frame_of(name, view),)
    unnamed = {
        column for frame in frames for column in frame if not re.search(rf"\b{column}\b", described)
    }
    if "View.statements" in described:
        unnamed -= _names_of_statements()
    assert not unnamed


def test_most_of_the_analysis_is_frames() -> None:
    assert len(FRAMES) > 20
