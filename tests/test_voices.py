"""Who asserts what: sides, context, responses, silences, words and glosses, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
from conftest import Changed
from phrases import package, said
from views import TINY, tiny_view, unheard

from claimbrief.analysis.voices import (
    context,
    proposition_links,
    quotes_beside_glosses,
    responses,
    sides_by_question,
    silences,
    wording_drift,
)


def by_cell(folder: Path = TINY) -> dict[tuple[str, str], list[str]]:
    """Return the claims of each side on each question, the furthest first."""
    frame = sides_by_question(tiny_view(folder=folder))
    return frame.groupby(["side", "question_id"], sort=False)["claim_id"].agg(list).to_dict()


def test_sides_keep_the_outlets_words_from_the_speakers() -> None:
    assert by_cell() == {
        ("velland", "Q1"): ["m1"],  # not the summary m2, which drops the hedge
        ("velland", "Q2"): ["a1"],
        ("karst_works", "Q2"): ["b2"],  # not the gloss b1
        ("pell", "Q3"): ["i1"],
        ("nyra", "Q1"): ["w1"],
        ("tarn_university", "Q1"): ["e1", "e2"],
        ("drivers_union", ""): [""],  # expected and not heard
    }


def test_what_commits_most_stands_first_whatever_its_date(changed: Changed) -> None:
    folder = changed("claims", "a1", "proposition_id", "bridge_unsafe")
    assert by_cell(folder)["velland", "Q1"] == ["a1", "m1"], "certain before likely"
    folder = changed("claims", "a1", "stance", "affirms_hedged", of=folder)
    folder = changed("claims", "a1", "commitment", "PS+", of=folder)
    folder = changed("claims", "a1", "hedge_words", "opened a crack", of=folder)
    assert by_cell(folder)["velland", "Q1"] == ["m1", "a1"], "probable before possible"


def test_of_what_leaves_it_open_the_stance_that_commits_most_stands_first(changed: Changed) -> None:
    forecast = b"deck_will_fail,Q1,The deck will fail,bridge,to_come\n"
    more = [
        said("c1", "doran", "2019-04-25", "bridge_unsafe", "notes_reports", "Uu"),
        said("c2", "doran", "2019-04-26", "deck_will_fail", "affirms", "CT+"),
        said("c3", "doran", "2019-05-20", "bridge_unsafe", "not_yet", "CT−"),
    ]
    folder = package(changed, more=more)
    folder = changed("propositions.csv", raw=lambda content: content + forecast, of=folder)
    assert by_cell(folder)["tarn_university", "Q1"] == ["c3", "e1", "e2", "c1", "c2"], (
        "and what is foretold last"
    )
    frame = sides_by_question(tiny_view(folder=folder)).set_index("claim_id")
    claims = ["c3", "e1", "e2", "c1", "c2", "b2", "m1"]
    assert frame.loc[claims, "answer"].tolist() == [
        "not_yet", "leaves_open", "leaves_open", "leaves_open", "foretold", "denies", "says_likely"
    ]  # fmt: skip


def test_sides_leave_out_the_outlet_and_who_is_silent_and_not_expected() -> None:
    frame = sides_by_question(tiny_view())
    assert {"northern_ledger", "port_of_orsa"}.isdisjoint(frame["side"])
    expected = frame.loc[frame["is_expected"], "side"]
    assert set(expected) == {"velland", "karst_works", "drivers_union"}


def test_context_is_kept_apart_from_the_questions(changed: Changed) -> None:
    assert context(tiny_view()).empty
    folder = changed("propositions", "welders_hurt", "question_id", "Q0")
    frame = context(tiny_view(folder=folder))
    expected = pd.DataFrame(
        [("Welders were hurt at the bridge.", "affirms", ["Pell"], ["i1"])],
        columns=["proposition", "stance", "speakers", "claim_ids"],
    )
    pd.testing.assert_frame_equal(frame, expected)
    assert "pell" not in set(sides_by_question(tiny_view(folder=folder))["side"])


def test_responses_stand_with_what_they_are_to_in_the_vocabularys_order() -> None:
    columns = ["response", "proposition", "stance", "speakers", "whens", "claim_ids"]
    rows = [*responses(tiny_view())[columns].itertuples(index=False, name=None)]
    assert rows == [
        (
            "A1",
            "The Orsa bridge is unsafe.",
            "notes_reports",
            ["Nyra and Tolm"],
            ["[2019-05-11,2019-05-18]"],
            ["w1"],
        ),
        (
            "A3",
            "The Orsa bridge is unsafe.",
            "affirms_hedged",
            ["Lindqvist"],
            ["2019-05-12"],
            ["m1"],
        ),
    ]


def test_silences_tell_who_was_heard_first_and_how_often() -> None:
    frame = silences(tiny_view())
    rows = [
        (row.actor_id, row.name, row.heard_when, row.heard_claim,
         row.utterances, row.speakers, row.unanswered)
        for row in frame.itertuples()
    ]  # fmt: skip
    assert rows == [
        ("velland", "Velland", "2019-05-08", "a1", 2, 2, []),
        ("karst_works", "Karst Works", "[2019-05-01..2019-05-19]", "b2", 1, 1, []),
        ("drivers_union", "Union of Drivers", "", "", 0, 0, []),
    ]


def test_who_speaks_past_the_point_is_heard_and_has_not_answered(changed: Changed) -> None:
    folder = changed("claims", "m1", "stance", "not_addressed")
    folder = changed("claims", "m1", "commitment", "Uu", of=folder)
    frame = silences(tiny_view(folder=folder)).set_index("actor_id")
    velland = frame.loc["velland"]
    assert (velland["utterances"], velland["speakers"], velland["unanswered"]) == (1, 1, ["m1"])


def test_a_word_in_quotes_is_the_speakers_and_in_a_paraphrase_may_not_be(changed: Changed) -> None:
    (row,) = wording_drift(tiny_view()).itertuples()
    assert (row.term, row.use, row.claim_id, row.headlines) == ("welders", "quoted", "i1", [])
    assert (row.speaker, row.when) == ("Pell", "2019-04-28")
    folder = changed("claims", "a1", "people_term", "Orsa bridge")
    folder = changed("claims", "e0", "people_term", "Engineers", of=folder)
    columns = ["term", "use", "claim_id", "headlines"]
    rows = wording_drift(tiny_view(folder=folder))[columns].iloc[1:]
    assert [*rows.itertuples(index=False, name=None)] == [
        ("Orsa bridge", "paraphrased", "a1", ["Northern Ledger"]),
        ("Engineers", "outlet", "e0", []),
    ]


def test_the_uses_of_a_word_stand_together_by_its_first_use(changed: Changed) -> None:
    folder = changed("claims", "a1", "people_term", "east pier")
    folder = changed("claims", "m1", "people_term", "bridge", of=folder)
    folder = changed("claims", "b2", "people_term", "east pier", of=folder)
    frame = wording_drift(tiny_view(folder=folder))
    assert frame[["term", "claim_id", "use"]].to_numpy().tolist() == [
        ["welders", "i1", "quoted"], ["east pier", "a1", "paraphrased"],
        ["east pier", "b2", "quoted"], ["bridge", "m1", "paraphrased"],
    ]  # fmt: skip


def test_a_word_keeps_its_capital_unless_it_is_ever_written_without() -> None:
    view = tiny_view()
    ids = view.statements["claim_id"]
    terms = ids.map({"a1": "Crew", "b2": "crew", "m1": "Tarn crew"}).fillna("")
    frame = wording_drift(replace(view, statements=view.statements.assign(people_term=terms)))
    assert frame[["term", "claim_id"]].to_numpy().tolist() == [
        ["crew", "a1"], ["crew", "b2"], ["Tarn crew", "m1"],
    ]  # fmt: skip


def test_a_member_heard_is_its_body_heard() -> None:
    assert "velland" not in unheard(tiny_view())
    assert "velland" in unheard(tiny_view("2019-04-28"))


def test_two_speakers_of_one_utterance_speak_once_for_the_side_of_the_first() -> None:
    frame = sides_by_question(tiny_view())
    towns = frame[frame["speaker"].str.contains("Tolm")]
    assert [(row.side, row.speaker, row.claim_id) for row in towns.itertuples()] == [
        ("nyra", "Nyra and Tolm", "w1")
    ]


def test_glosses_stand_beside_the_words_with_what_they_change() -> None:
    frame = quotes_beside_glosses(tiny_view()).set_index("gloss_id")
    assert set(frame.index) == {"m2", "b1", "e0"}
    assert (frame.loc["m2", "said_commitment"], frame.loc["m2", "gloss_commitment"]) == (
        "PR+",
        "CT+",
    )
    assert (frame.loc["b1", "said_stance"], frame.loc["b1", "gloss_stance"]) == (
        "denies",
        "dismisses",
    )
    assert list(frame["gap"]) == [0, 0, 0]
    assert frame.loc["e0", "named"] == "Engineers, not named"
    builder = {
        "speaker": "Rill",
        "named": "Karst Works",
        "publisher": "Northern Ledger",
        "note": "",
        "said_id": "b2",
        "said_quote": "There is no crack in the east pier",
        "said_rendering": "direct",
        "said_paraphrase": "The east pier has no crack.",
        "gloss_rendering": "gloss",
        "gloss_paraphrase": "The builder rejects the story.",
        "said_side": "karst_works",
        **{f"{part}_question": "Q2" for part in ("gloss", "said")},
        **{f"{part}_proposition": "There is a crack in the east pier." for part in
           ("gloss", "said")},
        **{f"{part}_content": "so" for part in ("gloss", "said")},
        **{f"{part}_language": "" for part in ("gloss", "said")},
    }  # fmt: skip
    assert {name: frame.loc["b1", name] for name in builder} == builder
    assert (frame.loc["m2", "said_hedge"], frame.loc["m2", "gloss_hedge"]) == ("very likely", "")


def test_how_far_a_gloss_goes_is_counted_in_questions(changed: Changed) -> None:
    folder = changed("claims", "i1", "proposition_id", "bridge_unsafe")
    folder = changed("claims", "e1", "proposition_id", "welders_hurt", of=folder)
    frame = quotes_beside_glosses(tiny_view(folder=folder)).set_index("gloss_id")
    assert dict(frame["gap"]) == {"m2": 0, "b1": 0, "e0": 2}, "from the third to the first"
    folder = changed("propositions", "welders_hurt", "question_id", "QU", of=folder)
    assert quotes_beside_glosses(tiny_view(folder=folder))["gap"].tolist() == [0, 0, 0]


def test_links_of_propositions_show_only_what_is_in_view() -> None:
    every = proposition_links(tiny_view())
    assert set(every["a"]) <= set(tiny_view().record.propositions["proposition_id"])
    assert every.iloc[0].to_dict() == {
        "a": "deck_fails",
        "relation": "entails",
        "b": "bridge_unsafe",
        "note": "A bridge whose deck fails is not safe.",
        "a_text": "The deck of the Orsa bridge fails.",
        "b_text": "The Orsa bridge is unsafe.",
    }
    early = proposition_links(tiny_view("2019-04-28"))
    assert set(early["a"]) == {"deck_fails", "welders_hurt"}, "the interview has an open start"
