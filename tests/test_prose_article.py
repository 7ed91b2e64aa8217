"""The front of the one article, and of days before its last: nothing more than its words say."""

from __future__ import annotations

from phrases import answered, found, front, order
from views import article_view, cells, real_view, sentences, table


def test_nothing_later_than_its_day_is_in_a_brief() -> None:
    view = article_view("2024-10-10")
    words = " ".join([*front(view), *sentences(order(view))])
    assert "Zelenskyy" not in words and "Flynn" not in words
    assert "Zelenskyy" in " ".join(answered(article_view())), "who spoke on 13 October"
    matrix = " ".join(cell for row in cells(table("sides_by_question", view)) for cell in row)
    assert "Kim Yong-hyun" in matrix
    assert "Zelenskyy" not in matrix and "Flynn" not in matrix


def test_a_day_of_a_source_that_carries_the_words_is_the_day() -> None:
    view = real_view("2024-10-10")
    (head,) = (head for head in found(view) if head.startswith("Denials"))
    assert found(view)[head].startswith("Peskov (Russia, 10 Oct)<o4a>: “")
    rows = cells(table("denial_register", view))
    assert {row[1] for row in rows if row[0].startswith("Peskov")} == {"10 Oct"}


def test_a_stance_that_takes_no_side_says_nothing_of_the_kind() -> None:
    words = " ".join(front(article_view()))
    assert "Flynn" not in words, "who reasoned from the case"
    assert "Howell" not in words


def test_no_gloss_is_put_into_a_speakers_mouth() -> None:
    words = " ".join([*answered(article_view()), *found(article_view()).values()])
    assert "<z4>" not in words, "the outlet's wording of z6 is another question's"
    assert "Peskov" in words and "<p1>" not in words, "the outlet's wording of p2"
