"""The title and the limits of the record; and what holds of every sentence and view.

The answers of the tiny package are worked by hand in tests/tiny/README.md.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from phrases import (
    agreement,
    answer,
    coverage,
    findings,
    glosses,
    limits,
    limits_in_full,
    only,
    order,
    origins,
    read,
)
from views import VIEWS, article_view, context_of, findings_of, real_view, sentences, tiny_view

from claimbrief import analysis, prose
from claimbrief.blocks import Prose, Title, neutral
from claimbrief.texts import hrefs
from claimbrief.view import View

PROSE = Path(prose.__file__).parent
FIGURE = re.compile(r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen)\b")

MORE = VIEWS | {
    "article, as of 10 October": lambda: article_view("2024-10-10"),
    "article, nothing reported": lambda: article_view("2024-10-10", basis="reported"),
    "October, as of 18 October": lambda: real_view("2024-10-18"),
    "October, reported by 24 October": lambda: real_view("2024-10-24", basis="reported"),
}


def title(view: View) -> Title:
    return prose.title(findings_of(view), analysis.record(view), context_of(view))


def facts(view: View) -> dict[str, str]:
    return {fact.label: read(fact.value) for fact in title(view).facts}


def blocks_of(view: View) -> list[Prose]:
    """Return every block of prose of a view but the gaps, which the dataset words itself."""
    front = (answer, findings, origins, limits)
    makers = (*front, limits_in_full, glosses, order, coverage, agreement)
    return [make(view) for make in makers]


@pytest.fixture(name="view", params=MORE, scope="module")
def _view(request: pytest.FixtureRequest) -> View:
    return MORE[request.param]()


@pytest.fixture(name="blocks", scope="module")
def _blocks(view: View) -> list[Prose]:
    return blocks_of(view)


# What holds of every sentence


def test_every_link_leads_to_a_claim_in_view(view: View, blocks: list[Prose]) -> None:
    for block in blocks:
        links = {href[1:] for href in hrefs(neutral(block)) if href.startswith("#")}
        links -= {"known-gaps"} if block.block_id == "limits-of-record" else set()
        assert links <= set(view.statements["claim_id"]), block.block_id


def test_every_sentence_ends_and_begins_as_a_sentence(blocks: list[Prose]) -> None:
    for sentence in (words for block in blocks for words in sentences(block)):
        assert sentence[0].isupper() or sentence[0].isdigit(), sentence
        assert sentence[-1] in ".”", sentence
        assert "  " not in sentence and " ." not in sentence and ".." not in sentence, sentence


@pytest.mark.parametrize("path", sorted(PROSE.glob("*.py")), ids=lambda path: path.stem)
def test_no_figure_is_typed_into_the_words_of_the_prose(path: Path) -> None:
    nodes = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    notes = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}  # docstrings
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            words = node.value.replace("(1 is full agreement, 0 is chance)", "")  # alpha's own ends
            assert not FIGURE.search(words), (node.lineno, node.value)


def test_each_block_has_the_name_under_which_its_numbers_are_published() -> None:
    names = [
        "answer", "findings", "support", "limits-of-record", "limits-in-full",
        "outlet-and-speaker", "order-of-denials", "coverage", "coder-agreement",
    ]  # fmt: skip
    for view in (tiny_view(), tiny_view("2019-04-27", actors=["karst_works"])):
        assert [block.block_id for block in blocks_of(view)] == names


# The title


def test_the_title_says_what_the_record_is_and_as_of_when() -> None:
    view = tiny_view()
    assert facts(view) == {
        "As of": "what had been said by 31 May 2019",
        "Record": "twelve claims from one of two documents",
        "Latest dated statement": "12 May 2019",
        "Dataset": "orsa-bridge-may-2019 1.0.0",
        "Digest": view.whole.digest[:12],
    }
    head = title(view)
    assert head.numbers == {"as_of": "2019-05-31", "claims": 12}
    assert (head.block_id, head.when) == ("title", "Statements until 31 May 2019")
    assert (head.question, head.day) == ("Is the new Orsa bridge unsafe?", "2019-05-31")
    assert head.language == "en" and head.subtitle == "Who says so, and what they have shown"
    other = replace(context_of(view), descriptor={**view.whole.descriptor, "language": "de"})
    assert prose.title(findings_of(view), analysis.record(view), other).language == "de"
    unnamed = {key: value for key, value in view.whole.descriptor.items() if key != "language"}
    other = replace(context_of(view), descriptor=unnamed)
    assert prose.title(findings_of(view), analysis.record(view), other).language == "en"


def test_statements_are_until_the_end_of_the_window_where_the_day_is_later() -> None:
    assert title(tiny_view("2019-06-15")).when == "Statements until 31 May 2019"
    assert title(tiny_view("2019-05-14")).when == "Statements until 14 May 2019"
    reported = tiny_view("2019-06-15", basis="reported")
    assert title(reported).when == "Reports until 15 June 2019"


def test_the_title_keeps_what_is_only_possible_apart() -> None:
    reported = facts(tiny_view("2019-05-14", basis="reported"))
    assert reported["As of"] == "what had been reported by 14 May 2019"
    assert reported["Record"] == "one claim and possibly eleven more from one of two documents"
    assert facts(tiny_view("2019-05-12"))["Record"].startswith("three claims and possibly five")
    nothing = facts(tiny_view("2019-04-27", actors=["karst_works"]))
    assert nothing["Record"] == "no claims from no documents"
    assert nothing["Latest dated statement"] == "none"
    assert facts(article_view())["Record"] == "31 claims from one document"


# The limits of the record

LAST = "The record shows who said what; it does not show who is right."
RESTING = (
    "Of seven claims on the questions, three rest on the speaker’s own words, four on a source’s "
    "report of them, one of these with some words quoted, and none on a paraphrase alone."
)


def test_a_single_document_that_is_left_is_one_and_no_rest(changed: Changed) -> None:
    folder = changed("words", "w_minister_1", "extent", "excerpt")
    words = only(limits_in_full(tiny_view(folder=folder)))
    assert "one coded in full, one more in excerpts or as others report it. " in words


def test_the_limits_count_documents_ranges_reports_and_what_claims_rest_on() -> None:
    block = limits_in_full(tiny_view())
    assert only(block) == (
        "The record is two documents of two publishers: one coded in full, the "
        "other seen as a whole page or statement. Of six statements in it, "
        "three can be dated to no single day and are kept as ranges. No statement has a text of "
        "the speaker’s side or the interviewing broadcaster among the sources, five have one "
        "report, agency or interview; one, whatever its source, reaches us in translation. "
        f"{RESTING} {LAST}"
    )
    on_questions = {
        "on_questions": 7, "on_words": 3, "on_report": 4, "on_paraphrase": 0, "quoted_in_part": 1,
    }  # fmt: skip
    of_all = {"sources": 2, "utterances": 6, "undated": 3, "coders": 2}
    of_several = {
        "own_side": 0, "one_report": 5, "translated": 1, "publishers": 2, "excerpts": 0,
        "read_in_full": 2,
        "coded_in_full": 1, "seen_whole": 1,
    }  # fmt: skip
    assert block.numbers == of_all | of_several | on_questions
    alone = limits_in_full(tiny_view(sources=["ledger_bridge"]))
    assert alone.numbers == of_all | on_questions | {"sources": 1}, "of one there are no sorts"
    (note,) = (run.text for run in block.paragraphs[0] if run.style == "note")
    assert note == "“1–19 May” means: on a day from 1 to 19 May 2019. On which day is not known."


def test_a_record_of_one_source_says_when_it_appeared() -> None:
    alone: dict[str, object] = {"sources": ["ledger_bridge"]}
    ranges = "Of six statements in it, three can be dated to no single day and are kept as ranges."
    assert only(limits_in_full(tiny_view(**alone))) == (  # type: ignore[arg-type]
        "The record is one source (Northern Ledger), which shows no day; it appeared on a "
        f"day from 13 to 19 May 2019. {ranges} {RESTING} {LAST}"
    )
    assert only(limits_in_full(tiny_view(published="2019-05-19", **alone))).startswith(  # type: ignore[arg-type]
        "The record is one source (Northern Ledger). Of six statements in it, "
    )


def test_the_limits_say_that_nobody_else_coded_it_and_what_rests_on_a_paraphrase() -> None:
    record = analysis.record(tiny_view())
    bare = replace(record, coders=1, resting=dict(record.resting) | {"paraphrase": 2})
    words = only(prose.limits_in_full(bare))
    assert " and two on a paraphrase alone, used in no finding. Agreement with a" in words
    assert words.endswith(f" Agreement with a second coder was not measured. {LAST}")
    assert "second coder" not in only(limits_in_full(tiny_view())), "two coded it"


def test_where_each_statement_has_its_day_no_range_is_kept() -> None:
    view = tiny_view("2019-04-30", actors=["pell"])
    assert only(limits_in_full(view)) == (
        "The record is one source (Northern Ledger), which shows no day; it appeared on a day from "
        "13 to 19 May 2019. The only claim on the questions rests on the speaker’s own words. "
        f"{LAST}"
    )
    assert not [run for run in limits_in_full(view).paragraphs[0] if run.style == "note"]


@pytest.mark.parametrize(
    ("as_of", "part", "words", "outside", "later"),
    [
        ("2019-05-12", {}, "Four further statements were said only after 12 May 2019", 0, 4),
        ("2019-05-30", {"window_start": "2019-05-05"}, "One further statement lies outside the "
         "window, 5 to 31 May 2019", 1, 0),
        ("2019-05-30", {"window_end": "2019-05-11", "actors": ["pell", "lindqvist"]}, "Two further "
         "statements lie outside the window, 20 April 2019 to 11 May 2019", 2, 0),
        ("2019-05-12", {"window_start": "2019-05-05"}, "One further statement lies outside the "
         "window, 5 to 31 May 2019; four were said only after 12 May 2019", 1, 4),
        ("2019-05-08", {"window_start": "2019-05-05", "actors": ["pell", "roads_authority",
         "northern_ledger"]}, "One further statement lies outside the window, 5 to 31 May 2019; "
         "one was said only after 8 May 2019", 1, 1),
        ("2019-05-12", {"basis": "reported"}, "Twelve further statements were reported only after "
         "12 May 2019", 0, 12),
    ],
)  # fmt: skip
def test_what_lies_outside_the_window_or_is_later_than_the_day_is_counted_apart(
    as_of: str, part: dict[str, object], words: str, outside: int, later: int
) -> None:
    block = limits_in_full(tiny_view(as_of, **part))  # type: ignore[arg-type]
    assert f" {words}: not in this brief. " in f" {only(block)}"
    assert (block.numbers["outside_window"], block.numbers["later"]) == (outside, later)


@pytest.mark.parametrize(
    ("coded", "whole", "excerpts", "words"),
    [
        (2, 0, 0, "two documents of one publisher: two coded in full."),
        (1, 1, 0, "two documents of one publisher: one coded in full, the other seen as a whole "
         "page or statement."),
        (1, 2, 0, "three documents of one publisher: one coded in full, two of the others seen as "
         "a whole page or statement."),
        (0, 2, 1, "three documents of one publisher: two seen as a whole page or statement, one "
         "more in excerpts or as others report it."),
        (1, 1, 2, "four documents of one publisher: one coded in full, one of the others seen as a "
         "whole page or statement, the rest in excerpts or as others report them."),
        (0, 0, 2, "two documents of one publisher: all in excerpts or as others report them."),
    ],
)  # fmt: skip
def test_documents_are_counted_by_how_much_of_them_was_seen(
    coded: int, whole: int, excerpts: int, words: str
) -> None:
    record = analysis.record(tiny_view())
    ways = [(True, False)] * coded + [(False, True)] * whole + [(False, False)] * excerpts
    documents = pd.DataFrame(ways, columns=["is_coded", "is_seen_whole"])
    documents = documents.assign(source_id=documents.index, publisher="Ledger", when="2019-05-13")
    block = prose.limits_in_full(replace(record, documents=documents))
    assert only(block).startswith(f"The record is {words} Of six statements ")


@pytest.mark.parametrize(
    ("grades", "translated", "words"),
    [
        ("primary two_reports", 0, "One has a text of the speaker’s side or the interviewing "
         "broadcaster among the sources; none reaches us in translation."),
        ("primary primary_copy one_report", 2, "Two have a text of the speaker’s side or the "
         "interviewing broadcaster among the sources, one has a single report, agency or "
         "interview; two, whatever their source, reach us in translation."),
        ("same_wire same_origin", 1, "No statement has a text of the speaker’s side or the "
         "interviewing broadcaster among the sources, two have one report, agency or interview; "
         "one, whatever its source, reaches us in translation."),
    ],
)  # fmt: skip
def test_utterances_are_counted_by_how_they_reached_the_record(
    grades: str, translated: int, words: str
) -> None:
    record = analysis.record(tiny_view())
    codes = grades.split()
    said = record.utterances[: len(codes)].assign(grade=codes)
    said = said.assign(is_translation=[at < translated for at in range(len(codes))])
    assert f" {words} " in only(prose.limits_in_full(replace(record, utterances=said)))


@pytest.mark.parametrize(
    ("undated", "total", "words"),
    [
        (1, 1, "The only statement in it can be dated to no single day and is kept as a range."),
        (
            1,
            2,
            "Of two statements in it, one can be dated to no single day and is kept as a range.",
        ),
        (
            2,
            2,
            "Of two statements in it, two can be dated to no single day and are kept as ranges.",
        ),
    ],
)
def test_utterances_of_no_single_day_are_counted_among_all(
    undated: int, total: int, words: str
) -> None:
    record = analysis.record(tiny_view())
    said = record.utterances
    of_a_range, of_a_day = said[said["earliest"] != said["latest"]], said[said["when"] < "2020"]
    kept = pd.concat([of_a_range[:undated], of_a_day[: total - undated]])
    block = prose.limits_in_full(replace(record, utterances=kept))
    assert f" {words}" in only(block)


@pytest.mark.parametrize(
    ("resting", "in_part", "words"),
    [
        ((1, 1, 0), 0, "Of two claims on the questions, one rests on the speaker’s own words, one "
         "on a source’s report of them, and none on a paraphrase alone."),
        ((2, 3, 1), 2, "Of six claims on the questions, two rest on the speaker’s own words, three "
         "on a source’s report of them, two of these with some words quoted, and one on a "
         "paraphrase alone, used in no finding."),
        ((0, 2, 0), 0, "Of two claims on the questions, none rests on the speaker’s own words, two "
         "on a source’s report of them, and none on a paraphrase alone."),
    ],
)  # fmt: skip
def test_claims_on_the_questions_are_counted_by_what_they_rest_on(
    resting: tuple[int, ...], in_part: int, words: str
) -> None:
    record = analysis.record(tiny_view())
    counts = dict(zip(record.resting, resting, strict=True))
    block = prose.limits_in_full(replace(record, resting=counts, quoted_in_part=in_part))
    assert f" {words} " in only(block)
    assert block.numbers["on_questions"] == sum(resting)


@pytest.mark.parametrize(
    ("kind", "in_part", "words"),
    [
        ("words", 0, "the speaker’s own words"),
        ("report", 0, "a source’s report of the speaker’s words"),
        ("report", 1, "a source’s report of the speaker’s words, with some words quoted"),
        ("paraphrase", 0, "a paraphrase alone, used in no finding"),
    ],
)
def test_of_the_only_claim_on_the_questions_it_is_said_what_it_rests_on(
    kind: str, in_part: int, words: str
) -> None:
    record = analysis.record(tiny_view())
    resting = dict.fromkeys(record.resting, 0)
    alone = replace(record, resting=resting | {kind: 1}, quoted_in_part=in_part)
    found = only(prose.limits_in_full(alone))
    assert f" The only claim on the questions rests on {words}. " in found
    none = only(prose.limits_in_full(replace(record, resting=resting)))
    assert " No claim in this record is on the questions. " in none


# Its limits in two lines

TELLS = "This shows who said what, not who is right. Silence is no denial."


def test_two_lines_tell_what_is_known_at_second_hand() -> None:
    assert sentences(limits(real_view())) == [
        "Of 891 documents, 159 were read in full. Of 270 statements, 95 are known in "
        "translation and 131 from one report, agency or interview.",
        "This shows who said what, not who is right. Other readings could change the answer.",
    ]
    numbers = limits(real_view()).numbers
    assert (numbers["sources"], numbers["utterances"]) == (891, 270)
    read = [numbers[name] for name in ("excerpts", "read_in_full", "translated", "one_report")]
    assert read == [732, 159, 95, 131]


def test_that_other_readings_could_change_the_answer_is_said_where_such_a_claim_is_in_view() -> (
    None
):
    assert "href='#known-gaps'" in repr(limits(real_view("2024-10-25")).paragraphs[-1])
    assert sentences(limits(real_view("2024-10-18")))[-1] == TELLS
    assert sentences(limits(article_view()))[-1] == TELLS, "of a part of the sources none are noted"


def test_what_the_record_has_none_of_is_left_out(changed: Changed) -> None:
    assert sentences(limits(tiny_view())) == [
        "Of six statements, one is known in translation and five from one report, agency or "
        "interview.",
        TELLS,
    ], "both documents were seen as a whole"
    folder = changed("words", "w_minister_1", "extent", "excerpt")
    assert sentences(limits(tiny_view(folder=folder)))[0].startswith(
        "Of two documents, one was read in full. Of six statements, one is known in "
    )


def test_all_none_and_the_only_one_are_called_so() -> None:
    record = analysis.record(tiny_view())
    said = record.utterances
    for kept, words in (
        (said.assign(is_translation=True), "Of six statements, all are known in translation and "),
        (said[:2].assign(grade="one_report", is_translation=False), "Of two statements, both are "
         "known from one report, "),
        (said[:1].assign(grade="one_report", is_translation=True), "The only statement is known in "
         "translation and from one report, "),
    ):  # fmt: skip
        block = prose.limits_of_record(replace(record, utterances=kept))
        assert sentences(block)[0].startswith(words)
    unread = record.documents.assign(is_coded=False, is_seen_whole=False)
    for documents, words in (
        (unread, "Neither of two documents was read in full. Of six "),
        (pd.concat([unread, unread]), "None of four documents was read in full. Of six "),
    ):
        block = prose.limits_of_record(replace(record, documents=documents))
        assert sentences(block)[0].startswith(words)


def test_the_record_may_be_one_document_or_none() -> None:
    alone = limits(tiny_view(sources=["ledger_bridge"]))
    assert sentences(alone) == ["The record is one document.", TELLS]
    record = analysis.record(tiny_view())
    said = record.utterances.assign(grade="primary", is_translation=False)
    at_first_hand = prose.limits_of_record(replace(record, utterances=said))
    assert sentences(at_first_hand) == ["The record is two documents.", TELLS]
    nothing = limits(tiny_view("2019-04-27", actors=["karst_works"]))
    assert sentences(nothing)[0] == "The record holds no document."
