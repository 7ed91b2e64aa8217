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
        [("i1", "Pell", "pell", "2019-04-28", "certain", 3, 5, "sent", "main_span", "welders",
          "affirms", "CT+", "Welders were hurt at the bridge.",
          "Between three and five welders fell and were hurt.")],
        columns=["claim_id", "speaker", "side", "when", "certainty", "low", "high", "place",
                 "location", "personnel_term", "stance", "commitment", "proposition",
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
        f"Pell, on 28 April 2019: {words} (welders), sent or present. Open i1"
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


@pytest.mark.parametrize(
    ("role", "order", "place"),
    [
        ("combat", "2", "in_zone"),
        ("present_in_zone", "2", "in_zone"),
        ("moving", "2", "moving"),
        ("moving", "", "to_come"),
        ("announced", "", "to_come"),
        ("announced", "2", "sent"),
    ],
)
def test_the_content_tells_where_the_people_are(
    changed: Changed, role: str, order: str, place: str
) -> None:
    row = f"content_role,{role},{role},A role.,{order}\n".encode()
    folder = changed("vocabulary.csv", raw=lambda content: content + row)
    folder = changed("propositions", "welders_hurt", "content_role", role, of=folder)
    assert only(folder)["place"] == place


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
    assert f": {hedge}3 to 5 (welders), sent or present" in mark.label


def test_a_figure_of_none_is_drawn(changed: Changed) -> None:
    folder = changed("claims", "i1", "troops_low", "0")
    folder = changed("claims", "i1", "troops_high", "0", of=folder)
    (mark,) = chart_figures_claimed(tiny_seen(folder=folder)).marks
    assert ": 0 (welders)" in mark.label
