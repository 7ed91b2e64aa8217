"""How much of a text is coded, and how well coders agree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Changed
from views import tiny_view

from claimbrief.analysis.method import agreement, agreement_lines, coder_values, coverage


def test_coverage_adds_up_to_the_text() -> None:
    (row,) = coverage(tiny_view()).itertuples()
    assert (row.n_chars, row.claimed, row.excluded, row.rest) == (1143, 816, 30 + 38 + 69, 190)


def test_a_text_of_which_nothing_is_excluded_is_claimed_or_left(changed: Changed) -> None:
    folder = changed("exclusions.csv", raw=b"source_id,span_start,span_end,reason\n")
    (folder / "archive" / "ledger_bridge.txt").unlink()  # or each sentence would need a row
    (row,) = coverage(tiny_view(folder=folder)).itertuples()
    assert (row.claimed, row.excluded, row.rest) == (816, 0, 327)


def test_agreement_is_raw_and_by_krippendorffs_alpha_for_each_variable() -> None:
    whole = tiny_view().whole
    assert sorted(set(whole.codings["coder"])) == ["first", "second"]
    frame = agreement(tiny_view()).set_index("variable")
    stance, commitment = frame.loc["stance"], frame.loc["commitment"]
    assert tuple(stance[["n", "same", "raw", "level"]]) == (4, 3, 0.75, "nominal")
    assert stance["alpha"] == pytest.approx(0.72), "1 − (1/4) / (1 − 6/56), by hand"
    assert stance["parted"] == ["b2"]
    assert tuple(commitment[["n", "same", "raw", "level", "alpha"]]) == (4, 4, 1, "ordinal", 1)
    lines = agreement_lines(whole)
    assert lines[1].split() == ["stance", "4", "0.75", "0.72", "nominal", "b2"]
    assert lines[2].split() == ["commitment", "4", "1.00", "1.00", "ordinal", "none"]
    noted = replace(whole, descriptor={**whole.descriptor, "codings_note": "The second was blind."})
    assert agreement_lines(noted) == [*lines, "The second was blind."]


def test_a_disagreement_far_apart_on_a_scale_costs_more_than_one_near_by(changed: Changed) -> None:
    def alpha(value: str) -> float:
        key = ("second", "m1", "commitment")
        folder = changed("codings", key, "value", value)
        frame = agreement(tiny_view(folder=folder)).set_index("variable")
        return float(frame.at["commitment", "alpha"])

    assert 1 > alpha("CT+") > alpha("CT−"), "coded PR+ by the first"


def test_a_code_beside_the_scale_is_counted_and_left_out_of_its_alpha(changed: Changed) -> None:
    folder = changed("codings", ("second", "m1", "commitment"), "value", "NA")
    row = agreement(tiny_view(folder=folder)).set_index("variable").loc["commitment"]
    assert (row["n"], row["same"], row["n_alpha"], row["alpha"]) == (4, 3, 3, 1)


def test_agreement_of_some_sources_is_of_their_claims(changed: Changed) -> None:
    whole = tiny_view().whole
    assert coder_values(whole, ["bulletin_2019_05_13"]).empty
    assert len(coder_values(whole, ["ledger_bridge"])) == 8


def test_with_one_coder_agreement_is_not_measured(changed: Changed) -> None:
    folder = changed(
        "codings.csv", raw=lambda c: b"\n".join(x for x in c.split(b"\n") if b"second" not in x)
    )
    view = tiny_view(folder=folder)
    assert agreement(view).empty
    assert agreement_lines(view.whole) == [
        "Not measured: the dataset holds no values of a second coder."
    ]
