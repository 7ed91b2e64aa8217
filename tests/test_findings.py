"""Findings of the tiny package, against the answers worked by hand in its README."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from views import TINY, tiny_view

from claimbrief.analysis.counts import Count
from claimbrief.analysis.findings import deflation, findings
from claimbrief.analysis.lineage import Origins
from claimbrief.context import context_of
from claimbrief.lookups import pairs
from claimbrief.prose import key_findings


def unsaid(changed: Changed) -> Path:
    """Return the package in which the builder denies what nobody says: an unsafe bridge."""
    folder = changed("claims", "m1", "stance", "holds_possible")
    folder = changed("claims", "m1", "commitment", "PS+", of=folder)
    return changed("claims", "b2", "proposition_id", "bridge_unsafe", of=folder)


def by_nobody(folder: Path) -> tuple[list[str], bool]:
    """Return the claims that what nobody says is not so, and whether anybody says so."""
    shown = findings(tiny_view(folder=folder))
    return shown.said_by_nobody["claim_id"].tolist(), shown.is_said


def test_nobody_says_what_is_held_possible_or_stands_in_an_outlets_words_alone(
    changed: Changed,
) -> None:
    assert by_nobody(unsaid(changed)) == (["b2"], False), "e1 possible, m2 a summary"
    assert by_nobody(TINY) == ([], True)


@pytest.mark.parametrize(("stance", "level"), [("not_yet", ""), ("denies", "D3")])
def test_what_is_not_so_yet_is_said_by_nobody_as_what_is_denied(
    changed: Changed, stance: str, level: str
) -> None:
    folder = changed("claims", "b2", "stance", stance, of=unsaid(changed))
    assert by_nobody(changed("claims", "b2", "denial", level, of=folder)) == (["b2"], False)


def test_a_synonym_that_entails_it_is_somebody_saying_it(changed: Changed) -> None:
    folder = changed("claims", "i1", "proposition_id", "deck_fails", of=unsaid(changed))
    assert by_nobody(folder) == ([], True), "a bridge whose deck fails is unsafe"
    other = changed("propositions", "deck_fails", "question_id", "Q3", of=folder)
    assert by_nobody(other) == ([], True), "whichever question it belongs to"
    parted = changed("proposition_relations", "deck_fails", "relation", "does_not_entail", of=other)
    assert by_nobody(parted) == (["b2"], False)


def test_entailment_is_followed_through_what_is_between(changed: Changed) -> None:
    folder = changed("propositions", "deck_fails", "question_id", "Q3", of=unsaid(changed))
    row = b"welders_hurt,entails,deck_fails,Invented.\n"
    folder = changed("proposition_relations.csv", raw=lambda content: content + row, of=folder)
    assert by_nobody(folder) == ([], True), "i1 says that welders were hurt"


def test_what_is_to_come_is_not_said_to_be_so(changed: Changed) -> None:
    folder = changed("claims", "i1", "proposition_id", "deck_fails", of=unsaid(changed))
    folder = changed("propositions", "deck_fails", "phase", "to_come", of=folder)
    assert by_nobody(folder) == (["b2"], False)


def test_what_is_only_reported_is_said_for_this(changed: Changed) -> None:
    folder = changed("claims", "a1", "proposition_id", "bridge_unsafe", of=unsaid(changed))
    assert by_nobody(folder) == ([], True), "a paraphrase of the authority"


def test_who_is_known_to_say_it_outside_the_record_is_named(changed: Changed) -> None:
    def known(proposition: str) -> tuple[str, ...]:
        added = {"known_outside": [{"proposition_id": proposition, "note": "A diver, on a wall."}]}
        folder = changed(
            "datapackage.json",
            raw=lambda content: json.dumps(json.loads(content) | added).encode(),
            of=unsaid(changed),
        )
        view = tiny_view(folder=folder)
        found = findings(view)
        block = key_findings({view.at.as_of: found}, context_of(view))
        said = "".join(run.text for text in block.paragraphs for run in text)
        assert ("Known outside this record: A diver" in said) == bool(found.known_outside)
        return found.known_outside

    assert known("bridge_unsafe") == known("deck_fails") == ("A diver, on a wall.",)
    assert known("pier_cracked") == ()


def test_deflation_counts_claims_then_voices_then_origins_then_public_items() -> None:
    frame = deflation(findings(tiny_view()))
    expected = pd.DataFrame(
        [
            ("claim_rows", 12, 0),
            ("own_renderings", 7, 0),
            ("utterances", 6, 0),
            ("speakers", 7, 0),
            ("asserting_speakers", 3, 0),
            ("asserting_sides", 2, 0),
            ("speakers_with_own_source", 1, 0),
            ("independent_origins", 1, 1),
            ("items_made_public", 1, 0),
        ],
        columns=["step", "certain", "possible"],
    )
    pd.testing.assert_frame_equal(frame, expected)


def test_deflation_keeps_what_is_only_possible_apart() -> None:
    counts = deflation(findings(tiny_view("2019-05-12"))).set_index("step")
    assert tuple(counts.loc["claim_rows"]) == (3, 5)
    assert tuple(counts.loc["utterances"]) == (3, 3)
    assert tuple(counts.loc["speakers"]) == (3, 4)
    assert tuple(counts.loc["items_made_public"]) == (0, 0)


def test_findings_state_what_is_said_denied_shown_and_unheard() -> None:
    found = findings(tiny_view())
    assert (found.first_question, found.is_said, found.stating_contrary) == ("Q1", True, 1)
    assert found.denials["claim_id"].tolist() == ["b2"]
    assert (found.asserting_speakers, found.speakers) == (Count(3), Count(7))
    assert (found.asserting_sides, found.sides) == (Count(2), Count(5))
    assert found.origins == Origins(1, 2, ("pell_letter",))
    assert found.of_unknown_origin["claim_id"].tolist() == ["i1"]
    assert found.limits.empty and found.turns.empty and found.only_in_glosses.empty
    (item,) = found.public_items.itertuples()
    assert (item.kind, item.claim_ids) == ("photo_or_video", ["a1"])
    assert (found.items, found.items_public) == (Count(1), Count(1))
    assert found.without_evidence["claim_id"].tolist() == ["i1"]
    unheard = found.silences.query("heard_claim == ''")
    assert unheard["short_name"].tolist() == ["Drivers"]
    assert found.silences["short_name"].tolist() == ["Velland", "Karst Works", "Drivers"]


def test_findings_tell_how_far_each_side_goes_on_each_question() -> None:
    columns = ["question_id", "side", "position", "claim_ids"]
    rows = findings(tiny_view()).positions[columns]
    assert [*rows.itertuples(index=False, name=None)] == [
        ("Q1", "velland", "says_likely", ["m1"]),
        ("Q1", "nyra", "leaves_open", ["w1"]),
        ("Q1", "tarn_university", "leaves_open", ["e1", "e2"]),
        ("Q2", "velland", "says_so", ["a1"]),
        ("Q2", "karst_works", "denies", ["b2"]),
        ("Q3", "pell", "says_so", ["i1"]),
    ]


def test_a_turn_is_a_finding_only_where_the_dates_tell_its_order(changed: Changed) -> None:
    folder = changed("claims", "a1", "proposition_id", "bridge_unsafe")
    folder = changed("claims", "a1", "stance", "notes_reports", of=folder)
    folder = changed("claims", "a1", "commitment", "Uu", of=folder)
    (turn,) = findings(tiny_view(folder=folder)).turns.itertuples()
    assert (turn.side, turn.question_id) == ("velland", "Q1")
    assert (turn.from_claim, turn.to_claim) == ("a1", "m1")
    date = "[2019-05-08..2019-05-12]"
    folder = changed("utterances", "authority_report", "date", date, of=folder)
    assert findings(tiny_view(folder=folder)).turns.empty


def test_who_says_so_may_also_deny_but_leaves_nothing_open(changed: Changed) -> None:
    def of_velland(folder: Path) -> list[tuple[str, list[str]]]:
        rows = findings(tiny_view(folder=folder)).positions
        own = rows[(rows["question_id"] == "Q1") & (rows["side"] == "velland")]
        return [*pairs(own, "position", "claim_ids")]

    base = changed("claims", "a1", "proposition_id", "bridge_unsafe")
    assert of_velland(base) == [("says_so", ["a1"])], "says so goes before says likely"
    for stance, commitment, denial, positions in (
        ("denies", "CT−", "D3", [("says_so", ["a1"]), ("limits", ["m1"])]),
        ("supposes", "Uu", "", [("says_so", ["a1"])]),
    ):
        folder = changed("claims", "m1", "stance", stance, of=base)
        folder = changed("claims", "m1", "commitment", commitment, of=folder)
        folder = changed("claims", "m1", "denial", denial, of=folder)
        assert of_velland(folder) == positions, stance


def test_findings_of_an_empty_view_are_empty() -> None:
    shown = findings(tiny_view("2019-04-27", actors=["karst_works"]))
    assert shown.claim_rows == Count(0)
    assert shown.said_by_nobody.empty and shown.denials.empty and not shown.is_said
    assert shown.origins == Origins(0, 0)
