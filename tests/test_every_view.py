"""Charts and cards of every view: links, marks and words; and tables of the one article."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from views import (
    VIEWS,
    article_view,
    cards_of,
    cells,
    chart,
    claims_of,
    frame_of,
    ledger,
    plain,
    real_view,
    table,
)

from claimbrief import charts
from claimbrief.blocks import Figure, neutral
from claimbrief.charts.canvas import lanes, text_width
from claimbrief.dates import parse
from claimbrief.texts import hrefs
from claimbrief.view import View
from claimbrief.wording import day

# Charts without an axis: where they have no row to draw, they draw nothing.
ROWS_ONLY = {
    "chart-figures-claimed",
    "chart-lineage",
    "chart-positions-by-day",
    "chart-stance-paths",
}
MORE = VIEWS | {
    "article, as of 10 October": lambda: article_view("2024-10-10"),
    "October, as of 18 October": lambda: real_view("2024-10-18"),
}


@pytest.fixture(name="view", params=MORE, scope="module")
def _view(request: pytest.FixtureRequest) -> View:
    return MORE[request.param]()


@pytest.fixture(name="drawn", scope="module")
def _drawn(view: View) -> dict[str, Figure]:
    return {name: chart(name, view) for name in charts.__all__}


def test_every_link_of_a_chart_or_card_leads_to_the_card_of_a_claim(
    view: View, drawn: dict[str, Figure]
) -> None:
    anchors = {claim.anchor for card in ledger(view).cards for claim in claims_of(card)}
    for name, block in {**drawn, "utterance_cards": ledger(view)}.items():
        links = {href[1:] for href in hrefs(neutral(block)) if href.startswith("#")}
        assert links <= anchors, name


def test_every_chart_has_alt_text_of_its_day_and_a_description(
    view: View, drawn: dict[str, Figure]
) -> None:
    for name, block in drawn.items():
        last = f"to {day(view.at.window_end)}" if "timeline" in name else day(view.at.as_of)
        assert last in block.alt and block.alt.endswith("."), name
        assert block.description.endswith("."), name


def test_charts_are_plain_svg_with_ids_of_their_own_and_text_as_text(
    drawn: dict[str, Figure],
) -> None:
    for block in drawn.values():
        elements = list(ElementTree.fromstring(f"<svg>{block.svg}</svg>").iter())
        short = "".join(word[:2] for word in block.block_id.split("-"))
        ids = [element.attrib["id"] for element in elements if "id" in element.attrib]
        assert all(re.fullmatch(rf"{short}-\d+", name) for name in ids)
        assert len(set(ids)) == len(ids)
        assert not [e for e in elements if "style" in e.attrib or e.tag == "style"]
        has_text = any(element.tag == "text" for element in elements)
        assert has_text or (block.block_id in ROWS_ONLY and block.is_empty)
        assert "http" not in block.svg


def test_marks_lie_inside_the_chart_and_say_who_when_and_what(drawn: dict[str, Figure]) -> None:
    for name, block in drawn.items():
        for mark in block.marks:
            assert -0.02 <= mark.x and mark.x + mark.width <= 1.02, (name, mark)
            assert -0.001 <= mark.y and mark.y + mark.height <= 1.001, (name, mark)
    for mark in drawn["claim_timeline"].marks:
        assert re.match(r"[^,]+, .*on (or before |a day )?.*: ", mark.label), mark.label


def test_a_mark_opens_a_claim_in_view(view: View, drawn: dict[str, Figure]) -> None:
    in_view = set(view.record.claims["claim_id"])
    for name, block in drawn.items():
        assert {mark.href[1:] for mark in block.marks} <= in_view, name


def test_labels_of_marks_do_not_overlap(drawn: dict[str, Figure]) -> None:
    marks = drawn["claim_timeline"].marks
    for mark in marks:
        for other in marks:
            if mark is not other and abs(mark.y - other.y) < 1e-4:
                is_left = mark.x + mark.width <= other.x + 0.02
                assert is_left or other.x + other.width <= mark.x + 0.02, (mark, other)


def test_the_timeline_draws_every_counted_claim_that_is_no_context() -> None:
    frame = frame_of("claim_timeline", article_view())
    claims = {claim for claim_ids in frame["claim_ids"] for claim in claim_ids}
    assert {"k1", "z1", "z2", "z6", "p2", "h1", "h4", "h5", "f1", "u1"} <= claims
    assert not {"p1", "h0", "z4", "s1", "s2", "n1", "u2"} & claims


def test_a_chart_draws_nothing_later_than_its_day() -> None:
    assert "Zelenskyy" in chart("claim_timeline", article_view()).description
    early = chart("claim_timeline", article_view("2024-10-10"))
    assert "Zelenskyy" not in early.description and "Kim Yong-hyun" in early.description


# Cards


def test_no_card_is_of_a_statement_that_was_made_only_later(view: View) -> None:
    dates = view.whole.utterances.set_index("utterance_id")["date"].map(parse)
    for utterance, card in cards_of(view).items():
        if card.passages:  # what an outlet alone says is as old as its source
            earliest = dates[utterance].earliest
            assert earliest is None or earliest <= view.at.as_of, utterance


def test_every_claim_in_view_is_below_words_with_a_source_on_a_single_card(view: View) -> None:
    cards = ledger(view).cards
    claims = [claim.anchor for card in cards for claim in claims_of(card)]
    assert len(set(claims)) == len(claims) == len(view.record.claims)
    for card in cards:
        assert claims_of(card) and plain(card.title)
        for passage in (*card.passages, *card.of_outlets):
            assert passage.claims and re.search(r"\([^()].*\)$", plain(passage.words))
        assert all(claim.coding[0].text.startswith(claim.anchor) for claim in claims_of(card))
        labels = [field.label for field in card.fields]
        assert "Who" in labels if card.passages else not labels


# Tables of the article


def test_the_deflation_table_prints_ranges_where_the_origin_is_unknown() -> None:
    counts = {row[0]: row[1] for row in cells(table("deflation", article_view()))}
    assert counts["Independent sources behind these"] == "1–3"
    assert counts["Items cited as evidence that this record shows as public"] == "0"


def test_the_matrix_prints_not_heard_and_leaves_the_outlets_words_out() -> None:
    block = table("sides_by_question", article_view())
    rows = {row[0]: row for row in cells(block)}
    assert set(rows["North Korea"][1:]) == {"not heard"}
    assert set(rows["Russia"][1:]) == {
        "not heard",
        "Peskov, 1–19 Oct, said: This seems like yet another fake news story",
    }
    linked = {href for href in hrefs(neutral(block)) if href.startswith("#")}
    assert "#p2" in linked and "#k1" in linked
    assert not {f"#{claim}" for claim in ("p1", "h0", "z4", "s1", "s2", "n1")} & linked
    assert "condemn" not in " ".join(cell for row in rows.values() for cell in row)


def test_the_denial_register_draws_no_order_that_the_dates_do_not_give() -> None:
    (row,) = cells(table("denial_register", article_view()))
    assert row[1] == "1–19 Oct (Moscow Times: 10 Oct)"
    assert row[-3:] == [
        "none",
        "Kim Yong-hyun (8 Oct), Zelenskyy (13 Oct), Zelenskyy (16 Oct)",
        "none",
    ]


# Layout


def test_the_labels_at_the_left_of_the_timeline_begin_inside_the_chart(view: View) -> None:
    figure = chart("claim_timeline", view).drawn
    assert figure is not None
    figure.canvas.draw()
    for label in figure.axes[0].texts:
        assert label.get_window_extent().x0 >= 0, label.get_text()


def test_lanes_keep_extents_apart_and_use_the_first_that_is_free() -> None:
    assert lanes([(0, 10), (5, 15), (11, 20), (0, 3)]) == [1, 0, 1, 0]
    assert lanes([]) == []


def test_text_width_grows_with_text_and_size() -> None:
    assert 0 == text_width("", 8) < text_width("a", 8) < text_width("aa", 8) < text_width("aa", 9)
