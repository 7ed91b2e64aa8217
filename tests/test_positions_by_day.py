"""The marks of the first chart, who holds which position and the turning points, worked by hand."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from phrases import package, said
from views import TINY, real_view, tiny_view

from claimbrief.analysis import position_tallies, positions_by_day, turning_points
from claimbrief.analysis.positions_by_day import positions_taken
from claimbrief.view import View

turning = import_module("claimbrief.analysis.positions_by_day")  # its function has its name
BUILDER, TOWNS = "[2019-05-01..2019-05-19]", "[2019-05-11,2019-05-18]"
# Worked by hand from tests/tiny/README.md: claim, question, side, date, position, in view since.
MARKS = [
    ("m1", "Q1", "velland", "2019-05-12", "says_likely", "2019-05-12"),
    ("w1", "Q1", "nyra", TOWNS, "leaves_open", "2019-05-11"),
    ("e1", "Q1", "tarn_university", "[..2019-05-19]", "leaves_open", "2019-04-20"),
    ("a1", "Q2", "velland", "2019-05-08", "says_so", "2019-05-08"),
    ("b2", "Q2", "karst_works", BUILDER, "not_so", "2019-05-01"),
    ("i1", "Q3", "pell", "2019-04-28", "says_so", "2019-04-28"),
]


def drawn(folder: Path = TINY, as_of: str = "2019-05-31") -> dict[str, str]:
    """Return the position of each mark by the claim that it stands for."""
    frame = positions_by_day(tiny_view(as_of, folder))
    return dict(zip(frame["claim_id"], frame["position"], strict=True))


def points(view: View) -> list[tuple[str, str, str, list[str], int]]:
    """Return the turning points: kind, first and last day, sides, count."""
    return [
        (row.kind, f"{row.first:%m-%d}", f"{row.last:%m-%d}", row.sides, row.count)
        for row in turning_points(view).itertuples(index=False, name="Point")
    ]


def test_a_mark_is_a_side_on_a_question_on_a_day() -> None:
    frame = positions_by_day(tiny_view())
    columns = ["claim_id", "question_id", "side", "when", "position", "since"]
    assert [tuple(row) for row in frame[columns].to_numpy()] == MARKS
    assert frame["is_first"].all() and (frame["certainty"] == "certain").all()
    velland = frame[frame["side"] == "velland"].iloc[0]
    assert (velland["is_expected"], velland["utterances"]) == (True, 2)
    assert pd.isna(frame.set_index("claim_id").loc["e1", "earliest"]), "an open start"
    row = {
        "speaker": "Rill",
        "stance": "denies",
        "stance_label": "states the contrary",
        "proposition": "There is a crack in the east pier.",
        "bare_quote": "",
        "is_expected": True,
        "kind": "institution",
        "utterances": 1,
    }
    builder = frame.set_index("claim_id").loc["b2"]
    assert {name: builder[name] for name in row} == row


def test_what_may_be_later_than_the_day_is_possible() -> None:
    frame = positions_by_day(tiny_view("2019-05-12")).set_index("claim_id")
    possible = frame.index[frame["certainty"] == "possible"]
    assert set(possible) == {"b2", "w1", "e1"} and set(frame.index) == {"i1", "a1", "m1", *possible}


@pytest.mark.parametrize(
    ("stance", "denial", "position"),
    [("dismisses", "D2", "dismisses"), ("denies", "D3", "not_so"), ("not_yet", "", "not_so"),
     ("questions", "D1", "leaves_open")],
)  # fmt: skip
def test_a_dismissal_is_told_from_what_is_said_not_to_be_so(
    changed: Changed, stance: str, denial: str, position: str
) -> None:
    folder = changed("claims", "b2", "stance", stance)
    folder = changed("claims", "b2", "denial", denial, of=folder)
    commitment = "Uu" if stance == "questions" else "CT−"
    folder = changed("claims", "b2", "commitment", commitment, of=folder)
    assert drawn(folder)["b2"] == position


def test_who_denies_a_part_of_its_own_sides_claim_dismisses_nothing(changed: Changed) -> None:
    folder = changed("claims", "b2", "stance", "dismisses")
    folder = changed("claims", "b2", "denial", "D2", of=folder)
    assert drawn(folder)["b2"] == "dismisses"
    own = changed("speakers", "authority_report", "actor_id", "rill", of=folder)
    assert drawn(own)["b2"] == "not_so", "the builder’s side says itself that there is a crack"


def test_what_is_foretold_is_left_out_but_where_all_is_to_come(changed: Changed) -> None:
    folder = changed("propositions", "welders_hurt", "phase", "to_come")
    assert drawn(folder)["i1"] == "says_so", "the question has no other proposition"
    other = changed("propositions", "no_photograph", "question_id", "Q3", of=folder)
    assert "i1" not in drawn(other), "of another nobody has to have spoken"
    folder = changed("propositions", "pier_cracked", "question_id", "Q3", of=folder)
    assert "i1" not in drawn(folder) and drawn(folder)["a1"] == "says_so"
    assert "i1" not in drawn(folder, "2019-04-28"), "nor while all that is said is to come"


def test_context_evidence_and_what_names_nothing_have_no_row(changed: Changed) -> None:
    for question in ("Q0", "Q4", "QU"):
        folder = changed("propositions", "pier_cracked", "question_id", question)
        assert not {"a1", "b2"} & set(drawn(folder))


def test_of_a_day_the_furthest_counts_and_beside_it_what_is_not_so() -> None:
    frame = positions_by_day(real_view())
    day = frame[(frame["side"] == "ukraine") & (frame["when"] == "2024-10-17")]
    assert day.loc[day["question_id"] == "Q2", "position"].tolist() == ["says_so", "not_so"]
    russia = frame[(frame["side"] == "russia") & (frame["when"] == "2024-10-21")]
    assert russia["position"].tolist() == ["dismisses"], "not what it left open on that day"


def test_only_the_first_mark_of_a_side_with_a_position_on_a_question_is_first() -> None:
    frame = positions_by_day(real_view())
    keys = frame[["question_id", "side", "position"]]
    assert not keys[frame["is_first"]].duplicated().any()
    first = frame[frame["is_first"]].set_index(["question_id", "side", "position"])["latest"]
    earliest = frame.groupby(["question_id", "side", "position"])["latest"].min()
    assert (first.sort_index() == earliest.sort_index()).all()


# Who holds which position


def marks(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Return marks of sides on a question: side, position, certainty."""
    frame = pd.DataFrame(rows, columns=["side", "position", "certainty"])
    frame = frame.assign(question_id="Q2", stance="affirms", is_taken_back=False)
    return frame.assign(is_first=~frame.duplicated(["side", "position"]))


