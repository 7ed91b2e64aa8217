"""What a brief states at one time: from a view of its dataset, or from its own files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from claimbrief import analysis, prose, tables
from claimbrief.blocks import Prose, Table
from claimbrief.compare.files import (
    CLAIMS,
    GRAPH,
    NUMBERS,
    PAGE,
    answers_in,
    claims_in,
    content_of,
    figures_of,
    items_frame,
    json_of,
    labels_and_items,
    page_of,
    plain,
    sentences_in,
    unreadable,
)
from claimbrief.context import Context, context_of
from claimbrief.dataset import each_row
from claimbrief.downloads.claims_csv import file_of_claims
from claimbrief.errors import DateError
from claimbrief.links import side_name
from claimbrief.lookups import pairs, rows_by
from claimbrief.tables.answers_by_side import NO_COLUMN, answer_words
from claimbrief.texts import Text
from claimbrief.view import View

# Tables whose figures are found without a chapter: each is drawn from the frame of its name.
_TABLES = (
    "answers_by_side",
    "turns_in_words",
    "denials_by_day",
    "items_cited",
    "evidence_by_side",
    "origins_by_side",
    "outlet_beside_speaker",
    "denial_register",
    "sides_by_question",
    "silences",
    "responses",
    "sources",
    "sourcing",
)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What a brief states at one time.

    `name` says what it is of. `claims` are the rows of claims.csv by claim id, `labels` the labels
    of codes by scheme and code, `items` those of `items_frame`; `answers` are what each side
    answers, by its name and the question's code, of all sides or (`is_whole` is false) of some;
    `sentences` are those of the front, in order; `figures` those of numbers.json by block and name,
    or as many as are known.
    """

    name: str
    digest: str
    claims: pd.DataFrame
    labels: Mapping[str, Mapping[str, str]]
    items: pd.DataFrame
    answers: Mapping[str, Mapping[str, str]]
    is_whole: bool
    sentences: tuple[str, ...]
    figures: Mapping[tuple[str, str], str]


def of_view(view: View, name: str) -> Snapshot:
    """Return what a brief of a view states, as far as it takes no chapter to find it."""
    context = context_of(view)
    blocks = list(_blocks(view, context))
    numbers = {block.block_id: json.loads(json.dumps(block.numbers)) for block in blocks}
    states = rows_by(view.record.evidence_status, "evidence_id")
    items = [
        (item, described, [(row.publicity, row.when) for row in states.get((item,), [])])
        for item, described in pairs(view.record.evidence, "evidence_id", "description")
    ]
    return Snapshot(
        name=name,
        digest=view.whole.digest,
        claims=claims_in(file_of_claims(view).content, Path(CLAIMS)),
        labels=view.whole.codes,
        items=items_frame(items),
        answers=_answers(view, context),
        is_whole=True,
        sentences=tuple(_sentences(blocks)),
        figures=figures_of(numbers),
    )


def of_brief(folder: Path, name: str) -> Snapshot:
    """Return what a built brief states, by the files in its folder.

    Without a page nothing is known of sentences and sides, without claims.jsonld (as of a large
    record) nothing of items, and codes stand for their labels.
    """
    digest, sentences, figures = published(folder)
    page = folder / PAGE
    graph = json_of(folder / GRAPH).get("@graph", []) if (folder / GRAPH).is_file() else []
    try:
        labels, items = labels_and_items(graph)
    except (DateError, TypeError, AttributeError) as error:
        raise unreadable(folder / GRAPH, error) from error
    return Snapshot(
        name=name,
        digest=digest,
        claims=claims_in(content_of(folder / CLAIMS), folder / CLAIMS),
        labels=labels,
        items=items,
        answers=answers_in(page_of(page), _asked(labels)) if page.is_file() else {},
        is_whole=False,
        sentences=sentences,
        figures=figures,
    )


def published(folder: Path) -> tuple[str, tuple[str, ...], dict[tuple[str, str], str]]:
    """Return a built brief's dataset, by its digest, the sentences of its front and its figures."""
    numbers = json_of(folder / NUMBERS)
    page = folder / PAGE
    sentences = tuple(sentences_in(page_of(page))) if page.is_file() else ()
    parameters = numbers.get("table-parameters")
    digest = parameters.get("digest", "") if isinstance(parameters, dict) else ""
    return str(digest), sentences, figures_of(numbers)


def _blocks(view: View, context: Context) -> Iterator[Prose | Table]:
    found = {view.at.as_of: analysis.findings(view)}
    yield prose.answer(found, context)
    yield prose.findings(found, context)
    yield prose.support(found, context)
    for name in _TABLES:
        yield getattr(tables, name)(getattr(analysis, name)(view), context)


def _sentences(blocks: list[Prose | Table]) -> Iterator[str]:
    """Yield the sentences of the answer and of each finding, whose headline is one of its own."""
    for block in blocks:
        if isinstance(block, Prose) and block.block_id in ("answer", "findings"):
            for paragraph in block.paragraphs:
                strong = [run.style == "strong" for run in paragraph]
                head = strong.index(False) if block.look == "headlines" and False in strong else 0
                yield from filter(None, (_words(paragraph[:head]), _words(paragraph[head:])))


def _words(text: Text) -> str:
    """Return a text in plain words, without its footnotes."""
    around = {"quote": "“{}”", "note": ""}
    return plain("".join(around.get(run.style, "{}").format(run.text) for run in text))


def _asked(labels: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the codes of the questions that the brief's table has a column for."""
    return [code for code in labels.get("question", {}) if code not in NO_COLUMN]


def _answers(view: View, context: Context) -> dict[str, dict[str, str]]:
    """Return what each side answers to each question, in the words of the brief's table."""
    frame = analysis.answers_by_side(view)
    found: dict[str, dict[str, str]] = {}
    for row in each_row(frame[frame["question_id"].isin(_asked(view.whole.codes))]):
        answer = answer_words(row, context)
        own = found.setdefault(side_name(row.side, context), {})
        before = own.get(row.question_id, "")
        own[row.question_id] = f"{before}; {answer}" if before else answer
    return found
