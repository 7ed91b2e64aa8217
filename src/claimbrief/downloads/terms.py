"""What the keys of claims.jsonld mean, and how its nodes are named.

The context stands in the file itself, so that nothing is fetched to read it. Nodes have addresses
relative to its base (`#z1`), a name made of what the graph says: an address means a node of this
file, as seen from this brief's day, two editions never merge into one by accident, and a copy that
lies elsewhere has the same nodes. The base has a `/`, without which rdflib resolves otherwise than
RFC 3986. What no public vocabulary has a term for stands under `urn:claimbrief:`, a name that no
registry knows and that leads nowhere; each such term is in data/README.md.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pandas as pd

from claimbrief.dataset import Dataset, each_row
from claimbrief.dates import parse
from claimbrief.texts import Json, claim_anchor

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


def claim_node(claim_id: str) -> str:
    """Return the address of a claim, which its card in the page has too."""
    return f"#{claim_anchor(claim_id)}"


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
