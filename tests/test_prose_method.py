"""How the record was made and is counted, and how to cite the brief."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from conftest import Changed
from views import article_view, context_of, plain, real_view, tiny_view

from claimbrief import analysis, prose
from claimbrief.blocks import Prose
from claimbrief.texts import text
from claimbrief.view import View

LONGEST = 170  # words
AGREEMENT = analysis.agreement(tiny_view())


def method(view: View) -> Prose:
    return prose.method(analysis.record(view), analysis.agreement(view), context_of(view))


def paragraphs(block: Prose) -> dict[str, str]:
    """Return what stands below each headline."""
    found = {}
    for head, *words in block.paragraphs:
        assert head.style == "strong"
        found[head.text] = plain(tuple(words)).removeprefix(" ")
    return found


def test_the_tiny_record_in_full() -> None:
    block = method(tiny_view())
    digest = tiny_view().whole.digest[:12]
    assert paragraphs(block) == {
        "How it was made": "Each statement found, from 20 April 2019 to 31 May 2019, was split "
        "into claims. Two coders agree least on stance (alpha 0.72).",
        "What is counted": "A side’s position on a question is the strongest that it took, from "
        "saying so to leaving it open. A side is the first-named speaker’s state or organisation, "
        "or else the speaker alone. Unnamed speakers are separate sides unless they speak for a "
        "state. We count what speakers said or reportedly said, not what outlets make of it.",
        "Days": "Three of six statements can be dated only to a range; one may predate "
        "20 April 2019.",
        "Source": "Northern Ledger, “Is the new Orsa bridge unsafe?”; Evening Bulletin, “Minister "
        "on the bridge”. Coded by us.",
        "To cite": "“Is the new Orsa bridge unsafe?” Statements until 31 May 2019. Dataset "
        f"orsa-bridge-may-2019, version 1.0.0, digest {digest}…",
    }
    assert block.look == "headlines"
    assert block.numbers == {"documents": 2, "statements": 6, "undated": 3}


def test_statements_are_from_no_later_than_the_day() -> None:
    made = paragraphs(method(tiny_view("2019-05-12")))["How it was made"]
    assert made.startswith(
        "Each statement found, from 20 April 2019 to 12 May 2019, was split into "
    )


def test_possibly_is_explained_where_something_may_be_later_than_the_day() -> None:
    words = " “Possibly” marks what may have come only after 12 May 2019."
    assert paragraphs(method(tiny_view("2019-05-12")))["Days"].endswith(words)
    record = analysis.record(tiny_view("2019-05-12"))
    said = record.utterances.assign(is_possible=False)
    block = prose.method(
        replace(record, utterances=said), AGREEMENT, context_of(tiny_view("2019-05-12"))
    )
    assert "ossibly" not in paragraphs(block)["Days"]


def test_a_statement_is_possible_where_one_of_its_claims_may_be_later_than_the_day() -> None:
    said = analysis.record(tiny_view("2019-05-12")).utterances
    assert set(said.loc[said["is_possible"], "utterance_id"]) == {
        "builder_denial",
        "towns_alarm",
        "doran_interview",
    }


def test_many_sources_are_counted_and_said_to_be_in_the_file() -> None:
    context = replace(context_of(real_view()), source=text("Source: eleven documents. ", "Coded."))
    found = prose.method(analysis.record(real_view()), analysis.agreement(real_view()), context)
    assert paragraphs(found)["Source"] == "Eleven documents. Coded.", "it begins a sentence"
    source = paragraphs(method(real_view()))["Source"]
    assert source.endswith("documents, each named in claims.jsonld. Coded by us.")


@pytest.mark.parametrize(
    ("undated", "words"),
    [([], "Every statement can be dated to a single day."),
     ([0], "One of six statements can be dated only to a range."),
     (range(6), "All six statements can be dated only to a range.")],
)  # fmt: skip
def test_days_tell_how_many_statements_keep_a_range(undated: list[int], words: str) -> None:
    record = analysis.record(tiny_view())
    said = record.utterances.assign(earliest=record.utterances["latest"])
    for at in undated:
        said.iloc[at, said.columns.get_loc("earliest")] -= pd.Timedelta(days=2)
    block = prose.method(replace(record, utterances=said), AGREEMENT, context_of(tiny_view()))
    assert paragraphs(block)["Days"].startswith(words)


@pytest.mark.parametrize(
    ("ranges", "older", "words"),
    [(1, 1, "One of six statements can be dated only to a range; it may predate 20 April 2019."),
     (2, 2, "Two of six statements can be dated only to a range; both may predate 20 April 2019."),
     (3, 3, "Three of six statements can be dated only to a range; all may predate 20 April 2019."),
     (3, 2, "Three of six statements can be dated only to a range; two may predate 20 April 2019."),
     (3, 0, "Three of six statements can be dated only to a range.")],
)  # fmt: skip
def test_days_tell_how_many_statements_may_predate_the_window(
    ranges: int, older: int, words: str
) -> None:
    record = analysis.record(tiny_view())
    said = record.utterances.assign(earliest=record.utterances["latest"])
    start = pd.Timestamp(record.at.window_start)
    for at in range(ranges):
        day = start - pd.Timedelta(days=1) if at else pd.NaT
        said.iloc[at, said.columns.get_loc("earliest")] = day if at < older else start
    block = prose.method(replace(record, utterances=said), AGREEMENT, context_of(tiny_view()))
    assert paragraphs(block)["Days"].startswith(words)


def test_an_only_statement_and_an_only_document_are_told_as_such() -> None:
    view = tiny_view("2019-04-30", actors=["doran"])
    block = method(view)
    assert paragraphs(block)["Days"] == (
        "The only statement can be dated only to a range; it may predate 20 April 2019. “Possibly” "
        "marks what may have come only after 30 April 2019."
    )
    assert block.numbers == {"documents": 1, "statements": 1, "undated": 1}


def test_a_dataset_without_a_version_is_cited_without(changed: Changed) -> None:
    folder = changed("datapackage.json", raw=lambda c: c.replace(b'"version": "1.0.0",', b"", 1))
    view = tiny_view(folder=folder, basis="reported")
    assert paragraphs(method(view))["To cite"] == (
        "“Is the new Orsa bridge unsafe?” Reports until 31 May 2019. Dataset "
        f"orsa-bridge-may-2019, digest {view.whole.digest[:12]}…"
    )


def test_a_record_of_one_coder_was_not_checked() -> None:
    block = prose.method(analysis.record(tiny_view()), AGREEMENT[:0], context_of(tiny_view()))
    assert "No second coder has checked it independently." in paragraphs(block)["How it was made"]


def test_an_empty_record_has_sound_sentences() -> None:
    found = paragraphs(method(tiny_view("2019-04-27", actors=["karst_works"])))
    assert found["How it was made"] == "No document in view holds a statement."
    assert "Source" not in found
    assert "Days" not in found and "To cite" in found


def test_a_part_of_the_sources_is_cited_as_a_part() -> None:
    found = paragraphs(method(article_view()))
    assert "(a part of its sources)" in found["To cite"]


@pytest.mark.parametrize("day", ["2024-10-03", "2024-10-10", "2024-10-18", "2024-10-31"])
def test_the_method_has_no_more_words_than_its_part_of_a_page(day: str) -> None:
    for basis in ("said", "reported"):
        block = method(real_view(day, basis=basis))
        assert sum(len(plain(words).split()) for words in block.paragraphs) <= LONGEST
