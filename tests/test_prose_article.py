"""Page one of the one article, and of days before its last: nothing more than its words say."""

from __future__ import annotations

from phrases import key_findings, order
from views import article_view, cells, real_view, sentences, table

from claimbrief.view import View


def page_one(view: View) -> str:
    return " ".join(sentences(key_findings(view)))


def test_nothing_later_than_its_day_is_in_a_brief() -> None:
    view = article_view("2024-10-10")
    words = f"{page_one(view)} {' '.join(sentences(order(view)))}"
    assert "Zelenskyy" not in words and "Flynn" not in words
    assert "Zelenskyy" in page_one(article_view()), "who spoke on 13 October"
    matrix = " ".join(cell for row in cells(table("sides_by_question", view)) for cell in row)
    assert "Kim Yong-hyun" in matrix
    assert "Zelenskyy" not in matrix and "Flynn" not in matrix


def test_an_outside_day_later_than_the_brief_is_not_given() -> None:
    words = page_one(article_view("2024-10-09"))
    assert "Peskov" in words and "Moscow Times" not in words
    assert "(Moscow Times: 10 October 2024)" in page_one(article_view("2024-10-10"))


def test_a_day_of_a_source_that_carries_the_words_is_the_day() -> None:
    view = real_view("2024-10-10")
    assert "TASS" not in page_one(view)
    rows = cells(table("denial_register", view))
    assert {row[1] for row in rows if row[0].startswith("Peskov")} == {"10 Oct"}


def test_a_stance_that_takes_no_side_is_given_as_that() -> None:
    words = page_one(article_view())
    case = "reportedly reasoned from the case that"
    assert f"Howell {case} North Korea is not sending foot soldiers [h3]" in words
    assert f"Flynn {case} North Korean personnel are involved" in words
    assert "the United States reportedly spoke of reports that" in words
    assert "Flynn said" not in words and "United States said" not in words


def test_page_one_puts_no_gloss_into_a_speakers_mouth() -> None:
    words = page_one(article_view())
    assert "by Al Jazeera’s gloss, that North Korean personnel are in Russia [p1]" in words
    assert "[z4]" not in words, "the outlet's wording of z6 is another question's"
    assert "Peskov dismissed" not in words
