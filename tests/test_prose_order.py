"""Sentences on glosses, on the order of denials, on coverage, known gaps and coders.

The answers of the tiny package are worked by hand in tests/tiny/README.md.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from phrases import Cell, agreement, coverage, glosses, only, order, package, read, said
from views import context_of, sentences, tiny_view

from claimbrief import analysis, prose

# Glosses


def test_a_summary_that_drops_a_hedge_goes_beyond_what_it_renders() -> None:
    assert only(glosses(tiny_view())) == (
        "Glosses and summaries go beyond what they render: in one place they drop a hedge – "
        "Northern Ledger on Lindqvist (12 May)<m2>."
    )
    counts = {"stronger_glosses": 0, "firmer_glosses": 1, "content_only_in_glosses": 0}
    assert glosses(tiny_view()).numbers == counts
    assert only(glosses(tiny_view("2019-05-12"))) == (
        "No gloss or summary in the record goes beyond what it renders."
    ), "the article cannot have appeared"


def test_each_way_of_going_beyond_the_words_is_counted_with_its_claims(changed: Changed) -> None:
    row = {"propositions": "unnamed,QU,A report that the words do not name.,unstated,so\n"}
    cells: list[Cell] = [
        ("claims", "b2", "proposition_id", "unnamed"),
        ("claims", "b2", "stance", "dismisses"),
        ("claims", "b2", "denial", "D2"),
        ("claims", "e1", "proposition_id", "pier_cracked"),
    ]
    folder = package(changed, *cells, more=[row])
    assert only(glosses(tiny_view(folder=folder))) == (
        "Glosses and summaries go beyond what they render: in one place they make a claim nearer "
        "to the question of the title – Northern Ledger on Doran (by 19 May)<e0>; in one place "
        "they drop a hedge – Northern Ledger on Lindqvist (12 May)<m2>; in one place they alone "
        "say what is meant – Northern Ledger on Rill (1–19 May)<b1>."
    )


# The order of denials

CRACKED = [
    said("c1", "pell", "2019-04-28", "pier_cracked", "affirms", "CT+"),
    said("c2", "pell", "2019-05-12", "pier_cracked", "affirms", "CT+"),
]


def test_a_denial_came_after_some_assertions_and_in_no_known_order_to_others(
    changed: Changed,
) -> None:
    folder = package(changed, more=CRACKED)
    own = (
        "Rill<b2> spoke on a day from 1 to 19 May 2019, after one assertion on the same question, "
        "that of Pell (28 Apr, remarks to reporters)<c1>; the order cannot be told for two "
        "assertions on the same "
        "question, those of Roads Authority (Velland, 8 May)<a1> and Pell (12 May)<c2>."
    )
    assert only(order(tiny_view(folder=folder))) == (
        f"{own} If the words were spoken on 10 May 2019, as Tarn Gazette says, they came after "
        "Pell (28 Apr, remarks to reporters)<c1> and Roads Authority (Velland, 8 May)<a1> and "
        "before Pell (12 May)<c2>."
    )
    assert order(tiny_view(folder=folder)).numbers == {"denials": 1, "undetermined": 2}
    early = only(order(tiny_view("2019-05-09", folder)))
    assert early == own.replace("two assertions", "one assertion").replace("those", "that").replace(
        " and Pell (12 May)<c2>", ""
    )


def test_an_assertion_after_a_denial_is_none_that_it_answers(changed: Changed) -> None:
    day = ("utterances", "builder_denial", "date", "2019-05-09")
    assert only(order(tiny_view(folder=package(changed, day, more=CRACKED)))).startswith(
        "Rill<b2> spoke on 9 May 2019, after two assertions on the same question, those of Pell "
        "(28 Apr, remarks to reporters)<c1> and Roads Authority (Velland, 8 May)<a1>, and before "
        "one, that of Pell (12 May)<c2>."
    )
    none = order(tiny_view("2019-04-30"))
    assert only(none) == "No denial had been said by 30 April 2019."
    assert none.numbers == {"denials": 0}


def test_what_answers_another_question_is_no_assertion_that_a_denial_can_answer(
    changed: Changed,
) -> None:
    hurt = ("claims", "b2", "proposition_id", "deck_fails")
    assert "m1" in only(order(tiny_view(folder=changed(*hurt)))), "it is of the same question"
    apart = changed("propositions", "deck_fails", "question_id", "Q3", of=changed(*hurt))
    words = only(order(tiny_view(folder=apart)))
    assert "i1" in words and "m1" not in words and "a1" not in words
    alone = changed("claims", "i1", "stance", "holds_possible", of=apart)
    alone = changed("claims", "i1", "commitment", "PS+", of=alone)
    assert only(order(tiny_view(folder=alone))) == (
        "Rill<b2> spoke on a day from 1 to 19 May 2019; there is no assertion on the same question."
    )


def test_a_denial_whose_words_name_nothing_may_answer_what_is_said_on_any_question(
    changed: Changed,
) -> None:
    row = {"propositions": "unnamed,QU,A report that the words do not name.,unstated,so\n"}
    unnamed = ("claims", "b2", "proposition_id", "unnamed")
    assert only(order(tiny_view(folder=package(changed, unnamed, more=[row])))).startswith(
        "Rill<b2> spoke on a day from 1 to 19 May 2019, after one assertion, that of Pell (28 "
        "Apr)<i1>; the order cannot be told for two assertions, those of Roads Authority (Velland, "
        "8 May)<a1> and Lindqvist (Velland, 12 May)<m1>."
    )


def test_a_denial_of_what_is_to_come_may_answer_what_was_foretold(changed: Changed) -> None:
    to_come = ("propositions", "pier_cracked", "phase", "to_come")
    words = only(order(tiny_view(folder=package(changed, to_come, more=CRACKED))))
    assert "that of Pell (28 Apr, remarks to reporters)<c1>; the order cannot" in words


def test_more_assertions_than_a_sentence_takes_are_counted_and_not_cited() -> None:
    register = analysis.denial_register(tiny_view())
    seven = [[f"c{n}" for n in range(7)]]
    many = register.assign(before=seven, if_before=seven, if_after=[["a1", "m1"]])
    block = prose.order_of_denials(many, context_of(tiny_view()))
    assert ", after seven assertions on the same question; the order cannot" in only(block)
    assert only(block).endswith(
        " If the words were spoken on 10 May 2019, as Tarn Gazette says, they came after seven "
        "of them and before Roads Authority (Velland, 8 May)<a1> and Lindqvist (Velland, 12 "
        "May)<m1>."
    )


def test_of_many_denials_those_after_an_assertion_are_counted() -> None:
    register = analysis.denial_register(tiny_view()).assign(before=[["c1"]])
    first = register.assign(before=[[]], undetermined=[[]], claim_id="i1")
    many = pd.concat([register] * 6 + [first])
    block = prose.order_of_denials(many, context_of(tiny_view()))
    assert only(block) == (
        "Six of seven denying claims came after at least one assertion on the question of what "
        "they deny (on any, if the words name none); one came after none, that of Pell (28 "
        "Apr)<i1>. For six there are also assertions whose order cannot be told, which may be of "
        "the same day. "
        "A denial that came after an assertion need not answer it; the register of denials says "
        "what each denies."
    )
    assert block.numbers == {"denials": 7, "undetermined": 6}
    settled = pd.concat([register.assign(undetermined=[[]])] * 7)
    words = only(prose.order_of_denials(settled, context_of(tiny_view())))
    assert words.startswith(
        "All seven denying claims came after at least one assertion on the question of what "
        "they deny (on any, if the words name none). A denial that came after "
    )
    two = first.assign(claim_id="a1")
    words = only(prose.order_of_denials(pd.concat([many, two]), context_of(tiny_view())))
    assert words.startswith("Six of eight denying claims came after ")
    those = "; two came after none, those of Pell (28 Apr)<i1> and Roads Authority (Velland, 8 May)"
    assert f"{those}<a1>. For six " in words
    none = pd.concat([first] * 7)
    words = only(prose.order_of_denials(none, context_of(tiny_view())))
    assert words.startswith("None of seven denying claims came after at least one assertion ")


# Coverage, gaps and coders


def test_the_coverage_of_the_text_and_of_the_window_is_said() -> None:
    text, window = map(read, coverage(tiny_view()).paragraphs)
    assert text == (
        "Of 1,143 characters in one coded text, 816 lie in the span of a claim and 137 are "
        "excluded with a reason; the rest is attribution and line ends. The check refuses a "
        "dataset in which a sentence is neither."
    )
    assert window == (  # 20 to 31 May: the article is of the 19th at the latest
        "No source in view can have appeared on the last twelve days of the window, or later: "
        "nothing could be recorded for them."
    )
    assert coverage(tiny_view()).numbers == {
        "characters": 1143, "claimed": 816, "excluded": 137, "uncovered_days": 12,
    }  # fmt: skip
    _, window = map(read, coverage(tiny_view(window_end="2019-05-20")).paragraphs)
    assert window == (
        "No source in view can have appeared on the last day of the window, or later: nothing "
        "could be recorded for it."
    )
    (text,) = map(read, coverage(tiny_view(window_end="2019-05-19")).paragraphs)
    assert text.startswith("Of 1,143 characters ")
    none = prose.coverage(
        analysis.coverage(tiny_view()).iloc[:0], analysis.uncovered_days(tiny_view())
    )
    assert read(none.paragraphs[0]) == "No source in view has a coded text."


def test_gaps_are_the_datasets_and_those_of_a_part_are_not_named(changed: Changed) -> None:
    none = "The dataset names no gap that is known, beyond its sources."
    view = tiny_view(folder=described(changed, known_gaps=["The diver’s log.", "Tolls."]))
    part = tiny_view(folder=view.whole.folder, sources=["ledger_bridge"])
    for gaps in (prose.known_gaps, prose.known_gaps_in_full):
        assert only(gaps(context_of(tiny_view()))) == none
        assert sentences(gaps(context_of(view))) == ["The diver’s log.", "Tolls."]
        assert only(gaps(context_of(part))) == none


def test_a_reading_that_decides_the_answer_is_named_first_from_the_day_of_its_claim(
    changed: Changed,
) -> None:
    reading = {"claim_id": "m1", "note": "Read otherwise, m1 says so."}
    folder = described(changed, known_gaps=["Tolls."], decisive_readings=[reading])
    for as_of, named in (("2019-05-11", []), ("2019-05-12", ["Read otherwise, m1 says so."])):
        context = context_of(tiny_view(as_of, folder))
        for gaps in (prose.known_gaps, prose.known_gaps_in_full):
            assert sentences(gaps(context)) == [*named, "Tolls."]


def test_further_readings_that_decide_the_answer_are_counted_apart_from_gaps(
    changed: Changed,
) -> None:
    notes = [f"Read otherwise, {claim} says so." for claim in ("m1", "a1", "i1")]
    readings = [
        {"claim_id": claim, "note": note}
        for claim, note in zip(("m1", "a1", "i1"), notes, strict=True)
    ]
    gaps = [" ".join(["Gap"] * 90), "Tolls."]
    context = context_of(
        tiny_view(folder=described(changed, known_gaps=gaps, decisive_readings=readings))
    )
    named = prose.known_gaps(context)
    assert sentences(named) == [f"{notes[0]} The record names two more readings and two more gaps."]
    assert named.numbers == {"gaps": 5}
    assert sentences(prose.known_gaps_in_full(context)) == [*notes, *gaps]


@pytest.mark.parametrize(
    ("lengths", "named", "more"),
    [([89, 1], 2, ""), ([89, 2], 1, " The record names one more gap."),
     ([100], 1, ""), ([100, 1, 1], 1, " The record names two more gaps."),
     ([45, 45, 1, 1], 2, " The record names two more gaps.")],
)  # fmt: skip
def test_the_brief_names_as_many_gaps_as_it_has_room_for_and_counts_the_others(
    changed: Changed, lengths: list[int], named: int, more: str
) -> None:
    gaps = [" ".join([f"Gap{at}"] * length) + "." for at, length in enumerate(lengths)]
    context = context_of(tiny_view(folder=described(changed, known_gaps=gaps)))
    *others, last = gaps[:named]
    assert sentences(prose.known_gaps(context)) == [*others, last + more]
    assert sentences(prose.known_gaps_in_full(context)) == gaps
    assert prose.known_gaps(context).numbers == {"gaps": len(gaps)}


def described(changed: Changed, **added: object) -> Path:
    """Return a copy of the package whose descriptor says something more."""

    def with_more(content: bytes) -> bytes:
        return json.dumps(json.loads(content) | added, ensure_ascii=False, indent=2).encode()

    return changed("datapackage.json", raw=with_more)


COULD = (
    "Two coders coded four claims apart from each other. The table gives, for each variable, the "
    "share to which both gave the same value, and Krippendorff’s alpha, which takes away what "
    "chance would give (1 is full agreement, 0 is chance). They agree least on stance (alpha 0.72)."
)


def test_two_coders_agree_least_on_what_has_the_lowest_alpha(changed: Changed) -> None:
    assert only(agreement(tiny_view())) == COULD
    noted = described(changed, codings_note="The second worked blind.")
    assert sentences(agreement(tiny_view(folder=noted))) == [COULD, "The second worked blind."]
    assert agreement(tiny_view()).numbers == {"coders": 2, "units": 4}
    frame = analysis.agreement(tiny_view()).assign(alpha=None)
    record, context = analysis.record(tiny_view()), context_of(tiny_view())
    undefined = only(prose.coder_agreement(frame.iloc[::-1], record, context))
    assert undefined.endswith(f"They agree least on {frame['variable'].iloc[-1]}.")


def test_agreement_that_was_not_measured_is_said_not_to_have_been() -> None:
    view = tiny_view()
    frame = analysis.agreement(view).iloc[:0]
    single_coder = replace(analysis.record(view), coders=1)
    words = only(prose.coder_agreement(frame, single_coder, context_of(view)))
    assert words == (
        "Not measured: the dataset holds no values of a second coder. The notes on each card say "
        "where another reading was possible."
    )
    block = prose.coder_agreement(frame, single_coder, context_of(view))
    assert (block.block_id, block.numbers) == ("coder-agreement", {"coders": 1})
