"""Links to claims, and lists and tables that have the first of many and count the rest."""

from __future__ import annotations

import pandas as pd
from views import plain

from claimbrief.limits import LIMITS, name_list, truncate, truncated, truncation_note
from claimbrief.links import citation, claim_links, short_citation
from claimbrief.texts import text

IDS = [f"c{number}" for number in range(1, 21)]


def test_a_link_leads_to_the_card_of_its_claim() -> None:
    assert [(run.text, run.href) for run in claim_links(IDS[:2])] == [
        ("c1", "#c1"), (", ", ""), ("c2", "#c2"),
    ]  # fmt: skip
    assert claim_links([]) == ()


def test_many_claims_of_a_cell_are_linked_to_a_limit_and_then_counted() -> None:
    assert plain(claim_links(IDS[:6], LIMITS.links)) == "c1, c2, c3, c4, c5, c6"
    assert plain(claim_links(IDS, LIMITS.links)) == "c1, c2, c3, c4, c5, c6 and 14 more"
    assert plain(claim_links(IDS, 2)) == "c1, c2 and 18 more"
    assert [run.href for run in claim_links(IDS, 2) if run.href] == ["#c1", "#c2"]
    assert plain(claim_links(IDS)).endswith("c19, c20"), "without a limit all are linked"


def test_a_citation_stands_in_brackets_and_there_is_none_of_nothing() -> None:
    assert plain(citation(IDS[:2])) == " [c1, c2]"
    assert citation([]) == short_citation([]) == ()


def test_many_claims_of_a_sentence_are_cited_to_a_limit_and_then_counted() -> None:
    assert plain(short_citation(IDS[:12])) == f" [{', '.join(IDS[:12])}]"
    assert plain(short_citation(IDS)) == " [c1, c2, c3, c4, c5, c6 and 14 more]"


def test_of_very_many_claims_a_sentence_links_the_first_alone() -> None:
    ids = [f"c{number}" for number in range(LIMITS.many_links + 1)]
    assert plain(short_citation(ids[:-1])) == " [c0, c1, c2, c3, c4, c5 and 54 more]"
    assert plain(short_citation(ids)) == " [c0 and 60 more]"


def test_many_names_and_parts_end_with_how_many_more_there_are() -> None:
    assert name_list(IDS[:12]).endswith("c11 and c12")
    assert name_list(IDS) == "c1, c2, c3, c4, c5, c6 and 14 more"
    parts = [text(name) for name in IDS]
    assert [plain(part) for part in truncated(parts)] == [*IDS[:6], "14 more"]
    assert [plain(part) for part in truncated(parts, 2)] == ["c1", "c2", "18 more"]
    assert truncated(parts[:1], 2) == parts[:1]


def test_of_many_rows_those_with_the_highest_keys_are_kept_and_of_equals_the_first() -> None:
    rows = pd.DataFrame({"name": list("abcd")}, [5, 6, 7, 8])
    keys = pd.Series([1, 2, 2, 3], rows.index)
    assert truncate(rows, 3, keys)["name"].tolist() == ["d", "b", "c"]
    assert truncate(rows, 3)["name"].tolist() == ["a", "b", "c"]
    assert truncate(rows, 4, keys) is rows


def test_a_table_says_how_many_rows_it_leaves_out_and_nothing_if_it_leaves_none() -> None:
    assert truncation_note(250, "documents", "the first", 250) == ""
    assert truncation_note(3000, "documents", "the longest first", 250) == (
        " Here are 250 of 3,000 documents, the longest first; the whole record is in "
        "claims.csv, beside this page."
    )
    assert "is in the table." in truncation_note(301, "rows", "the first", whole="the table")
