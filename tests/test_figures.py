"""Figures claimed: each with its ends and where the people are."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from views import tiny_view

from claimbrief.analysis.figures import figures_by_side, figures_claimed, spread, without_parts


def only(folder: Path) -> pd.Series:
    """Return the only figure of a package."""
    frame = figures_claimed(tiny_view(folder=folder))
    assert len(frame) == 1
    return frame.iloc[0]


def test_the_letter_holds_the_only_figure(tiny: Path) -> None:
    frame = figures_claimed(tiny_view(folder=tiny))
    day = pd.Timestamp("2019-04-28")
    expected = pd.DataFrame(
        [("i1", "Pell", "pell", "2019-04-28", day, day, "certain", 3, 5, "", "words", "Q3",
          "welders", "CT+", "so", True)],
        columns=["claim_id", "speaker", "side", "when", "earliest", "latest", "certainty", "low",
                 "high", "qualifier", "rests_on", "topic", "people", "commitment", "phase",
                 "is_assertion"],
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


def qualified(changed: Changed, word: str, claim: str = "i1") -> Path:
    """Return a copy of the package whose table of claims says how a claim qualifies its figure."""

    def with_field(content: bytes) -> bytes:
        described = json.loads(content)
        (claims,) = (it for it in described["resources"] if it["name"] == "claims")
        fields = claims["schema"]["fields"]
        after = [field["name"] for field in fields].index("figure_high") + 1
        fields.insert(after, {"name": "figure_qualifier", "type": "string"})
        return json.dumps(described, ensure_ascii=False, indent=2).encode()

    def with_column(content: bytes) -> bytes:
        header, *rows = csv.reader(StringIO(content.decode(), newline=""))
        after = header.index("figure_high") + 1
        cells = ["figure_qualifier", *(word if row[0] == claim else "" for row in rows)]
        written = StringIO()
        table = [
            [*row[:after], cell, *row[after:]]
            for row, cell in zip([header, *rows], cells, strict=True)
        ]
        csv.writer(written, lineterminator="\n").writerows(table)
        return written.getvalue().encode()

    folder = changed("datapackage.json", raw=with_field)
    return changed("claims.csv", raw=with_column, of=folder)


def test_a_figure_has_the_word_with_which_its_speaker_qualifies_it(changed: Changed) -> None:
    folder = qualified(changed, "nearly")
    assert only(folder)["qualifier"] == "nearly"
    found = spread(figures_claimed(tiny_view(folder=folder)))
    assert found is not None and found.lowest == found.highest == (3, 5, "nearly")


def test_a_number_that_is_exact_once_and_qualified_once_has_two_rows() -> None:
    about, some = {"qualifier": "about"}, {"qualifier": "some", "when": "2019-05-07"}
    assert figures_by_side(written([about, some]))["qualifier"].tolist() == ["about"]
    found = figures_by_side(written([about, some, {}]))
    assert found["qualifier"].tolist() == ["about", ""]
    assert found["claim_ids"].tolist() == [["c0", "c1"], ["c2"]]


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


# By side, and how far apart


def written(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """Return figures written by hand: Pell says on 6 May that it is 10, unless stated."""
    row = {
        "speaker": "Pell", "side": "pell", "when": "2019-05-06", "certainty": "certain",
        "low": 10, "high": 10, "qualifier": "", "rests_on": "words", "topic": "Q3",
        "people": "welders", "commitment": "CT+", "phase": "so", "is_assertion": True,
    }  # fmt: skip
    frame = pd.DataFrame([row | {"claim_id": f"c{at}"} | given for at, given in enumerate(rows)])
    days = frame["when"].str.strip("[]").str.split(r"\.\.")
    frame["earliest"] = pd.to_datetime(days.str[0])
    frame["latest"] = pd.to_datetime(days.str[-1])
    return frame.astype({"low": "Int64", "high": "Int64"})


def apart(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """Return figures written by hand, each of another speaker, so that none is part of another."""
    return written([{"speaker": f"Speaker {at}"} | row for at, row in enumerate(rows)])


def test_a_number_that_a_side_gives_again_has_one_row() -> None:
    other: dict[str, object] = {"low": 20, "high": 20, "when": "2019-05-07"}
    found = figures_by_side(written([{}, other, {"when": "2019-05-08", "speaker": "Rill"}]))
    assert found["claim_ids"].tolist() == [["c0", "c2"], ["c1"]]
    assert found["speakers"].tolist() == [["Pell", "Rill"], ["Pell"]]
    assert found["whens"].tolist() == [["2019-05-06", "2019-05-08"], ["2019-05-07"]]


def test_ten_at_least_ten_and_ten_of_another_side_or_question_are_numbers_of_their_own() -> None:
    rows = [{}, {"high": pd.NA}, {"side": "velland"}, {"topic": "Q1"}, {"low": pd.NA}]
    found = figures_by_side(written(rows))
    assert found["claim_ids"].tolist() == [["c0"], ["c1"], ["c4"], ["c2"], ["c3"]]


def test_a_number_that_is_called_likely_before_it_is_given_as_so_has_two_rows() -> None:
    likely: dict[str, object] = {"commitment": "PR+", "speaker": "Rill"}
    later: dict[str, object] = {"when": "2019-05-07"}
    found = figures_by_side(written([likely, later, likely | later]))
    assert found["commitment"].tolist() == ["PR+", "CT+"]
    assert found["speakers"].tolist() == [["Rill"], ["Pell"]]
    assert found["claim_ids"].tolist() == [["c0"], ["c1"]], "what is said later is no news"


def test_who_calls_a_number_likely_on_the_day_on_which_it_is_given_as_so_does_not_give_it() -> None:
    found = figures_by_side(written([{"commitment": "PR+", "speaker": "Rill"}, {}]))
    assert found["speakers"].tolist() == [["Pell"]]
    assert found["commitment"].tolist() == ["CT+"]


def test_a_number_called_likely_has_the_firmest_commitment_with_which_it_is_given() -> None:
    found = figures_by_side(written([{"commitment": "PS+"}, {"commitment": "PR+"}]))
    assert found["commitment"].tolist() == ["PR+"]


def test_a_part_of_a_higher_number_has_no_row() -> None:
    rows = [{}, {"low": 4, "high": 4}, {"low": 4, "high": 4, "speaker": "Rill"}]
    assert figures_by_side(written(rows))["claim_ids"].tolist() == [["c0"], ["c2"]]


def test_a_number_is_certain_if_it_was_certainly_given_once() -> None:
    rows = [{"certainty": "possible"}, {"certainty": "possible", "low": 11, "high": 11}, {}]
    assert figures_by_side(apart(rows))["is_certain"].tolist() == [True, False]


def test_what_is_foretold_denied_or_passed_on_is_no_number_of_a_side() -> None:
    figures = written([{"is_assertion": False}])
    assert figures_by_side(figures).empty and spread(figures) is None


def test_the_spread_is_that_of_the_last_day_with_two_different_figures() -> None:
    rows: list[dict[str, object]] = [
        {"low": 1, "high": 1},
        {"low": 2, "high": 2},
        {"when": "2019-05-07", "low": 4, "high": 4},
        {"when": "2019-05-07", "low": pd.NA, "high": 9, "speaker": "Rill"},
        {"when": "2019-05-08", "low": 50, "high": 50},
        {"when": "2019-05-08", "low": 50, "high": 50},
        {"when": "[2019-05-08..2019-05-09]", "low": 70, "high": 70},
    ]
    found = spread(written(rows))
    assert found is not None
    assert (found.day, found.lowest, found.highest) == ("2019-05-07", (4, 4, ""), (None, 9, ""))
    assert not found.is_single and found.is_certain


def test_an_end_that_only_reports_give_is_one_of_a_report() -> None:
    rows = [{"low": 4, "high": 4}, {"low": 9, "high": 9, "speaker": "Rill", "rests_on": "report"}]
    found = spread(written(rows))
    assert found is not None
    assert (found.lowest_is_report, found.highest_is_report) == (False, True)
    found = spread(written([*rows, {"low": 9, "high": 9, "speaker": "Tarn"}]))
    assert found is not None and not found.highest_is_report, "somebody’s own words give it too"


def test_a_lower_figure_of_the_same_speaker_and_day_is_taken_for_a_part_of_the_higher() -> None:
    part: dict[str, object] = {"low": 2, "high": 2}
    rows = [part, {}, {"low": 8, "high": 8, "speaker": "Rill"}]
    found = spread(written(rows))
    assert found is not None and (found.lowest, found.highest) == ((8, 8, ""), (10, 10, ""))
    for other in ({"when": "2019-05-05"}, {"speaker": "Tarn"}, {"topic": "Q1"}):
        assert without_parts(written([part | other, {}]))["low"].tolist() == [2, 10]


def test_a_number_is_on_the_way_if_it_is_only_given_for_a_movement_under_way() -> None:
    moving: dict[str, object] = {"phase": "under_way"}
    rows = [moving, moving, {"low": 5, "high": 5}, moving | {"low": 5, "high": 5}]
    assert figures_by_side(apart(rows))["is_on_the_way"].tolist() == [True, False]


def test_one_range_on_a_day_is_no_spread_of_that_day() -> None:
    found = spread(written([{"low": 3, "high": 5}, {"when": "2019-05-07"}]))
    assert found is not None and found.day == ""
    assert (found.lowest, found.highest) == ((3, 5, ""), (10, 10, ""))


def test_the_spread_is_of_the_question_with_the_most_figures_then_with_the_highest() -> None:
    rows = [{"topic": "Q1", "low": 99, "high": 99}, {}, {}]
    found = spread(written(rows))
    assert found is not None and (found.topic, found.is_single) == ("Q3", True)
    found = spread(written(rows[:2]))
    assert found is not None and found.topic == "Q1"


def test_an_exact_figure_is_named_before_at_least_as_many() -> None:
    rows = [{"high": pd.NA}, {}, {"low": 12, "high": 12, "speaker": "Rill"}]
    found = spread(written(rows))
    assert found is not None and found.lowest == (10, 10, "")


def test_what_may_be_later_than_the_day_counts_only_where_nothing_else_is_said() -> None:
    rows: list[dict[str, object]] = [{"certainty": "possible", "low": 99, "high": 99}, {}]
    found = spread(written(rows))
    assert found is not None and found.is_single and found.highest == (10, 10, "")
    found = spread(written(rows[:1]))
    assert found is not None and not found.is_certain and found.highest == (99, 99, "")


def test_the_letter_gives_the_only_figure_of_the_package() -> None:
    found = spread(figures_claimed(tiny_view()))
    assert found is not None and found.is_single
    assert (found.topic, found.lowest, found.people) == ("Q3", (3, 5, ""), "welders")
