"""The claims in view as a graph of linked data (JSON-LD), read without any network.

Which term stands for what, and why:

schema:Claim            a claim; schema:text is the proposition, schema:name who takes what stance
                        on it. The proposition alone says nothing of the speaker.
schema:appearance       the words in which a claim occurs: only where they put it forward (affirms,
                        affirms_hedged). A denial is no appearance of what it denies.
schema:subjectOf        the work that speaks of the claim, whatever its stance. An outlet's gloss,
                        summary or own sentence, and what it reports as not said, is the source's.
                        schema:firstAppearance is not used: the record does not know what was first.
schema:Quotation        a speaker's quoted words, schema:spokenByCharacter ("to whom the quotation
                        is attributed within the containing work"): the document attributes them,
                        and the record has no more than documents. The check lets no other
                        words into `quote`.
schema:CreativeWork     an utterance as a whole, by schema:creator; a document without an address.
schema:citation         the document that a claim is coded from; schema:isBasedOn for a quotation,
                        as schema.org says of its source.
schema:datePublished    and schema:dateCreated: a real day. A range stands as EDTF (dcterms:date).
oa:Annotation           ties a claim to the characters of a source whose text was coded. The
                        position (code points, 0-based, end exclusive) finds the words that were
                        coded; oa:refinedBy the quote within them, one target for each stretch of
                        it. An outlet's prose is never copied, only its position. oa:identifying:
                        the annotation says which claim the words carry.
prov:                   lineage; see claimbrief.downloads.nodes.
skos:Concept            a code of the codebook, with its label and definition.
urn:claimbrief:         this project's coding, for which no public vocabulary has a term.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from claimbrief.blocks import Download, Prose
from claimbrief.dataset import GAP, each_row
from claimbrief.downloads.claims_csv import download
from claimbrief.downloads.nodes import (
    CONTEXT,
    address,
    claim_node,
    code,
    code_nodes,
    dated,
    node,
    provenance_nodes,
    without_blanks,
)
from claimbrief.links import around_claim
from claimbrief.lookups import bodies, grouped, short_names
from claimbrief.statements import ASSERTING, NO_SPEECH
from claimbrief.texts import Json, text
from claimbrief.view import View
from claimbrief.wording import capitalised, counted

PAGE = "brief.html"
READABLE_CLAIMS = 10_000  # a reader of JSON-LD takes a document whole into memory
MEDIA_TYPE = "application/ld+json"
# The terms for codes of a claim, each with its column, which is named as its scheme.
CODED = {"question": "question_id", "stance": "stance", "commitment": "commitment"}
CODED |= {"people": "role", "phase": "phase", "restsOn": "rests_on", "rendering": "rendering"}
CODED |= {"response": "response", "denial": "denial", "location": "location"}


def graph_of_claims(view: View) -> Download | Prose:
    """Return claims.jsonld: a node each, on a line, for the claims in view and what they point to.

    For more than READABLE_CLAIMS it is words instead, which say that the table is whole.
    """
    frame = view.statements
    if len(frame) > READABLE_CLAIMS:
        absence = text(
            f"Linked data (JSON-LD) is left out, because it is written for no more than "
            f"{counted(READABLE_CLAIMS, 'claim')} and this record has {len(frame):,}. The table of "
            "claims is whole."
        )
        return Prose("file-claims-jsonld", (absence,), numbers={"rows": len(frame)})
    claims = list(each_row(frame))
    nodes = [
        _record(view),
        *_claims(view, claims),
        *_quotations(view, [claim for claim in claims if claim.quote]),
        *(_annotation(claim) for claim in claims if not pd.isna(claim.span_start)),
        *provenance_nodes(view),
        *_actors(view, frame),
        *_sources(view),
        *code_nodes(view.whole),
    ]
    graph = ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes)
    # The addresses begin with a name made of all that the graph says.
    base = f"urn:claimbrief:graph/{hashlib.sha256(graph.encode()).hexdigest()}"
    context = json.dumps({"@base": base, **CONTEXT}, ensure_ascii=False, indent=1)
    content = f'{{"@context": {context},\n"@graph": [\n{graph}\n]}}\n'
    description = text(
        f"{capitalised(counted(len(claims), 'claim'))} as linked data (JSON-LD): schema.org for "
        "claims and quotations, Web Annotation for places in a text, PROV for what comes from what."
    )
    return download(
        "file-claims-jsonld", "claims.jsonld", MEDIA_TYPE, content, description, len(claims)
    )


def _record(view: View) -> Json:
    """Return the node of the dataset and the day from which it is seen."""
    about = view.whole.descriptor
    licences = [entry["path"] for entry in about.get("licenses", []) if entry.get("path")]
    return without_blanks(
        {
            "@id": "#record",
            "@type": "schema:Dataset",
            "schema:name": about.get("title", ""),
            "schema:version": about.get("version", ""),
            "schema:license": licences,
            "claimbrief:sha256": view.whole.digest,
            "claimbrief:asOf": view.at.as_of.isoformat(),
            "claimbrief:basis": view.at.basis,
        }
    )


def _work(claim: Any) -> str:
    """Return the address of the work that speaks of the claim."""
    if claim.is_outlet_voice or claim.stance in NO_SPEECH:
        return node("source", claim.source_id)
    if claim.quote:
        return node("quotation", claim.claim_id)
    return node("utterance", claim.utterance_id)


def _claims(view: View, claims: list[Any]) -> list[Json]:
    used = grouped(view.record.claim_evidence, "claim_id", "relation", "evidence_id")
    names, stances = short_names(view.whole), view.whole.labels("stance")
    return [
        without_blanks(
            {
                "@id": claim_node(claim.claim_id),
                "@type": "schema:Claim",
                "schema:identifier": claim.claim_id,
                "schema:name": _name(claim, names, stances[claim.stance]),
                "schema:text": claim.proposition,
                "schema:url": {
                    "@type": "schema:URL",  # relative to the file, as no name of a node is
                    "@value": f"{PAGE}{claim_node(claim.claim_id)}",
                },
                "schema:appearance": _work(claim) if claim.stance in ASSERTING else "",
                "schema:subjectOf": _work(claim),
                "schema:citation": node("source", claim.source_id),
                **_coding(claim),
                "claimbrief:evidence": [
                    {
                        "claimbrief:relation": code("claim_evidence_relation", relation),
                        "claimbrief:item": node("evidence", item),
                    }
                    for relation, item in used.get(claim.claim_id, ())
                ],
            }
        )
        for claim in claims
    ]


def _name(claim: Any, names: Mapping[str, str], stance: str) -> str:
    """Return who takes what stance on what; an outlet's own words are the outlet's."""
    who = capitalised(claim.speaker)
    if claim.is_outlet_voice:
        named = names.get(claim.attributed_to, claim.speaker)
        is_own = claim.rendering == "narrator"
        who = claim.publisher if is_own else f"{claim.publisher}, naming {named}:"
    if claim.bare_quote and not claim.is_outlet_voice:
        return f"{who} said: “{claim.bare_quote}”"
    before, after = around_claim(stance)
    return f"{who} {before}{claim.proposition}{after}"


def _coding(claim: Any) -> Json:
    return {
        "claimbrief:utterance": node("utterance", claim.utterance_id),
        "claimbrief:quotation": node("quotation", claim.claim_id) if claim.quote else "",
        "claimbrief:renders": claim_node(claim.renders) if claim.renders else "",
        "claimbrief:attributedTo": node("actor", claim.attributed_to),
        "claimbrief:paraphrase": claim.paraphrase,
        "claimbrief:certainty": claim.certainty,
        **{
            f"claimbrief:{term}": code(column.removesuffix("_id"), getattr(claim, column))
            for term, column in CODED.items()
        },
        "claimbrief:figureLow": claim.figure_low,
        "claimbrief:figureHigh": claim.figure_high,
        "claimbrief:figureQualifier": claim.figure_qualifier,
        "claimbrief:note": claim.note,
    }


def _quotations(view: View, claims: list[Any]) -> list[Json]:
    speakers = grouped(view.record.speakers, "utterance_id", "actor_id")
    return [
        {
            "@id": node("quotation", claim.claim_id),
            "@type": "schema:Quotation",
            "schema:text": claim.quote,
            "schema:spokenByCharacter": [node("actor", it) for it in speakers[claim.utterance_id]],
            "schema:isPartOf": node("utterance", claim.utterance_id),
            "schema:isBasedOn": node("source", claim.source_id),
        }
        for claim in claims
    ]


def _annotation(claim: Any) -> Json:
    position = {
        "@type": "oa:TextPositionSelector",
        "oa:start": claim.span_start,
        "oa:end": claim.span_end,
    }
    quotes: list[Json] = [
        {"oa:refinedBy": {"@type": "oa:TextQuoteSelector", "oa:exact": stretch}}
        for stretch in (claim.quote.split(GAP) if claim.quote else ())
    ]
    return {
        "@id": node("annotation", claim.claim_id),
        "@type": "oa:Annotation",
        "oa:motivatedBy": "oa:identifying",
        "oa:hasBody": claim_node(claim.claim_id),
        "oa:hasTarget": [
            {
                "@type": "oa:SpecificResource",
                "oa:hasSource": node("source", claim.source_id),
                "oa:hasSelector": position | quote,
            }
            for quote in quotes or [{}]
        ],
    }


def _actors(view: View, frame: pd.DataFrame) -> list[Json]:
    """Return who speaks, is named or holds evidence, and the bodies that they belong to."""
    actors = view.whole.actors
    holders = view.record.evidence["holder"]
    named = {*view.record.speakers["actor_id"], *frame["attributed_to"], *holders} - {""}
    chains = bodies(view.whole)
    wanted = {group for actor in named for group in chains[actor]}
    kinds = {"person": ["schema:Person"], "collective": []}  # unnamed people are no organization
    return [
        without_blanks(
            {
                "@id": node("actor", row.actor_id),
                "@type": [*kinds.get(row.kind, ["schema:Organization"]), "prov:Agent"],
                "schema:name": row.name,
                "schema:memberOf": node("actor", row.member_of),
            }
        )
        for row in each_row(actors[actors["actor_id"].isin(wanted)])
    ]


def _sources(view: View) -> list[Json]:
    """Return the documents that carry something in view."""
    record = view.record
    tables = (record.claims, record.reports, record.lineage, record.evidence_status)
    used = {source_id for table in tables for source_id in table["source_id"]}
    return [
        without_blanks(
            {
                "@id": node("source", row.source_id),
                "@type": "schema:WebPage" if row.url else "schema:CreativeWork",
                "schema:name": row.title,
                "schema:publisher": {"@type": "schema:Organization", "schema:name": row.publisher},
                "schema:url": address(row.url),
                **dated(row.when, "schema:datePublished"),
                "claimbrief:textSha256": row.sha256,
            }
        )
        for row in each_row(record.sources[record.sources["source_id"].isin(used)])
    ]
