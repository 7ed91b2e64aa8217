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
    assert (head.question, head.day) == ("Is the new Orsa bridge unsafe?", "2019-05-31")
    assert head.language == "en" and head.subtitle == "Who says so, and what they have shown"


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

LAST = "It tells who said what; it does not tell who is right."
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
        "three can be dated to no single day and are kept as ranges. For none a text of the "
        "speaker’s side or the interviewing broadcaster’s is among the sources, for five one "
        "report, agency or interview; one, whatever its source, reaches us in translation. "
        f"{RESTING} {LAST}"
    )
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
    assert "ranges" not in only(limits_in_full(view))
    assert not [run for run in limits_in_full(view).paragraphs[0] if run.style == "note"]


# Its limits in two lines

TELLS = "This tells who said what, not who is right. A gap is no denial."


def test_two_lines_tell_what_is_known_at_second_hand() -> None:
    assert sentences(limits(real_view())) == [
        "Of 720 documents, 581 were not read in full. Of 212 statements, 91 are known in "
        "translation and 110 from a single report, agency or interview.",
        TELLS,
    ]
    numbers = limits(real_view()).numbers
    assert (numbers["sources"], numbers["utterances"]) == (720, 212)
    assert (numbers["excerpts"], numbers["translated"], numbers["one_report"]) == (581, 91, 110)


def test_what_the_record_has_none_of_is_left_out(changed: Changed) -> None:
    assert sentences(limits(tiny_view())) == [
        "Of six statements, one is known in translation and five from a single report, agency or "
        "interview.",
        TELLS,
    ], "both documents were seen as a whole"
    folder = changed("words", "w_minister_1", "extent", "excerpt")
    assert sentences(limits(tiny_view(folder=folder)))[0].startswith(
        "Of two documents, one was not read in full. Of six statements, one is known in "
    )


def test_all_none_and_the_only_one_are_called_so() -> None:
    record = analysis.record(tiny_view())
    said = record.utterances
    for kept, words in (
        (said.assign(is_translation=True), "Of six statements, all are known in translation and "),
        (said[:2].assign(grade="one_report", is_translation=False), "Of two statements, both are "
         "known from a single report, "),
        (said[:1].assign(grade="one_report", is_translation=True), "The only statement is known in "
         "translation and from a single report, "),
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
    nothing = limits(tiny_view("2019-04-27", actors=["karst_works"]))
    assert sentences(nothing)[0] == "The record holds no document."