def test_a_side_leaves_open_or_calls_likely_only_what_it_says_nothing_more_of() -> None:
    drawn = marks(
        ("a", "leaves_open", "certain"), ("a", "says_likely", "certain"),
        ("a", "says_so", "certain"), ("a", "not_so", "certain"), ("b", "leaves_open", "certain"),
        ("b", "dismisses", "certain"), ("c", "leaves_open", "certain"),
    )  # fmt: skip
    taken = positions_taken(drawn)
    assert list(zip(taken["side"], taken["position"], strict=True)) == [
        ("a", "says_so"), ("a", "not_so"), ("b", "dismisses"), ("c", "leaves_open"),
    ]  # fmt: skip


def test_a_position_is_certain_if_any_of_its_marks_is() -> None:
    drawn = marks(("a", "says_so", "possible"), ("a", "says_so", "certain"),
                 ("b", "says_so", "possible"))  # fmt: skip
    assert positions_taken(drawn)["certainty"].tolist() == ["certain", "possible"]


def test_what_a_side_took_back_is_drawn_and_held_no_more(changed: Changed) -> None:
    more = [said("c1", "velland", "2019-05-20", "pier_cracked", "denies", "CT−", denial="D3")]
    view = tiny_view(folder=package(changed, more=more))
    own = positions_by_day(view).query("side == 'velland' and question_id == 'Q2'")
    assert own["position"].tolist() == ["says_so", "not_so"]
    assert own["is_taken_back"].tolist() == [True, False]
    assert positions_taken(own)["position"].tolist() == ["not_so"]
    tallies = position_tallies(view).set_index("question_id")
    assert tallies.loc["Q2", ["says_so", "not_so"]].tolist() == [0, 2]


def test_questions_stand_by_how_many_say_so_and_the_first_of_the_vocabulary_last() -> None:
    tallies = position_tallies(tiny_view()).set_index("question_id")
    assert tallies.index.tolist() == ["Q2", "Q3", "Q1"], "Q2 and Q3 are even: as in the vocabulary"
    assert tallies.index[tallies["is_title"]].tolist() == ["Q1"]
    assert tallies.loc["Q2", ["says_so", "not_so", "leaves_open"]].tolist() == [1, 1, 0]
    assert tallies.loc["Q1", ["says_so", "says_likely", "leaves_open"]].tolist() == [0, 1, 2]
    early = position_tallies(tiny_view("2019-05-12")).set_index("question_id")
    assert early.loc["Q1", ["leaves_open", "leaves_open_possible"]].tolist() == [0, 2]


