"""What the keys of claims.jsonld mean, how its nodes are named, and its nodes of provenance.

The context is in the file itself, so that nothing is fetched to read it. Nodes have addresses
(`#z1`) relative to its base, a name made from what the graph says: an address means a node of this
file, as seen from this brief's day; two editions never merge by accident; and a copy elsewhere has
the same nodes. The base has a `/`, because without it rdflib does not resolve as RFC 3986 says.
What no public vocabulary has a term for is under `urn:claimbrief:`, a name that no registry knows
and that leads nowhere; each such term is in data/README.md.

Utterances and items of evidence are entities of PROV-O, with what they come from:

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

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import pandas as pd

from claimbrief.analysis.provenance import parents
from claimbrief.analysis.record import sourcing
from claimbrief.dataset import Dataset, each_row
from claimbrief.dates import parse
from claimbrief.lookups import grouped, pairs
from claimbrief.statements import NO_SPEECH
from claimbrief.texts import Json
from claimbrief.view import View

PREFIXES = {
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "claimbrief": "urn:claimbrief:",
}
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
TYPES = {  # of values that are no plain text
    "schema:dateCreated": "schema:Date",
    "schema:datePublished": "schema:Date",
    "dcterms:date": EDTF,
    "oa:start": "xsd:nonNegativeInteger",
    "oa:end": "xsd:nonNegativeInteger",
    "claimbrief:asOf": "xsd:date",
}
_LINKS = (  # keys whose values name a node
    "schema:appearance schema:subjectOf schema:citation schema:url schema:license schema:creator "
    "schema:spokenByCharacter schema:isPartOf schema:isBasedOn schema:memberOf "
    "oa:hasBody oa:hasSource oa:motivatedBy "
    "prov:wasQuotedFrom prov:wasDerivedFrom prov:wasInfluencedBy prov:entity prov:wasAttributedTo "
    "dcterms:source skos:inScheme "
    "claimbrief:utterance claimbrief:quotation claimbrief:renders claimbrief:attributedTo "
    "claimbrief:silent claimbrief:likelySameAs claimbrief:relation claimbrief:item "
    "claimbrief:source claimbrief:stance claimbrief:commitment claimbrief:people claimbrief:phase "
    "claimbrief:restsOn claimbrief:rendering claimbrief:response claimbrief:denial "
    "claimbrief:question claimbrief:location claimbrief:sourcing claimbrief:evidenceKind "
    "claimbrief:publicity"
)
CONTEXT: Json = {
    **PREFIXES,
    **{term: {"@type": kind} for term, kind in TYPES.items()},
    **{term: {"@type": "@id"} for term in _LINKS.split()},
}
# The schemes of the codebook that nodes point to.
_SCHEMES = (
    "stance commitment role phase rests_on rendering response denial question location sourcing "
    "evidence_kind publicity claim_evidence_relation lineage_relation report_relation"
)
QUOTATION = ("prov:wasQuotedFrom", "prov:qualifiedQuotation", "prov:Quotation")
DERIVATION = ("prov:wasDerivedFrom", "prov:qualifiedDerivation", "prov:Derivation")
INFLUENCE = ("prov:wasInfluencedBy", "prov:qualifiedInfluence", "prov:EntityInfluence")
RELATIONS = {"quoted_from": QUOTATION, "derived_from": DERIVATION, "briefed_by": DERIVATION}


def claim_node(claim_id: str) -> str:
    """Return the address of a claim, which its card in the page has too."""
    return f"#{claim_id}"


def node(kind: str, name: str) -> str:
    """Return the address of a node of a kind: "#utterance-…", "#actor-…", or "" without a name."""
    return f"#{kind}-{name}" if name else ""


def code(scheme: str, value: Any) -> str:
    """Return the address of a code of the codebook, "" for none."""
    return "" if pd.isna(value) or value == "" else f"#code-{scheme}-{value}"


def address(url: str) -> str:
    """Return a web address with the characters that no IRI may hold written as percent codes."""
    return re.sub(r'[\s<>"{}|\\^`]', lambda found: quote(found[0]), url)


def dated(when: str, term: str) -> Json:
    """Return a day under a term of schema.org; what is no single day as EDTF, under dcterms:date.

    A schema.org date is a day: a range under such a term would be read as one.
    """
    if not when:
        return {}
    return {term if parse(when).is_day else "dcterms:date": when}


def without_blanks(given: Json) -> Json:
    """Return a node without the keys that have no value."""
    return {
        key: value for key, value in given.items() if value is not pd.NA and value not in ("", [])
    }


def code_nodes(dataset: Dataset) -> list[Json]:
    """Return the codes that nodes point to as SKOS concepts, each scheme before its codes."""
    nodes: list[Json] = []
    for scheme in _SCHEMES.split():
        rows = dataset.vocabulary[dataset.vocabulary["scheme"] == scheme].sort_values("order")
        name = f"#codes-{scheme}"
        nodes.append({"@id": name, "@type": "skos:ConceptScheme", "skos:prefLabel": scheme})
        nodes += [
            {
                "@id": code(scheme, row.code),
                "@type": "skos:Concept",
                "skos:inScheme": name,
                "skos:notation": row.code,
                "skos:prefLabel": row.label,
                "skos:definition": row.definition,
            }
            for row in each_row(rows)
        ]
    return nodes


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
            label = {"rdfs:label": "an unknown source"}
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
