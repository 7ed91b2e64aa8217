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

from typing import Any

import pandas as pd

from claimbrief.analysis.lineage import ancestry
from claimbrief.analysis.sourcing import sourcing
from claimbrief.analysis.statements import NO_SPEECH
from claimbrief.blocks import Json
from claimbrief.dataset import each_row
from claimbrief.dates import edtf
from claimbrief.downloads.terms import code, dated, node, without_blanks
from claimbrief.view import View

QUOTATION = ("prov:wasQuotedFrom", "prov:qualifiedQuotation", "prov:Quotation")
DERIVATION = ("prov:wasDerivedFrom", "prov:qualifiedDerivation", "prov:Derivation")
INFLUENCE = ("prov:wasInfluencedBy", "prov:qualifiedInfluence", "prov:EntityInfluence")
RELATIONS = {"quoted_from": QUOTATION, "derived_from": DERIVATION, "briefed_by": DERIVATION}


def provenance_nodes(view: View, frame: pd.DataFrame) -> list[Json]:
    """Return a node each for the utterances and items in view and for what they come from."""
    unknown, lineage = _lineage(view)
    spoken = set(frame.loc[~frame["stance"].isin(NO_SPEECH), "utterance_id"])
    told = [*_utterances(view, spoken), *_items(view)]
    known = {str(one["@id"]) for one in told}
    rows = ancestry(view)
    ends = [*rows["child"], *rows.loc[~rows["is_unknown"], "parent"]]
    items = frozenset(view.whole.evidence["evidence_id"])
    beyond = dict.fromkeys(_entity(items, end) for end in ends)
    others: list[Json] = [
        {"@id": one, "@type": "prov:Entity"} for one in beyond if one not in known
    ]
    return [*(one | lineage.get(one["@id"], {}) for one in [*told, *others]), *unknown]


def _entity(items: frozenset[str], name: str) -> str:
    """Return the address of an item of evidence or an utterance, in view or not."""
    return node("evidence" if name in items else "utterance", name)


def _lineage(view: View) -> tuple[list[Json], dict[str, Json]]:
    """Return the unknown parents' nodes, and what each child's node says of its parents."""
    unknown: list[Json] = []
    told: dict[str, Json] = {}
    items = frozenset(view.whole.evidence["evidence_id"])
    for row in each_row(ancestry(view)):
        parent = f"_:unknown-{row.Index}" if row.is_unknown else _entity(items, row.parent)
        if row.is_unknown:
            label = {"rdfs:label": "an unknown origin"}
            unknown.append({"@id": parent, "@type": "prov:Entity"} | label)
        plain, qualified, kind = RELATIONS.get(row.relation, INFLUENCE)
        child = told.setdefault(_entity(items, row.child), {})
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
    return unknown, told


def _utterances(view: View, spoken: set[str]) -> list[Json]:
    """Return the utterances in view; what a source reports as not said is no work of anybody."""
    voices: dict[str, list[Any]] = {}
    for speaker in each_row(view.record.speakers):
        voices.setdefault(speaker.utterance_id, []).append(speaker)
    grades = sourcing(view).set_index("utterance_id")["grade"].to_dict()
    reports = _reports(view)
    nodes = []
    for row in each_row(view.record.utterances):
        is_spoken = row.utterance_id in spoken
        own = voices[row.utterance_id]
        types = ["schema:CreativeWork", "prov:Entity"]
        nodes.append(
            without_blanks(
                {
                    "@id": node("utterance", row.utterance_id),
                    "@type": types if is_spoken else "claimbrief:ReportedAbsence",
                    "schema:creator" if is_spoken else "claimbrief:silent": [
                        node("actor", one.actor_id) for one in own
                    ],
                    **dated(row.when, "schema:dateCreated"),
                    "claimbrief:role": [one.role for one in own if one.role],
                    "claimbrief:venue": row.venue,
                    "claimbrief:certainty": row.certainty,
                    "claimbrief:isTranslation": _truth(row.is_translation),
                    "claimbrief:sourcing": code("sourcing", grades[row.utterance_id]),
                    "claimbrief:likelySameAs": node("utterance", row.same_as)
                    if row.same_as
                    else "",
                    "claimbrief:report": reports.get(row.utterance_id, []),
                }
            )
        )
    return nodes


def _truth(value: Any) -> bool | None:
    return None if pd.isna(value) else bool(value)


def _reports(view: View) -> dict[str, list[Json]]:
    """Return the further sources that carry each utterance, with how each stands to the first."""
    reports: dict[str, list[Json]] = {}
    for row in each_row(view.record.reports):
        told = {
            "claimbrief:source": node("source", row.source_id),
            "claimbrief:relation": code("report_relation", row.relation),
        }
        reports.setdefault(row.utterance_id, []).append(told)
    return reports


def _items(view: View) -> list[Json]:
    """Return the items of evidence in view, with how public each was, and from when."""
    states: dict[str, list[Json]] = {}
    for row in each_row(view.record.evidence_status):
        told = {"claimbrief:publicity": code("publicity", row.publicity)}
        states.setdefault(row.evidence_id, []).append(told | {"dcterms:date": edtf(row.when)})
    return [
        without_blanks(
            {
                "@id": node("evidence", row.evidence_id),
                "@type": "prov:Entity",
                "dcterms:description": row.description,
                "claimbrief:evidenceKind": code("evidence_kind", row.kind),
                "prov:wasAttributedTo": node("actor", row.holder) if row.holder else "",
                "claimbrief:state": states.get(row.evidence_id, []),
            }
        )
        for row in each_row(view.record.evidence)
    ]
