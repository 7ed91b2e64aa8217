"""The statements: what a claim is of, what it rests on, and what counts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from views import TINY, tiny_view

from claimbrief import analysis
from claimbrief.analysis.counts import first_claims
from claimbrief.analysis.findings import deflation, findings
from claimbrief.statements import reported_label


def test_statements_are_in_order_of_date_and_place_and_know_who_counts() -> None:
    frame = tiny_view().statements
    assert " ".join(frame["claim_id"]) == "i1 a1 m1 m2 w1 n1 b2 b1 e1 e2 e0 p1"
    counted = frame[frame["is_counted"]]
    assert set(counted["claim_id"]) == {"a1", "m1", "b2", "i1", "w1", "e1", "e2"}
    assert set(frame.loc[frame["is_assertion"], "claim_id"]) == {"a1", "m1", "i1"}
    assert list(frame.loc[frame["is_denial"], "claim_id"]) == ["b2"]


def test_a_claim_is_of_what_is_so_to_come_unstated_or_context(changed: Changed) -> None:
    def content(folder: Path) -> dict[str, str]:
        return tiny_view(folder=folder).statements.set_index("claim_id")["content"].to_dict()

    own = content(TINY)
    assert (own["m1"], own["i1"], own["a1"], own["n1"]) == ("so", "so", "so", "context")
    assert content(changed("propositions", "welders_hurt", "phase", "to_come"))["i1"] == "to_come"
    assert content(changed("propositions", "welders_hurt", "phase", "under_way"))["i1"] == "so"
    assert content(changed("propositions", "welders_hurt", "question_id", "QU"))["i1"] == "unstated"
    assert content(changed("propositions", "welders_hurt", "question_id", "Q0"))["i1"] == "context"


def test_a_claim_rests_on_words_on_a_report_or_on_a_paraphrase_alone(
    changed: Changed, quoted: Path
) -> None:
    def kind(folder: Path) -> tuple[str, str]:
        row = tiny_view(folder=folder).statements.set_index("claim_id").loc["m3"]
        return row["rests_on"], row["stance_label"]

    own = tiny_view().statements.set_index("claim_id")["rests_on"]
    assert (own["i1"], own["m1"], own["a1"]) == ("words", "report", "report"), "the article"
    assert kind(quoted) == ("words", "says that it is likely")
    mixed = changed("claims", "m3", "rendering", "mixed", of=quoted)
    assert kind(mixed) == ("report", "reportedly says that it is likely")
    folder = changed("claims", "m3", "quote", "", of=mixed)
    folder = changed("claims", "m3", "rendering", "indirect", of=folder)
    assert kind(folder)[0] == "report"
    assert kind(changed("words", "w_minister_1", "extent", "relayed", of=folder))[0] == "paraphrase"


@pytest.mark.parametrize(
    ("label", "is_plural", "found"),
    [
        ("said that …", False, "is reported to have said that …"),
        ("said that …", True, "are reported to have said that …"),
        ("denied that …", False, "reportedly denied that …"),
        ("is reported not to have said …", False, "is reported not to have said …"),
    ],
)
def test_what_is_reported_has_a_label_that_says_so(label: str, is_plural: bool, found: str) -> None:
    assert reported_label(label, is_plural=is_plural) == found


def test_the_first_claim_of_an_utterance_is_the_speakers_own_where_there_is_one() -> None:
    first = first_claims(tiny_view().whole, tiny_view().statements)["claim_id"].to_dict()
    assert first["builder_denial"] == "b2"
    assert first["doran_interview"] == "e1"
    assert first["article_text"] == "n1"


@pytest.mark.parametrize("actors", [["pell"], ["port_of_orsa"]])
def test_statements_that_name_no_evidence_have_no_remark(actors: list[str]) -> None:
    frame = tiny_view(actors=actors).statements
    assert list(frame["claim_text"]) == list(frame["proposition"])


def test_an_utterance_that_is_a_duplicate_is_in_the_record_and_not_counted(
    changed: Changed,
) -> None:
    folder = changed("utterances", "doran_interview", "likely_same_as", "towns_alarm")
    frame = tiny_view(folder=folder).statements.set_index("claim_id")
    assert list(frame.index[frame["is_duplicate"]]) == ["e1", "e2", "e0"]
    assert not frame.loc[["e1", "e2"], "is_counted"].any()
    assert frame.loc["w1", "is_counted"]
    counts = deflation(findings(tiny_view(folder=folder))).set_index("step")["certain"]
    assert list(counts[["claim_rows", "own_renderings", "utterances", "speakers"]]) == [12, 5, 5, 6]


def test_an_utterance_is_counted_where_its_duplicate_is_out_of_view(
    changed: Changed,
) -> None:
    folder = changed("utterances", "doran_interview", "likely_same_as", "towns_alarm")
    frame = tiny_view(folder=folder, actors=["doran"]).statements.set_index("claim_id")
    assert frame.loc[["e1", "e2"], "is_counted"].all()


def test_no_analysis_changes_the_view_that_it_is_given() -> None:
    view = tiny_view()
    tables = {name: view.record.table(name).copy() for name in ("claims", "utterances", "speakers")}
    statements = view.statements.copy()
    names = [
        "ancestry", "assertions_by_evidence", "claim_timeline", "context", "denial_register",
        "evidence_register", "figures_claimed", "findings", "lineage",
        "proposition_links", "publicity_by_day", "quotes_beside_glosses", "responses",
        "sides_by_question", "views_by_publication", "silences", "sourcing", "stance_paths",
        "wording_drift",
    ]  # fmt: skip
    for name in names:
        getattr(analysis, name)(view)
    pd.testing.assert_frame_equal(view.statements, statements)
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(view.record.table(name), frame)
