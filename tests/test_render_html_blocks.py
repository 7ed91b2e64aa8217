"""Blocks as the page draws them: days as positions, marks named by their cards, languages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from claimbrief.block_html import block_html, lab_html
from claimbrief.blocks import Cards, Drawing, Figure, Mark, Prose, neutral
from claimbrief.cards import Card, Passage
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
    figure = neutral(Figure("f", text("C"), "Alt", "Long", svg, 10, 10, marks))
    return {**figure, "part": "brief"}


def test_the_limits_of_a_sentence_and_of_a_card_become_positions_among_the_days() -> None:
    pieces = (Version("", "2024-10-02", text("one")), Version("2024-10-05", "", text("two")))
    prose = for_page(neutral(Prose("p", (text("two"),), versions=(pieces,))), DAYS, {})
    limits = [(it["since"], it["until"]) for it in prose["versions"][0]]
    assert limits == [("", "1"), ("2", "")]
    same, later = (Passage(text("q"), (), since=day) for day in ("2024-10-01", "2024-10-02"))
    card = Card("u-o1", text("t"), of_outlets=(same, later), since="2024-10-01")
    (limited,) = for_page(neutral(Cards("c", (card,))), DAYS, {})["cards"]
    assert limited["since"] == "0"
    assert [passage["since"] for passage in limited["of_outlets"]] == ["", "1"], "where later"


def test_a_page_without_days_has_the_last_days_words_and_no_limits() -> None:
    pieces = (Version("", "2024-10-02", text("early")), Version("2024-10-05", "", text("late")))
    block = neutral(Prose("p", (text("late"),), versions=(pieces,)))
    html = block_html(for_page(block, [], {}), is_page=True)
    assert "<p>late</p>" in html and "early" not in html and "data-" not in html


def test_a_mark_of_the_record_whose_words_are_its_claims_leaves_them_to_the_card() -> None:
    packed = {**_figure(SVG), "part": "record"}
    assert with_page_svg(packed, DAYS)["svg"] == (
        '<g data-since="2" data-until="1"><path d="M0" /></g>'
        '<a class="mark" href="#o1"><rect x="1" /></a>'
        '<a class="mark" href="#o2" data-since="0"><title>Own words</title></a>'
    )
    beside = with_page_svg(_figure(SVG), DAYS)["svg"]
    assert '<a class="mark" href="#o1"><title>Who said what</title>' in beside
    assert "data-" not in with_page_svg(_figure(SVG), [])["svg"]


def test_the_shapes_of_a_chart_that_is_shown_once_more_have_ids_of_their_own() -> None:
    shapes = '<defs><path id="f-0" d="M0"/><pattern id="f-1"/></defs>'
    svg = shapes + '<use href="#f-0" fill="url(#f-1)"/>' + SVG
    assert with_page_svg(_figure(svg), DAYS)["svg"].count('"#f-0"') == 1
    for block_id in ("f-2", "chart-ukraine"):
        again = with_page_svg({**_figure(svg), "block_id": block_id}, DAYS)["svg"]
        assert f'id="{block_id}-0"' in again and 'id="f-0"' not in again
        assert f'<use href="#{block_id}-0" fill="url(#{block_id}-1)"' in again
        assert 'href="#o1"' in again, "a link leads where it led"


def test_both_drawings_of_a_chart_that_is_shown_once_more_have_ids_of_their_own() -> None:
    wide, narrow = ('<path id="f-0" d="M0"/>' + SVG, '<path id="fna-0" d="M1"/>' + SVG)
    drawn = Figure("f", text("C"), "Alt", "Long", wide, 10, 10, MARKS)
    block = neutral(replace(drawn, narrow=Drawing(narrow, 5, 9, MARKS))) | {"part": "brief"}
    ids = []
    for block_id in ("f", "g-2024", "g-2025"):
        again = with_page_svg({**block, "block_id": block_id}, DAYS)
        svg = again["svg"] + again["narrow"]["svg"]
        ids += re.findall(r'id="([^"]+)"', svg)
        assert set(re.findall(r'aria-labelledby="([^"]+)"', svg)) <= set(ids)
    assert len(ids) == len(set(ids)) >= 9
    assert {"f-0", "g-2024-0", "g-2024-narrow-0", "g-2025-narrow-0"} <= set(ids)


def test_what_has_no_mark_is_drawn_and_named_and_is_no_link() -> None:
    assert with_page_svg(_figure(SVG, MARKS[1:]), DAYS)["svg"] == (
        '<g data-since="2" data-until="1"><path d="M0" /></g>'
        '<g><title>Who said what</title><rect x="1" /></g>'
        '<a class="mark" href="#o2" data-since="0"><title>Own words</title></a>'
    )


def test_a_narrow_drawing_has_its_own_limits_names_and_links() -> None:
    drawn = Figure("f", text("C"), "Alt", "Long", SVG, 10, 10, MARKS)
    block = with_page_svg(
        {**neutral(replace(drawn, narrow=Drawing(SVG, 5, 9, MARKS[1:]))), "part": "brief"}, DAYS
    )
    assert '<title id="f-w1">Own words</title>' in block["svg"]
    assert block["narrow"]["svg"] == (
        '<g data-since="2" data-until="1"><path d="M0" /></g>'
        '<g><title>Who said what</title><rect x="1" /></g>'
        '<a class="mark" href="#o2" aria-labelledby="f-w1" data-since="0" />'
    ), "its words are those of the wide drawing"


def test_a_page_has_both_drawings_each_described_and_a_notebook_the_wide_one() -> None:
    drawn = Figure("f", text("C"), "Alt", "Long", "<g/>", 10, 10, ())
    block = neutral(replace(drawn, narrow=Drawing("<path/>", 5, 9, ())))
    page = BeautifulSoup(block_html(block, is_page=True), "html.parser")
    wide, narrow = page.select(".wide > svg"), page.select(".narrow > svg")
    assert [(svg["viewbox"], svg["aria-labelledby"]) for svg in (*wide, *narrow)] == [
        ("0 0 10 10", "f-title"), ("0 0 5 9", "f-narrow-title"),
    ]  # fmt: skip
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids)) and {"f-desc", "f-narrow-desc"} <= set(ids)
    assert "narrow" not in lab_html(block) and "<path/>" not in lab_html(block)


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
    assert "<p>“전쟁”</p>" in block_html(block)
    assert "<q>“전쟁”</q>" in block_html(block, is_page=True)
    block["paragraphs"][0][0]["lang"] = "ko"
    assert '“<span lang="ko">전쟁</span>”' in block_html(block)
