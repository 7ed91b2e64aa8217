"""Sentences of the brief as a test reads them, and statements added to the tiny package."""

from __future__ import annotations

from pathlib import Path

from conftest import Changed
from views import TINY, marked

from claimbrief import analysis, prose
from claimbrief.analysis.findings import Findings
from claimbrief.blocks import Prose
from claimbrief.context import context_of
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
) -> dict[str, str]:
    """Return the rows of one more utterance with one claim, that the Gazette carries."""
    rendering = "direct" if quote else "indirect"
    return {
        "utterances": f"of_{claim_id},Remarks,press_remarks,{day},said,explicit,,,,false,\n",
        "speakers": f"of_{claim_id},{actor},Speaker\n",
        "words": f"w_{claim_id},of_{claim_id},{PAGE},{quote or 'None quoted'},en,false,{extent},"
        "true,\n",
        "claims": f"{claim_id},of_{claim_id},{PAGE},{proposition},{stance},{commitment},{hedge},"
        f"{rendering},,,{quote},In our words.,,,,,,,A0,{denial},\n",
    }


def package(changed: Changed, *cells: Cell, more: list[dict[str, str]] | None = None) -> Path:
    """Return a copy of the tiny package with these cells changed and these rows added."""
    folder = TINY
    for table, key, column, value in cells:
        folder = changed(table, key, column, value, of=folder)
    for rows in more or []:
        for table, row in rows.items():
            added = row.encode()
            folder = changed(f"{table}.csv", raw=lambda content, r=added: content + r, of=folder)
    return folder


def read(words: Text) -> str:
    """Return a text without its footnotes, each link to a claim's card as "<id>"."""
    return marked(tuple(run for run in words if run.style != "note"))


def key_findings(view: View, findings: Findings | None = None) -> Prose:
    """Return the key findings of a view, or of other findings, as a block."""
    of_day = analysis.findings(view) if findings is None else findings
    return prose.key_findings({view.at.as_of: of_day}, context_of(view))


def by_lead(block: Prose) -> dict[str, str]:
    """Return the paragraphs of a list by the words in bold that lead them."""
    return {
        words[0].text.strip(): read(words[1:]).strip()
        for words in block.paragraphs
        if words[0].style == "strong"
    }


def finding(view: View, lead: str, findings: Findings | None = None) -> str:
    """Return the key finding that a lead opens; "" where there is none."""
    return by_lead(key_findings(view, findings)).get(lead, "")


def limits(view: View) -> Prose:
    """Return the limits of the record."""
    return prose.limits_of_record(analysis.record(view))


def glosses(view: View) -> Prose:
    """Return the sentence on outlets and speakers."""
    return prose.outlet_and_speaker(analysis.quotes_beside_glosses(view))


def order(view: View) -> Prose:
    """Return the order of denials."""
    return prose.order_of_denials(analysis.denial_register(view), context_of(view))


def coverage(view: View) -> Prose:
    """Return the sentences on coverage."""
    return prose.coverage_sentences(analysis.coverage(view), analysis.uncovered_days(view))


def agreement(view: View) -> Prose:
    """Return how far coders agree."""
    return prose.coder_agreement(analysis.agreement(view), analysis.record(view), context_of(view))


def only(block: Prose) -> str:
    """Return the one paragraph of a block."""
    (words,) = block.paragraphs
    return read(words)
