"""The findings of the front and what is said of origins: on the tiny package, worked by hand.

What each claim of the tiny package says is in tests/tiny/README.md.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Changed
from phrases import Cell, cited, findings, found, origins, package, said
from views import context_of, findings_of, plain, real_view, sentences, tiny_view

from claimbrief import analysis, prose
from claimbrief.analysis.counts import Count
from claimbrief.analysis.findings import Findings
from claimbrief.analysis.positions import first_left_open
from claimbrief.analysis.provenance import Origins
from claimbrief.prose.naming import short_name
from claimbrief.prose.other_questions import next_affirmed
from claimbrief.view import View

CRACKED = {"Cracked: one says so": "Roads Authority (Velland, 8 May)<a1> reportedly said so."}
HURT = {"Anybody hurt: one says so": "Pell (28 Apr)<i1> said so."}
DENIED = {
    "Denials: Karst Works denies the claims": (
        "Rill (Karst Works, 1–19 May)<b2>: “There is no crack in the east pier”."
    )
}


def changed_findings(
    changed: Changed, *cells: Cell, more: list[dict[str, str]] | None = None
) -> dict[str, str]:
    """Return the findings of the whole tiny package with these changes."""
    return found(tiny_view(folder=package(changed, *cells, more=more)))


# Each day of the tiny package


def test_the_findings_of_the_whole_package() -> None:
    unsafe = {"Unsafe: nobody says so outright": "Tarn<e1> and Nyra<w1> left it open."}
    assert found(tiny_view()) == unsafe | CRACKED | HURT | DENIED


def test_a_day_without_a_dated_statement_has_no_finding() -> None:
    block = findings(tiny_view("2019-04-27"))
    assert block.paragraphs == () and sentences(origins(tiny_view("2019-04-27"))) == []
    assert found(tiny_view("2019-04-28")) == HURT


def test_what_may_be_denied_only_later_is_possibly_denied() -> None:
    assert found(tiny_view("2019-05-12")) == CRACKED | HURT | {
        "Denials: possibly Karst Works denies the claims": (
            "Possibly Rill (Karst Works, 1–19 May)<b2>: “There is no crack in the east pier”."
        )
    }


def test_the_figures_behind_the_findings_are_published_with_them(changed: Changed) -> None:
    more = [
        said("c1", "lindqvist", "2019-05-02", "pier_cracked", "notes_reports", "Uu"),
        said("c2", "nyra", "2019-05-20", "pier_cracked", "affirms_hedged", "PR+", hedge="may"),
        said("c3", "doran", "2019-05-20", "pier_cracked", "notes_reports", "Uu"),
        said("c4", "drivers_union", "2019-05-20", "pier_cracked", "holds_possible", "PS+"),
        hurt("c5", "nyra", "2019-05-20", "2", "2"),
        hurt("c6", "lindqvist", "2019-05-20", "", "9"),
        said("d1", "rill", "2019-05-21", "pier_cracked", "declines", "Uu", denial="D-1"),
        said("d2", "karst_works", "2019-05-20", "welders_hurt", "dismisses", "CT−", denial="D2"),
        said("d3", "karst_works", "2019-05-21", "deck_fails", "not_yet", "CT−"),
    ]
    view = tiny_view(folder=package(changed, more=more))
    assert findings(view).numbers == {
        "claims": 21,
        "sides": {
            "Q3": {"says_so": 3, "says_likely": 0, "leaves_open": 0},
            "Q2": {"says_so": 1, "says_likely": 1, "leaves_open": 2},
        },
        "first_left_open": 0,
        "figures": [2, 9],
        "say_not_so_or_not_yet": 1,
        "dismissing_sides": 1,
        "dismissing_speakers": 2,
        "neither_confirmed_nor_denied": 1,
    }
    fewer = tiny_view(folder=package(changed, more=[*more[:4], *more[6:]]))
    assert findings(fewer).numbers["first_left_open"] == 1, "on the question that most affirm"
    so = said("d4", "pell", "2019-05-21", "deck_fails", "affirms", "CT+")
    also_first = tiny_view(folder=package(changed, more=[*more, so]))
    assert list(findings(also_first).numbers["sides"]) == ["Q3", "Q2"], "not the first question"


# The first question


def test_who_says_not_yet_stands_in_the_headline(changed: Changed) -> None:
    words = "The deck has not failed"
    more = [
        said("d1", "lindqvist", "2019-05-20", "deck_fails", "not_yet", "CT−", quote=words),
        said("d2", "pell", "2019-05-20", "deck_fails", "not_yet", "CT−"),
    ]
    head = "Unsafe: nobody says so outright; Velland said not yet of a part"
    assert (
        changed_findings(changed, more=more)[head] == f"Lindqvist (Velland, 20 May)<d1>: “{words}”."
    )
    dismissed = said("d3", "rill", "2019-05-20", "deck_fails", "dismisses", "CT−", denial="D2")
    found = changed_findings(changed, more=[*more, dismissed])
    assert found[head] == "Karst Works<d3> dismissed it.", "quoted where nothing else is to be said"


def test_of_more_than_three_governments_that_say_not_yet_the_number_is_said(
    changed: Changed,
) -> None:
    actors = ["lindqvist", "karst_works", "pell", "nyra"]
    kinds: list[Cell] = [("actors", actor, "kind", "state") for actor in actors[1:]]
    kinds.append(("actors", "pell", "kind", "alliance"))
    more = [
        said(f"d{day}", actor, f"2019-05-{day}", "deck_fails", "not_yet", "CT−", quote="Not yet")
        for day, actor in enumerate(actors, 16)
    ]
    lead = "Unsafe: nobody says so outright; "
    three = changed_findings(changed, *kinds, more=more[:3])
    assert next(iter(three)) == f"{lead}three said not yet of a part"
    four = changed_findings(changed, *kinds, more=more)
    assert next(iter(four)) == f"{lead}four said not yet of a part"


def test_a_side_that_later_leaves_open_what_it_said_is_not_yet_so_is_named(
    changed: Changed,
) -> None:
    head = "Unsafe: nobody says so outright; reportedly Velland said not yet of a part"
    not_yet = said("d1", "lindqvist", "2019-05-20", "deck_fails", "not_yet", "CT−")

    def body(day: str, stance: str = "cannot_confirm") -> str:
        commitment = "CT−" if stance == "not_yet" else "Uu"
        later = said("d2", "roads_authority", day, "deck_fails", stance, commitment)
        return changed_findings(changed, more=[not_yet, later]).get(head, "")

    assert body("2019-05-21").endswith("Velland (21 May)<d2> later could not confirm it.")
    supposed = body("2019-05-21", "supposes")
    assert supposed.endswith("Velland (21 May)<d2> later left it open.")
    for other in (body("2019-05-20"), body("2019-05-19"), body("2019-05-21", "not_yet")):
        assert "later" not in other


def test_of_others_who_say_not_yet_the_number_is_said(changed: Changed) -> None:
    more = [said("d2", "pell", "2019-05-20", "deck_fails", "not_yet", "CT−", quote="Not yet")]
    head = "Unsafe: nobody says so outright; one said not yet of a part"
    assert changed_findings(changed, more=more)[head] == "Pell (20 May)<d2>: “Not yet”."


def test_words_in_another_language_or_too_long_are_not_quoted(changed: Changed) -> None:
    long = " ".join(["no"] * 21)
    more = [said("d2", "pell", "2019-05-20", "deck_fails", "not_yet", "CT−", quote=long)]
    assert not any(long in body for body in changed_findings(changed, more=more).values())
    more = [said("d2", "pell", "2019-05-20", "deck_fails", "not_yet", "CT−", quote="Noch nicht")]
    more[0]["words"] = more[0]["words"].replace(",en,", ",de,")
    assert not any("Noch" in body for body in changed_findings(changed, more=more).values())


def test_a_denial_of_the_first_question_is_told_once(changed: Changed) -> None:
    cells = [("claims", "b2", "proposition_id", "bridge_unsafe")]
    words = changed_findings(changed, *cells)
    assert words["Unsafe: nobody says so outright; one says that it is not so"].startswith("Rill (")
    assert not any(head.startswith("Denials") for head in words)


def test_who_dismisses_the_first_question_is_named_where_it_is_told(changed: Changed) -> None:
    cells = [
        ("claims", "b2", "proposition_id", "bridge_unsafe"),
        ("claims", "b2", "stance", "dismisses"),
        ("claims", "b2", "denial", "D2"),
    ]
    body = changed_findings(changed, *cells)["Unsafe: nobody says so outright"]
    assert body.endswith(" Karst Works<b2> dismissed it.")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2019-05-08", "Roads Authority (Velland, 8 May, remarks to reporters)<c1> said so."),
        ("2019-05-09", "Roads Authority (Velland, 8 May)<a1> reportedly said so."),
    ],
)
def test_of_a_day_the_speaker_s_own_words_stand_for_what_is_also_reported(
    changed: Changed, day: str, words: str
) -> None:
    own = said("c1", "roads_authority", day, "pier_cracked", "affirms", "CT+", quote="Cracked")
    assert changed_findings(changed, more=[own])["Cracked: one says so"] == words


def test_who_denied_it_before_saying_so_had_denied_it(changed: Changed) -> None:
    more = [
        said("c1", "nyra", "2019-05-14", "bridge_unsafe", "denies", "CT−", denial="D3"),
        said("c2", "nyra", "2019-05-20", "bridge_unsafe", "affirms", "CT+"),
    ]
    unsafe = next(iter(changed_findings(changed, more=more).values()))
    assert unsafe.endswith("Nyra<c1> had denied it before.")
    unsafe = next(iter(changed_findings(changed, more=more[:1]).values()))
    assert "had denied" not in unsafe


def test_who_expects_it_is_not_said_to_leave_it_open(changed: Changed) -> None:
    row = b"deck_will_fail,Q1,the deck of the Orsa bridge will fail,bridge,to_come\n"
    more = [said("c1", "doran", "2019-05-20", "deck_will_fail", "affirms", "CT+")]
    folder = package(changed, more=more)
    folder = changed("propositions.csv", raw=lambda content: content + row, of=folder)
    words = found(tiny_view(folder=folder))["Unsafe: nobody says so outright"]
    assert words == "Tarn<c1> foresees it. Nyra<w1> left it open."


def test_who_says_so_is_named_with_the_day_and_of_many_some(changed: Changed) -> None:
    so: list[Cell] = [("claims", "m1", "stance", "affirms"), ("claims", "m1", "commitment", "CT+")]
    open_ = "Tarn<e1> and Nyra<w1> left it open."
    alone = changed_findings(changed, *so)["Unsafe: one says so"]
    assert alone == f"Velland (12 May)<m1> reportedly said so. {open_}"
    more = [
        said(f"c{day}", actor, f"2019-05-{day}", "bridge_unsafe", "affirms", "CT+")
        for day, actor in enumerate(("rill", "pell", "drivers_union"), 19)
    ]
    named = "Velland (12 May)<m1>, Karst Works (19 May)<c19>"
    assert changed_findings(changed, *so, more=more[:2])["Unsafe: three say so"] == (
        f"{named} and Pell (20 May)<c20> reportedly said so. {open_}"
    )
    assert changed_findings(changed, *so, more=more)["Unsafe: four say so"] == (
        f"{named}, Pell (20 May)<c20> and one more reportedly said so. {open_}"
    )


@pytest.mark.parametrize(
    ("stance", "commitment", "words"),
    [
        ("affirms", "CT+", "Tarn<c1> foresees it.| Nyra<c2> and Tarn<c1> foresee it."),
        ("affirms_hedged", "PR+", "Tarn<c1> calls it likely to come.| Nyra<c2> and Tarn<c1> call "
         "it likely to come."),
    ],
)  # fmt: skip
def test_those_who_expect_it_are_named_with_how_firmly_they_do(
    changed: Changed, stance: str, commitment: str, words: str
) -> None:
    forecast = b"deck_will_fail,Q1,the deck of the Orsa bridge will fail,bridge,to_come\n"
    hedge = "may" * (stance == "affirms_hedged")
    more = [
        said("c1", "doran", "2019-05-19", "deck_will_fail", stance, commitment, hedge=hedge),
        said("c2", "nyra", "2019-05-20", "deck_will_fail", stance, commitment, hedge=hedge),
    ]
    for count, expected in enumerate(words.split("| "), 1):
        folder = package(changed, more=more[:count])
        folder = changed("propositions.csv", raw=lambda content: content + forecast, of=folder)
        body = found(tiny_view(folder=folder))["Unsafe: nobody says so outright"]
        assert body == expected + (" Nyra<w1> left it open." if count == 1 else "")


def test_a_government_that_leaves_it_open_is_named_before_others(changed: Changed) -> None:
    cells = [("claims", "m1", "stance", "holds_possible"), ("claims", "m1", "commitment", "PS+")]
    words = changed_findings(changed, *cells)
    assert words["Unsafe: nobody says so"] == "Velland<m1>, Tarn<e1> and one more left it open."


@pytest.mark.parametrize(
    ("name", "short", "called"),
    [
        ("the Land of Velland", "LoV", "the LoV"),
        ("Land of Velland", "LoV", "LoV"),
        ("the Velland", "the Velland", "the Velland"),
    ],
)
def test_a_side_is_abbreviated_in_a_sentence_and_keeps_its_article(
    name: str, short: str, called: str
) -> None:
    context = context_of(tiny_view())
    context = replace(context, names={"velland": name}, abbreviations={"velland": short})
    assert short_name("velland", context) == called


# What most say


def test_who_took_it_back_is_named_and_counts_no_more(changed: Changed) -> None:
    more = [
        said("c1", "nyra", "2019-05-19", "pier_cracked", "affirms", "CT+"),
        said("c2", "velland", "2019-05-20", "pier_cracked", "denies", "CT−", denial="D3"),
    ]
    assert changed_findings(changed, more=more)["Cracked: one says so"] == (
        "Roads Authority (Velland, 8 May)<a1> reportedly said so first. Roads Authority (Velland, "
        "8 May)<a1> "
        "reportedly said so before, and Velland later went back on it."
    )
    assert changed_findings(changed, more=more[1:])["Cracked: nobody says so any more"] == (
        "Roads Authority (Velland, 8 May)<a1> reportedly said so before, and Velland later went "
        "back on it."
    )


def test_who_first_left_it_open_is_counted(changed: Changed) -> None:
    more = [
        said("c1", "lindqvist", "2019-05-02", "pier_cracked", "notes_reports", "Uu"),
        said("c2", "pell", "2019-05-20", "pier_cracked", "affirms", "CT+"),
    ]
    words = changed_findings(changed, more=more)
    head = "Cracked: two say so; one had left it open before"
    assert words[head] == "Roads Authority (Velland, 8 May)<a1> reportedly said so first."
    alone = changed_findings(changed, more=more[:1])
    assert "Cracked: one says so, and had left it open before" in alone


@pytest.mark.parametrize("day", ["2019-05-08", "2019-05-20"])
def test_who_leaves_it_open_on_the_day_or_later_did_not_leave_it_open_first(
    changed: Changed, day: str
) -> None:
    more = [said("c1", "lindqvist", day, "pier_cracked", "notes_reports", "Uu")]
    assert CRACKED.items() <= changed_findings(changed, more=more).items()


def test_two_voices_of_a_side_are_one_that_says_so(changed: Changed) -> None:
    more = [said("c1", "lindqvist", "2019-05-20", "pier_cracked", "affirms", "CT+")]
    assert CRACKED.items() <= changed_findings(changed, more=more).items()


def hurt(claim_id: str, actor: str, day: str, low: str, high: str) -> dict[str, str]:
    """Return the rows of one more statement of how many welders were hurt."""
    rows = said(claim_id, actor, day, "welders_hurt", "affirms", "CT+")
    return rows | {"claims": rows["claims"].replace(",,,,,A0", f",welders,,{low},{high},A0")}


def test_the_last_day_with_two_figures_that_differ_is_told_from_least_to_most(
    changed: Changed,
) -> None:
    more = [
        hurt("c1", "pell", "2019-05-20", "2", "2"),
        hurt("c2", "lindqvist", "2019-05-20", "", "9"),
        hurt("c3", "pell", "2019-05-21", "4", "4"),
    ]
    words = changed_findings(changed, more=more)["Anybody hurt: two say so"]
    assert words == (
        "Pell (28 Apr)<i1> said so first; the first government was reportedly Velland (20 "
        "May)<c2>. On 20 "
        "May figures, perhaps partial, ran from 2 (reportedly Pell<c1>) to at most 9 (reportedly "
        "Lindqvist<c2>)."
    )
    view = tiny_view(folder=package(changed, more=more))
    assert findings(view).numbers["figures"] == [2, 9]
    alone = changed_findings(changed, more=more[::2])
    assert "figures" not in alone.get("Anybody hurt: one says so", ""), "one figure a day"


def test_the_question_with_the_next_most_sides_has_a_finding(changed: Changed) -> None:
    more = [
        said("c1", "pell", "2019-05-20", "pier_cracked", "affirms", "CT+"),
        said("c2", "nyra", "2019-05-20", "pier_cracked", "affirms", "CT+"),
    ]
    words = changed_findings(changed, more=more)
    assert (
        words["Cracked: three say so"]
        == "Roads Authority (Velland, 8 May)<a1> reportedly said so first."
    )
    assert HURT.items() <= words.items()


def test_of_the_next_two_questions_it_is_said_who_was_first(changed: Changed) -> None:
    more = [
        said("c3", "doran", "2019-05-21", "pier_cracked", "affirms", "CT+"),
        said("c4", "lindqvist", "2019-05-21", "welders_hurt", "affirms", "CT+"),
    ]
    view = tiny_view(folder=package(changed, more=more))
    words = next_affirmed(findings_of(view), ["Q2", "Q3"], context_of(view))
    assert cited(words) == (
        "Cracked: two say so. Anybody hurt: two | First on each: Roads Authority (Velland, "
        "8 May)<a1> (reportedly); Pell (28 Apr)<i1>."
    )


def test_of_five_questions_the_findings_are_of_the_first_and_the_three_most_affirmed(
    changed: Changed,
) -> None:
    words = ["Repaired", "Sold", "Painted"]
    codes = "".join(
        f"question,P{place},{it}?,Whether the bridge was {it.lower()}.,{place}\n"
        for place, it in enumerate(words, 7)
    )
    rows = "".join(
        f"is_{it.lower()},P{place},The bridge was {it.lower()}.,bridge,so\n"
        for place, it in enumerate(words, 7)
    )
    more = [
        said("c1", "pell", "2019-05-20", "is_repaired", "affirms", "CT+"),
        said("c2", "pell", "2019-05-21", "is_sold", "affirms", "CT+"),
        said("c3", "nyra", "2019-05-21", "is_sold", "affirms", "CT+"),
        said("c4", "pell", "2019-05-21", "is_painted", "affirms", "CT+"),
    ]
    folder = package(changed, more=more)
    for name, added in (("vocabulary.csv", codes), ("propositions.csv", rows)):
        folder = changed(name, raw=lambda content, a=added: content + a.encode(), of=folder)
    view = tiny_view(folder=folder)
    heads = list(found(view))
    assert [head for head in heads if "outright" not in head and "Denials" not in head] == [
        "Sold: two say so",
        "Anybody hurt: one says so. Repaired: one",
    ], "of as many, those that have most sides in common with the first"
    assert findings(view).numbers["sides"] == {
        code: {"says_so": count, "says_likely": 0, "leaves_open": 0}
        for code, count in (("P8", 2), ("Q3", 1), ("P7", 1))
    }


def test_who_may_not_have_been_the_first_was_perhaps_first_with_others(changed: Changed) -> None:
    limit = [
        said(f"c{place}", actor, "2019-05-20", "pier_cracked", "affirms", "CT+")
        for place, actor in enumerate(("pell", "nyra"))
    ]
    hurt_too = said("c3", "nyra", "[2019-04-20..2019-04-30]", "welders_hurt", "affirms", "CT+")
    words = changed_findings(changed, more=[*limit, hurt_too])["Anybody hurt: two say so"]
    assert words == "Pell (28 Apr)<i1>, perhaps with others, said so first."
    later = said("c3", "nyra", "2019-04-29", "welders_hurt", "affirms", "CT+")
    words = changed_findings(changed, more=[*limit, later])["Anybody hurt: two say so"]
    assert words == "Pell (28 Apr)<i1> said so first."


def test_the_first_government_is_named_behind_who_said_so_before_it(changed: Changed) -> None:
    sources = [
        said("c1", "pell", "2019-05-01", "pier_cracked", "affirms", "CT+"),
        said("c2", "nyra", "2019-05-20", "pier_cracked", "affirms", "CT+"),
    ]
    words = changed_findings(changed, more=sources)["Cracked: three say so"]
    assert (
        words
        == "Pell (1 May)<c1> reportedly said so first; the first government was reportedly Velland "
        "(8 May)<a1>."
    )
    kind = ("actors", "nyra", "kind", "state")
    sources[1] = said("c2", "nyra", "2019-05-08", "pier_cracked", "affirms", "CT+")
    words = changed_findings(changed, kind, more=sources)["Cracked: three say so"]
    assert words == "Pell (1 May)<c1> reportedly said so first.", "two governments on a day"


def test_who_calls_it_likely_is_named_where_few_say_so_and_who_leaves_it_open_counted(
    changed: Changed,
) -> None:
    more = [
        said("c1", "pell", "2019-05-20", "pier_cracked", "affirms_hedged", "PR+", hedge="may"),
        said("c2", "nyra", "2019-05-20", "pier_cracked", "notes_reports", "Uu"),
        said("c3", "doran", "2019-05-20", "pier_cracked", "notes_reports", "Uu"),
        said("c4", "lindqvist", "2019-05-21", "welders_hurt", "denies", "CT−", denial="D3"),
    ]
    first = "Roads Authority (Velland, 8 May)<a1> reportedly said so."
    assert changed_findings(changed, more=more)["Cracked: one says so"] == (
        f"{first} Pell<c1> reportedly called it likely, two others left it open."
    )
    assert changed_findings(changed, more=more[:2])["Cracked: one says so"] == (
        f"{first} Pell<c1> reportedly called it likely, Nyra<c2> left it open."
    )
    more += [
        said(f"d{place}", actor, "2019-05-20", "pier_cracked", "affirms", "CT+")
        for place, actor in enumerate(("tolm", "drivers_union"))
    ]
    assert changed_findings(changed, more=more)["Cracked: three say so"] == (
        f"{first[:-1]} first. Two others left it open."
    ), "where many say so, who calls it likely is left out"


def test_where_all_that_say_so_first_left_it_open_the_headline_says_so(changed: Changed) -> None:
    more = [
        said("c1", "lindqvist", "2019-05-02", "pier_cracked", "notes_reports", "Uu"),
        said("c2", "pell", "2019-05-02", "pier_cracked", "notes_reports", "Uu"),
        said("c3", "pell", "2019-05-20", "pier_cracked", "affirms", "CT+"),
    ]
    heads = changed_findings(changed, more=more)
    assert "Cracked: two say so; all had left it open before" in heads


def test_a_figure_that_is_at_least_so_many_is_told_as_that(changed: Changed) -> None:
    more = [
        hurt("c1", "nyra", "2019-05-20", "1200", ""),
        hurt("c2", "lindqvist", "2019-05-20", "2000", "3000"),
        hurt("c3", "tolm", "2019-05-20", "1500", "1500"),
    ]
    words = changed_findings(changed, more=more)["Anybody hurt: four say so"]
    least, greatest = "at least 1,200 (reportedly Nyra<c1>)", "3,000 (reportedly Lindqvist<c2>)"
    assert f"figures, perhaps partial, ran from {least} to {greatest}." in words
    rows = [*more, hurt("c4", "nyra", "2019-05-21", "1", "1")]
    assert changed_findings(changed, more=rows)["Anybody hurt: four say so"] == words, (
        "a single figure of a day gives no range"
    )


# Denials


def test_denials_without_words_to_quote_are_told_by_who_spoke(changed: Changed) -> None:
    cells: list[Cell] = [
        ("claims", "b2", "rendering", "indirect"),
        ("claims", "b2", "quote", ""),
    ]
    alone = changed_findings(changed, *cells)["Denials: Karst Works denies the claims"]
    assert alone == "Rill (Karst Works, 1–19 May)<b2> denied them."
    more = [said("d1", "doran", "2019-05-20", "pier_cracked", "dismisses", "CT−", denial="D2")]
    both = changed_findings(changed, *cells, more=more)
    assert both["Denials: Karst Works and Tarn dismiss or deny the claims"] == (
        "Two speakers dismissed or denied them."
    )


def test_a_side_that_only_dismisses_does_not_state_the_contrary(changed: Changed) -> None:
    cells = [("claims", "b2", "stance", "dismisses"), ("claims", "b2", "denial", "D2")]
    head = "Denials: Karst Works dismisses the claims but does not state the contrary"
    assert head in changed_findings(changed, *cells)
    more = [said("d1", "doran", "2019-05-20", "pier_cracked", "dismisses", "CT−", denial="D2")]
    words = changed_findings(changed, *cells, more=more)
    head = "Denials: Karst Works and Tarn dismiss the claims; none states the contrary"
    assert words[head] == DENIED["Denials: Karst Works denies the claims"], "a single one is quoted"


def test_of_many_sides_that_deny_the_number_is_said(changed: Changed) -> None:
    actors = ["doran", "nyra", "drivers_union"]
    more = [
        said(f"d{place}", actor, "2019-05-20", "pier_cracked", "denies", "CT−", denial="D3")
        for place, actor in enumerate(actors)
    ]
    assert "Denials: four sides deny the claims" in changed_findings(changed, more=more)


UNNAMED: list[Cell] = [
    ("propositions", "no_photograph", "question_id", "QU"),
    ("claims", "b2", "proposition_id", "no_photograph"),
    ("claims", "b2", "stance", "dismisses"),
    ("claims", "b2", "denial", "D2"),
]


def test_a_side_whose_words_name_nothing_stands_apart_from_those_that_deny_the_claims(
    changed: Changed,
) -> None:
    more = [said("d1", "doran", "2019-05-20", "pier_cracked", "denies", "CT−", denial="D3")]
    words = changed_findings(changed, *UNNAMED, more=more)
    assert words["Denials: Tarn denies the claims"].endswith(
        " Karst Works (1–19 May)<b2> dismissed unspecified accusations."
    )
    alone = changed_findings(changed, *UNNAMED)
    assert alone["Denials: Karst Works dismisses unspecified accusations"].startswith(
        "Rill (Karst Works, 1–19 May)<b2>: “"
    )


def test_the_words_that_name_what_they_deny_are_quoted(changed: Changed) -> None:
    named = said(
        "d1", "rill", "2019-05-21", "pier_cracked", "dismisses", "CT−", denial="D2", quote="A tale"
    )
    words = changed_findings(changed, *UNNAMED, more=[named])
    head = "Denials: Karst Works dismisses the claims but does not state the contrary"
    assert words[head] == "Rill (Karst Works, 21 May)<d1>: “A tale”."


def test_of_several_denials_of_a_day_the_words_are_quoted_that_the_page_on_denials_has(
    changed: Changed,
) -> None:
    row = b"deck_will_fail,Q1,the deck of the Orsa bridge will fail,bridge,to_come\n"
    more = [
        said("c1", "doran", "2019-04-25", "deck_will_fail", "dismisses", "CT−", denial="D2",
             quote="It will hold"),
        said("c2", "doran", "2019-04-25", "pier_cracked", "dismisses", "CT−", denial="D2",
             quote="A tale", utterance="of_c1"),
    ]  # fmt: skip
    folder = package(changed, more=more)
    folder = changed("propositions.csv", raw=lambda content: content + row, of=folder)
    view = tiny_view(folder=folder)
    (words,) = (words for head, words in found(view).items() if head.startswith("Denials"))
    assert words.startswith("Doran (Tarn, 25 Apr)<c2>: “A tale”.")
    frame = analysis.denials_by_day(view)
    assert ["c2"] in frame["claim_ids"].tolist()


def test_an_answer_of_a_denying_side_that_says_neither_is_told(changed: Changed) -> None:
    more = [
        said("d1", "rill", "2019-05-21", "pier_cracked", "declines", "Uu", denial="D-1"),
        said("d2", "pell", "2019-05-21", "pier_cracked", "declines", "Uu", denial="D-1"),
    ]
    body = changed_findings(changed, more=more)["Denials: Karst Works denies the claims"]
    assert body.endswith("”. Rill (21 May)<d1> neither confirmed nor denied."), (
        "Pell denies nothing"
    )


# Origins


def test_origins_are_counted_at_least_and_at_most() -> None:
    view = tiny_view()
    spoken = "Claims by three speakers go back to one or two independent sources."
    assert sentences(origins(view)) == [
        f"Nothing shown is recorded as independently checked. {spoken}"
    ]
    assert sentences(origins(tiny_view("2019-05-20"))) == [spoken], "nothing was shown yet"
    assert origins(view).numbers == {
        "asserting_speakers": [3, 3],
        "asserting_sides": [2, 2],
        "origins": [1, 2],
        "items_public": [1, 1],
        "items_checked": 0,
    }
    reported = origins(tiny_view("2019-05-14", basis="reported")).numbers
    assert (reported["asserting_speakers"], reported["asserting_sides"]) == ([1, 3], [1, 2])
    for span, words in {
        Origins(2, 5): "go back to between two and five independent sources.",
        Origins(1, 1): "go back to one independent source.",
        Origins(3, 3): "go back to three independent sources.",
    }.items():
        assert of(replace(findings_of(view), origins=span), view).endswith(words)
    alone = replace(findings_of(view), asserting_speakers=Count(1), origins=Origins(1, 1))
    assert of(alone, view).endswith("Claims by one speaker go back to one independent source.")


def of(other: Findings, view: View) -> str:
    """Return what is said of the origins in other findings."""
    (words,) = prose.support({view.at.as_of: other}, context_of(view)).paragraphs
    return plain(words)


def test_voices_that_may_be_later_than_the_day_make_a_range() -> None:
    (words,) = sentences(origins(tiny_view("2019-05-14", basis="reported")))
    assert words.startswith("Claims by one to three speakers go back to ")


def test_what_an_independent_party_checked_is_counted() -> None:
    view = tiny_view()
    checked = replace(findings_of(view), items_checked=1, items_public=Count(2))
    assert of(checked, view).startswith(
        "One of the things shown is recorded as independently checked. "
    )


# October


def test_the_findings_of_the_last_day_of_october() -> None:
    words = found(real_view())
    assert list(words) == [
        "Fighting: no government says so; Ukraine said not yet",
        "Sent to Russia: 28 say so; seven had left it open before",
        "Some part in the war: 13 say so. In Kursk: eight",
        "Denials: Russia and Belarus dismiss or deny the claims",
    ]
    fighting, sent, nearer, denied = words.values()
    assert fighting == ("Ukraine<o18f> foresees it. The US<o55b> calls it likely to come.")
    assert sent == (
        "An unnamed Ukrainian official (Washington Post, 11 Oct)<w858a> reportedly said so first; "
        "the "
        "first government was Ukraine (13 Oct)<z6>. Twelve others left it open. On 30 Oct "
        "figures, perhaps partial, ran from about 3,000 (Zelenskyy<o84e>) up to 12,000 "
        "(reportedly Kyslytsya<o85a>), both Ukraine."
    )
    assert nearer == (
        "First on each: Podolyak (Ukraine, 15 Oct)<w911c>; Ukraine’s military intelligence "
        "(24 Oct)<o61a>."
    )
    assert denied == (
        "Peskov (Russia, 10 Oct)<o4a>: “This looks like another bit of fake news”. North Korea "
        "(25 Oct)<o69a> dismissed unspecified accusations and left “Sent to Russia” open. Putin "
        "(24 Oct)<o58a> neither confirmed nor denied."
    )


def test_of_a_side_on_its_way_to_say_so_the_first_statement_left_it_open() -> None:
    rows = findings_of(real_view()).positions
    assert set(first_left_open(rows[rows["question_id"] == "Q2"])) == {
        "south_korea",
        "united_states",
        "nato",
        "european_union",
        "norway",
        "france",
        "people_power_party",
    }
