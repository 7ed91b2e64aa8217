"""Links to claims, and lists that name the first of many and count the rest."""

from __future__ import annotations

import pytest
from seen import plain, tiny_seen

from claimbrief.blocks import text
from claimbrief.links import (
    FEW_OF_LARGE,
    MANY,
    MOST_NAMED,
    VERY_MANY,
    few_cited,
    few_links,
    few_names,
    few_of,
    most_named,
    most_told,
)

IDS = [f"c{number}" for number in range(1, 21)]


def test_many_claims_of_a_cell_are_linked_to_a_limit_and_then_counted() -> None:
    seen = tiny_seen()
    assert plain(few_links(seen, IDS[:MANY])) == "c1, c2, c3, c4, c5, c6"
    assert plain(few_links(seen, IDS)) == "c1, c2, c3, c4, c5, c6 and 14 more"
    assert plain(few_links(seen, IDS, 2)) == "c1, c2 and 18 more"
    assert [run.href for run in few_links(seen, IDS, 2) if run.href] == ["#c1", "#c2"]


def test_a_large_record_is_told_with_fewer_links_names_and_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = tiny_seen()
    small = (most_named(seen), most_told(seen))
    monkeypatch.setattr("claimbrief.view.LARGE", len(seen.whole.claims))
    assert (most_named(seen), most_told(seen)) == small
    monkeypatch.setattr("claimbrief.view.LARGE", len(seen.whole.claims) - 1)
    assert plain(few_links(seen, IDS[:FEW_OF_LARGE])) == "c1, c2"
    assert few_links(seen, IDS) == text("20 claims") and few_links(seen, []) == ()
    assert most_named(seen) < small[0] and most_told(seen) < small[1]


def test_of_very_many_claims_a_sentence_links_the_first_alone() -> None:
    ids = [f"c{number}" for number in range(VERY_MANY + 1)]
    assert plain(few_cited(ids[:-1])) == " [c0, c1, c2, c3, c4, c5 and 54 more]"
    assert plain(few_cited(ids)) == " [c0 and 60 more]"


def test_many_claims_of_a_sentence_are_cited_to_a_limit_and_then_counted() -> None:
    assert few_cited([]) == ()
    assert plain(few_cited(IDS[:2])) == " [c1, c2]"
    assert plain(few_cited(IDS[:MOST_NAMED])) == f" [{', '.join(IDS[:MOST_NAMED])}]"
    assert plain(few_cited(IDS)) == " [c1, c2, c3, c4, c5, c6 and 14 more]"


def test_many_names_and_parts_end_with_how_many_more_there_are() -> None:
    assert few_names(IDS[:MOST_NAMED]).endswith("c11 and c12")
    assert few_names(IDS) == "c1, c2, c3, c4, c5, c6 and 14 more"
    many = [plain(part) for part in few_of([text(one) for one in IDS])]
    assert many == ["c1", "c2", "c3", "c4", "c5", "c6", "14 more"]
    assert [plain(part) for part in few_of([text(one) for one in IDS], 2)] == [
        "c1",
        "c2",
        "18 more",
    ]
    assert few_of([text("c1")], 2) == [text("c1")]
