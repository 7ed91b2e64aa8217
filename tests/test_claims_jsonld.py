"""claims.jsonld: the claims as a graph that a reader of RDF reads without any network."""

from __future__ import annotations

import hashlib
import json
import logging
import socket
from collections.abc import Iterator
from functools import cache
from logging.handlers import BufferingHandler
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import PROV, RDF, RDFS, SKOS, Namespace
from views import TINY, VIEWS, tiny_view

from claimbrief.blocks import Download, Prose
from claimbrief.downloads import claims_jsonld, graph_of_claims
from claimbrief.view import View

# rdflib's own reader of JSON-LD still uses a class that rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

BASE = "urn:claimbrief:graph/0"
SCHEMA = Namespace("https://schema.org/")
OA = Namespace("http://www.w3.org/ns/oa#")
OURS = Namespace("urn:claimbrief:")
DCTERMS_DATE = URIRef("http://purl.org/dc/terms/date")
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")


@pytest.fixture(params=VIEWS, scope="module", name="view")
def _view(request: pytest.FixtureRequest) -> View:
    return VIEWS[request.param]()


block_of = cache(graph_of_claims)  # each view's, written once


def _document(view: View) -> dict[str, Any]:
    document = json.loads(block_of(view).content)
    assert isinstance(document, dict)
    return document


def _graph(view: View) -> Graph:
    """Return the graph of a view, each node named by what stands behind its base."""
    document = _document(view)
    document["@context"]["@base"] = BASE
    return Graph().parse(data=json.dumps(document), format="json-ld")


@pytest.fixture(scope="module", name="read")
def _read(view: View) -> Iterator[tuple[Graph, BufferingHandler]]:
    """Return the graph of a view with what is logged of it: a wrong address where it is read."""
    log, logged = logging.getLogger("rdflib"), BufferingHandler(10_000)
    log.addHandler(logged)
    yield _graph(view), logged
    log.removeHandler(logged)


@pytest.fixture(scope="module", name="graph")
def _graph_of_view(read: tuple[Graph, BufferingHandler]) -> Graph:
    return read[0]


@cache
def _tiny() -> Graph:
    return _graph(tiny_view())


def _at(name: str) -> URIRef:
    return URIRef(f"{BASE}#{name}")


def _walk(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)


def test_the_graph_is_read_without_any_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    document = _document(tiny_view())
    contexts = [inner for key, inner in _walk(document) if key in ("@context", "@import")]
    assert len(contexts) == 1 and isinstance(contexts[0], dict)
    claims = set(_graph(tiny_view()).subjects(RDF.type, SCHEMA.Claim))
    assert len(claims) == 12, "each claim of the package"


def _count(node: Any) -> int:
    """Return how many statements a node of the document makes, with the nodes inside it.

    What is said twice of a node, as two speakers' role, is said once.
    """
    if not isinstance(node, dict) or "@value" in node:
        return 0
    lists = [it if isinstance(it, list) else [it] for key, it in node.items() if key != "@id"]
    return sum(len({json.dumps(end) for end in it}) + sum(map(_count, it)) for it in lists)


def test_a_reader_who_knows_no_address_of_the_file_has_every_statement_of_every_node(
    view: View,
) -> None:
    document = _document(view)
    graph = Graph().parse(data=json.dumps(document), format="json-ld")
    named = {str(it).partition("#")[2] for it in graph.subjects() if isinstance(it, URIRef)}
    for claim_id in view.statements["claim_id"]:
        claim = URIRef(f"{document['@context']['@base']}#{claim_id}")
        (node,) = (it for it in document["@graph"] if it["@id"] == f"#{claim_id}")
        assert len(set(graph.predicates(claim))) == len(node) - 1
    assert {f"#{it}" for it in named} == {
        node["@id"] for node in document["@graph"] if not node["@id"].startswith("_:")
    }
    assert len(graph) == sum(map(_count, document["@graph"]))


def test_a_node_has_the_same_address_wherever_the_file_lies() -> None:
    content = graph_of_claims(tiny_view()).content
    places = (None, "https://brief.example/claims.jsonld", "file:///x/claims.jsonld")
    graphs = [Graph().parse(data=content, format="json-ld", publicID=place) for place in places]
    subjects = [{it for it in graph.subjects() if isinstance(it, URIRef)} for graph in graphs]
    assert subjects[0] == subjects[1] == subjects[2]


def test_two_graphs_that_say_something_else_share_no_node() -> None:
    views = (tiny_view(), tiny_view("2019-05-12"), tiny_view(basis="reported"))
    assert len({_document(view)["@context"]["@base"] for view in views}) == 3
    assert _document(tiny_view())["@context"]["@base"] == _document(views[0])["@context"]["@base"]


