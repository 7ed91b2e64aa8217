"""claims.csv: the claims as a table that a spreadsheet opens."""

from __future__ import annotations

import csv
import hashlib
from io import BytesIO, StringIO
from itertools import accumulate
from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from test_figures import qualified
from views import VIEWS, claims_of, ledger, tiny_view

from claimbrief.blocks import Download
from claimbrief.downloads import file_of_claims
from claimbrief.downloads.claims_csv import COLUMNS, safe_cell
from claimbrief.view import View

REPO = Path(__file__).parent.parent


@pytest.fixture(params=VIEWS, scope="module", name="view")
def _view(request: pytest.FixtureRequest) -> View:
    return VIEWS[request.param]()


def _rows(block: Download) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(block.content.decode("utf-8-sig"), newline="")))


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
        "evidence": "cites Photographs of the crack, taken by the authority",
        "origin": "derived from Photographs of the crack, taken by the authority "
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
        "people_term": "welders",
        "paraphrase": "Between three and five welders fell and were hurt.",
        "location": "main_span",
        "figure_low": "3",
        "figure_high": "5",
        "origin": "derived from an unknown source (The letter does not say how he knows.)",
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
    (row,) = [row for row in _rows(file_of_claims(tiny_view())) if row["claim_id"] == claim_id]
    filled = {name: cell for name, cell in row.items() if cell}
    assert filled == {"claim_id": claim_id} | OF_THE_LEDGER | BY_HAND[claim_id]


def test_the_word_that_qualifies_a_figure_has_a_column(changed: Changed) -> None:
    rows = _rows(file_of_claims(tiny_view(folder=qualified(changed, "nearly"))))
    words = {row["claim_id"]: row["figure_qualifier"] for row in rows if row["figure_qualifier"]}
    assert words == {"i1": "nearly"}


def test_an_open_start_is_an_empty_cell_and_a_choice_of_days_has_its_bounds() -> None:
    rows = {row["claim_id"]: row for row in _rows(file_of_claims(tiny_view()))}
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


def test_every_claim_of_the_ledger_is_a_row_in_the_order_of_the_cards(view: View) -> None:
    cards = ledger(view).cards
    block = file_of_claims(view)
    rows = [row["card"] for row in _rows(block)]
    by_card = [{f"#{claim.anchor}" for claim in claims_of(card)} for card in cards]
    ends = accumulate(map(len, by_card))
    for claims, end in zip(by_card, ends, strict=True):
        assert set(rows[end - len(claims) : end]) == claims
    assert block.rows == block.numbers["rows"] == len(rows) == sum(map(len, by_card))


def test_only_a_speakers_own_words_are_quotes(view: View) -> None:
    outlets = {"gloss", "summary", "narrator"}
    assert all(
        not row["quote"] for row in _rows(file_of_claims(view)) if row["rendering"] in outlets
    )


def test_the_table_is_utf_8_with_a_mark_and_lines_end_in_crlf(view: View) -> None:
    raw = file_of_claims(view).content
    assert raw.startswith(b'\xef\xbb\xbf"claim_id","utterance_id",')
    assert raw.endswith(b'"\r\n') and b"\0" not in raw
    lines = raw.split(b"\r\n")
    assert len(lines) == len(_rows(file_of_claims(view))) + 2
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_pandas_and_csv_read_the_same_cells(view: View) -> None:
    block = file_of_claims(view)
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
        row for row in _rows(file_of_claims(tiny_view(folder=folder))) if row["claim_id"] == "a1"
    ]
    assert row["note"] == "'=SUM(A1)"


def test_the_digest_and_the_size_are_those_of_the_bytes(view: View) -> None:
    block = file_of_claims(view)
    raw = block.content
    assert block.sha256 == hashlib.sha256(raw).hexdigest()
    assert block.size == block.numbers["bytes"] == len(raw)
    assert [run.text for run in block.facts] == [f"{len(raw):,} bytes, SHA-256 ", block.sha256]


def test_the_same_view_gives_the_same_bytes() -> None:
    assert file_of_claims(tiny_view()).content == file_of_claims(tiny_view()).content
