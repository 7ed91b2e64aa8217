"""Utterances and items of evidence as entities of PROV-O, with what they come from.

prov:wasQuotedFrom      quoted_from: words taken from the parent.
prov:wasDerivedFrom     derived_from and briefed_by: the content rests on the parent. Not
                        prov:wasInformedBy, which holds between activities, and these are entities.
prov:wasInfluencedBy    responds_to and comments_on: they take nothing from the parent, so that
                        they are no derivation.

Each row of lineage also has its qualified form (prov:qualifiedDerivation and the like), which
holds the relation's code, its basis and the source. A parent that no source names is a node
without an address, one a row: two unknown origins are not known to be the same. That an item is an
entity does not say that it exists: it is what a speaker points to, and prov:wasAttributedTo is the
holder that the record names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.lineage import parents
from claimbrief.analysis.record import sourcing
from claimbrief.dataset import each_row
from claimbrief.downloads.terms import code, dated, node, without_blanks
from claimbrief.lookups import grouped, pairs
from claimbrief.statements import NO_SPEECH
from claimbrief.texts import Json
from claimbrief.view import View

QUOTATION = ("prov:wasQuotedFrom", "prov:qualifiedQuotation", "prov:Quotation")
DERIVATION = ("prov:wasDerivedFrom", "prov:qualifiedDerivation", "prov:Derivation")
INFLUENCE = ("prov:wasInfluencedBy", "prov:qualifiedInfluence", "prov:EntityInfluence")
RELATIONS = {"quoted_from": QUOTATION, "derived_from": DERIVATION, "briefed_by": DERIVATION}


def provenance_nodes(view: View) -> list[Json]:
    """Return a node each for the utterances and items in view and for what they come from."""
    rows = parents(view)
    items = frozenset(view.whole.evidence["evidence_id"])
    unknown, lineage = _lineage(rows, items)
    nodes = [*_utterances(view), *_items(view)]
    known = {str(described["@id"]) for described in nodes}
    ends = [*rows["child"], *rows.loc[~rows["is_unknown"], "parent"]]
    beyond = dict.fromkeys(_entity(items, end) for end in ends)
    nodes += [{"@id": end, "@type": "prov:Entity"} for end in beyond if end not in known]
    return [*(described | lineage.get(described["@id"], {}) for described in nodes), *unknown]


def _entity(items: frozenset[str], name: str) -> str:
    """Return the address of an item of evidence or an utterance, in view or not."""
    return node("evidence" if name in items else "utterance", name)


def _lineage(rows: pd.DataFrame, items: frozenset[str]) -> tuple[list[Json], dict[str, Json]]:
    """Return the unknown parents' nodes, and what each child's node says of its parents."""
    unknown: list[Json] = []
    children: dict[str, Json] = {}
    for row in each_row(rows):
        parent = f"_:unknown-{row.Index}" if row.is_unknown else _entity(items, row.parent)
        if row.is_unknown:
            label = {"rdfs:label": "an unknown origin"}
            unknown.append({"@id": parent, "@type": "prov:Entity"} | label)
        plain, qualified, kind = RELATIONS.get(row.relation, INFLUENCE)
        child = children.setdefault(_entity(items, row.child), {})
        child.setdefault(plain, []).append(parent)
        child.setdefault(qualified, []).append(
            {
                "@type": kind,
                "prov:entity": parent,
                "claimbrief:relation": code("lineage_relation", row.relation),
                "dcterms:description": row.basis,
                "dcterms:source": node("source", row.source_id),
            }
        )
    return unknown, children


def _utterances(view: View) -> list[Json]:
    """Return the utterances in view; what a source reports as not said is no work of anybody."""
    claims, speakers = view.statements, view.record.speakers
    spoken = set(claims.loc[~claims["stance"].isin(NO_SPEECH), "utterance_id"])
    actors = grouped(speakers, "utterance_id", "actor_id")
    roles = grouped(speakers[speakers["role"] != ""], "utterance_id", "role")
    grades = dict(pairs(sourcing(view), "utterance_id", "grade"))
    reports = grouped(view.record.reports, "utterance_id", "source_id", "relation")
    return [
        _utterance(row, row.utterance_id in spoken, actors[row.utterance_id])
        | without_blanks(
            {
                "claimbrief:role": roles.get(row.utterance_id, []),
                "claimbrief:venue": row.venue,
                "claimbrief:certainty": row.certainty,
                "claimbrief:isTranslation": row.is_translation,
                "claimbrief:sourcing": code("sourcing", grades[row.utterance_id]),
                "claimbrief:likelySameAs": node("utterance", row.duplicate_of),
                "claimbrief:report": [  # further sources, and how each stands to the first
                    {
                        "claimbrief:source": node("source", source_id),
                        "claimbrief:relation": code("report_relation", relation),
                    }
                    for source_id, relation in reports.get(row.utterance_id, ())
                ],
            }
        )
        for row in each_row(view.record.utterances)
    ]


def _utterance(row: Any, is_spoken: bool, actors: Sequence[str]) -> Json:
    """Return an utterance's address, its type, who speaks or is silent, and its date."""
    types = ["schema:CreativeWork", "prov:Entity"]
    return {
        "@id": node("utterance", row.utterance_id),
        "@type": types if is_spoken else "claimbrief:ReportedAbsence",
        "schema:creator" if is_spoken else "claimbrief:silent": [
            node("actor", actor) for actor in actors
        ],
        **dated(row.when, "schema:dateCreated"),
    }


def _items(view: View) -> list[Json]:
    """Return the items of evidence in view, with how public each was, and from when."""
    states = grouped(view.record.evidence_status, "evidence_id", "publicity", "when")
    return [
        without_blanks(
            {
                "@id": node("evidence", row.evidence_id),
                "@type": "prov:Entity",
                "dcterms:description": row.description,
                "claimbrief:evidenceKind": code("evidence_kind", row.kind),
                "prov:wasAttributedTo": node("actor", row.holder),
                "claimbrief:state": [
                    {"claimbrief:publicity": code("publicity", publicity), "dcterms:date": when}
                    for publicity, when in states.get(row.evidence_id, ())
                ],
            }
        )
        for row in each_row(view.record.evidence)
    ]
