"""Numbers, days and lists in words."""

from __future__ import annotations

import pytest

from claimbrief import wording


@pytest.mark.parametrize(
    ("count", "words"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (1234, "1,234")]
)
def test_counts_are_words_up_to_twelve(count: int, words: str) -> None:
    assert wording.number(count) == words


def test_a_count_agrees_with_its_noun() -> None:
    assert wording.counted(1, "speaker") == "one speaker"
    assert wording.counted(0, "speaker") == "no speakers"
    assert wording.counted(2, "body", "bodies") == "two bodies"


@pytest.mark.parametrize(
    ("words", "listed"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list_ends_with_and(words: list[str], listed: str) -> None:
    assert wording.listed(words) == listed


@pytest.mark.parametrize(
    ("edtf", "long", "short"),
    [
        ("2024-10-08", "on 8 October 2024", "8 Oct"),
        ("[2024-10-01..2024-10-22]", "on a day from 1 to 22 October 2024", "1–22 Oct"),
        (
            "[2024-09-30..2024-10-02]",
            "on a day from 30 September 2024 to 2 October 2024",
            "30 Sep–2 Oct",
        ),
        ("[2024-10-16,2024-10-23]", "on 16 or 23 October 2024", "16 or 23 Oct"),
        ("[2024-10-31,2024-11-02]", "on 31 October 2024 or 2 November 2024", "31 Oct or 2 Nov"),
        ("[..2024-10-22]", "on or before 22 October 2024", "by 22 Oct"),
    ],
)
def test_a_date_says_what_is_known_of_it(edtf: str, long: str, short: str) -> None:
    assert wording.dated(edtf) == long
    assert wording.short_dated(edtf, 2024) == short


@pytest.mark.parametrize(
    ("edtf", "short"),
    [
        ("2030-12-31", "31 Dec 2030"),
        ("[2030-12-01..2030-12-22]", "1–22 Dec 2030"),
        ("[2030-11-30..2030-12-02]", "30 Nov–2 Dec 2030"),
        ("[2030-12-31..2031-01-02]", "31 Dec 2030–2 Jan 2031"),
        ("[2030-12-16,2030-12-23]", "16 or 23 Dec 2030"),
        ("[2030-12-31,2031-01-02]", "31 Dec 2030 or 2 Jan 2031"),
        ("[..2031-01-02]", "by 2 Jan 2031"),
    ],
)
def test_a_short_date_has_its_year_where_the_brief_is_of_two(edtf: str, short: str) -> None:
    assert wording.short_dated(edtf, None) == short


def test_a_short_date_of_another_year_than_the_briefs_has_its_year() -> None:
    assert wording.short_dated("2023-12-31", 2024) == "31 Dec 2023"
    assert wording.short_dated("[2023-12-31..2024-01-02]", 2024) == "31 Dec 2023–2 Jan 2024"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (3000, 3000, "3,000"),
        (1500, 12000, "1,500 to 12,000"),
        (3000, None, "at least 3,000"),
        (None, 8000, "at most 8,000"),
        (0, 3, "0 to 3"),
    ],
)
def test_a_figure_keeps_the_end_that_it_has(low: int | None, high: int | None, words: str) -> None:
    assert wording.figure(low, high) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (3000, 3000, "about 3,000"),
        (1500, 12000, "about 1,500 to 12,000"),
        (3000, None, "about 3,000"),
    ],
)
def test_the_word_that_qualifies_a_figure_stands_before_its_number(
    low: int, high: int | None, words: str
) -> None:
    assert wording.figure(low, high, "about") == words


def test_a_range_of_one_is_a_number() -> None:
    assert (wording.between(1, 1), wording.between(1, 3)) == ("one", "one to three")
    assert (wording.between(0, 1), wording.between(0, 0)) == ("at most one", "no")


@pytest.mark.parametrize(
    ("proposition", "words"),
    [("The bridge is unsafe.", "the bridge is unsafe"),
     ("North Korea has sent troops", "North Korea has sent troops"),
     ("There is a crack.", "there is a crack")],
)  # fmt: skip
def test_a_proposition_stands_after_that_without_its_full_stop(
    proposition: str, words: str
) -> None:
    assert wording.clause(proposition) == words


def test_the_higher_end_of_a_range_has_one_to() -> None:
    assert wording.up_to("at most 12,000") == "to at most 12,000"
    assert wording.up_to("reportedly up to 12,000") == "reportedly up to 12,000"
