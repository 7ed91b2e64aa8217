"""Key findings on who says what to each question, and what nobody or only an outlet says.

The answers of the tiny package are worked by hand in tests/tiny/README.md.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from conftest import Changed
from phrases import Cell, by_lead, finding, key_findings, package, said
from views import tiny_view

from claimbrief import analysis
from claimbrief.prose.positions import SIDES_DATED
from claimbrief.wording import number

UNSAFE = "The Orsa bridge is unsafe."  # propositions of the package end with a full stop
DECK = "The deck of the Orsa bridge fails."
CRACK = "There is a crack in the east pier."
# Of more than four speakers a question names sides: another five, or more, who speak to Q1.
MANY: list[Cell] = [
    ("propositions", "pier_cracked", "question_id", "Q1"),
    ("propositions", "pier_cracked", "phase", "under_way"),
    ("propositions", "deck_fails", "phase", "to_come"),
    ("claims", "e2", "stance", "affirms"),
    ("claims", "e2", "commitment", "CT+"),
    ("claims", "b2", "proposition_id", "bridge_unsafe"),
    ("claims", "i1", "proposition_id", "bridge_unsafe"),
]
UNSAID: list[Cell] = [  # nobody says that the bridge is unsafe, and the builder denies it
    ("claims", "m1", "stance", "holds_possible"),
    ("claims", "m1", "commitment", "PS+"),
    ("claims", "b2", "proposition_id", "bridge_unsafe"),
]


def saying_so(*claim_ids: str) -> list[Cell]:
    """Return the cells by which these claims say that the bridge is unsafe."""
    values = {"proposition_id": "bridge_unsafe", "stance": "affirms", "commitment": "CT+"}
    return [
        ("claims", claim_id, column, value)
        for claim_id in claim_ids
        for column, value in {**values, "denial": ""}.items()
    ]


def test_each_question_says_who_says_what_with_hedge_evidence_and_response() -> None:
    block = key_findings(tiny_view())
    assert by_lead(block)["Unsafe?"] == (
        f"Lindqvist reportedly says that it is likely: {UNSAFE} (“very likely”) [<m1>], and calls "
        f"on others to act; Doran holds it possible: {UNSAFE} (“can’t exclude”, offers expert "
        f"reasoning) [<e1>]; Doran reportedly reasons on the supposition: {DECK} [<e2>]; "
        f"Nyra, Tolm reportedly speaks of others’ reports: {UNSAFE} [<w1>], and voices concern; "
        f"Port of Orsa is reported not to claim it: {UNSAFE} [<p1>]."
    )
    assert by_lead(block)["Cracked?"] == (
        f"Roads Authority reportedly says that it is so: {CRACK} (cites photo or video) [<a1>]; "
        f"Rill states the contrary: {CRACK} [<b2>]."
    )
    assert by_lead(block)["Anybody hurt?"] == (
        "Pell says that it is so: Welders were hurt at the bridge. [<i1>]."
    )
    assert list(by_lead(block)) == [
        *("Unsafe?", "Cracked?", "Anybody hurt?"),
        *("Denied?", "Shown?", "How many origins?", "Not heard."),
    ]


def test_a_speaker_whose_statement_may_be_later_than_the_day_speaks_possibly() -> None:
    view = tiny_view("2019-05-12")
    assert finding(view, "Cracked?") == (
        f"Roads Authority reportedly says that it is so: {CRACK} (cites photo or video) [<a1>]; "
        f"possibly Rill states the contrary: {CRACK} [<b2>]."
    )
    assert finding(view, "Unsafe?").count("possibly ") == 4, "all but the minister of the 12th"


def test_the_same_said_otherwise_by_the_same_speaker_is_said_to_be_the_same(
    changed: Changed,
) -> None:
    again = said("d1", "rill", "2019-05-20", "pier_cracked", "dismisses", "CT−", denial="D2")
    assert finding(tiny_view(folder=package(changed, more=[again])), "Cracked?").endswith(
        f"; Rill reportedly calls it false or unserious: {CRACK} [<d1>]; "
        "Rill states the contrary: this is so [<b2>]."
    )


def test_of_many_speakers_each_position_names_the_sides_that_hold_it(changed: Changed) -> None:
    folder = package(changed, *MANY)
    certain = (
        f"Said to be so: Pell (28 Apr: that {UNSAFE}) [<i1>]. "
        f"Said to be likely: Velland (12 May, as reported: that {UNSAFE}; “very likely”) [<m1>]. "
        f"Said to be under way: Velland (8 May, as reported: that {CRACK}) [<a1>]. "
    )
    assert finding(tiny_view(folder=folder), "Unsafe?") == (
        f"{certain}Denied, or dismissed: Karst Works. Foretold or prepared: Tarn. "
        "Left open: Nyra and Tarn."
    )
    assert finding(tiny_view("2019-05-12", folder), "Unsafe?") == (
        f"{certain}Denied, or dismissed: possibly Karst Works. Foretold or prepared: possibly "
        "Tarn. Left open: possibly Nyra and possibly Tarn."
    )


def test_what_many_speakers_say_is_not_so_yet_has_a_position_of_its_own(changed: Changed) -> None:
    not_yet: list[Cell] = [("claims", "b2", "stance", "not_yet"), ("claims", "b2", "denial", "")]
    words = finding(tiny_view(folder=package(changed, *MANY, *not_yet)), "Unsafe?")
    assert "Not so, or not yet: Karst Works. Foretold or prepared: Tarn. " in words
    assert "Denied" not in words


def test_of_many_sides_that_say_so_the_first_are_dated_and_the_rest_counted(
    changed: Changed,
) -> None:
    likely = f"Said to be likely: Velland (12 May, as reported: that {UNSAFE}; “very likely”)"
    four = tiny_view(folder=package(changed, *saying_so("i1", "w1", "b2", "e1")))
    assert finding(four, "Unsafe?").startswith(
        f"Said to be so: Pell (28 Apr: that {UNSAFE}) [<i1>]; Nyra (11 or 18 May, as reported: the "
        "same) [<w1>]; Karst Works (1–19 May: the same) [<b2>]; Tarn (by 19 May: the same) [<e1>]. "
        f"{likely} [<m1>]."
    )
    more = [said("t1", "tolm", "2019-05-20", "bridge_unsafe", "affirms", "CT+")]
    folder = package(changed, *saying_so("i1", "w1", "b2", "e1", "p1"), more=more)
    dated = [
        "Pell (28 Apr) [<i1>]",
        "Nyra (11 or 18 May, as reported) [<w1>]",
        "Karst Works (1–19 May) [<b2>]",
        "Tarn (by 19 May) [<e1>]",
        "Port of Orsa (by 19 May, as reported) [<p1>]",
    ][:SIDES_DATED]
    six = f"Said to be so: {', '.join(dated)}, {number(6 - SIDES_DATED)} more. {likely} [<m1>]."
    assert finding(tiny_view(folder=folder), "Unsafe?") == six
    early = finding(tiny_view("2019-05-12", folder), "Unsafe?")
    assert ", possibly Karst Works (1–19 May) [<b2>], " in early


def test_an_earlier_claim_that_is_only_reported_stands_beside_that_in_a_sides_words(
    changed: Changed,
) -> None:
    quote = "It is unsafe"
    more = [said("q1", "lindqvist", "2019-05-20", "bridge_unsafe", "affirms", "CT+", quote=quote)]
    cells: list[Cell] = [*MANY[2:], *saying_so("a1")]
    assert finding(tiny_view(folder=package(changed, *cells, more=more)), "Unsafe?").startswith(
        f"Said to be so: Pell (28 Apr: that {UNSAFE}) [<i1>]; "
        "Velland (20 May: the same; as reported, 8 May [<a1>]) [<q1>]. "
    )


def test_what_is_denied_and_said_by_nobody_is_denied(changed: Changed) -> None:
    view = tiny_view(folder=package(changed, *UNSAID))
    assert finding(view, "Said by nobody.") == (
        f"No speaker in this record says that {UNSAFE}, which Rill denied [<b2>]."
    )
    assert finding(view, "Unsafe?") == (
        "Nobody in this record says so, or calls it likely. Denied, or dismissed: Karst Works. "
        "Left open: Velland, Nyra and Tarn."
    )
    assert finding(tiny_view(), "Said by nobody.") == "", "the minister says so"


def test_what_is_not_so_yet_and_said_by_nobody_is_not_yet_so(changed: Changed) -> None:
    not_yet: list[Cell] = [("claims", "b2", "stance", "not_yet"), ("claims", "b2", "denial", "")]
    reported = said("n2", "pell", "2019-05-20", "bridge_unsafe", "not_yet", "CT−")
    view = tiny_view(folder=package(changed, *UNSAID, *not_yet, more=[reported]))
    assert finding(view, "Said by nobody.") == (
        f"No speaker in this record says that {UNSAFE}, which Rill said is not yet so [<b2>], "
        "which Pell reportedly said is not yet so [<n2>]."
    )


def test_who_says_it_outside_the_record_is_named_after_what_nobody_says(changed: Changed) -> None:
    view = tiny_view(folder=package(changed, *UNSAID))
    outside = replace(analysis.findings(view), known_outside=("A diver, on a wall.",))
    assert finding(view, "Said by nobody.", outside).endswith(
        "which Rill denied [<b2>]. Known outside this record: A diver, on a wall."
    )


def test_where_much_is_said_by_nobody_the_first_are_named_and_the_rest_counted(
    changed: Changed,
) -> None:
    view = tiny_view(folder=package(changed, *UNSAID))
    found = analysis.findings(view)
    rows = [
        found.said_by_nobody.assign(proposition=f"proposition {n} is so", claim_id=f"c{n}")
        for n in range(20)
    ]
    words = finding(view, "Said by nobody.", replace(found, said_by_nobody=pd.concat(rows)))
    first = [f"that proposition {n} is so, which Rill denied [<c{n}>]" for n in range(6)]
    assert words == f"No speaker in this record says {'; '.join(first)}; 14 more."


def test_a_question_that_only_an_outlet_answers_with_yes_is_named(changed: Changed) -> None:
    view = tiny_view(folder=package(changed, *UNSAID))
    assert finding(view, "Only in outlets’ words.") == (
        "Only an outlet’s gloss or summary says yes to “Unsafe?” [<m2>]."
    )
    assert finding(tiny_view(), "Only in outlets’ words.") == "", "the minister calls it likely"


TO_COME: list[Cell] = [  # all that is said on the first question is of what is to come
    ("propositions", "bridge_unsafe", "phase", "to_come"),
    ("propositions", "deck_fails", "phase", "to_come"),
]


def test_a_question_of_what_is_to_come_alone_says_who_says_what(changed: Changed) -> None:
    words = finding(tiny_view(folder=package(changed, *TO_COME)), "Unsafe?")
    assert words == finding(tiny_view(), "Unsafe?"), "and not that nobody says so"
    nobody = finding(tiny_view(folder=package(changed, *TO_COME, *UNSAID[:2])), "Unsafe?")
    assert nobody.startswith("Nobody in this record says so, or calls it likely. Lindqvist ")


def test_of_many_speakers_on_what_is_to_come_who_denies_it_or_leaves_it_open_is_named(
    changed: Changed,
) -> None:
    folder = package(changed, *TO_COME, UNSAID[2])
    assert finding(tiny_view(folder=folder), "Unsafe?") == (
        "Denied, or dismissed: Karst Works. Foretold or prepared: Velland. "
        "Left open: Nyra and Tarn."
    )


def test_many_speakers_who_take_no_position_on_what_is_to_come_are_named(changed: Changed) -> None:
    claims = ("m1", "e1", "e2", "w1", "b2")
    judged = [*saying_so(*claims), *(("claims", key, "commitment", "NA") for key in claims)]
    words = finding(tiny_view(folder=package(changed, *TO_COME, *judged)), "Unsafe?")
    assert "Rill" in words and "Doran" in words
