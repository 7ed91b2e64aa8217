"""The claims as files: a table that a spreadsheet opens, a graph that a reader of RDF reads."""

from __future__ import annotations

import csv
import hashlib
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import fastparquet
import pandas as pd
import pytest
from conftest import Changed
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import PROV, RDF, RDFS, SKOS, Namespace
from seen import TINY, article_seen, real_seen, tiny_seen

from claimbrief import tables
from claimbrief.analysis.statements import statements
from claimbrief.blocks import Download, Prose
from claimbrief.downloads import (
    claims_jsonld,
    claims_parquet,
    file_of_claims,
    graph_of_claims,
    parquet_of_claims,
)
from claimbrief.downloads.claims_csv import COLUMNS, safe_cell
from claimbrief.view import View

# rdflib's own reader of JSON-LD still uses a class that rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

REPO = Path(__file__).parent.parent
BASE = "https://brief.example/claims.jsonld"
SCHEMA = Namespace("https://schema.org/")
OA = Namespace("http://www.w3.org/ns/oa#")
OURS = Namespace("urn:claimbrief:")
DCTERMS_DATE = URIRef("http://purl.org/dc/terms/date")
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
VIEWS = {
    "tiny, all certain": lambda: tiny_seen(),
    "tiny, half possible": lambda: tiny_seen("2019-05-12"),
    "tiny, nothing said": lambda: tiny_seen("2019-04-27", actors=["karst_works"]),
    "article": lambda: article_seen(),
    "October": lambda: real_seen(),
    "October, reported by 10 October": lambda: real_seen("2024-10-10", basis="reported"),
}


@pytest.fixture(params=VIEWS, scope="module", name="seen")
def _seen(request: pytest.FixtureRequest) -> View:
    return VIEWS[request.param]()


def _rows(block: Download) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(block.content.decode("utf-8-sig"), newline="")))


def _graph(view: View) -> Graph:
    graph = Graph()
    graph.parse(data=graph_of_claims(view).content, format="json-ld", publicID=BASE)
    return graph


@cache
def _tiny() -> Graph:
    return _graph(tiny_seen())


def _at(name: str) -> URIRef:
    return URIRef(f"{BASE}#{name}")


