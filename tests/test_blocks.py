"""Blocks: one content, HTML for JupyterLab and neutral JSON for the exporters."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from claimbrief.block_html import block_html, lab_html
from claimbrief.blocks import (
    MIME,
    Cards,
    Column,
    Figure,
    Mark,
    Prose,
    Row,
    Table,
    neutral,
)
from claimbrief.cards import Card, Claim, Field, Passage
from claimbrief.downloads.claims_csv import download
from claimbrief.errors import PageError
from claimbrief.texts import Run, Text, hrefs, joined, text

HOSTILE = '<script>alert(1)</script> & “quoted” "straight" #let x = 1 $y$ [@cite] `code`'


def _table(words: str) -> Table:
    return Table("t", text("Caption"), (Column("A"), Column("B")), (Row((text(words), text("b"))),))


def _card(words: str) -> Card:
    passage = Passage(text(words), (Claim("a", text(words), text(words)),))
    fields = (Field("x", text(words)),)
    return Card("u-a", text(words), (passage,), (text(words),), (passage,), fields, text(words))


def test_a_block_gives_jupyterlab_html_and_the_exporters_json() -> None:
    bundle = Prose("p", (text("Words"),))._repr_mimebundle_()
    assert set(bundle) == {MIME, "text/html", "text/plain"}
    assert json.loads(json.dumps(bundle[MIME]))["kind"] == "prose"


def test_no_text_can_inject_markup_into_html() -> None:
    mark = Mark(0, 0, 1, 1, "#a", HOSTILE)
    for block in (
        _table(HOSTILE),
        Prose("p", (text(HOSTILE, Run(HOSTILE, f"#{HOSTILE}", "quote")),)),
        Figure("f", text(HOSTILE), HOSTILE, HOSTILE, "<g/>", 10, 10, (mark,)),
        download("d", HOSTILE, HOSTILE, HOSTILE, text(HOSTILE), 1),
        Cards("c", (_card(HOSTILE),)),
    ):
        for html in (lab_html(neutral(block)), block_html(neutral(block), is_page=True)):
            assert "<script" not in html
            assert '"straight"' not in html.replace("&#34;", "")


def test_the_neutral_block_keeps_text_as_it_is() -> None:
    assert neutral(_table(HOSTILE))["rows"][0]["cells"][0][0]["text"] == HOSTILE


def test_a_table_has_a_caption_column_headers_and_row_headers() -> None:
    html = block_html(neutral(_table("x")))
    assert "<caption" in html
    assert html.count('scope="col"') == 2
    assert html.count('scope="row"') == 1


def test_a_figure_has_a_title_a_description_and_marks_that_link() -> None:
    mark = Mark(0.1, 0.2, 0.3, 0.4, "#a", "Who, when, what")
    drawn = '<a class="mark" href="#a"/>'
    figure = Figure("f", text("C"), "Alt", "Long", drawn, 100, 50, (mark,))
    html = block_html(neutral(figure), is_page=True)
    assert '<title id="f-title">Alt</title>' in html
    assert "Each mark is a link" in html and "Long" not in html  # the marks and tables tell it
    assert drawn in html
    unmarked = replace(figure, svg="<g/>", marks=())
    bare = block_html(neutral(unmarked), is_page=True)
    assert '<desc id="f-desc">Long</desc>' in bare and "<p>Long</p>" in bare


def test_links_of_a_block_are_found_wherever_they_stand() -> None:
    block = Table("t", text(Run("c", "#1")), (Column("A"),), (Row((text(Run("x", "#2")),)),))
    assert list(hrefs(neutral(block))) == ["#1", "#2"]


def test_joined_texts_keep_their_links() -> None:
    words = joined([text("a"), text(Run("b", "#b")), text("c")], last=" and ")
    assert [run.text for run in words] == ["a", ", ", "b", " and ", "c"]
    assert words[2].href == "#b"


def test_a_card_names_the_places_that_cite_it() -> None:
    cards = neutral(Cards("c", (_card("t"),)))
    table = {"href": "#table-1", "label": "Table 1", "group": "Table", "name": "1"}
    html = block_html(cards, {"u-a": [table | {"short_href": "#t-1"}]})
    assert 'Cited in Table <a href="#t-1">1</a></p>' in html


def test_a_card_has_the_words_first_then_the_claims_and_last_how_they_were_coded() -> None:
    said = Passage(text("q1"), (Claim("a", text("c1"), text("k1")),))
    more = Passage(text("q2"), (Claim("b", text("c2"), text("k2")), Claim("d", text("c3"), ())))
    outlet = Passage(text("q4"), (Claim("e", text("c4"), text("k4")),))
    fields = (Field("Who", text("f1")),)
    card = Card("u-a", text("t1"), (said, more), (text("o1"),), (outlet,), fields, text("k0"))
    html = block_html(neutral(Cards("c", (card,))))
    words = re.findall(r"\b[a-z]\d\b", re.sub(r"<[^>]+>", " ", html))
    assert words == [
        "t1",
        "q1",
        "c1",
        "q2",
        "c2",
        "c3",
        "o1",
        "q4",
        "c4",
        "f1",
        "k0",
        "k1",
        "k2",
        "k4",
    ]
    starts = [int(start or 1) for start in re.findall(r'<ol(?: start="(\d+)")?>', html)]
    assert starts == [1, 2, 4, 1], "claims are numbered through the card, and their codes likewise"
    assert html.index("In the outlet’s own words") > html.index("o1")


def test_a_card_of_a_single_claim_does_not_number_it() -> None:
    passage = Passage(text("q1"), (Claim("a", text("c1"), text("k1")),))
    html = block_html(neutral(Cards("c", (Card("u-a", text("t1"), (passage,)),))))
    assert "<ol" not in html and '<li id="a">c1</li>' in html


def test_a_file_has_a_link_only_where_it_has_been_written() -> None:
    block = neutral(download("d", "a.csv", "text/csv", "ä\r\n", text("One row."), 1))
    assert "<a " not in block_html(block) and "a.csv" in block_html(block)
    page = block_html(block, is_page=True)
    assert '<a href="a.csv" type="text/csv" download>a.csv</a>' in page and "ä" not in page


def test_a_files_size_and_digest_are_of_its_bytes_in_utf_8() -> None:
    block = download("d", "a.csv", "text/csv", "ä\r\n", text("One row."), 1)
    assert block.size == 4
    # printf '\303\244\r\n' | sha256sum
    assert block.sha256 == "5ad159cc49cbfe06591e21ee69ed64a5490544ab8d0f7afe8afe06ff88a4d4b6"


@pytest.mark.parametrize("cells", [(), (text("a"), text("b"))])
def test_a_row_with_other_than_a_cell_for_each_column_is_refused_by_block_columns_and_cells(
    cells: tuple[Text, ...],
) -> None:
    rows = (Row((text("Alder"),)), Row(cells))
    message = rf"table-own, row 2: found cells: {len(cells)}; accepted: 1, a cell for each"
    with pytest.raises(PageError, match=message):
        Table("table-own", text("Own"), (Column("Who"),), rows)
