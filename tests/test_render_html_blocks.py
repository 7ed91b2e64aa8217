"""Blocks as the page draws them: days as positions, marks named by their cards, languages."""

from __future__ import annotations

import pytest

from claimbrief.block_html import block_html
from claimbrief.blocks import Card, Cards, Figure, Mark, Prose, neutral
from claimbrief.errors import PageError
from claimbrief.render.html_blocks import for_page, with_page_svg
from claimbrief.texts import Run, Version, text

DAYS = ["2024-10-01", "2024-10-02", "2024-10-05"]
SVG = (
    '<g data-since="2024-10-03" data-until="2024-10-04"><path d="M0"/></g>'
    '<a class="mark on-card" href="#o1"><title>Who said what</title><rect x="1"/></a>'
    '<a class="mark" href="#o2" data-since="2024-10-01"><title>Own words</title></a>'
)


MARKS = (Mark(0, 0, 1, 1, "#o1", "Who said what"), Mark(0, 0, 1, 1, "#o2", "Own words"))


def _figure(svg: str, marks: tuple[Mark, ...] = MARKS) -> dict[str, object]:
    return neutral(Figure("f", text("C"), "Alt", "Long", svg, 10, 10, marks))


def test_the_limits_of_a_sentence_and_of_a_card_become_positions_among_the_days() -> None:
    pieces = (Version("", "2024-10-02", text("one")), Version("2024-10-05", "", text("two")))
    prose = for_page(neutral(Prose("p", (text("two"),), versions=(pieces,))), DAYS)
    limits = [(it["since"], it["until"]) for it in prose["versions"][0]]
    assert limits == [("", "1"), ("2", "")]
    card = Card("o1", text("t"), text("q"), (), since="2024-10-01")
    assert for_page(neutral(Cards("c", (card,))), DAYS)["cards"][0]["since"] == "0"


def test_a_page_without_days_has_the_last_days_words_and_no_limits() -> None:
    pieces = (Version("", "2024-10-02", text("early")), Version("2024-10-05", "", text("late")))
    block = neutral(Prose("p", (text("late"),), versions=(pieces,)))
    html = block_html(for_page(block, []), is_page=True)
    assert "<p>late</p>" in html and "early" not in html and "data-" not in html


def test_a_mark_is_named_by_its_card_where_the_card_has_its_words() -> None:
    assert with_page_svg(_figure(SVG), DAYS)["svg"] == (
        '<g data-since="2" data-until="1"><path d="M0" /></g>'
        '<a class="mark" href="#o1" aria-labelledby="o1-is"><rect x="1" /></a>'
        '<a class="mark" href="#o2" data-since="0"><title>Own words</title></a>'
    )
    assert "data-" not in with_page_svg(_figure(SVG), [])["svg"]


def test_what_has_no_mark_is_drawn_and_named_and_is_no_link() -> None:
    assert with_page_svg(_figure(SVG, MARKS[1:]), DAYS)["svg"] == (
        '<g data-since="2" data-until="1"><path d="M0" /></g>'
        '<g><title>Who said what</title><rect x="1" /></g>'
        '<a class="mark" href="#o2" data-since="0"><title>Own words</title></a>'
    )


def test_a_chart_of_which_not_every_mark_is_a_link_is_described_in_full() -> None:
    block = _figure(SVG)
    assert '<desc id="f-desc">Each mark is a link' in block_html(block, is_page=True)
    block["has_unlinked_marks"] = True
    assert '<desc id="f-desc">Long</desc>' in block_html(block, is_page=True)


def test_a_chart_that_is_not_well_formed_is_refused_by_its_id() -> None:
    with pytest.raises(PageError, match="the chart 'f' is not well-formed"):
        with_page_svg(_figure("<g>"), DAYS)


def test_a_quote_in_another_language_says_which_inside_the_quotation_marks() -> None:
    block = neutral(Prose("p", (text(Run("전쟁", style="quote")),)))
    assert "<q>전쟁</q>" in block_html(block)
    block["paragraphs"][0][0]["lang"] = "ko"
    assert '<q><span lang="ko">전쟁</span></q>' in block_html(block)
