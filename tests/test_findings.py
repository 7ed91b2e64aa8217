"""Findings of the tiny package, against the answers worked by hand in its README."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from conftest import Changed
from phrases import package
from views import tiny_view

from claimbrief.analysis.counts import Count
from claimbrief.analysis.findings import deflation, findings
from claimbrief.analysis.positions import sides_with
from claimbrief.analysis.provenance import Origins
from claimbrief.lookups import pairs


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


def test_findings_state_what_is_said_denied_and_shown() -> None:
    found = findings(tiny_view())
    assert (found.answer.question, found.answer.said["claim_id"].tolist()) == ("Q1", ["m1"])
    assert found.answer.denied == "" and found.answer.denied_by.empty
    assert found.dismissals["claim_id"].tolist() == ["b2"] and found.denials.total == 1
    assert (found.asserting_speakers, found.speakers) == (Count(3), Count(7))
    assert found.asserting_sides == Count(2)
    assert found.origins == Origins(1, 2, ("pell_letter",))
    assert (found.items_public, found.items_checked) == (Count(1), 0)
    figures = found.figures[["claim_id", "low", "high"]]
    assert [*figures.itertuples(index=False, name=None)] == [("i1", 3, 5)]


def test_findings_tell_where_each_side_stands_on_each_question() -> None:
    columns = ["question_id", "side", "kind", "position", "claim_id", "certainty"]
    rows = findings(tiny_view("2019-05-12")).positions[columns]
    assert [*rows.itertuples(index=False, name=None)] == [
        ("Q1", "nyra", "institution", "leaves_open", "w1", "possible"),
        ("Q1", "tarn_university", "institution", "leaves_open", "e1", "possible"),
        ("Q1", "velland", "state", "says_likely", "m1", "certain"),
        ("Q2", "karst_works", "institution", "denies", "b2", "possible"),
        ("Q2", "velland", "state", "says_so", "a1", "certain"),
        ("Q3", "pell", "person", "says_so", "i1", "certain"),
    ]


def test_a_certain_claim_stands_for_a_position_before_one_that_may_be_later(
    changed: Changed,
) -> None:
    cells = [
        ("claims", "m1", "proposition_id", "pier_cracked"),
        ("claims", "m1", "stance", "affirms"),
    ]
    folder = package(changed, *cells, ("claims", "m1", "commitment", "CT+"))
    rows = findings(tiny_view("2019-05-14", folder, basis="reported")).positions
    (row,) = rows[rows["position"] == "says_so"].query("side == 'velland'").itertuples()
    assert (row.claim_id, row.certainty) == ("m1", "certain"), "a1 may be reported only later"
    assert row.since == pd.Timestamp("2019-05-08"), "when a1 was said"


def test_a_side_with_another_position_leaves_nothing_open(changed: Changed) -> None:
    def of_velland(folder: Path) -> dict[str, str]:
        rows = findings(tiny_view(folder=folder)).positions
        own = rows[(rows["question_id"] == "Q1") & (rows["side"] == "velland")]
        kept = [sides_with(position, own) for position in own["position"]]
        return {
            position: ids
            for found in kept
            for position, ids in pairs(found, "position", "claim_id")
        }

    base = changed("claims", "a1", "proposition_id", "bridge_unsafe")
    assert of_velland(base) == {"says_so": "a1"}, "says so goes before says likely"
    for stance, commitment, denial, positions in (
        ("denies", "CT−", "D3", {"limits": "m1"}),  # it took back what it had said
        ("supposes", "Uu", "", {"says_so": "a1"}),
    ):
        folder = changed("claims", "m1", "stance", stance, of=base)
        folder = changed("claims", "m1", "commitment", commitment, of=folder)
        folder = changed("claims", "m1", "denial", denial, of=folder)
        assert of_velland(folder) == positions, stance


def test_on_a_question_of_what_is_to_come_to_foretell_is_to_say_so(changed: Changed) -> None:
    folder = changed("propositions", "bridge_unsafe", "phase", "to_come")
    folder = changed("propositions", "deck_fails", "phase", "to_come", of=folder)
    rows = findings(tiny_view(folder=folder)).positions
    own = rows[rows["question_id"] == "Q1"]
    assert dict(pairs(own, "side", "position")) == {
        "velland": "says_likely",
        "tarn_university": "leaves_open",
        "nyra": "leaves_open",
    }
    assert findings(tiny_view(folder=folder)).answer.said["claim_id"].tolist() == ["m1"]


def test_findings_of_an_empty_view_are_empty() -> None:
    found = findings(tiny_view("2019-04-27", actors=["karst_works"]))
    assert found.claim_rows == Count(0)
    assert found.positions.empty and found.dismissals.empty and found.answer.said.empty
    assert found.origins == Origins(0, 0)
