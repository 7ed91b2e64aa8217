"""The answer to the question: its sentences on the tiny package, worked by hand, and its traps.

What each claim of the tiny package says is in tests/tiny/README.md.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from phrases import Cell, answer, answered, cited, package, said
from views import context_of, findings_by_day, plain, real_view, tiny_view, views_by_day

from claimbrief import prose
from claimbrief.prose.naming import who_say

UNSAFE = "the bridge is unsafe"
NOBODY = f"Nobody in this record says that {UNSAFE}."
CRACKED = (
    "Roads Authority (Velland, 8 May)<a1> reportedly said that a pier of the bridge is cracked"
)
# The minister calls nothing likely: nobody says that the bridge is unsafe.
OPEN: list[Cell] = [
    ("claims", "m1", "stance", "holds_possible"),
    ("claims", "m1", "commitment", "PS+"),
]


def message(changed: Changed, *cells: Cell, more: list[dict[str, str]] | None = None) -> list[str]:
    """Return the answer of the whole tiny package with these changes."""
    return answered(tiny_view(folder=package(changed, *cells, more=more)))


# Each day of the tiny package


def test_before_anything_is_dated_the_record_holds_nothing_dated() -> None:
    assert answered(tiny_view("2019-04-27")) == [
        "By 27 April 2019 the record holds no dated statement on the question. One statement may "
        "be older: Doran (Tarn, by 19 May)<e1>."
    ]


@pytest.mark.parametrize(
    ("undated", "words"),
    [
        (["builder_denial"], "Two statements may be older: Doran (Tarn, by 19 May)<e1> and Rill "
         "(Karst Works, by 19 May)<b2>."),  # by question
        (["builder_denial", "towns_alarm"], "Three statements may be older."),
    ],
)  # fmt: skip
def test_statements_that_may_be_older_are_named_where_they_are_few(
    changed: Changed, undated: list[str], words: str
) -> None:
    cells: list[Cell] = [("utterances", key, "date", "[..2019-05-19]") for key in undated]
    view = tiny_view("2019-04-27", package(changed, *cells))
    (found,) = answered(view)
    assert found.endswith(f" no dated statement on the question. {words}")
    assert answer(view).numbers["may_be_older"] == len(undated) + 1


@pytest.mark.parametrize(
    ("day", "limit"),
    [
        ("2019-04-28", ["Pell (28 Apr)<i1> said that people were hurt at the bridge."]),
        ("2019-05-08", [f"{CRACKED}; possibly Karst Works<b2> denied such claims."]),
    ],
)
def test_while_nobody_says_so_the_answer_is_nobody(day: str, limit: list[str]) -> None:
    assert answered(tiny_view(day)) == [NOBODY, *limit]


@pytest.mark.parametrize(
    ("day", "possibly"),
    [("2019-05-12", "possibly "), ("2019-05-18", "possibly "), ("2019-05-19", "")],
)
def test_what_a_minister_calls_likely_no_government_says_outright(day: str, possibly: str) -> None:
    assert answered(tiny_view(day)) == [
        f"No government in this record says outright that {UNSAFE}.",
        "Only Lindqvist (Velland, 12 May)<m1> reportedly called it likely that the Orsa bridge is "
        "unsafe.",
        f"{CRACKED}; {possibly}Karst Works<b2> denied such claims.",
    ]


def test_the_counts_behind_the_answer_are_published_with_it() -> None:
    counts = {
        "case": "not_outright",
        "say_so": 0,
        "call_it_likely": 1,
        "say_not_so_or_not_yet": 0,
        "more_than_named": [0, 0],
        "most_affirmed": ["Q2"],
        "governments_and_organisations": 1,
        "others": 0,
        "dismissing_sides": 1,
        "may_be_older": 0,
    }
    assert answer(tiny_view()).numbers == counts
    nothing = dict.fromkeys(counts, 0) | {"more_than_named": [0, 0], "most_affirmed": []}
    dated = nothing | {"case": "nobody", "may_be_older": 1}
    assert answer(tiny_view("2019-04-27")).numbers == dated


def test_on_the_reported_basis_nothing_had_certainly_been_reported() -> None:
    view = tiny_view("2019-05-12", basis="reported")
    assert answered(view) == [
        "By 12 May 2019 no statement on the question had certainly been reported. What it holds "
        "was reported later, or lies outside 20 April 2019 to 31 May 2019."
    ]


def test_an_empty_record_holds_no_dated_statement() -> None:
    assert answered(tiny_view(actors=["drivers_union"])) == [
        "By 31 May 2019 the record holds no dated statement on the question."
    ]


def test_the_answer_of_a_page_moved_back_is_that_of_the_day_sentence_by_sentence() -> None:
    view = tiny_view("2019-04-30", window_start="2019-04-26")
    block = prose.answer(findings_by_day(view), context_of(view))
    views = views_by_day(view)
    for day, of_day in views.items():
        visible = [
            "".join(
                plain(it.text)
                for it in versions
                if (it.since or f"{day}") <= f"{day}" <= (it.until or f"{day}")
            )
            for versions in block.versions
        ]
        assert visible[0], "the first sentence is there on each day"
        assert [words for words in visible if words] == [
            plain(words) for words in answer(of_day).paragraphs
        ]
    assert len(block.versions) == 2


# Who says so


def test_one_government_that_says_so_is_named_and_so_is_who_calls_it_likely(
    changed: Changed,
) -> None:
    more = [
        said("c1", "pell", "2019-05-20", "bridge_unsafe", "affirms_hedged", "PR+", hedge="I think")
    ]
    found = message(
        changed,
        ("claims", "m1", "stance", "affirms"),
        ("claims", "m1", "commitment", "CT+"),
        more=more,
    )
    assert found[:2] == [
        f"One government in this record says that {UNSAFE}.",
        "Lindqvist (Velland, 12 May)<m1> reportedly said that the Orsa bridge is unsafe; Pell (20 "
        "May)<c1>, "
        "speaker, reportedly called it likely.",
    ]


def test_two_voices_of_one_side_are_one_government(changed: Changed) -> None:
    cells = [("claims", "m1", "stance", "affirms"), ("claims", "m1", "commitment", "CT+")]
    more = [said("c1", "roads_authority", "2019-05-20", "bridge_unsafe", "affirms", "CT+")]
    block = answer(tiny_view(folder=package(changed, *cells, more=more)))
    assert cited(block.paragraphs[0]) == f"One government in this record says that {UNSAFE}."
    assert block.numbers["say_so"] == 1
    assert block.numbers["most_affirmed"] == ["Q2"], "beside the first question"


def test_of_a_day_the_answer_cites_the_speaker_s_own_words(changed: Changed) -> None:
    more = [
        said("c1", "pell", "2019-05-20", "bridge_unsafe", "affirms", "CT+"),
        said("c2", "pell", "2019-05-20", "bridge_unsafe", "affirms", "CT+", quote="Unsafe"),
    ]
    words = message(changed, more=more)[1]
    assert "Pell (20 May, remarks to reporters)<c2>, speaker, said that" in words


CALLED = {"stance": "affirms_hedged", "commitment": "PR+", "hedge": "may"}
SAID = {"stance": "affirms", "commitment": "CT+"}


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ([SAID], "one more said so"),
        ([CALLED], "one more called “Unsafe” likely"),
        ([SAID, CALLED], "two more said so or called “Unsafe” likely"),
    ],
    ids=["says so", "likely", "both"],
)
def test_others_are_counted_by_what_they_say(
    changed: Changed, others: list[dict[str, str]], words: str
) -> None:
    cells = [("claims", "m1", "stance", "affirms"), ("claims", "m1", "commitment", "CT+")]
    more = [said("c1", "pell", "2019-05-20", "bridge_unsafe", "affirms", "CT+")]
    more += [
        said(f"d{day}", actor, f"2019-05-{day}", "deck_fails", **how)
        for day, actor, how in zip((20, 21), ("doran", "nyra"), others, strict=False)
    ]
    assert message(changed, *cells, more=more)[1].endswith(f"; {words}.")


def test_others_that_say_so_stand_beside_the_governments(changed: Changed) -> None:
    cells = [("claims", "m1", "stance", "affirms"), ("claims", "m1", "commitment", "CT+")]
    more = [
        said("c1", "pell", "2019-05-20", "bridge_unsafe", "affirms", "CT+"),
        said("c2", "doran", "2019-05-21", "deck_fails", "affirms", "CT+"),
    ]
    found = message(changed, *cells, more=more)
    assert found[0] == (f"One government in this record says that {UNSAFE}, and so do two others.")
    assert found[1].endswith(
        "; Pell (20 May)<c1>, speaker, reportedly said so too; one more said so."
    )


@pytest.mark.parametrize(
    ("kinds", "lead"),
    [
        ("person", f"One government in this record says that {UNSAFE}, and so does one other."),
        ("state", f"Two governments in this record say that {UNSAFE}."),
        ("state person", f"Two governments in this record say that {UNSAFE}, and so does one "
         "other."),
        ("alliance", "Two governments and international organisations in this record say that "
         f"{UNSAFE}."),
    ],
)  # fmt: skip
def test_the_answer_counts_those_that_say_so_by_what_they_are(
    changed: Changed, kinds: str, lead: str
) -> None:
    cells: list[Cell] = [
        ("claims", "m1", "stance", "affirms"),
        ("claims", "m1", "commitment", "CT+"),
    ]
    more = []
    for actor, kind in zip(("pell", "nyra"), kinds.split(), strict=False):
        cells.append(("actors", actor, "kind", kind))
        more.append(said(f"c1{actor}", actor, "2019-05-20", "bridge_unsafe", "affirms", "CT+"))
    assert message(changed, *cells, more=more)[0] == lead


@pytest.mark.parametrize(
    ("kinds", "first", "others"),
    [
        ("state state", "two governments", ""),
        ("alliance outlet outlet", "one international organisation", "two others"),
        ("state alliance person", "two governments and international organisations", "one other"),
        ("person group", "two sides", ""),
        ("", "no sides", ""),
    ],
)
def test_sides_are_counted_by_their_kind_each_once(kinds: str, first: str, others: str) -> None:
    rows = pd.DataFrame(enumerate(kinds.split()), columns=["side", "kind"])
    assert who_say(pd.concat([rows, rows])) == (first, others)


def test_where_only_others_say_so_no_government_does(changed: Changed) -> None:
    more = [said("c1", "pell", "2019-05-20", "bridge_unsafe", "affirms", "CT+")]
    assert message(changed, *OPEN, more=more)[:2] == [
        f"No government in this record says that {UNSAFE}.",
        "Only Pell (20 May)<c1>, speaker, reportedly said that the Orsa bridge is unsafe.",
    ]


def test_of_a_role_how_the_words_reached_us_is_not_told(changed: Changed) -> None:
    role = ("speakers", ("pell_letter", "pell"), "role", "EU inspector; his letter as printed")
    moved = ("claims", "i1", "proposition_id", "deck_fails")
    assert message(changed, *OPEN, moved, role)[1].startswith(
        "Only Pell (28 Apr)<i1>, EU inspector, said that"
    )


# Traps of “nobody”


def test_what_entails_it_is_somebody_saying_so(changed: Changed) -> None:
    moved = ("claims", "i1", "proposition_id", "deck_fails")
    found = message(changed, *OPEN, moved)
    assert found[:2] == [
        f"No government in this record says that {UNSAFE}.",
        "Only Pell (28 Apr)<i1>, retired inspector, said that the deck of the Orsa bridge fails.",
    ]
    other = ("propositions", "deck_fails", "question_id", "Q3")
    assert message(changed, *OPEN, moved, other)[:2] == found[:2], "whichever question it is of"
    parted = ("proposition_relations", "deck_fails", "relation", "does_not_entail")
    assert message(changed, *OPEN, moved, other, parted)[0] == NOBODY


def test_entailment_is_followed_through_what_is_between(changed: Changed) -> None:
    folder = package(changed, *OPEN, ("propositions", "deck_fails", "question_id", "Q3"))
    row = b"welders_hurt,entails,deck_fails,Invented.\n"
    folder = changed("proposition_relations.csv", raw=lambda content: content + row, of=folder)
    assert answered(tiny_view(folder=folder))[0] != NOBODY, "i1 says that welders were hurt"


def test_what_is_to_come_or_held_possible_is_not_said_to_be_so(changed: Changed) -> None:
    moved = ("claims", "i1", "proposition_id", "deck_fails")
    assert (
        message(changed, *OPEN, moved, ("propositions", "deck_fails", "phase", "to_come"))[0]
        == NOBODY
    )


def test_what_may_be_later_than_the_day_makes_nobody_uncertain(changed: Changed) -> None:
    cells: list[Cell] = [
        *OPEN,
        ("claims", "e1", "stance", "affirms"),
        ("claims", "e1", "commitment", "CT+"),
        ("claims", "e1", "hedge_words", ""),
    ]
    folder = package(changed, *cells)
    assert answered(tiny_view("2019-05-12", folder))[:2] == [
        f"Nobody is known to have said by 12 May that {UNSAFE}.",
        "Perhaps only later, Doran (by 19 May)<e1>, engineer, Tarn University, said that "
        "the Orsa bridge is unsafe.",
    ]
    reported = answered(tiny_view("2019-05-14", folder, basis="reported"))[:2]
    assert (
        reported[0] == f"Nobody is known to have been reported as saying by 14 May that {UNSAFE}."
    )
    assert reported[1].startswith("Perhaps reported later, Doran (")
    assert answered(tiny_view(folder=folder))[0].startswith("No government in this record says")
    denied = package(changed, *cells, more=[not_yet("d1", "lindqvist", "2019-05-10")])
    assert answered(tiny_view("2019-05-12", denied))[0] == (
        "Nobody is known to have said by 12 May that the deck of the Orsa bridge fails. "
        "Lindqvist (Velland, 10 May)<d1> reportedly said that this was not yet so."
    )


def test_what_rests_on_a_paraphrase_alone_is_told_as_that(changed: Changed) -> None:
    more = [said("c1", "pell", "2019-05-20", "bridge_unsafe", "affirms", "CT+", extent="relayed")]
    assert message(changed, *OPEN, more=more)[:2] == [
        f"Nobody in this record is quoted as saying that {UNSAFE}.",
        "A paraphrase alone has Pell (20 May)<c1> say that the Orsa bridge is unsafe.",
    ]


def test_an_outlets_summary_is_never_a_speakers(changed: Changed) -> None:
    assert message(changed, *OPEN)[:2] == [
        NOBODY,
        "Only a news outlet’s own words<m2> say so.",
    ]


# Who says that it is not so, or not yet


def not_yet(claim_id: str, actor: str, day: str, proposition: str = "deck_fails") -> dict[str, str]:
    """Return the rows of one more statement that something is not so yet."""
    return said(claim_id, actor, day, proposition, "not_yet", "CT−")


def coming(utterance: str, claim_id: str) -> dict[str, str]:
    """Return the rows of one more claim of an utterance: that the deck will fail."""
    return said(claim_id, "", "", "deck_will_fail", "affirms", "CT+", utterance=utterance)


def with_forecast(folder: Path, changed: Changed) -> Path:
    """Return the package with the proposition that the deck will fail."""
    row = b"deck_will_fail,Q1,the deck of the Orsa bridge will fail,bridge,to_come\n"
    return changed("propositions.csv", raw=lambda content: content + row, of=folder)


def test_what_most_speakers_say_is_not_so_yet_is_what_nobody_says(changed: Changed) -> None:
    more = [not_yet("d1", "pell", "2019-05-20"), not_yet("d2", "nyra", "2019-05-21")]
    more += [not_yet("d3", "tolm", "2019-05-21", "bridge_unsafe")]
    assert message(changed, *OPEN, more=more)[0] == (
        "Nobody in this record says that the deck of the Orsa bridge fails. Nyra (21 May)<d2>, "
        "Tolm (21 May)<d3> and one other reportedly said that this was not yet so."
    ), "who says that the bridge is not unsafe says that its deck does not fail"


def test_who_expects_it_in_the_same_words_is_said_to(changed: Changed) -> None:
    more = [not_yet("d1", "pell", "2019-05-20"), coming("of_d1", "d2")]
    folder = with_forecast(package(changed, *OPEN, more=more), changed)
    lead = "Nobody in this record says that the deck of the Orsa bridge fails. Pell (20 May)<d1>"
    assert (
        answered(tiny_view(folder=folder))[0]
        == f"{lead}, who foresees it, reportedly said that this was not yet so."
    )
    other = said("d3", "pell", "2019-05-21", "deck_will_fail", "affirms", "CT+")
    apart = package(changed, *OPEN, more=[more[0], other])
    assert answered(tiny_view(folder=with_forecast(apart, changed)))[0] == (
        f"{lead} reportedly said that this was not yet so."
    ), "in another statement"


def test_who_expects_it_stands_first_and_the_others_are_counted(changed: Changed) -> None:
    more = [not_yet("d1", "pell", "2019-05-20"), coming("of_d1", "d2")]
    more += [not_yet("d3", "lindqvist", "2019-05-19"), not_yet("d4", "nyra", "2019-05-21")]
    folder = with_forecast(package(changed, *OPEN, more=more), changed)
    assert answered(tiny_view(folder=folder))[0].endswith(
        " Pell (20 May)<d1>, who foresees it, and two others reportedly said that this was "
        "not yet so."
    )
    quoted = said("d3", "lindqvist", "2019-05-19", "deck_fails", "not_yet", "CT−", quote="Not yet")
    folder = with_forecast(package(changed, *OPEN, more=[*more[:2], quoted, more[3]]), changed)
    assert answered(tiny_view(folder=folder))[0].endswith(
        "who foresees it, and two others said that this was not yet so."
    ), "one of them is quoted"
    assert answer(tiny_view(folder=folder)).numbers["more_than_named"] == [2, 0]


def test_of_those_who_say_not_yet_a_government_is_named_first(changed: Changed) -> None:
    more = [not_yet("d3", "lindqvist", "2019-05-19"), not_yet("d4", "nyra", "2019-05-21")]
    assert message(changed, *OPEN, more=more)[0].endswith(
        " Lindqvist (Velland, 19 May)<d3> and one other reportedly said that this was not yet so."
    )


def test_an_accusers_not_yet_is_no_denial(changed: Changed) -> None:
    more = [not_yet("d1", "lindqvist", "2019-05-20", "pier_cracked")]
    found = message(changed, more=more)
    assert found[-1] == f"{CRACKED}; Karst Works<b2> denied such claims.", "Velland is no denier"


def test_who_could_not_confirm_it_has_said_nothing_against_it(changed: Changed) -> None:
    more = [said("d1", "pell", "2019-05-20", "deck_fails", "cannot_confirm", "Uu")]
    assert message(changed, *OPEN, more=more)[0] == NOBODY


def test_a_denial_is_told_apart_from_not_yet(changed: Changed) -> None:
    more = [said("d1", "rill", "2019-05-20", "bridge_unsafe", "denies", "CT−", denial="D3")]
    assert message(changed, *OPEN, more=more)[0] == (
        "Nobody in this record says that the Orsa bridge is unsafe. Rill (Karst Works, 20 May)<d1> "
        "reportedly said that this was not so."
    )
    assert message(changed, more=more)[0] == (
        f"No government in this record says outright that {UNSAFE}. Rill (Karst Works, 20 May)<d1> "
        "reportedly denied that the Orsa bridge is unsafe."
    )


def test_what_a_side_took_back_it_says_no_more(changed: Changed) -> None:
    more = [
        said("d1", "pell", "2019-05-18", "deck_fails", "affirms", "CT+"),
        said("d2", "rill", "2019-05-19", "deck_fails", "affirms", "CT+"),
        said("d3", "rill", "2019-05-20", "deck_fails", "denies", "CT−", denial="D3"),
    ]
    assert message(changed, *OPEN, more=more)[0].endswith(
        " Rill (Karst Works, 20 May)<d3> reportedly said that this was not so. "
        "Rill (Karst Works, 19 May)<d2> reportedly said so before, and Karst Works later went "
        "back on it."
    )
    numbers = answer(tiny_view(folder=package(changed, *OPEN, more=more))).numbers
    assert (numbers["case"], numbers["say_so"]) == ("no_government", 1)
    alone = message(changed, *OPEN, more=more[1:])[0]
    assert alone.startswith("Nobody in this record says that "), alone
    assert alone.endswith(", and Karst Works later went back on it.")
    again = said("d4", "rill", "2019-05-21", "deck_fails", "affirms", "CT+")
    assert "went back" not in message(changed, *OPEN, more=[*more, again])[0]


def test_a_side_that_comes_to_say_so_no_longer_says_not_yet(changed: Changed) -> None:
    more = [
        not_yet("d1", "pell", "2019-05-18"),
        said("d2", "pell", "2019-05-20", "deck_fails", "affirms", "CT+"),
    ]
    assert "yet" not in message(changed, *OPEN, more=more)[0]


# What most say, and who dismisses it


def test_where_nobody_dismisses_it_nobody_is_said_to(changed: Changed) -> None:
    cells = [("claims", "b2", "stance", "notes_reports"), ("claims", "b2", "commitment", "Uu")]
    assert message(changed, *cells, ("claims", "b2", "denial", ""))[-1] == f"{CRACKED}."


def test_who_says_some_of_it_dismisses_none_of_it(changed: Changed) -> None:
    more = [said("c1", "rill", "2019-05-21", "welders_hurt", "affirms", "CT+")]
    assert message(changed, more=more)[-1] == (
        "Pell (28 Apr)<i1> and Rill (Karst Works, 21 May)<c1> said that people were hurt at the "
        "bridge."
    )


def test_where_nobody_says_more_what_is_called_likely_is_told_or_else_denials_alone(
    changed: Changed,
) -> None:
    opened: list[Cell] = [("claims", "i1", "stance", "notes_reports"), ("claims", "i1",
                          "commitment", "Uu")]  # fmt: skip
    likely: list[Cell] = [
        ("claims", "a1", "stance", "affirms_hedged"),
        ("claims", "a1", "commitment", "PR+"),
        ("claims", "a1", "hedge_words", "had opened"),
    ]
    more = [
        said(
            f"c{day}", actor, f"2019-05-{day}", "pier_cracked", "affirms_hedged", "PR+", hedge="may"
        )
        for day, actor in enumerate(("nyra", "doran"), 19)
    ]
    two = "Roads Authority (Velland, 8 May)<a1>"
    assert message(changed, *opened, *likely, more=more[:1])[-1] == (
        f"{two} and Nyra (19 May)<c19> reportedly called it likely that a pier of the bridge is "
        "cracked; Karst Works<b2> denied such claims."
    )
    assert message(changed, *opened, *likely, more=more)[-1].startswith(
        f"{two}, Nyra (19 May)<c19> and one more reportedly called it likely "
    )
    silent: list[Cell] = [
        ("claims", "a1", "stance", "notes_reports"),
        ("claims", "a1", "commitment", "Uu"),
    ]
    assert message(changed, *opened, *silent)[-1] == "Karst Works<b2> denied such claims."
    named: list[Cell] = [("claims", "b2", "proposition_id", "bridge_unsafe")]
    assert len(message(changed, *opened, *silent, *named)) == 2, "the first sentence names them"


def test_words_that_name_no_claim_are_told_apart_and_only_where_no_others_name_it(
    changed: Changed,
) -> None:
    cells: list[Cell] = [
        ("propositions", "no_photograph", "question_id", "QU"),
        ("claims", "b2", "proposition_id", "no_photograph"),
        ("claims", "b2", "stance", "dismisses"),
        ("claims", "b2", "denial", "D2"),
    ]
    assert message(changed, *cells)[-1] == (
        f"{CRACKED}; Karst Works<b2> dismissed unspecified accusations."
    )
    more = [said("d1", "doran", "2019-05-20", "pier_cracked", "denies", "CT−", denial="D3")]
    assert message(changed, *cells, more=more)[-1] == f"{CRACKED}; Tarn<d1> denied such claims."


def test_of_many_sides_that_deny_it_three_are_named_and_the_others_counted(
    changed: Changed,
) -> None:
    actors = ["doran", "nyra", "drivers_union"]
    more = [
        said(f"d{day}", actor, f"2019-05-{day}", "pier_cracked", "denies", "CT−", denial="D3")
        for day, actor in enumerate(actors, 19)
    ]
    three = "Karst Works<b2>, Tarn<d19>"
    assert message(changed, more=more[:2])[-1] == (
        f"{CRACKED}; {three} and Nyra<d20> denied such claims."
    )
    assert message(changed, more=more)[-1] == (
        f"{CRACKED}; {three}, Nyra<d20> and one more denied such claims."
    )


def test_three_sides_are_counted_by_what_they_are(changed: Changed) -> None:
    more = [
        said("c1", "nyra", "2019-05-21", "welders_hurt", "affirms", "CT+"),
        said("c2", "lindqvist", "2019-05-21", "welders_hurt", "affirms", "CT+"),
    ]
    block = answer(tiny_view(folder=package(changed, more=more)))
    assert cited(block.paragraphs[-1]) == (
        "One government, and two others, say that people were hurt at the bridge."
    ), "Karst Works denies that there is a crack, and nothing of this"
    counts = (block.numbers["governments_and_organisations"], block.numbers["others"])
    assert (block.numbers["most_affirmed"], counts) == (["Q3"], (1, 2))


# October


def test_on_the_last_day_of_october_no_government_says_that_they_fought() -> None:
    first, nearest, limit = answered(real_view())
    assert first == (
        "No government in this record says that North Korean troops have engaged in battle. "
        "Zelenskyy (Ukraine, 30 Oct)<o84a>, who foresees it, and reportedly two others said that "
        "this was not yet so."
    )
    assert nearest == (
        "Ohman (28 Oct)<n31a>, head of the Lithuanian organisation Blue/Yellow, said that North "
        "Korean soldiers and a Ukrainian unit had their first encounter in Kursk region on 25 "
        "October; a man in a video (31 Oct)<w930a>, not verified, said that Russia forced North "
        "Korean soldiers to take part in an attack in Kursk region; one more called “Fighting” "
        "likely."
    )  # w930a is the second to say so; who called it likely (n36b) is counted
    assert limit == (
        "16 governments and international organisations, and twelve others, say that North Koreans "
        "have been sent to Russia or its forces; Russia<o4a> and Belarus<o49a> dismissed or denied "
        "such "
        "claims."
    )
    assert not any("Blinken" in words for words in (first, nearest, limit)), (
        "o90c: could not confirm"
    )


def test_before_the_28th_of_october_nobody_says_that_they_fought() -> None:
    first, *_ = answered(real_view("2024-10-24"))
    assert first == (
        "Nobody in this record says that North Koreans are fighting, or have fought, against "
        "Ukraine."
    )
    assert answered(real_view("2024-10-10")) == [
        "Nobody in this record says that North Koreans are fighting, or have fought, against "
        "Ukraine.",
        "Unnamed Ukrainian sources (4 Oct)<o1a> and Kovalenko (Ukraine, 5 Oct)<w11a> reportedly "
        "said "
        "that North Koreans are, or have been, in Ukraine or the war zone.",
    ]  # on that day Russia had dismissed that they were sent


def test_of_two_statements_without_a_day_both_may_be_older() -> None:
    assert answered(real_view("2024-10-03")) == [
        "By 3 October 2024 the record holds no dated statement on the question. Two statements may "
        "be older: Howell (by 19 Oct)<h4> and the United States (by 19 Oct)<u1>."
    ]
