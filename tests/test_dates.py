"""Dates: what the subset of EDTF accepts, and before, after or undetermined."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from views import order

from claimbrief.dates import (
    ACCEPTED,
    When,
    certainty_by,
    common,
    edtf,
    no_later_than,
    parse,
    parse_day,
)
from claimbrief.errors import DateError

FLIPPED = {"before": "after", "after": "before", "undetermined": "undetermined"}
RANKS = {"no": 0, "possible": 1, "certain": 2}

days = st.dates(date(2024, 9, 1), date(2024, 11, 30))


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Return any bounds that the subset can write."""
    kind = draw(st.sampled_from(["day", "range", "choice", "open"]))
    if kind == "choice":
        chosen = sorted(draw(st.sets(days, min_size=2, max_size=4)))
        return When(chosen[0], chosen[-1], tuple(chosen))
    latest = draw(days)
    if kind == "open":
        return When(None, latest)
    return When(
        latest - timedelta(days=draw(st.integers(1, 30))) if kind == "range" else latest, latest
    )


def candidates(when: When) -> set[date]:
    """Return each day that it may have been, an open start cut at 1 August."""
    if when.days:
        return set(when.days)
    start = when.earliest or date(2024, 8, 1)
    return {start + timedelta(days=n) for n in range((when.latest - start).days + 1)}


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2024-10-08", When(date(2024, 10, 8), date(2024, 10, 8))),
        ("2024-02-29", When(date(2024, 2, 29), date(2024, 2, 29))),
        ("[2024-10-01..2024-10-16]", When(date(2024, 10, 1), date(2024, 10, 16))),
        ("[..2024-10-22]", When(None, date(2024, 10, 22))),
        (
            "[2024-10-16,2024-10-23]",
            When(date(2024, 10, 16), date(2024, 10, 23), (date(2024, 10, 16), date(2024, 10, 23))),
        ),
    ],
)
def test_each_form_of_the_subset_has_its_bounds(text: str, when: When) -> None:
    assert parse(text) == when
    assert edtf(when) == text


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("31.10.2024", " (nearest: 2024-10-31)"), ("5. 3. 2024", " (nearest: 2024-03-05)"),
     ("32.10.2024", ""), ("10/11/2024", ""), ("soon", "")],
)  # fmt: skip
def test_a_day_that_is_written_day_first_is_named_as_the_day_that_it_is(
    text: str, nearest: str
) -> None:
    with pytest.raises(DateError) as refusal:
        parse(text)
    assert str(refusal.value).endswith(f"{ACCEPTED}{nearest}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "2024-10",
        "2024-10-8",
        "08/10/2024",
        "2024-10-08T12:00",
        "2024-10-08?",
        "2024-10-08~",
        "2024-10-XX",
        "2024-10-08/2024-10-16",
        "[2024-10-08..]",
        "[..]",
        "[]",
        "[2024-10-08]",
        "{2024-10-08,2024-10-09}",
        "[2024-10-08, 2024-10-09]",
        "[2024-10-08..2024-10-09,2024-10-11]",
        " 2024-10-08",
        "2024-10-08\n",
        "٢٠٢٤-١٠-٠٨",
        "[..٢٠٢٤-١٠-٠٨]",
    ],
)
def test_anything_outside_the_subset_is_refused_and_told_back(text: str) -> None:
    with pytest.raises(DateError) as refusal:
        parse(text)
    assert "accepted:" in str(refusal.value)
    assert repr(text) in str(refusal.value) or "[..٢" in text


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "[2024-10-01..2024-10-32]"]
)
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="a day of the calendar"):
        parse(text)


@pytest.mark.parametrize("text", ["[2024-10-16..2024-10-01]", "[2024-10-16..2024-10-16]"])
def test_a_range_that_does_not_run_forward_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="start is before its end"):
        parse(text)


@pytest.mark.parametrize("text", ["[2024-10-23,2024-10-16]", "[2024-10-16,2024-10-16]"])
def test_days_out_of_order_or_twice_are_refused(text: str) -> None:
    with pytest.raises(DateError, match="each day once, in order"):
        parse(text)


