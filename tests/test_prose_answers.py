"""Key findings on what is denied, what is not so yet, and which sides moved.

The answers of the tiny package are worked by hand in tests/tiny/README.md.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from conftest import Changed
from phrases import Cell, finding, package, said
from views import real_view, tiny_view

from claimbrief import analysis
from claimbrief.analysis.findings import Findings

UNSAFE = "The Orsa bridge is unsafe."
DECK = "The deck of the Orsa bridge fails."
CRACK = "There is a crack in the east pier."
HURT = "Welders were hurt at the bridge."
WHEN = "n a day from 1 to 19 May 2019 (Tarn Gazette: 10 May 2019)"
DISMISSES = "calls it false or unserious"


def denial(claim_id: str, day: str, proposition: str = "pier_cracked", **more: str) -> Any:
    """Return the rows of an utterance by which the builder dismisses something."""
    return said(claim_id, "rill", day, proposition, "dismisses", "CT−", denial="D2", **more)


def test_a_denial_has_its_day_its_words_and_the_day_of_another_source() -> None:
    contrary = f"Rill states the contrary: {CRACK} [<b2>]. It states the contrary."
    assert finding(tiny_view(), "Denied?") == f"O{WHEN} {contrary}"
    assert finding(tiny_view("2019-05-12"), "Denied?") == f"Possibly o{WHEN} {contrary}"
    assert finding(tiny_view("2019-05-09"), "Denied?") == (
        f"Possibly on a day from 1 to 19 May 2019 {contrary}"
    ), "the other source's day is still to come"
    assert (
        finding(tiny_view("2019-04-30"), "Denied?") == "No denial had been said by the brief’s day."
    )


def test_a_denial_whose_words_name_nothing_is_quoted_beside_the_gloss(changed: Changed) -> None:
    row = {"propositions": "unnamed,QU,A report that the words do not name.,unstated,so\n"}
    cells: list[Cell] = [
        ("claims", "b2", "proposition_id", "unnamed"),
        ("claims", "b2", "stance", "dismisses"),
        ("claims", "b2", "denial", "D2"),
    ]
    folder = package(changed, *cells, more=[row])
    assert finding(tiny_view(folder=folder), "Denied?") == (
        f"O{WHEN} Rill said: There is no crack in the east pier [<b2>]. The quoted words do not "
        f"say what is meant; by Northern Ledger’s gloss, that {CRACK} [<b1>]. "
        "It does not state the contrary."
    )


def test_two_denials_have_a_sentence_each_and_what_is_reported_says_so(changed: Changed) -> None:
    cells: list[Cell] = [("claims", "b2", "stance", "dismisses"), ("claims", "b2", "denial", "D2")]
    folder = package(changed, *cells, more=[denial("d1", "2019-05-20")])
    assert finding(tiny_view(folder=folder), "Denied?") == (
        f"O{WHEN} Rill {DISMISSES}: {CRACK} [<b2>]. On 20 May 2019 Rill reportedly {DISMISSES}: "
        f"{CRACK} [<d1>]. None of these statements states the contrary of what is said to be so."
    )


def test_to_decline_or_to_question_is_an_answer_and_no_denial(changed: Changed) -> None:
    declines = said("d1", "rill", "2019-05-20", "pier_cracked", "declines", "Uu", denial="D0")
    assert finding(tiny_view(folder=package(changed, more=[declines])), "Denied?") == (
        f"O{WHEN} Rill states the contrary: {CRACK} [<b2>]. On 20 May 2019 Rill declines to "
        "comment [<d1>]. One of these statements states the contrary of what is said to be so."
    )
    cells: list[Cell] = [
        ("claims", "b2", "stance", "questions"),
        ("claims", "b2", "commitment", "Uu"),
        ("claims", "b2", "denial", "D1"),
    ]
    assert finding(tiny_view(folder=package(changed, *cells)), "Denied?") == (
        "On a day from 1 to 19 May 2019 Rill questions the reports [<b2>]. "
        "It does not state the contrary."
    )


def test_what_is_denied_that_is_to_come_is_named_apart(changed: Changed) -> None:
    to_come: Cell = ("propositions", "deck_fails", "phase", "to_come")
    more = [said("d1", "rill", "2019-05-20", "deck_fails", "denies", "CT−", denial="D3")]
    assert finding(tiny_view(folder=package(changed, to_come, more=more)), "Denied?").endswith(
        "It states the contrary. Of what is to come, Rill (20 May) reportedly states the contrary: "
        f"{DECK} [<d1>]."
    )
    alone: list[Cell] = [to_come, ("claims", "b2", "stance", "cannot_confirm")]
    alone += [("claims", "b2", "commitment", "Uu"), ("claims", "b2", "denial", "")]
    more.append(denial("d2", "2019-05-21", "deck_fails"))
    assert finding(tiny_view(folder=package(changed, *alone, more=more)), "Denied?") == (
        f"Of what is to come, Rill (20 May) reportedly states the contrary: {DECK} [<d1>]; Rill "
        f"(21 May) reportedly {DISMISSES}: {DECK} [<d2>]."
    ), "no denial of what is so, and yet denials"


def test_many_denials_of_a_side_stand_by_day_with_their_hedges(changed: Changed) -> None:
    seems = {"quote": "It seems there is no crack", "hedge": "It seems"}
    more = [
        denial("d1", "2019-05-10", quote="Nonsense"),
        said("d2", "rill", "2019-05-20", "pier_cracked", "denies", "CT−", denial="D3", **seems),
        denial("d3", "2019-05-20", "bridge_unsafe"),
        said("d4", "rill", "2019-05-21", "pier_cracked", "questions", "Uu", denial="D1"),
    ]
    assert finding(tiny_view(folder=package(changed, more=more)), "Denied?") == (
        f"Karst Works: Rill (10 May) {DISMISSES}: {CRACK} [<d1>]; in no known order, Rill (1–19 "
        f"May) states the contrary: {CRACK} [<b2>]; Rill (20 May) states the contrary: {CRACK} "
        "(“It seems”) [<d2>]; Rill (21 May) questions the reports [<d4>]. "
        "Two of these statements state the contrary of what is said to be so."
    ), "of a day what goes furthest: d2, not d3"


def test_what_was_denied_on_one_day_is_joined_and_what_may_be_later_is_possible(
    changed: Changed,
) -> None:
    more = [
        denial("d1", "2019-05-10", quote="Nonsense"),
        denial("d2", "2019-05-11", "bridge_unsafe"),
        denial("d3", "2019-05-12", "bridge_unsafe"),
        denial("d4", "2019-05-12", "welders_hurt"),
    ]
    assert finding(tiny_view("2019-05-12", package(changed, more=more)), "Denied?") == (
        f"Karst Works: Rill (10 May) {DISMISSES}: {CRACK} [<d1>]; Rill (11 May) reportedly "
        f"{DISMISSES}: {UNSAFE} [<d2>]; Rill (12 May) reportedly {DISMISSES}: {UNSAFE} [<d3>] and "
        f"{HURT} [<d4>]; in no known order, possibly Rill (1–19 May) "
        f"states the contrary: {CRACK} [<b2>]. "
        "One of these statements states the contrary of what is said to be so."
    )


def of_many(sides: list[str], days: list[str]) -> Findings:
    """Return findings in which each of these sides denies something on each of these days."""
    found = analysis.findings(tiny_view())
    rows = [
        found.denials.assign(
            side=side, speaker=side.title(), when=day, claim_id=f"{side}{day[-2:]}"
        )
        for side in sides
        for day in days
    ]
    return replace(found, denials=pd.concat(rows), denial_register=None)


def test_of_many_days_and_many_sides_the_first_are_named_and_the_rest_counted() -> None:
    days = [f"2019-05-{day}" for day in range(10, 20)]
    words = finding(tiny_view(), "Denied?", of_many(["rill"], days))
    assert "Rill (17 May) " in words and "Rill (18 May)" not in words
    assert words.count("[<rill") == 8 and "; and so on two more days. Ten of these" in words
    actors = list(tiny_view().whole.actors["actor_id"])
    twelve = finding(tiny_view(), "Denied?", of_many(actors[:12], days[:1]))
    assert twelve.count(" (10 May) ") == 12 and "more sides" not in twelve
    thirteen = finding(tiny_view(), "Denied?", of_many(actors[:13], days[:1]))
    assert thirteen.count(" (10 May) ") == 6
    assert thirteen.endswith(
        ". Seven more sides answered. 13 of these statements state the contrary of what is said to "
        "be so."
    )


def test_limits_are_not_yet_so_or_not_so_and_no_denials(changed: Changed) -> None:
    seems = {"quote": "It seems that nobody was hurt", "hedge": "It seems", "denial": "D3"}
    more = [
        said("d1", "lindqvist", "2019-05-20", "welders_hurt", "denies", "CT−", **seems),
        said("d2", "roads_authority", "2019-05-21", "deck_fails", "not_yet", "CT−"),
        said("d3", "pell", "2019-05-21", "deck_fails", "not_yet", "CT−", quote="It holds as yet"),
    ]
    view = tiny_view(folder=package(changed, more=more))
    assert finding(view, "Not so, or not yet?") == (
        f"These are limits and no denials. Not yet so: that {DECK}: Roads Authority (21 May, as "
        f"reported) [<d2>], Pell (21 May) [<d3>]. Not so: that {HURT}: Lindqvist (20 May; "
        "“It seems”) [<d1>]."
    )
    assert "<d1>" not in finding(view, "Denied?"), "Velland makes such claims itself"
    assert finding(tiny_view(), "Not so, or not yet?") == ""


def test_a_limit_that_may_be_later_than_the_day_is_possible(changed: Changed) -> None:
    cells: list[Cell] = [("claims", "b2", "stance", "not_yet"), ("claims", "b2", "denial", "")]
    view = tiny_view("2019-05-12", package(changed, *cells))
    assert finding(view, "Not so, or not yet?") == (
        f"This is a limit and no denial. Not yet so: that {CRACK}: possibly Rill (1–19 May) [<b2>]."
    )
    assert finding(view, "Denied?") == "No denial had been said by the brief’s day."


def test_of_many_limits_those_that_most_speakers_set_stand_first(changed: Changed) -> None:
    more = [
        said("d1", "pell", "2019-05-18", "pier_cracked", "not_yet", "CT−"),
        said("d2", "pell", "2019-05-19", "bridge_unsafe", "not_yet", "CT−"),
        said("d3", "pell", "2019-05-20", "deck_fails", "not_yet", "CT−"),
        said("d4", "nyra", "2019-05-20", "welders_hurt", "not_yet", "CT−"),
        said("d5", "tolm", "2019-05-21", "welders_hurt", "not_yet", "CT−"),
    ]
    words = finding(tiny_view(folder=package(changed, more=more)), "Not so, or not yet?")
    assert words == (
        f"These are limits and no denials. Not yet so: that {HURT}: Nyra (20 May, as reported) "
        f"[<d4>], Tolm (21 May, as reported) [<d5>]; that {CRACK}: Pell (18 May, as reported) "
        "[<d1>]; two more."
    )


TURNED: list[Cell] = [
    ("claims", "a1", "proposition_id", "bridge_unsafe"),
    ("claims", "a1", "stance", "notes_reports"),
    ("claims", "a1", "commitment", "Uu"),
]


def test_a_side_that_came_to_say_so_moved_from_what_it_said_to_what_it_says(
    changed: Changed,
) -> None:
    assert finding(tiny_view(folder=package(changed, *TURNED)), "Who moved?") == (
        "Unsafe: Velland open (8 May) [<a1>] → likely (12 May) [<m1>]."
    )
    assert finding(tiny_view(), "Who moved?") == ""
    unordered = ("utterances", "authority_report", "date", "[2019-05-08..2019-05-12]")
    assert finding(tiny_view(folder=package(changed, *TURNED, unordered)), "Who moved?") == ""


def turn(side: str, origin: str, since: int, until: int, to: str, day: int) -> dict[str, object]:
    """Return a row of `turns` on whether the bridge is unsafe, between days of May."""
    return {
        "side": side,
        "question_id": "Q1",
        "from_position": origin,
        "from_since": f"2019-05-{since:02}",
        "from_until": f"2019-05-{until:02}",
        "from_claim": f"{side[0]}{until}",
        "to_position": to,
        "to_when": f"2019-05-{day:02}",
        "to_claim": f"{side[0]}{day}",
    }


def moved(*turns: dict[str, object]) -> str:
    """Return what the brief says of these turns."""
    found = replace(analysis.findings(tiny_view()), turns=pd.DataFrame(turns))
    return finding(tiny_view(), "Who moved?", found)


def test_each_position_of_a_turn_has_a_word_and_the_days_that_it_was_held() -> None:
    assert moved(turn("pell", "denies", 2, 4, "says_likely", 8)) == (
        "Unsafe: Pell denied (2 May to 4 May) [<p4>] → likely (8 May) [<p8>]."
    )
    first = turn("pell", "limits", 2, 2, "says_likely", 8)
    second = turn("pell", "says_likely", 8, 8, "says_so", 9)
    assert moved(first, second) == (
        "Unsafe: Pell not yet (2 May) [<p2>] → likely (8 May) [<p8>] → so (9 May) [<p9>]."
    )


def test_sides_that_moved_alike_are_named_together() -> None:
    assert moved(*(turn(side, "denies", 2, 4, "says_so", 8) for side in ("pell", "doran"))) == (
        "Unsafe: Pell and Doran denied (2 May to 4 May) [<p4>, <d4>] → so (8 May) [<p8>, <d8>]."
    )


def test_to_come_back_to_the_position_named_before_is_no_turn_to_name() -> None:
    again = turn("pell", "leaves_open", 9, 9, "says_so", 10)
    assert moved(turn("pell", "denies", 2, 4, "says_so", 8), again) == (
        "Unsafe: Pell denied (2 May to 4 May) [<p4>] → so (8 May) [<p8>]."
    )


def test_of_many_turns_few_are_named_and_the_rest_counted() -> None:
    sides = ["pell", "doran", "nyra", "tolm", "rill", "velland", "engineers"]
    six = moved(
        *(turn(side, "denies", 2, 4, "says_so", day) for day, side in enumerate(sides[:6], 8))
    )
    assert six.count(" → ") == 6 and "more" not in six
    seven = moved(
        *(turn(side, "denies", 2, 4, "says_so", day) for day, side in enumerate(sides, 8))
    )
    assert seven == (
        "Unsafe: Pell denied (2 May to 4 May) [<p4>] → so (8 May) [<p8>]; "
        "Doran denied (2 May to 4 May) [<d4>] → so (9 May) [<d9>]; five more."
    )
    kinds = ["says_likely", "says_so", "says_likely", "says_so", "says_likely", "says_so"]
    path = moved(*(turn("pell", "denies", 2, 4, to, day) for day, to in enumerate(kinds, 8)))
    assert path.endswith("→ likely (10 May) [<p10>] → so (11 May) [<p11>] → two more turns.")


def test_where_many_sides_moved_in_october_the_first_of_each_question_are_named() -> None:
    words = finding(real_view(), "Who moved?")
    assert words.startswith(
        "Taking part in the war: Ukraine open (14 Oct) [<o6a>] → so (16 Oct) [<o15c>]; "
    )
    assert words.count(" → ") == 4 and words.count(" more") == 2
