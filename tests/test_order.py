"""What came first, counted from sorted bounds: the same as pair by pair."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from seen import article_seen, real_seen, tiny_seen

from claimbrief.analysis.escalation import (
    around_each_denial,
    denial_register,
    denials,
    utterance_order,
)
from claimbrief.analysis.order import Around, Sorted, pairs_in_order, relevant_utterances
from claimbrief.dates import When, parse

SEEN = {"tiny": tiny_seen, "article": article_seen, "October": real_seen}


def test_a_date_is_seen_between_what_was_before_and_after_it_for_certain() -> None:
    known = ["2024-10-01", "2024-10-05", "[2024-10-04..2024-10-09]", "[..2024-10-03]", "2024-10-12"]
    sorted_by_bounds = Sorted([parse(text) for text in known])
    assert sorted_by_bounds.around(parse("2024-10-05")) == Around(2, 2, 1)
    assert sorted_by_bounds.around(parse("[2024-10-02..2024-10-04]")) == Around(1, 2, 2)
    assert sorted_by_bounds.around(When(None, date(2024, 10, 2))) == Around(0, 2, 3)


@pytest.mark.parametrize("name", SEEN)
def test_pairs_are_counted_as_they_would_be_one_by_one(name: str) -> None:
    seen = SEEN[name]()
    each = utterance_order(seen)
    known = int((each["order"] != "undetermined").sum())
    ordered, pairs = pairs_in_order(list(relevant_utterances(seen).values()))
    assert (2 * ordered, 2 * pairs) == (known, len(each))
    assert 0 < ordered < pairs


@pytest.mark.parametrize("name", SEEN)
def test_the_counts_around_a_denial_are_those_of_its_lists(name: str) -> None:
    seen = SEEN[name]()
    register = denial_register(seen)
    assert [claim.claim_id for claim in denials(seen)] == list(register["claim_id"])
    places = ["before", "undetermined", "after"]
    listed = [Around(*map(len, row)) for row in register[places].itertuples(index=False)]
    assert around_each_denial(seen) == listed
    assert Counter(listed).total() > 0


def test_a_register_of_some_denials_holds_those_alone() -> None:
    seen = real_seen()
    every = denial_register(seen)
    asked = set(every["claim_id"].iloc[[1, 4]])
    assert list(denial_register(seen, asked)["claim_id"]) == list(every["claim_id"].iloc[[1, 4]])
