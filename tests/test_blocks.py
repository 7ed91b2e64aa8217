"""Blocks: one content, HTML for JupyterLab and neutral JSON for the exporters."""

from __future__ import annotations

import json

from claimbrief.blocks import (
    MIME,
    Card,
    Cards,
    Column,
    Field,
    Figure,
    Mark,
    Prose,
    Row,
    Run,
    Table,
    block_html,
    claim_anchor,
    hrefs,
    joined,
    neutral,
    text,
)

HOSTILE = '<script>alert(1)</script> & “quoted” "straight" #let x = 1 $y$ [@cite] `code`'


def _table(words: str) -> Table:
    return Table("t", text("Caption"), (Column("A"), Column("B")), (Row((text(words), text("b"))),))


def test_a_block_gives_jupyterlab_html_and_the_exporters_json() -> None:
    bundle = Prose("p", (text("Words"),))._repr_mimebundle_()
    assert set(bundle) == {MIME, "text/html", "text/plain"}
    assert json.loads(json.dumps(bundle[MIME]))["kind"] == "prose"


def test_no_text_can_inject_markup_into_html() -> None:
    mark = Mark(0, 0, 1, 1, "#claim-a", HOSTILE)
    for block in (
        _table(HOSTILE),
        Prose("p", (text(HOSTILE, Run(HOSTILE, f"#{HOSTILE}", "quote")),)),
        Figure("f", text(HOSTILE), HOSTILE, HOSTILE, "<g/>", 10, 10, (mark,)),
        Cards("c", (Card("claim-a", text(HOSTILE), text(HOSTILE), (Field("x", text(HOSTILE)),)),)),
    ):
        html = block_html(neutral(block))
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
    mark = Mark(0.1, 0.2, 0.3, 0.4, "#claim-a", "Who, when, what")
    html = block_html(neutral(Figure("f", text("C"), "Alt", "Long", "<g/>", 100, 50, (mark,))))
    assert '<title id="f-title">Alt</title>' in html
    assert '<desc id="f-desc">Long</desc>' in html
    assert 'href="#claim-a"' in html
    assert '<rect x="10.0" y="10.0" width="30.0" height="20.0"' in html


def test_links_of_a_block_are_found_wherever_they_stand() -> None:
    block = Table("t", text(Run("c", "#1")), (Column("A"),), (Row((text(Run("x", "#2")),)),))
    assert list(hrefs(neutral(block))) == ["#1", "#2"]


def test_joined_texts_keep_their_links() -> None:
    words = joined([text("a"), text(Run("b", "#b")), text("c")], last=" and ")
    assert [run.text for run in words] == ["a", ", ", "b", " and ", "c"]
    assert words[2].href == "#b"
    assert claim_anchor("z1") == "claim-z1"


def test_a_card_names_the_places_that_cite_it() -> None:
    cards = neutral(Cards("c", (Card("claim-a", text("t"), text("q"), ()),)))
    html = block_html(cards, {"claim-a": [{"href": "#table-1", "label": "Table 1"}]})
    assert '<a href="#table-1">Table 1</a>' in html