def test_a_parameter_is_one_day_and_no_range() -> None:
    assert parse_day("2024-10-08") == date(2024, 10, 8)
    with pytest.raises(DateError, match="a day written as"):
        parse_day("[..2024-10-22]")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2024-10-08", "2024-10-13", "before"),
        ("2024-10-13", "2024-10-08", "after"),
        ("2024-10-08", "2024-10-08", "undetermined"),  # a day has no hours here
        ("[2024-10-01..2024-10-22]", "2024-10-08", "undetermined"),
        ("[2024-10-01..2024-10-22]", "2024-10-23", "before"),
        ("[2024-10-01..2024-10-22]", "2024-10-22", "undetermined"),
        ("[2024-10-01..2024-10-22]", "2024-09-30", "after"),
        ("[..2024-10-22]", "2024-10-23", "before"),
        ("[..2024-10-22]", "1999-01-01", "undetermined"),
        ("[..2024-10-22]", "[..2024-10-01]", "undetermined"),
        ("[2024-10-16,2024-10-23]", "2024-10-20", "undetermined"),
        ("[2024-10-16,2024-10-23]", "2024-10-15", "after"),
    ],
)
def test_order_is_told_only_where_every_day_agrees(first: str, second: str, expected: str) -> None:
    assert order(parse(first), parse(second)) == expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("2024-10-08", "2024-10-07", "no"),
        ("2024-10-08", "2024-10-08", "certain"),
        ("[2024-10-01..2024-10-22]", "2024-09-30", "no"),
        ("[2024-10-01..2024-10-22]", "2024-10-01", "possible"),
        ("[2024-10-01..2024-10-22]", "2024-10-22", "certain"),
        ("[..2024-10-22]", "1900-01-01", "possible"),
        ("[2024-10-16,2024-10-23]", "2024-10-20", "possible"),
    ],
)
def test_by_a_day_a_thing_has_happened_certainly_possibly_or_not(
    text: str, day: str, expected: str
) -> None:
    assert certainty_by(parse(text), parse_day(day)) == expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("[2024-10-01..2024-10-22]", "2024-10-18", "[2024-10-01..2024-10-18]"),
        ("[2024-10-01..2024-10-22]", "2024-10-01", "2024-10-01"),
        ("[2024-10-01..2024-10-22]", "2024-09-30", "[2024-10-01..2024-10-22]"),
        ("[..2024-10-22]", "2024-10-18", "[..2024-10-18]"),
        ("[2024-10-16,2024-10-23]", "2024-10-20", "2024-10-16"),
        ("[2024-10-09,2024-10-16,2024-10-23]", "2024-10-20", "[2024-10-09,2024-10-16]"),
        ("2024-10-08", "2024-10-01", "2024-10-08"),
    ],
)
def test_a_date_is_cut_off_after_a_day_and_never_moved(text: str, day: str, expected: str) -> None:
    assert edtf(no_later_than(parse(text), parse_day(day))) == expected


@given(whens())
def test_what_is_written_is_read_back(when: When) -> None:
    assert parse(edtf(when)) == when


@given(whens(), whens())
def test_order_is_antisymmetric(first: When, second: When) -> None:
    assert order(second, first) == FLIPPED[order(first, second)]


@given(whens(), whens())
def test_before_holds_for_every_pair_of_days_and_is_missed_for_none(
    first: When, second: When
) -> None:
    is_before = all(a < b for a in candidates(first) for b in candidates(second))
    is_stated = order(first, second) == "before"
    assert is_stated == (is_before and second.earliest is not None)


@given(whens(), whens(), whens())
def test_before_is_transitive(first: When, second: When, third: When) -> None:
    is_chain = order(first, second) == order(second, third) == "before"
    assert not is_chain or order(first, third) == "before"


@given(whens(), days, days)
def test_certainty_never_falls_as_days_pass(when: When, it: date, other: date) -> None:
    early, late = sorted([it, other])
    assert RANKS[certainty_by(when, early)] <= RANKS[certainty_by(when, late)]


@given(whens(), days)
def test_certainty_is_what_the_days_that_it_may_be_say(when: When, day: date) -> None:
    happened = {candidate <= day for candidate in candidates(when)}
    assert (
        certainty_by(when, day)
        == {
            frozenset({True}): "certain",
            frozenset({False}): "no",
            frozenset({True, False}): "possible",
        }[frozenset(happened)]
    )


@given(whens(), days)
def test_cutting_off_keeps_exactly_the_days_up_to_the_day(when: When, day: date) -> None:
    kept = {candidate for candidate in candidates(when) if candidate <= day}
    assert candidates(no_later_than(when, day)) == (kept or candidates(when))


@given(whens(), days)
def test_cutting_off_twice_is_cutting_off_once(when: When, day: date) -> None:
    assert no_later_than(no_later_than(when, day), day) == no_later_than(when, day)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("[2024-10-01..2024-10-16]", "[2024-10-08..2024-10-22]", "[2024-10-08..2024-10-16]"),
        ("[..2024-10-10]", "[2024-10-10..2024-10-22]", "2024-10-10"),
        ("[..2024-10-10]", "[..2024-10-22]", "[..2024-10-10]"),
        ("[2024-10-09,2024-10-16,2024-10-23]", "[..2024-10-16]", "[2024-10-09,2024-10-16]"),
        ("[2024-10-09,2024-10-16]", "[2024-10-16,2024-10-23]", "2024-10-16"),
        ("[2024-10-09,2024-10-16]", "[2024-10-10..2024-10-15]", "none"),
        ("2024-10-08", "2024-10-09", "none"),
    ],
)
def test_two_dates_have_the_days_in_common_that_both_name(
    first: str, second: str, expected: str
) -> None:
    for it, other in ((first, second), (second, first)):
        shared = common(parse(it), parse(other))
        assert (edtf(shared) if shared else "none") == expected


@given(whens(), whens())
def test_a_day_is_in_common_where_it_may_have_been_either(first: When, second: When) -> None:
    shared = common(first, second)
    in_both = candidates(first) & candidates(second)
    assert (candidates(shared) if shared else set()) == in_both