# Four claims of the tiny package, written out by hand: a paraphrase, quoted words, a gloss, an
# outlet's own sentence. Cells that are not named here are empty.
OF_THE_LEDGER = {
    "source_id": "ledger_bridge",
    "source_publisher": "Northern Ledger",
    "source_title": "Is the new Orsa bridge unsafe?",
    "certainty": "certain",
    "response": "A0",
    "response_label": "none",
}
BY_HAND = {
    "a1": {
        "utterance_id": "authority_report",
        "day_earliest": "2019-05-08",
        "day_latest": "2019-05-08",
        "date_as_written": "2019-05-08",
        "speaker": "Velland Roads Authority",
        "side": "Velland",
        "role": "Authority",
        "venue": "Statement of the authority",
        "question_id": "Q2",
        "question": "Cracked?",
        "proposition_id": "pier_cracked",
        "proposition": "There is a crack in the east pier.",
        "stance": "affirms",
        "stance_label": "says that it is so",
        "commitment": "CT+",
        "commitment_label": "certain",
        "people": "bridge",
        "people_label": "the bridge",
        "phase": "so",
        "rests_on": "report",
        "rests_on_label": "a source’s report",
        "rendering": "indirect",
        "paraphrase": "A storm has left the east pier cracked.",
        "location": "east_pier",
        "evidence": "cites Photographs of the crack, taken by the authority.",
        "origin": "derived from Photographs of the crack, taken by the authority. "
        "(The authority names its photographs.)",
        "span_start": "31",
        "span_end": "155",
        "sourcing": "one report",
        "card": "#a1",
    },
    "i1": {
        "utterance_id": "pell_letter",
        "day_earliest": "2019-04-28",
        "day_latest": "2019-04-28",
        "date_as_written": "2019-04-28",
        "speaker": "Jonas Pell",
        "side": "Jonas Pell",
        "role": "Retired inspector",
        "venue": "Letter, addressee not named",
        "question_id": "Q3",
        "question": "Anybody hurt?",
        "proposition_id": "welders_hurt",
        "proposition": "Welders were hurt at the bridge.",
        "stance": "affirms",
        "stance_label": "says that it is so",
        "commitment": "CT+",
        "commitment_label": "certain",
        "people": "people",
        "people_label": "people",
        "phase": "so",
        "rests_on": "words",
        "rests_on_label": "the speaker’s words",
        "rendering": "direct",
        "quote": "Three to five welders were hurt. They fell from the main span.",
        "personnel_term": "welders",
        "paraphrase": "Between three and five welders fell and were hurt.",
        "location": "main_span",
        "figure_low": "3",
        "figure_high": "5",
        "origin": "derived from an unknown origin (The letter does not say how he knows.)",
        "span_start": "571",
        "span_end": "633",
        "sourcing": "one report",
        "card": "#i1",
    },
    "b1": {
        "utterance_id": "builder_denial",
        "day_earliest": "2019-05-13",
        "day_latest": "2019-05-19",
        "date_as_written": "[2019-05-13..2019-05-19]",
        "speaker": "Northern Ledger",
        "attributed_to": "Karst Works",
        "question_id": "Q2",
        "question": "Cracked?",
        "proposition_id": "pier_cracked",
        "proposition": "There is a crack in the east pier.",
        "stance": "dismisses",
        "stance_label": "calls it false or unserious",
        "commitment": "CT−",
        "commitment_label": "certainly not",
        "people": "bridge",
        "people_label": "the bridge",
        "phase": "so",
        "rests_on": "report",
        "rests_on_label": "a source’s report",
        "rendering": "gloss",
        "renders": "b2",
        "denial": "D2",
        "denial_label": "dismisses",
        "paraphrase": "The builder rejects the story.",
        "span_start": "349",
        "span_end": "411",
        "card": "#b1",
    },
    "n1": {
        "utterance_id": "article_text",
        "day_earliest": "2019-05-13",
        "day_latest": "2019-05-19",
        "date_as_written": "[2019-05-13..2019-05-19]",
        "speaker": "Northern Ledger",
        "question_id": "Q4",
        "question": "State of the evidence",
        "proposition_id": "no_photograph",
        "proposition": "No photograph of the crack is public.",
        "stance": "meta",
        "stance_label": "speaks about claims or evidence",
        "commitment": "NA",
        "commitment_label": "not applicable",
        "people": "none",
        "people_label": "nothing",
        "phase": "so",
        "rests_on": "report",
        "rests_on_label": "a source’s report",
        "rendering": "narrator",
        "paraphrase": "The public has seen no picture of the crack.",
        "span_start": "1016",
        "span_end": "1072",
        "note": "The outlet’s own sentence; it holds for the article’s day.",
        "card": "#n1",
    },
}


@pytest.mark.parametrize("claim_id", BY_HAND)
def test_a_row_holds_what_a_hand_reads_from_the_tables(claim_id: str) -> None:
    (row,) = [row for row in _rows(file_of_claims(tiny_seen())) if row["claim_id"] == claim_id]
    told = {name: cell for name, cell in row.items() if cell}
    assert told == {"claim_id": claim_id} | OF_THE_LEDGER | BY_HAND[claim_id]


def test_an_open_start_is_an_empty_cell_and_a_choice_of_days_has_its_bounds() -> None:
    rows = {row["claim_id"]: row for row in _rows(file_of_claims(tiny_seen()))}
    columns = ("day_earliest", "day_latest", "date_as_written", "speaker")
    assert [rows["e1"][name] for name in columns] == [
        "",
        "2019-05-19",
        "[..2019-05-19]",
        "Inès Doran",
    ]
    assert [rows["w1"][name] for name in columns] == [
        "2019-05-11", "2019-05-18", "[2019-05-11,2019-05-18]", "Town of Nyra; Town of Tolm",
    ]  # fmt: skip


def test_every_card_of_the_ledger_is_a_row_in_the_same_order(seen: View) -> None:
    cards = [f"#{card.anchor}" for card in tables.claim_cards(seen).cards]
    block = file_of_claims(seen)
    assert [row["card"] for row in _rows(block)] == cards
    assert block.rows == block.numbers["rows"] == len(cards)


def test_only_a_speakers_own_words_are_quotes(seen: View) -> None:
    outlets = {"gloss", "summary", "narrator"}
    assert all(
        not row["quote"] for row in _rows(file_of_claims(seen)) if row["rendering"] in outlets
    )


