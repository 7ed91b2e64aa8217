"""Figures claimed: each with its ends and where the people are."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from views import tiny_view

from claimbrief.analysis.figures import figures_claimed


def only(folder: Path) -> pd.Series:
    """Return the only figure of a package."""
    frame = figures_claimed(tiny_view(folder=folder))
    assert len(frame) == 1
    return frame.iloc[0]


def test_the_letter_holds_the_only_figure(tiny: Path) -> None:
    frame = figures_claimed(tiny_view(folder=tiny))
    day = pd.Timestamp("2019-04-28")
    expected = pd.DataFrame(
        [("i1", "Pell", "pell", "2019-04-28", day, day, "certain", 3, 5, "Q3", "main_span",
          "welders", "affirms", "CT+", "Welders were hurt at the bridge.",
          "Between three and five welders fell and were hurt.")],
        columns=["claim_id", "speaker", "side", "when", "earliest", "latest", "certainty", "low",
                 "high", "topic", "location", "people", "stance", "commitment", "proposition",
                 "paraphrase"],
    )  # fmt: skip
    pd.testing.assert_frame_equal(frame.reset_index(drop=True), expected, check_dtype=False)


@pytest.mark.parametrize(
    ("column", "ends"), [("figure_high", (3, None)), ("figure_low", (None, 5))]
)
def test_a_figure_may_have_one_end(
    changed: Changed, column: str, ends: tuple[int | None, int | None]
) -> None:
    folder = changed("claims", "i1", column, "")
    claim = only(folder)
    assert tuple(None if pd.isna(end) else end for end in (claim["low"], claim["high"])) == ends


def test_a_claim_without_figures_is_none(changed: Changed) -> None:
    folder = changed("claims", "i1", "figure_low", "")
    folder = changed("claims", "i1", "figure_high", "", of=folder)
    assert figures_claimed(tiny_view(folder=folder)).empty


def test_a_figure_that_the_speaker_rejects_is_denied(changed: Changed) -> None:
    folder = changed("claims", "i1", "stance", "denies")
    folder = changed("claims", "i1", "commitment", "CT−", of=folder)
    folder = changed("claims", "i1", "denial", "D3", of=folder)
    assert only(folder)["topic"] == "denied"


@pytest.mark.parametrize("question", ["Q1", "Q2", "Q3"])
def test_a_figure_belongs_to_the_question_of_its_claim(changed: Changed, question: str) -> None:
    folder = changed("propositions", "welders_hurt", "question_id", question)
    assert only(folder)["topic"] == question
    folder = changed("propositions", "welders_hurt", "phase", "to_come", of=folder)
    assert only(folder)["topic"] == "to_come"


def test_a_figure_of_a_duplicate_utterance_is_not_counted_twice(
    changed: Changed,
) -> None:
    folder = changed("utterances", "pell_letter", "likely_same_as", "doran_interview")
    assert figures_claimed(tiny_view(folder=folder)).empty
