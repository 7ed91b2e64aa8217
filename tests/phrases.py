"""Sentences of the brief as a test reads them, and statements added to the tiny package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from conftest import Changed, change_cell
from views import context_of, findings_of, marked, plain

from claimbrief import analysis, prose, tables
from claimbrief.blocks import Prose, Table
from claimbrief.texts import Text
from claimbrief.view import View

Cell = tuple[str, str | tuple[str, ...], str, str]  # a table, a key, a column and its new value
PAGE = "gazette_2019_05_21"


def said(
    claim_id: str,
    actor: str,
    day: str,
    proposition: str,
    stance: str,
    commitment: str,
    *,
    quote: str = "",
    hedge: str = "",
    denial: str = "",
    extent: str = "whole_page",
    utterance: str = "",
) -> dict[str, str]:
    """Return the rows of one more utterance with one claim, that the Gazette carries.

    Where the id of an utterance is given, the claim is one more of that utterance.
    """
    rendering = "direct" if quote else "indirect"
    of = utterance or f"of_{claim_id}"
    claim = {
        "claims": f"{claim_id},{of},{PAGE},{proposition},{stance},{commitment},{hedge},"
        f"{rendering},,,{quote},In our words.,,,,,,,A0,{denial},\n",
        "words": f"w_{claim_id},{of},{PAGE},{quote or 'None quoted'},en,false,{extent},true,\n",
    }
    if utterance:
        return claim
    return claim | {
        "utterances": f"{of},Remarks,press_remarks,{day},said,explicit,,,,false,\n",
        "speakers": f"{of},{actor},Speaker\n",
    }


def package(changed: Changed, *cells: Cell, more: list[dict[str, str]] | None = None) -> Path:
    """Return a copy of the tiny package with these cells changed and these rows added."""
    folder = changed(*cells[0]) if cells else changed("claims.csv", raw=lambda content: content)
    for cell in cells[1:]:
        change_cell(folder / f"{cell[0]}.csv", *cell[1:])
    for table, row in (each for rows in more or [] for each in rows.items()):
        with (folder / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write(row)
    return folder


def read(words: Text) -> str:
    """Return a text without its footnotes, each link to a claim's card as "<id>"."""
    return marked(tuple(run for run in words if run.style != "note"))


def cited(words: Text) -> str:
    """Return a text with quotation marks, and after each link to a card the claim's id: "Pell<i1>".

    Of a headline the line ends.
    """
    found = ""
    for place, run in enumerate(words):
        said_words = f"“{run.text}”" if run.style == "quote" else run.text
        found += f"{said_words}<{run.href[1:]}>" if run.href.startswith("#") else said_words
        is_head = place == 0 and run.style == "strong" and not run.text.endswith(".")
        found += " |" if is_head else ""
    return found


@cache
def answer(view: View) -> Prose:
    """Return the answer of a view."""
    return prose.answer({view.at.as_of: findings_of(view)}, context_of(view))


@cache
def findings(view: View) -> Prose:
    """Return the findings of a view, as a block."""
    return prose.findings({view.at.as_of: findings_of(view)}, context_of(view))


@cache
def origins(view: View) -> Prose:
    """Return what is said of origins."""
    return prose.support({view.at.as_of: findings_of(view)}, context_of(view))


def answered(view: View) -> list[str]:
    """Return the sentences of the answer, each name with the claim that it links to."""
    return [cited(words) for words in answer(view).paragraphs]


def found(view: View) -> dict[str, str]:
    """Return what stands below each headline of the findings, by the headline."""
    words = (cited(paragraph).partition(" | ") for paragraph in findings(view).paragraphs)
    return {head: body for head, _, body in words}


@cache
def evidence(view: View) -> Table:
    """Return the table of evidence by side."""
    return tables.evidence_by_side(analysis.evidence_by_side(view), context_of(view))


def front(view: View) -> list[str]:
    """Return all the words of the front, as plain text: a paragraph or a cell each."""
    prose_blocks = [answer(view), findings(view), origins(view), limits(view)]
    table = evidence(view)
    cells = [cell for row in table.rows for cell in row.cells]
    drawn = [table.caption, table.subtitle, *cells] if table.rows else []
    texts = [words for block in prose_blocks for words in block.paragraphs] + drawn
    return [str(context_of(view).descriptor["title"]), *map(plain, texts)]


@cache
def limits(view: View) -> Prose:
    """Return the limits of the record, in two lines."""
    return prose.limits_of_record(analysis.record(view))


def limits_in_full(view: View) -> Prose:
    """Return the limits of the record, in full."""
    return prose.limits_in_full(analysis.record(view))


def glosses(view: View) -> Prose:
    """Return the sentence on outlets and speakers."""
    return prose.outlet_and_speaker(analysis.quotes_beside_glosses(view), context_of(view))


def order(view: View) -> Prose:
    """Return the order of denials."""
    return prose.order_of_denials(analysis.denial_register(view), context_of(view))


def coverage(view: View) -> Prose:
    """Return the sentences on coverage."""
    return prose.coverage(analysis.coverage(view), analysis.uncovered_days(view))


def agreement(view: View) -> Prose:
    """Return how far coders agree."""
    return prose.coder_agreement(analysis.agreement(view), analysis.record(view), context_of(view))


def only(block: Prose) -> str:
    """Return the one paragraph of a block."""
    (words,) = block.paragraphs
    return read(words)