def test_the_table_is_utf_8_with_a_mark_and_lines_end_in_crlf(seen: View) -> None:
    raw = file_of_claims(seen).content
    assert raw.startswith(b'\xef\xbb\xbf"claim_id","utterance_id",')
    assert raw.endswith(b'"\r\n') and b"\0" not in raw
    lines = raw.split(b"\r\n")
    assert len(lines) == len(_rows(file_of_claims(seen))) + 2
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_pandas_and_csv_read_the_same_cells(seen: View) -> None:
    block = file_of_claims(seen)
    frame = pd.read_csv(
        BytesIO(block.content), dtype="str", keep_default_na=False,
        encoding="utf-8-sig",
    )  # fmt: skip
    assert list(frame.columns) == COLUMNS
    assert frame.to_dict("records") == _rows(block)


def test_every_column_is_documented() -> None:
    readme = (REPO / "data" / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## The files beside the brief")[2].partition("\n## ")[0]
    assert not [name for name in COLUMNS if f"`{name}`" not in section]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ('=HYPERLINK("http://evil.example")', '\'=HYPERLINK("http://evil.example")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        (" =1", "'=1"),
        ("＝1", "'＝1"),
        ("two\r\nlines\x00", "two lines"),
        ("CT+", "CT+"),
        ("“quoted”, – said", "“quoted”, – said"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula_or_has_a_second_line(cell: str, safe: str) -> None:
    assert safe_cell(cell) == safe


def test_a_formula_in_a_table_reaches_no_spreadsheet(changed: Changed) -> None:
    folder = changed("claims", "a1", "note", "=SUM(A1)")
    (row,) = [
        row for row in _rows(file_of_claims(tiny_seen(folder=folder))) if row["claim_id"] == "a1"
    ]
    assert row["note"] == "'=SUM(A1)"


def test_the_digest_and_the_size_are_those_of_the_bytes(seen: View) -> None:
    for block in (file_of_claims(seen), graph_of_claims(seen)):
        raw = block.content
        assert block.sha256 == hashlib.sha256(raw).hexdigest()
        assert block.size == block.numbers["bytes"] == len(raw)
        assert [run.text for run in block.facts] == [f"{len(raw):,} bytes, SHA-256 ", block.sha256]


def test_the_same_view_gives_the_same_bytes() -> None:
    for made in (file_of_claims, graph_of_claims):
        again = replace(tiny_seen())  # another view of the same record: nothing is remembered
        assert made(tiny_seen()).content == made(again).content


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
    document = json.loads(graph_of_claims(tiny_seen()).content)
    contexts = [inner for key, inner in _walk(document) if key in ("@context", "@import")]
    assert len(contexts) == 1 and isinstance(contexts[0], dict)
    assert len(_graph(tiny_seen())) > 500


def test_every_key_of_the_graph_has_a_meaning(seen: View) -> None:
    document = json.loads(graph_of_claims(seen).content)
    prefixes = {key for key in document["@context"] if ":" not in key}
    for key, _ in _walk(document["@graph"]):
        assert key in ("@id", "@type") or key.partition(":")[0] in prefixes, key


def test_there_is_a_claim_a_claim_and_its_text_is_the_proposition(seen: View) -> None:
    graph, frame = _graph(seen), statements(seen)
    claims = set(graph.subjects(RDF.type, SCHEMA.Claim))
    assert claims == {_at(one) for one in frame["claim_id"]}
    for claim_id, proposition in zip(frame["claim_id"], frame["proposition"], strict=True):
        assert graph.value(_at(claim_id), SCHEMA.text) == Literal(proposition)


def test_nothing_is_pointed_to_that_the_graph_does_not_tell_of(
    seen: View, caplog: pytest.LogCaptureFixture
) -> None:
    graph = _graph(seen)
    graph.serialize(format="turtle")
    assert not caplog.records, "an address that is none"
    described = set(graph.subjects())
    inside = {one for one in graph.objects() if str(one).startswith(f"{BASE}#")}
    assert inside <= described
    assert all(graph.value(one, SKOS.prefLabel) for one in inside if "#code" in str(one))


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


def test_a_quotation_holds_a_speakers_words_and_names_who_said_them(seen: View) -> None:
    graph, frame = _graph(seen), statements(seen)
    own = frame[(frame["quote"] != "") & ~frame["is_outlet_voice"]]
    speakers = seen.record.speakers.groupby("utterance_id")["actor_id"].agg(set).to_dict()
    assert len(set(graph.subjects(RDF.type, SCHEMA.Quotation))) == len(own)
    for claim_id, utterance_id, quote in zip(
        own["claim_id"], own["utterance_id"], own["quote"], strict=True
    ):
        quotation = _at(f"quotation-{claim_id}")
        assert graph.value(quotation, SCHEMA.text) == Literal(quote)
        assert set(graph.objects(quotation, SCHEMA.spokenByCharacter)) == {
            _at(f"actor-{one}") for one in speakers[utterance_id]
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


def test_positions_are_the_spans_and_no_others(seen: View) -> None:
    frame = statements(seen).dropna(subset=["span_start"])
    spans = frame[["claim_id", "source_id", "span_start", "span_end"]]
    assert {row[:4] for row in _selected(_graph(seen))} == set(
        spans.itertuples(index=False, name=None)
    )


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


def test_lineage_is_told_edge_by_edge() -> None:
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
    unknown = set(_tiny().subjects(RDFS.label, Literal("an unknown origin")))
    parents = {
        _tiny().value(_at("utterance-pell_letter"), PROV.wasDerivedFrom),
        _tiny().value(_at("utterance-towns_alarm"), PROV.wasInfluencedBy),
    }
    assert unknown == parents and len(unknown) == 2


def test_each_row_of_lineage_is_an_edge_with_its_code_and_its_basis(seen: View) -> None:
    graph, rows = _graph(seen), seen.record.lineage
    told = [
        (str(graph.value(one, OURS.relation)).rpartition("-")[2], str(basis))
        for kind in (PROV.Quotation, PROV.Derivation, PROV.EntityInfluence)
        for one in graph.subjects(RDF.type, kind)
        for basis in graph.objects(one, URIRef("http://purl.org/dc/terms/description"))
    ]
    assert sorted(told) == sorted(zip(rows["relation"], rows["basis"], strict=True))


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


# Parquet, and records that are too large for linked data


def test_fewer_claims_than_a_spreadsheet_opens_have_no_parquet_file() -> None:
    assert parquet_of_claims(tiny_seen()) is None


def test_the_parquet_table_has_the_rows_and_columns_of_the_flat_table(
    monkeypatch: pytest.MonkeyPatch, seen: View
) -> None:
    monkeypatch.setattr(claims_parquet, "FEWEST_CLAIMS", 0)
    block = parquet_of_claims(seen)
    assert block is not None
    assert block.file_name == "claims.parquet"
    assert block.sha256 == hashlib.sha256(block.content).hexdigest()
    rows = _rows(file_of_claims(seen))
    table = fastparquet.ParquetFile(BytesIO(block.content)).to_pandas()
    assert list(table.columns) == COLUMNS
    assert len(table) == block.rows == len(rows)
    for name in COLUMNS:
        cells = ["" if pd.isna(cell) else str(cell) for cell in table[name]]
        if name in claims_parquet.NUMBERS:
            assert pd.api.types.is_numeric_dtype(table[name])
            cells = [cell.removesuffix(".0") for cell in cells]
        assert [safe_cell(cell) for cell in cells] == [row[name] for row in rows], name


def test_a_formula_is_left_as_it_is_in_parquet(
    monkeypatch: pytest.MonkeyPatch, changed: Changed
) -> None:
    monkeypatch.setattr(claims_parquet, "FEWEST_CLAIMS", 0)
    folder = changed("claims", "a1", "note", "=SUM(A1)")
    block = parquet_of_claims(tiny_seen(folder=folder))
    assert block is not None
    table = fastparquet.ParquetFile(BytesIO(block.content)).to_pandas()
    assert "=SUM(A1)" in list(table["note"])


def test_the_same_claims_give_the_same_parquet_bytes_with_no_path_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(claims_parquet, "FEWEST_CLAIMS", 0)
    one, again = (parquet_of_claims(replace(tiny_seen())) for _ in range(2))
    assert one is not None and again is not None
    assert one.content == again.content
    assert b"claimbrief-" not in one.content and b"/tmp" not in one.content


def test_a_record_too_large_for_linked_data_says_that_it_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(claims_jsonld, "MOST_CLAIMS", 12)
    assert isinstance(graph_of_claims(tiny_seen()), Download)  # as many as there are
    monkeypatch.setattr(claims_jsonld, "MOST_CLAIMS", 11)
    block = graph_of_claims(tiny_seen())
    assert isinstance(block, Prose)
    ((run,),) = block.paragraphs
    assert "left out" in run.text and "has 12." in run.text and "is whole" in run.text