def test_every_key_of_the_graph_has_a_meaning(view: View) -> None:
    document = _document(view)
    prefixes = {key for key in document["@context"] if ":" not in key}
    for key, _ in _walk(document["@graph"]):
        assert key in ("@id", "@type", "@value") or key.partition(":")[0] in prefixes, key


def test_there_is_a_claim_a_claim_and_its_text_is_the_proposition(view: View, graph: Graph) -> None:
    frame = view.statements
    claims = set(graph.subjects(RDF.type, SCHEMA.Claim))
    assert claims == {_at(claim_id) for claim_id in frame["claim_id"]}
    for claim_id, proposition in zip(frame["claim_id"], frame["proposition"], strict=True):
        assert graph.value(_at(claim_id), SCHEMA.text) == Literal(proposition)


def test_nothing_is_pointed_to_that_the_graph_does_not_describe(
    read: tuple[Graph, BufferingHandler],
) -> None:
    graph, logged = read
    graph.serialize(format="turtle")
    assert not logged.buffer, "an address that is none"
    described = set(graph.subjects())
    inside = {end for end in graph.objects() if str(end).startswith(f"{BASE}#")}
    assert inside <= described
    assert all(graph.value(end, SKOS.prefLabel) for end in inside if "#code" in str(end))


def test_a_denial_is_no_appearance_of_what_it_denies() -> None:
    appearances = {
        (str(claim).partition("#")[2], str(work).partition("#")[2])
        for claim, work in _tiny().subject_objects(SCHEMA.appearance)
    }
    assert appearances == {
        ("a1", "utterance-authority_report"),
        ("i1", "quotation-i1"),
        ("m1", "quotation-m1"),
        ("m2", "source-ledger_bridge"),
    }
    denial = _at("b2")
    assert _tiny().value(denial, SCHEMA.subjectOf) == _at("quotation-b2")
    assert _tiny().value(denial, OURS.stance) == _at("code-stance-denies")
    assert str(_tiny().value(denial, SCHEMA.name)) == (
        "Rill states the contrary: There is a crack in the east pier."
    )


def test_a_quotation_holds_a_speakers_words_and_names_who_said_them(
    view: View, graph: Graph
) -> None:
    frame = view.statements
    own = frame[(frame["quote"] != "") & ~frame["is_outlet_voice"]]
    speakers = view.record.speakers.groupby("utterance_id")["actor_id"].agg(set).to_dict()
    assert len(set(graph.subjects(RDF.type, SCHEMA.Quotation))) == len(own)
    for claim_id, utterance_id, quote in zip(
        own["claim_id"], own["utterance_id"], own["quote"], strict=True
    ):
        quotation = _at(f"quotation-{claim_id}")
        assert graph.value(quotation, SCHEMA.text) == Literal(quote)
        assert set(graph.objects(quotation, SCHEMA.spokenByCharacter)) == {
            _at(f"actor-{actor}") for actor in speakers[utterance_id]
        }


def test_what_an_outlet_says_is_its_sources_and_quotes_nobody() -> None:
    for claim_id in ("m2", "b1", "e0", "n1", "p1"):
        claim = _at(claim_id)
        assert _tiny().value(claim, SCHEMA.subjectOf) == _at("source-ledger_bridge")
        assert _tiny().value(claim, OURS.quotation) is None
        assert not list(_tiny().objects(_at(f"annotation-{claim_id}"), OA.exact))


def test_what_was_not_said_is_no_work_of_anybody() -> None:
    silence = _at("utterance-port_silence")
    assert _tiny().value(silence, RDF.type) == OURS.ReportedAbsence
    assert _tiny().value(silence, SCHEMA.creator) is None
    assert _tiny().value(silence, OURS.silent) == _at("actor-port_of_orsa")


SELECTED = """
SELECT ?claim ?source ?start ?end ?exact WHERE {
  ?annotation a oa:Annotation ; oa:hasBody ?claim ; oa:hasTarget ?target .
  ?target oa:hasSource ?source ; oa:hasSelector ?position .
  ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
  OPTIONAL { ?position oa:refinedBy ?quote . ?quote a oa:TextQuoteSelector ; oa:exact ?exact . }
}"""


def _selected(graph: Graph) -> list[tuple[str, str, int, int, str]]:
    return [
        (
            str(claim).partition("#")[2], str(source).partition("#source-")[2],
            int(start), int(end), str(exact or ""),
        )
        for claim, source, start, end, exact in graph.query(SELECTED, initNs={"oa": OA})
    ]  # fmt: skip


def test_positions_are_the_spans_and_no_others(view: View, graph: Graph) -> None:
    frame = view.statements.dropna(subset=["span_start"])
    spans = frame[["claim_id", "source_id", "span_start", "span_end"]]
    assert {row[:4] for row in _selected(graph)} == set(spans.itertuples(index=False, name=None))


