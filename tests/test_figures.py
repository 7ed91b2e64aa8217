"""Figures claimed: each with its ends and where the people are."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from seen import tiny_seen

from claimbrief.analysis.figures import figures_claimed
from claimbrief.charts import chart_figures_claimed
from claimbrief.dates import edtf


def only(folder: Path) -> pd.Series:
    """Return the one figure of a package."""
    frame = figures_claimed(tiny_seen(folder=folder))
    assert len(frame) == 1
    return frame.iloc[0]


def test_the_letter_holds_the_one_figure(tiny: Path) -> None:
    frame = figures_claimed(tiny_seen(folder=tiny))
    frame = frame.assign(when=[edtf(when) for when in frame["when"]]).reset_index(drop=True)
    expected = pd.DataFrame(
        [("i1", "Pell", "pell", "2019-04-28", "certain", 3, 5, "Q3", "main_span", "welders",
          "affirms", "CT+", "Welders were hurt at the bridge.",
          "Between three and five welders fell and were hurt.")],
        columns=["claim_id", "speaker", "side", "when", "certainty", "low", "high", "place",
                 "location", "people", "stance", "commitment", "proposition",
                 "paraphrase"],
    )  # fmt: skip
    pd.testing.assert_frame_equal(frame, expected, check_dtype=False)


@pytest.mark.parametrize(
    ("column", "ends", "words"),
    [("troops_high", (3, None), "at least 3"), ("troops_low", (None, 5), "at most 5")],
)
def test_a_figure_may_have_one_end(
    changed: Changed, column: str, ends: tuple[int | None, int | None], words: str
) -> None:
    folder = changed("claims", "i1", column, "")
    claim = only(folder)
    assert tuple(None if pd.isna(end) else end for end in (claim["low"], claim["high"])) == ends
    block = chart_figures_claimed(tiny_seen(folder=folder))
    assert [mark.label for mark in block.marks] == [
        f"Pell, on 28 April 2019: {words} (welders), Anybody hurt?. Open i1"
    ]


def test_a_claim_without_figures_is_none(changed: Changed) -> None:
    folder = changed("claims", "i1", "troops_low", "")
    folder = changed("claims", "i1", "troops_high", "", of=folder)
    assert figures_claimed(tiny_seen(folder=folder)).empty
    block = chart_figures_claimed(tiny_seen(folder=folder))
    assert (block.marks, block.description) == ((), "No figure is claimed.")


def test_a_figure_that_the_speaker_rejects_is_denied(changed: Changed) -> None:
    folder = changed("claims", "i1", "stance", "denies")
    folder = changed("claims", "i1", "commitment", "CT−", of=folder)
    folder = changed("claims", "i1", "denial", "D3", of=folder)
    assert only(folder)["place"] == "denied"


@pytest.mark.parametrize("question", ["Q1", "Q2", "Q3"])
def test_a_figure_belongs_to_the_question_of_its_claim(changed: Changed, question: str) -> None:
    folder = changed("propositions", "welders_hurt", "question_id", question)
    assert only(folder)["place"] == question
    folder = changed("propositions", "welders_hurt", "phase", "to_come", of=folder)
    assert only(folder)["place"] == "to_come"


def test_a_figure_of_an_utterance_told_better_elsewhere_is_not_counted_twice(
    changed: Changed,
) -> None:
    folder = changed("utterances", "pell_letter", "likely_same_as", "doran_interview")
    assert figures_claimed(tiny_seen(folder=folder)).empty


@pytest.mark.parametrize(
    ("commitment", "hedge"), [("PR+", "likely "), ("PS+", "possibly "), ("CT+", "")]
)
def test_a_hedged_figure_is_told_with_its_hedge(
    changed: Changed, commitment: str, hedge: str
) -> None:
    if commitment != "CT+":
        folder = changed("claims", "i1", "stance", "affirms_hedged")
        folder = changed("claims", "i1", "commitment", commitment, of=folder)
        folder = changed("claims", "i1", "hedge_words", "They fell", of=folder)
    else:
        folder = changed("claims", "i1", "hedge_words", "")
    (mark,) = chart_figures_claimed(tiny_seen(folder=folder)).marks
    assert f": {hedge}3 to 5 (welders), Anybody hurt?" in mark.label


def test_a_figure_of_none_is_drawn(changed: Changed) -> None:
    folder = changed("claims", "i1", "troops_low", "0")
    folder = changed("claims", "i1", "troops_high", "0", of=folder)
    (mark,) = chart_figures_claimed(tiny_seen(folder=folder)).marks
    assert ": 0 (welders)" in mark.label
