"""Key findings on evidence, on origins and on who is not heard.

The answers of the tiny package are worked by hand in tests/tiny/README.md.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Changed
from phrases import Cell, finding, key_findings, package, read, said
from views import real_view, tiny_view

from claimbrief import analysis
from claimbrief.analysis.lineage import Origins

PHOTOGRAPHS = (
    "One thing has been cited as evidence: Photographs of the crack, taken by the authority"
)


def test_what_is_cited_as_evidence_is_public_from_its_day() -> None:
    none = "None is named for [<i1>]."
    assert finding(tiny_view(), "Shown?") == (
        f"{PHOTOGRAPHS}; this record shows it as public: photo or video (Roads "
        f"Authority, 21 May) [<a1>]. Nothing public is of this kind: document. {none}"
    )
    before = finding(tiny_view("2019-05-20"), "Shown?")
    assert before == f"{PHOTOGRAPHS}; this record shows none of it as public [<n1>]. {none}"
    assert finding(tiny_view("2019-05-14", basis="reported"), "Shown?") == (
        before.replace("One thing has", "Possibly one thing has")
    )


def test_an_item_that_may_be_public_only_later_is_possibly_public(changed: Changed) -> None:
    key, day = ("pier_photographs", "2019-05-21"), "[2019-05-21..2019-06-10]"
    view = tiny_view(folder=package(changed, ("evidence_status", key, "as_of", day)))
    assert finding(view, "Shown?").startswith(
        f"{PHOTOGRAPHS}; this record shows it as public: possibly photo or "
        "video (Roads Authority, 21 May–10 Jun) [<a1>]. "
    )


def test_a_caveat_stands_beside_what_is_public(changed: Changed) -> None:
    key = ("pier_photographs", "2019-05-21")
    view = tiny_view(folder=package(changed, ("evidence_status", key, "caveat", "not checked")))
    assert "photo or video (Roads Authority, 21 May; not checked) [<a1>]. " in (
        finding(view, "Shown?")
    )


def test_nobody_who_cites_nothing_has_cited_evidence(changed: Changed) -> None:
    cited = ("claim_evidence", ("a1", "pier_photographs"), "relation", "speaks_of")
    view = tiny_view("2019-05-20", package(changed, cited))
    assert finding(view, "Shown?") == (
        "Nobody has cited evidence that could be shown. None is named for [<a1>, <i1>]."
    )


def hurt(claim_id: str, extent: str) -> dict[str, str]:
    """Return the rows of an assertion on a page that was in view to an extent."""
    words = {"quote": "Some were hurt", "extent": extent}
    return said(claim_id, "pell", "2019-05-20", "welders_hurt", "affirms", "CT+", **words)


def test_a_claim_of_which_only_a_part_was_seen_does_not_name_no_evidence(changed: Changed) -> None:
    some = [hurt("c1", "excerpt")]
    assert finding(tiny_view(folder=package(changed, more=some)), "Shown?").endswith(
        " None is named for [<i1>]. Of one such claim only a part was seen; evidence may stand in "
        "the rest."
    )
    many = [hurt(f"c{n}", "whole_page" if n < 9 else "excerpt") for n in range(11)]
    assert finding(tiny_view(folder=package(changed, more=many)), "Shown?").endswith(
        " Of the claims that something is so, or likely, ten name no evidence in a page seen "
        "whole. Of two such claims only a part was seen; evidence may stand in the rest."
    )


def origins_sentence(heard: str, asserting: str, rest: str) -> str:
    return (
        f"{heard} are in the record. {asserting}, say that something of this is so, or likely; "
        f"{rest}"
    )


PELL = "Not told is the origin of what was said by Pell [<i1>]."


def test_origins_are_counted_at_least_and_at_most() -> None:
    view = tiny_view()
    assert finding(view, "How many origins?") == origins_sentence(
        "Six utterances by seven speakers of five sides",
        "Three speakers, of two sides",
        f"they rest on one or two independent origins. {PELL}",
    )
    note = next(
        run.text for words in key_findings(view).paragraphs for run in words if run.style == "note"
    )
    assert note.startswith("A side is the state or body that a speaker speaks for;")
    for origins, words in {
        Origins(2, 5): "they rest on two to five independent origins.",
        Origins(1, 1): "they rest on one independent origin.",
        Origins(3, 3): "they rest on three independent origins.",
    }.items():
        found = replace(analysis.findings(view), origins=origins)
        assert words in finding(view, "How many origins?", found)


def test_voices_that_may_be_later_than_the_day_are_counted_apart() -> None:
    assert finding(tiny_view("2019-05-14", basis="reported"), "How many origins?") == (
        origins_sentence(
            "One utterance and possibly five more by one speaker and possibly six more of one side "
            "and possibly four more",
            "One speaker and possibly two more, of one side and possibly one more",
            f"they rest on one or two independent origins. {PELL}",
        )
    )


def test_of_many_utterances_of_unknown_origin_the_number_is_said(changed: Changed) -> None:
    many = [hurt(f"c{n}", "whole_page") for n in range(4)]
    words = finding(tiny_view(folder=package(changed, more=many)), "How many origins?")
    assert words.endswith(
        " Of the seven utterances in which they say so, five do not tell where all of it comes "
        "from."
    )


def silent(changed: Changed) -> Path:
    """Return the package in which all who assert something only speak of reports."""
    cells: list[Cell] = []
    for claim_id in ("a1", "m1", "i1"):
        cells.append(("claims", claim_id, "stance", "notes_reports"))
        cells.append(("claims", claim_id, "commitment", "Uu"))
    return package(changed, *cells)


def test_of_many_kinds_of_which_nothing_is_public_each_is_an_alternative() -> None:
    assert "these kinds: prisoner or defector, witness or official record. " in finding(
        real_view(), "Shown?"
    )


def test_where_nobody_asserts_anything_there_is_no_origin(changed: Changed) -> None:
    assert finding(tiny_view(folder=silent(changed)), "How many origins?") == (
        "Nobody says that anything of this is so, likely or to come."
    )


def test_what_is_said_to_come_is_not_said_by_nobody(changed: Changed) -> None:
    folder = changed("propositions", "deck_fails", "phase", "to_come", of=silent(changed))
    rows = [said("d1", "pell", "2019-05-20", "deck_fails", "affirms", "CT+")]
    for table, row in ((table, row) for more in rows for table, row in more.items()):
        added = row.encode()
        folder = changed(f"{table}.csv", raw=lambda content, r=added: content + r, of=folder)
    words = finding(tiny_view(folder=folder), "How many origins?")
    assert words.endswith(
        " are in the record. One speaker, of one side, says that something of this is to come, or "
        "is likely to; nothing of it is said to have come already."
    )


def test_of_those_whom_a_reader_expects_the_silent_are_named(changed: Changed) -> None:
    assert finding(tiny_view(), "Not heard.") == (
        "Of Velland, Karst Works and Drivers: Drivers. Silence is no denial."
    )
    heard = said("v1", "drivers_union", "2019-05-20", "bridge_unsafe", "notes_reports", "Uu")
    assert finding(tiny_view(folder=package(changed, more=[heard])), "Not heard.") == ""


def test_who_spoke_on_the_matter_and_not_to_the_point_is_not_silent(changed: Changed) -> None:
    folder = package(changed, ("claims", "p1", "stance", "not_addressed"))
    words = read(key_findings(tiny_view(folder=folder)).paragraphs[-1])
    assert words == (
        "Not heard. Of Velland, Karst Works and Drivers: Drivers. Not said either way. Port of "
        "Orsa (by 19 May) [<p1>] spoke on the matter and not on whether it is so. Silence is no "
        "denial."
    )


@pytest.mark.parametrize("day", ["2019-04-27", "2019-04-20"])
def test_before_anything_was_said_the_brief_says_what_the_record_holds_of_other_days(
    day: str,
) -> None:
    (words,) = key_findings(tiny_view(day, actors=["karst_works"])).paragraphs
    assert read(words) == (
        f"None of the two statements in the record was said by {int(day[-2:])} April 2019 and "
        "within the window, 20 April 2019 to 31 May 2019."
    )
