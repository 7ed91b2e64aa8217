"""On what evidence: the items named, what each assertion rests on, and where it comes from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.evidence import (
    NOT_SHOWN,
    NOTHING,
    OTHERS,
    SHOWN,
    assertions_by_evidence,
    evidence_register,
)
from claimbrief.analysis.lineage import PUBLIC, ancestry
from claimbrief.analysis.statements import first_claims, statements
from claimbrief.blocks import Column, Row, Run, Table, Text, text
from claimbrief.dataset import each_row
from claimbrief.dates import When, parse
from claimbrief.links import cited, claim_links, few_links, source_line
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, day, short_dated


def table_evidence_register(view: View) -> Table:
    """Return the items that somebody points to, as public as they were on the brief's day."""
    frame = evidence_register(view)
    kinds, publicity = view.whole.labels("evidence_kind"), view.whole.labels("publicity")
    rows = []
    for item in each_row(frame):
        since = f" ({short_dated(item.status_when)})" if isinstance(item.status_when, When) else ""
        possibly = "" if item.status_is_certain else "possibly "
        known = (
            f"{possibly}{publicity[str(item.publicity)]}{since}" if item.publicity else "not told"
        )
        where = _locator(view, str(item.locator))
        rows.append(
            Row(
                (
                    text(capitalised(str(item.description)), "."),
                    text(kinds[str(item.kind)]),
                    text(str(item.holder))
                    + (text(f"; shown by {item.offered_by}") if _is_public(item) else ()),
                    text(
                        short_dated(item.first_when) if isinstance(item.first_when, When) else "–"
                    ),
                    text(known)
                    + (text(": ") + where if where else ())
                    + (text(f"; {item.caveat}") if item.caveat else ()),
                    few_links(item.claim_ids),
                )
            )
        )
    return Table(
        block_id="table-evidence-register",
        caption=text("Claimed or shown?"),
        columns=(
            Column("Item", share=3.2),
            Column("Kind", share=1.05),
            Column("Held by", share=1.8),
            Column("First named", share=0.8),
            Column("How public", share=1.7),
            Column("Claims", share=1.35),
        ),
        rows=tuple(rows),
        note=text(f"How public each item was on {day(view.at.as_of)}, and since when."),
        source=source_line(view),
        numbers={"items": len(frame)},
    )


def _locator(view: View, address: str) -> Text:
    """Return a link to where an item can be seen, or to the report of its release."""
    if not address:
        return ()
    is_report = address in set(view.whole.sources["url"])
    return text(Run("a report of it" if is_report else "where to see it", address))


def _is_public(item: Any) -> bool:
    """Return whether an item of the register could be seen, and who offered it is known."""
    return item.publicity in PUBLIC and bool(item.offered_by)


def table_assertions_by_evidence(view: View) -> Table:
    """Return, for each side, its assertions by what they point to."""
    frame = assertions_by_evidence(view)
    names = view.whole.actors.set_index("actor_id")["short_name"]
    columns = [SHOWN, NOT_SHOWN, OTHERS, NOTHING]
    rows = [
        Row(
            (
                text(
                    Run(capitalised(str(names[row["side"]]).removeprefix("the ")), style="strong")
                ),
                *(claim_links(row[column]) or text("–") for column in columns),
            )
        )
        for _, row in frame.iterrows()
    ]
    return Table(
        block_id="table-assertions-by-evidence",
        caption=text("What each side’s statements above step 0 point to"),
        columns=(
            Column("Side", share=1),
            Column("An item public by then", share=1.3),
            Column("An item not public by then", share=1.8),
            Column("Others’ words, reports or reasoning", share=1.2),
            Column("Nothing named", share=1.6),
        ),
        rows=tuple(rows),
        note=text(
            "Listed is what was said to be so, or likely, above step 0 of the ladder; “by then” "
            "means by the day of the statement. “Nothing named” means that the source gives none, "
            "not that there is none."
        ),
        source=source_line(view),
        numbers={column: int(frame[column].map(len).sum()) for column in columns},
    )


def table_ancestry(view: View) -> Table:
    """Return where each utterance or item comes from, as far as the record tells."""
    frame = ancestry(view)
    known = frame[~frame["is_unknown"]]
    told = known[~known["is_own_item"]]
    relations = view.whole.labels("lineage_relation")
    names = _names(view)
    claims = first_claims(statements(view))["claim_id"]
    rows = [
        Row(
            (
                text(names.get(str(link.child), str(link.child)))
                + _cited_child(view, link, claims),
                text(relations[str(link.relation)]),
                text(names.get(str(link.parent), str(link.parent)))
                + (cited([claims[link.parent]]) if link.parent in claims else ()),
                text("yes" if link.is_provenance else "no"),
                text(str(link.basis)),
            )
        )
        for link in each_row(told)
    ]
    return Table(
        block_id="table-ancestry",
        caption=text("Where it comes from"),
        columns=(
            Column("What", share=1.8),
            Column("How", share=1),
            Column("From", share=2.7),
            Column("Content from it?", share=0.8),
            Column("What shows it", share=3.5),
        ),
        rows=tuple(rows),
        note=text(
            "What one answers or comments on gives no content and joins no origins. Left out, and "
            f"on the cards, are {counted(len(known) - len(told), 'link')} to an item of the side’s "
            f"own and {counted(len(frame) - len(known), 'link')} to a parent that is not told."
        ),
        source=source_line(view),
        numbers={"links": len(known), "shown": len(told), "unknown": len(frame) - len(known)},
    )


def _names(view: View) -> dict[str, str]:
    """Return what to call each utterance (speaker and date) and each item, by id."""
    whole, shown = view.whole, view.record.utterances.set_index("utterance_id")["when"].to_dict()
    short = whole.actors.set_index("actor_id")["short_name"]
    speakers = whole.speakers["actor_id"].map(short).groupby(whole.speakers["utterance_id"])
    spoken = speakers.agg(", ".join).to_dict()
    names = {
        row.utterance_id: f"{capitalised(spoken[row.utterance_id])}, "
        f"{short_dated(shown.get(row.utterance_id) or parse(row.date))}"
        for row in each_row(whole.utterances)
    }
    return names | {item.evidence_id: item.description for item in each_row(whole.evidence)}


def _cited_child(view: View, link: Any, claims: pd.Series) -> Text:
    """Return links to the child's claims: those that name the item, else the one going furthest."""
    named = view.record.claim_evidence.merge(view.record.claims, on="claim_id")
    is_named = (named["utterance_id"] == link.child) & (named["evidence_id"] == link.parent)
    if is_named.any():
        return cited(list(named.loc[is_named, "claim_id"]))
    return cited([claims[link.child]]) if link.child in claims else ()
