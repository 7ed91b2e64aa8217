"""Links to claims, and lists and tables that have the first of many and count the rest."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from conftest import Changed
from views import marked, plain, tiny_view

from claimbrief.context import Context, context_of
from claimbrief.limits import name_list, truncate, truncated, truncation_note
from claimbrief.links import cite, cites, cites_by_day, names_of, statement_text, with_links
from claimbrief.texts import text

IDS = [f"c{number}" for number in range(1, 21)]


def the_context() -> Context:
    return context_of(tiny_view())


def test_a_claim_is_cited_by_who_said_it_and_when() -> None:
    context = the_context()
    assert marked(cite("m1", context)) == "Lindqvist (Velland, 12 May)<m1>"
    assert marked(cite("m1", context, has_side=False)) == "Lindqvist (12 May)<m1>"
    assert marked(cite("w1", context)) == "Nyra and Tolm (11 or 18 May)<w1>"


def test_the_day_joins_the_brackets_that_a_name_ends_with(changed: Changed) -> None:
    folder = changed("actors", "pell", "short_name", "Pell (the ferry)")
    context = context_of(tiny_view(folder=folder))
    assert marked(cite("i1", context)) == "Pell (the ferry, 28 Apr)<i1>"
    folder = changed("actors", "lindqvist", "short_name", "Lindqvist (roads)", of=folder)
    context = context_of(tiny_view(folder=folder))
    assert marked(cite("m1", context)) == "Lindqvist (roads, Velland, 12 May)<m1>"


def test_of_a_speaker_s_day_with_two_utterances_each_has_its_occasion_in_few_words(
    changed: Changed,
) -> None:
    folder = changed("utterances", "pell_letter", "date", "2019-05-12")
    folder = changed("speakers", ("pell_letter", "pell"), "actor_id", "lindqvist", of=folder)
    view = tiny_view(folder=folder)
    context = context_of(view)
    assert marked(cite("i1", context, has_side=False)) == "Lindqvist (12 May, letter)<i1>"
    assert marked(cite("m1", context, has_side=False)) == "Lindqvist (12 May, interview)<m1>"
    codes = view.whole.vocabulary
    codes["short"] = codes["short"].mask(codes["code"] == "letter", "by post")
    context = context_of(replace(view, whole=replace(view.whole, vocabulary=codes)))
    assert marked(cite("i1", context, has_side=False)) == "Lindqvist (12 May, by post)<i1>"
    assert marked(cite("m1", context, has_side=False)) == "Lindqvist (12 May, interview)<m1>"


def test_what_an_outlet_says_in_its_own_words_is_cited_as_the_outlets() -> None:
    context = the_context()
    assert marked(cite("m2", context)) == "Northern Ledger on Lindqvist (12 May)<m2>"
    assert marked(cite("n1", context)) == "Northern Ledger (13–19 May)<n1>"


def test_an_utterance_is_cited_once_and_of_many_the_first() -> None:
    context = the_context()
    assert marked(cites(["e1", "e2", "i1"], context)) == (
        "Doran (Tarn, by 19 May)<e1>, Pell (28 Apr)<i1>"
    )
    assert cites([], context) == ()
    few = cites(["i1", "a1", "b2", "e1"], context, 2, has_side=False)
    assert marked(few) == "Pell (28 Apr)<i1>, Roads Authority (8 May)<a1> and two more"
    assert plain(cites(["i1", "a1"], context, last=" and ")).startswith("Pell (28 Apr) and Roads")


def test_speakers_stand_once_with_the_days_that_lead_to_their_claims() -> None:
    uses = [
        ("the minister", "2019-05-12", "m1"),
        ("Pell", "2019-04-28", "i1"),
        ("the minister", "2019-05-12", "m3"),
        ("the minister", "2019-05-13", "m4"),
    ]
    context = the_context()
    assert marked(cites_by_day(uses, context)) == (
        "The minister 12 May<m1>, 13 May<m4>; Pell 28 Apr<i1>"
    )
    assert marked(cites_by_day(uses, context, 1, 1)) == "The minister 12 May<m1>; one more speaker"
    assert cites_by_day([], context) == ()


def test_the_ids_in_a_coders_note_are_links_to_claims_in_view_and_to_no_others() -> None:
    note, context = "As in m1, not in A1, z9 or the one of 12 May.", the_context()
    assert marked(with_links(note, context)) == (
        "As in Lindqvist (Velland, 12 May)<m1>, not in A1, z9 or the one of 12 May."
    )
    assert marked(with_links(note, context, by_name=False)) == note.replace("m1", "<m1>")


def test_a_proposition_follows_the_label_or_a_bare_quotation_stands_in_its_place() -> None:
    assert plain(statement_text("said that …", "it rains")) == "said that it rains"
    assert plain(statement_text("said that …", "", "wet")) == "said: wet"


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
        "claims.csv, beside this brief."
    )
    assert "is in the table." in truncation_note(301, "rows", "the first", whole="the table")


def test_a_name_in_which_another_stands_comes_last_in_a_list_of_names() -> None:
    names = {"a": "allies of Ukraine", "b": "Russia", "c": "unnamed media", "d": "Nyra"}
    context = replace(context_of(tiny_view()), names=names)
    assert names_of(["a", "c", "b"], context) == "Russia, unnamed media and allies of Ukraine"
    assert names_of(["a", "b", "c", "d"], context) == "Russia, Nyra and two more"