def test_a_question_has_the_number_of_sides_that_hold_each_position_certainly_and_possibly() -> (
    None
):
    """Of Q2 Velland says so and Karst Works denies it; of Q1 Nyra and Tarn leave it open."""
    none = dict.fromkeys(("says_so", "says_likely", "not_so", "dismisses", "leaves_open"), 0)
    none |= {f"{position}_possible": 0 for position in none}
    of_all = {"is_title": False, "is_to_come": False}
    crack = {"says_so": 1, "not_so": 1, "said_by": "governments"}
    hurt = of_all | none | {"question_id": "Q3", "says_so": 1, "said_by": "others"}
    unsafe = {"says_likely": 1, "leaves_open": 2, "said_by": "governments_likely"}
    assert position_tallies(tiny_view()).to_dict("records") == [
        {"question_id": "Q2"} | of_all | none | crack,
        hurt,
        {"question_id": "Q1"} | of_all | none | unsafe | {"is_title": True},
    ]
    possible = {"not_so": 0, "not_so_possible": 1}
    opened = {"leaves_open": 0, "leaves_open_possible": 2, "is_title": True}
    assert position_tallies(tiny_view("2019-05-12")).to_dict("records") == [
        {"question_id": "Q2"} | of_all | none | crack | possible,
        hurt,
        {"question_id": "Q1"} | of_all | none | unsafe | opened,
    ]


def test_even_questions_stand_by_the_sides_that_they_have_in_common_with_the_first() -> None:
    tallies = position_tallies(real_view("2024-10-20"))
    assert tallies["question_id"].tolist() == ["Q2", "Q6", "Q3", "Q1"]
    october = tallies.set_index("question_id")["says_so"]
    assert october["Q6"] == october["Q3"], "four of four say so on Q2 too; three of four"


def test_the_title_question_has_a_row_though_nobody_speaks_of_it(changed: Changed) -> None:
    folder = changed("propositions", "bridge_unsafe", "question_id", "Q2")
    folder = changed("propositions", "deck_fails", "question_id", "Q2", of=folder)
    last = position_tallies(tiny_view(folder=folder)).iloc[-1]
    assert (last["question_id"], last["said_by"], last["leaves_open"]) == ("Q1", "nobody", 0)


# Who says so


def unsaid(changed: Changed) -> Path:
    """Return the package in which nobody says that the bridge is unsafe, or likely."""
    folder = changed("claims", "m1", "stance", "holds_possible")
    return changed("claims", "m1", "commitment", "PS+", of=folder)


def said_by(folder: Path, question: str = "Q1") -> str:
    tallies = position_tallies(tiny_view(folder=folder)).set_index("question_id")
    return str(tallies.loc[question, "said_by"])


def test_who_says_so_is_told_by_kind(changed: Changed) -> None:
    assert said_by(TINY) == "governments_likely", "Velland, and with a hedge"
    assert said_by(TINY, "Q2") == "governments" and said_by(TINY, "Q3") == "others"
    assert said_by(unsaid(changed)) == "nobody", "m2 is a summary, e1 holds it possible"


def test_where_no_government_is_heard_none_is_said_not_to_say_so(changed: Changed) -> None:
    folder = changed("actors", "velland", "kind", "institution", of=unsaid(changed))
    assert said_by(folder, "Q2") == said_by(folder, "Q3") == "anybody"
    assert said_by(folder) == "nobody"


def test_nobody_says_it_only_if_nobody_says_what_entails_it(changed: Changed) -> None:
    folder = changed("claims", "i1", "proposition_id", "deck_fails", of=unsaid(changed))
    folder = changed("propositions", "deck_fails", "question_id", "Q3", of=folder)
    assert said_by(folder) == "others", "a bridge whose deck fails is unsafe; Pell is no government"
    folder = changed("proposition_relations", "deck_fails", "relation", "weaker_than", of=folder)
    assert said_by(folder) == "nobody"


# Turning points


def test_the_turning_points_of_october() -> None:
    assert points(real_view()) == [
        ("published", "10-18", "10-18", ["ukraine", "south_korea"], 3),
        ("turned", "10-23", "10-23", ["united_states", "nato"], 2),
        ("not_yet", "10-30", "10-30", ["ukraine"], 1),
    ]