def test_what_is_selected_stands_in_the_text() -> None:
    text = (TINY / "archive" / "ledger_bridge.txt").read_text(encoding="utf-8")
    found = {(claim, exact) for claim, *_, exact in _selected(_tiny()) if exact}
    assert found == {
        ("i1", "Three to five welders were hurt. They fell from the main span."),
        ("m1", "very likely"),
        ("m1", "must be closed"),
        ("b2", "There is no crack in the east pier"),
        ("e1", "We can’t exclude that it is unsafe in high wind"),
    }
    assert all(exact in text[start:end] for _, _, start, end, exact in _selected(_tiny()))


def test_lineage_is_written_edge_by_edge() -> None:
    edges = {
        (str(child).partition("#")[2], str(term).partition("#")[2], str(parent).partition("#")[2])
        for term in (PROV.wasQuotedFrom, PROV.wasDerivedFrom, PROV.wasInfluencedBy)
        for child, parent in _tiny().subject_objects(term)
    }
    assert edges == {
        ("utterance-authority_report", "wasDerivedFrom", "evidence-pier_photographs"),
        ("utterance-minister_radio", "wasDerivedFrom", "utterance-authority_report"),
        ("utterance-pell_letter", "wasDerivedFrom", ""),
        ("utterance-builder_denial", "wasInfluencedBy", "utterance-authority_report"),
        ("utterance-towns_alarm", "wasInfluencedBy", ""),
    }
    unknown = set(_tiny().subjects(RDFS.label, Literal("an unknown source")))
    parents = {
        _tiny().value(_at("utterance-pell_letter"), PROV.wasDerivedFrom),
        _tiny().value(_at("utterance-towns_alarm"), PROV.wasInfluencedBy),
    }
    assert unknown == parents and len(unknown) == 2


def test_each_row_of_lineage_is_an_edge_with_its_code_and_its_basis(
    view: View, graph: Graph
) -> None:
    rows = view.record.lineage
    edges = [
        (str(graph.value(edge, OURS.relation)).rpartition("-")[2], str(basis))
        for kind in (PROV.Quotation, PROV.Derivation, PROV.EntityInfluence)
        for edge in graph.subjects(RDF.type, kind)
        for basis in graph.objects(edge, URIRef("http://purl.org/dc/terms/description"))
    ]
    assert sorted(edges) == sorted(zip(rows["relation"], rows["basis"], strict=True))


def test_a_day_is_a_date_and_a_range_is_edtf() -> None:
    day, span = _at("source-bulletin_2019_05_13"), _at("source-ledger_bridge")
    assert _tiny().value(day, SCHEMA.datePublished) == Literal("2019-05-13", datatype=SCHEMA.Date)
    assert _tiny().value(span, SCHEMA.datePublished) is None
    assert _tiny().value(span, DCTERMS_DATE) == Literal("[2019-05-13..2019-05-19]", datatype=EDTF)
    said = _at("utterance-towns_alarm")
    assert _tiny().value(said, SCHEMA.dateCreated) is None
    assert _tiny().value(said, DCTERMS_DATE) == Literal("[2019-05-11,2019-05-18]", datatype=EDTF)


def test_a_speaker_is_a_person_or_a_body_and_belongs_to_its_side() -> None:
    kinds = {
        name: set(_tiny().objects(_at(f"actor-{name}"), RDF.type)) - {PROV.Agent}
        for name in ("lindqvist", "roads_authority", "velland", "engineers")
    }
    assert kinds == {
        "lindqvist": {SCHEMA.Person},
        "roads_authority": {SCHEMA.Organization},
        "velland": {SCHEMA.Organization},
        "engineers": set(),
    }
    assert _tiny().value(_at("actor-lindqvist"), SCHEMA.memberOf) == _at("actor-velland")
    assert _tiny().value(_at("actor-drivers_union"), RDF.type) is None  # never heard or named


def test_the_digest_and_the_size_are_those_of_the_bytes(view: View) -> None:
    block = block_of(view)
    assert isinstance(block, Download)
    assert block.sha256 == hashlib.sha256(block.content).hexdigest()
    assert block.size == block.numbers["bytes"] == len(block.content)


def test_the_same_view_gives_the_same_bytes() -> None:
    assert graph_of_claims(tiny_view()) == graph_of_claims(tiny_view())


def test_a_record_too_large_for_linked_data_says_that_it_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(claims_jsonld, "READABLE_CLAIMS", 12)
    assert isinstance(graph_of_claims(tiny_view()), Download)  # as many as there are
    monkeypatch.setattr(claims_jsonld, "READABLE_CLAIMS", 11)
    block = graph_of_claims(tiny_view())
    assert isinstance(block, Prose)
    ((run,),) = block.paragraphs
    assert "left out" in run.text and "has 12." in run.text and "is whole" in run.text
