"""On what evidence: the items named, what each assertion rests on, and where it comes from."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from claimbrief.analysis.evidence import (
    BASES_NAMED,
    assertions_by_evidence,
    evidence_register,
)
from claimbrief.analysis.lasting import short_names, speakers
from claimbrief.analysis.lineage import PUBLIC, ancestry
from claimbrief.analysis.statements import each_statement, first_of_each
from claimbrief.blocks import Column, Row, Run, Table, Text, text
from claimbrief.dataset import each_row
from claimbrief.dates import When, parse
from claimbrief.links import (
    cited,
    few_links,
    foremost,
    most_told,
    rest_told,
    source_line,
)
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, day, short_dated

MOST_CLAIMS = 24  # so many claims of a side are linked one by one in a cell


def table_evidence_register(view: View) -> Table:
    """Return the items that somebody points to, as public as they were on the brief's day."""
    frame = evidence_register(view)
    kinds, publicity = view.whole.labels("evidence_kind"), view.whole.labels("publicity")
    addresses = set(view.whole.sources["url"])
    keys = frame["publicity"].isin(PUBLIC) * (len(view.record.claims) + 1)
    shown = foremost(frame, keys + frame["claim_ids"].map(len), most_told(view))
    rows = []
    for item in each_row(shown):
        since = f" ({short_dated(item.status_when)})" if isinstance(item.status_when, When) else ""
        possibly = "" if item.status_is_certain else "possibly "
        known = (
            f"{possibly}{publicity[str(item.publicity)]}{since}" if item.publicity else "not told"
        )
        where = _locator(addresses, str(item.locator))
        rows.append(
            Row(
                (
                    text(capitalised(str(item.description)), "."),
                    text(kinds[str(item.kind)]),
                    text(capitalised(str(item.holder)))
                    + (text(f"; shown by {item.offered_by}") if _is_public(item) else ()),
                    text(
                        short_dated(item.first_when) if isinstance(item.first_when, When) else "–"
                    ),
                    text(known)
                    + (text(": ") + where if where else ())
                    + (text(f"; {item.caveat}") if item.caveat else ()),
                    few_links(view, item.claim_ids),
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
        note=text(
            f"How public each item was on {day(view.at.as_of)}, and since when."
            + rest_told(
                len(frame),
                "items",
                "those that are public first, then the most cited",
                most_told(view),
            )
        ),
        source=source_line(view),
        numbers={"items": len(frame)},
    )


def _locator(addresses: Container[str], address: str) -> Text:
    """Return a link to where an item can be seen, or to the report of its release."""
    if not address:
        return ()
    return text(Run("a report of it" if address in addresses else "where to see it", address))


def _is_public(item: Any) -> bool:
    """Return whether an item of the register could be seen, and who offered it is known."""
    return item.publicity in PUBLIC and bool(item.offered_by)


def table_assertions_by_evidence(view: View) -> Table:
    """Return, for each side, its assertions by what they point to."""
    frame = assertions_by_evidence(view)
    names = short_names(view.whole)
    columns = [*BASES_NAMED]
    asserted = frame[columns].map(len).sum(axis=1)
    rows = [
        Row(
            (
                text(Run(capitalised(names[row.side].removeprefix("the ")), style="strong")),
                *(few_links(view, getattr(row, one), MOST_CLAIMS) or text("–") for one in columns),
            )
        )
        for row in each_row(foremost(frame, asserted, most_told(view)))
    ]
    return Table(
        block_id="table-assertions-by-evidence",
        caption=text("What each side’s statements point to"),
        columns=(
            Column("Side", share=1),
            Column("An item public by then", share=1.3),
            Column("An item not public by then", share=1.8),
            Column("Others’ words, reports or reasoning", share=1.2),
            Column("Nothing named", share=1.2),
            Column("Nothing in the part seen", share=1.2),
        ),
        rows=tuple(rows),
        note=text(
            "Listed is what was said to be so, or likely; “by then” means by the day of the "
            "statement. “Nothing named” means that a text or page seen whole gives none, not that "
            "there is none; of the last column only a part was seen."
            + rest_told(len(frame), "sides", "those that say most first", most_told(view))
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
    on_parent = told["parent"].map(told["parent"].value_counts())
    shown = foremost(told, on_parent, most_told(view))
    names = _names(view, {*shown["child"], *shown["parent"]})
    cites = _cites(view)
    rows = [
        Row(
            (
                text(names[link.child])
                + (cited(cites.get((link.child, link.parent)) or cites.get((link.child, ""), []))),
                text(relations[link.relation]),
                text(names[link.parent]) + cited(cites.get((link.parent, ""), [])),
                text("yes" if link.is_provenance else "no"),
                text(link.basis),
            )
        )
        for link in each_row(shown)
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
            + rest_told(len(told), "links", "those to what most rests on first", most_told(view))
        ),
        source=source_line(view),
        numbers={"links": len(known), "shown": len(told), "unknown": len(frame) - len(known)},
    )


def _names(view: View, wanted: Container[str]) -> dict[str, str]:
    """Return what to call each utterance (speaker and date) and each item of these, by id."""
    said, names = view.record.utterances, short_names(view.whole)
    whens = dict(zip(said["utterance_id"], said["when"], strict=True))
    spoken = {
        one: ", ".join(names[actor] for actor in actors)
        for one, actors in speakers(view.whole).items()
        if one in wanted
    }
    called = {
        row.utterance_id: f"{capitalised(spoken[row.utterance_id])}, "
        f"{short_dated(whens.get(row.utterance_id) or parse(row.date))}"
        for row in each_row(view.whole.utterances)
        if row.utterance_id in wanted
    }
    items = each_row(view.whole.evidence)
    return called | {one.evidence_id: one.description for one in items if one.evidence_id in wanted}


def _cites(view: View) -> dict[tuple[str, str], list[str]]:
    """Return the claims to cite for an utterance: the furthest, and with an item those naming it.

    The keys are pairs of an utterance and an item, "" for the claim that goes furthest.
    """
    cites = {(one, ""): [claim.claim_id] for one, claim in first_of_each(view).items()}
    utterances = {one.claim_id: one.utterance_id for one in each_statement(view)}
    for link in each_row(view.record.claim_evidence):
        key = (utterances[link.claim_id], link.evidence_id)
        cites.setdefault(key, []).append(link.claim_id)
    return cites