def test_a_day_of_turns_near_another_turning_point_is_none() -> None:
    # On 23 October the United States and NATO come to say so; on the 25th officials say “not yet”.
    # Of the days of turns that are far enough from the others the 15th is left, when Ukraine does.
    assert [(kind, day) for kind, day, *_ in points(real_view("2024-10-25"))] == [
        ("turned", "10-15"), ("published", "10-18"), ("not_yet", "10-25"),
    ]  # fmt: skip


def test_without_another_turning_point_the_first_denial_is_one() -> None:
    assert points(real_view("2024-10-10")) == [
        ("first_denial", "10-10", "10-10", ["russia"], 1)
    ]  # fmt: skip
    assert points(real_view("2024-10-09")) == []


def test_items_count_on_the_day_on_which_they_became_public(changed: Changed) -> None:
    assert points(tiny_view()) == [("published", "05-21", "05-21", ["velland"], 1)]
    assert points(tiny_view("2019-05-20")) == [], "the denial is of no known day"
    row = ("pier_photographs", "2019-05-21")
    undated = changed("evidence_status", row, "as_of", "[2019-05-20..2019-05-21]")
    assert points(tiny_view(folder=undated)) == []


def dated(changed: Changed) -> Path:
    """Return the package in which the builder speaks on 10 May."""
    folder = changed("utterances", "builder_denial", "date", "2019-05-10")
    return changed("utterances", "builder_denial", "date_basis", "explicit", of=folder)


@pytest.mark.parametrize(("stance", "denial"), [("denies", "D3"), ("not_yet", "")])
def test_the_last_days_on_which_it_is_said_not_to_be_so_are_one(
    changed: Changed, stance: str, denial: str
) -> None:
    folder = changed("claims", "b2", "stance", stance, of=dated(changed))
    folder = changed("claims", "b2", "denial", denial, of=folder)
    other = points(tiny_view("2019-05-20", folder))
    assert other == ([] if stance == "not_yet" else
                     [("first_denial", "05-10", "05-10", ["karst_works"], 1)])  # fmt: skip
    folder = changed("claims", "b2", "proposition_id", "bridge_unsafe", of=folder)
    kind = "not_yet" if stance == "not_yet" else "not_so"
    assert points(tiny_view("2019-05-20", folder)) == [
        (kind, "05-10", "05-10", ["karst_works"], 1)
    ]  # fmt: skip


def contrary(*days: str) -> pd.DataFrame:
    """Return marks that it is not yet so, by sides a, b, … on these days of October."""
    latest = pd.to_datetime([f"2024-10-{day}" for day in days])
    return pd.DataFrame(
        {"question_id": "Q1", "position": "not_so", "stance": "not_yet", "latest": latest,
         "is_partial": False,
         "side": list("abcdef")[: len(days)], "speaker": list("ABCDEF")[: len(days)]}
    )  # fmt: skip


def test_days_in_a_row_before_the_last_belong_to_it() -> None:
    (point,) = turning._contradicted(real_view(), contrary("25", "29", "30", "31"))
    assert (f"{point['first']:%d}", f"{point['last']:%d}") == ("29", "31")
    assert point["sides"] == ["b", "c", "d"] and point["count"] == 3
    assert point["speakers"] == ["B", "C", "D"]


@pytest.mark.parametrize(("away", "is_point"), [(2, False), (3, True), (-2, False), (-3, True)])
def test_a_day_of_turns_is_three_days_from_any_other(
    monkeypatch: pytest.MonkeyPatch, away: int, is_point: bool
) -> None:
    day = pd.Timestamp("2024-10-15") + pd.Timedelta(days=away)
    row = {
        "side": "nato", "question_id": "Q2", "from_position": "leaves_open",
        "position": "says_so", "earliest": day, "latest": day, "certainty": "certain",
        "is_ordered": True,
    }  # fmt: skip
    monkeypatch.setattr(turning, "turns", lambda view: pd.DataFrame([row]))
    other = {"first": pd.Timestamp("2024-10-15"), "last": pd.Timestamp("2024-10-15")}
    assert bool(turning._turned(real_view(), [other])) is is_point


def test_an_empty_view_has_no_marks_tallies_or_turning_points() -> None:
    view = tiny_view("2019-04-27", actors=["karst_works"])
    for frame in (positions_by_day(view), position_tallies(view), turning_points(view)):
        assert frame.empty and len(frame.columns)
