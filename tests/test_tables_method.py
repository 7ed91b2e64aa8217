"""The tables of the chapter on method, cell by cell, as tests/tiny/README.md works them out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from views import context_of, plain, real_view, table, tiny_view
from views import marked_cells as cells

from claimbrief import analysis, tables
from claimbrief.blocks import Table
from claimbrief.limits import LIMITS
from claimbrief.view import View

NAMES = ("dates", "coverage", "agreement", "codebook", "sources")
DENIAL = (
    "Phrase. The month is May, from the dated words beside it; the end is the last day of the "
    "article. The Gazette gives 10 May, but the article does not say that it means that day."
)
TENSE = "Tense only. Only the tense places it before the article."
DATES = [
    ["Pell<i1>", "28 April 2019", "28 Apr", "–", "Day and year given. "],
    ["Roads Authority<a1>", "on 8 May 2019", "8 May", "–", "Day and year given. "],
    [
        "Lindqvist<m1>", "on Sunday of last week", "12 May", "12 May",
        "Weekday, fixed by another source. The Bulletin of Monday 13 May 2019 has the words on the "
        "day before.",
    ],
    [
        "Nyra and Tolm<w1>", "on Saturday", "11 or 18 May", "–",
        "Weekday. The Saturday before the article: 18 May if it is of the 18th or 19th, else 11 "
        "May.",
    ],
    [
        "Northern Ledger<n1>", "–", "13–19 May", "–",
        "None. As old as the article; see the source for its bounds.",
    ],
    ["Rill<b2>", "earlier this month", "1–19 May", "10 May", DENIAL],
    ["Doran<e1>", "told the Ledger", "by 19 May", "–", TENSE],
    ["Port of Orsa<p1>", "has not called", "by 19 May", "–", TENSE],
]  # fmt: skip
REASON = (
    "Northern Ledger: The text shows no date. “Sunday of last week” is 12 May 2019 by the "
    "Bulletin, so the article is of the week from Monday 13 to Sunday 19 May."
)


def repeated(name: str, view: View, times: int) -> Table:
    """Return a table of a frame that has the rows of the view's several times."""
    frame = pd.concat([getattr(analysis, name)(view)] * times, ignore_index=True)
    block: Table = getattr(tables, name)(frame, context_of(view))
    return block


# Dates


def test_a_statement_stands_beside_the_sources_words_its_date_and_the_reasoning() -> None:
    block = table("dates", tiny_view())
    assert [column.label for column in block.columns] == [
        "Statement", "The source’s words", "Date", "Day in another source", "Reasoning",
    ]  # fmt: skip
    assert cells(block) == DATES
    assert block.numbers == {"utterances": 8}
    assert plain(block.note) == "A range is kept as a range; “by” has an open start."


def test_a_day_that_research_settled_is_left_out_and_counted(changed: Changed) -> None:
    vocabulary = "date_basis,researched,researched,By research from the pages named.,14\n"
    folder = changed("vocabulary.csv", raw=lambda content: content + vocabulary.encode())
    for said in ("pell_letter", "towns_alarm"):
        folder = changed("utterances", said, "date_note", "The pages say so.", of=folder)
        folder = changed("utterances", said, "date_basis", "researched", of=folder)
    block = table("dates", tiny_view(folder=folder))
    assert [row[0] for row in cells(block)] == [row[0] for row in DATES[1:]]
    assert block.numbers == {"utterances": 7}, "a range is never settled"
    assert " One more, of a day that research settled, is left out;" in plain(block.note)


def test_the_claim_cited_for_a_date_is_from_a_coded_text_if_one_is(changed: Changed) -> None:
    row = (
        "m0,minister_radio,bulletin_2019_05_13,bridge_unsafe,affirms_hedged,PR+,very likely,direct,"
        ",,It is very likely that the bridge is unsafe,She calls the bridge very likely unsafe.,"
        ",,,,,,A0,,\n"
    )
    folder = changed("claims.csv", raw=lambda content: content + row.encode())
    rows = cells(table("dates", tiny_view(folder=folder)))
    assert rows[2][0] == "Lindqvist<m1>"


def test_of_many_statements_those_of_the_least_known_day_are_listed() -> None:
    block = repeated("dates", tiny_view(), 40)
    rows = cells(block)
    assert len(rows) == LIMITS.rows
    assert [row[2] for row in rows[:120:40]] == ["by 19 May", "by 19 May", "1–19 May"]
    assert [row[2] for row in rows[120:240:40]] == ["11 or 18 May", "13–19 May", "28 Apr"]
    assert plain(block.note).endswith(
        " Here are 300 of 320 statements, those whose day is least known first; the whole record "
        "is in claims.csv, beside this brief."
    )


# Coverage


def test_each_character_of_a_coded_text_is_counted_once() -> None:
    block = table("coverage", tiny_view())
    # 816 in the spans of the twelve claims, 30 + 38 + 69 excluded, 1,143 in all.
    assert cells(block) == [
        ["Northern Ledger, “Is the new Orsa bridge unsafe?”", "1,143", "816", "137", "190"]
    ]
    assert [column.label for column in block.columns] == [
        "Text", "In all", "In a claim", "Excluded", "Rest",
    ]  # fmt: skip


def test_of_many_texts_the_longest_are_listed() -> None:
    view = tiny_view()
    frame = pd.concat([analysis.coverage(view)] * 251, ignore_index=True)
    frame["n_chars"] = range(1_000, 1_251)
    block = tables.coverage(frame, context_of(view))
    assert [row[1] for row in cells(block)] == [f"{count:,}" for count in range(1_250, 1_000, -1)]
    assert "Here are 250 of 251 texts, the longest first" in plain(block.note)


# Agreement


def test_agreement_and_alpha_are_those_worked_by_hand() -> None:
    block = table("agreement", tiny_view())
    assert cells(block) == [
        ["Stance", "4", "0.75", "0.72", "nominal", "Rill (Karst Works, 1–19 May)<b2>"],
        ["Commitment", "4", "1.00", "1.00", "ordinal", "none"],
    ]
    assert block.block_id == "table-agreement"
    assert block.numbers == {"stance": [4, 3, 0.72], "commitment": [4, 4, 1.0]}
    assert plain(block.note).endswith("that both placed on it: commitment without NA.")


def test_agreement_is_of_the_claims_of_the_sources_that_the_brief_uses(quoted: Path) -> None:
    alone = tiny_view(folder=quoted, sources=["bulletin_2019_05_13"])
    assert cells(table("agreement", alone)) == [], "nobody coded m3 twice"
    assert len(cells(table("agreement", tiny_view(folder=quoted)))) == 2


def test_alpha_of_a_single_value_is_not_defined_and_many_partings_are_counted() -> None:
    view = tiny_view()
    frame = analysis.agreement(view).iloc[:1]
    frame = frame.assign(alpha=float("nan"), parted=[["a1"] * 70])
    ((*_, alpha, _, parted),) = cells(tables.agreement(frame, context_of(view)))
    assert alpha == "not defined"
    assert parted == "Roads Authority (Velland, 8 May)<a1> and 46 more, in codings.csv"
    out_of_view = frame.assign(parted=[["c1", "c2"]])
    assert cells(tables.agreement(out_of_view, context_of(view)))[0][-1] == "two, in codings.csv"


# The codebook and the parameters


def test_the_codebook_has_each_code_with_label_and_definition_in_order() -> None:
    view = tiny_view()
    rows = cells(table("codebook", view))
    assert rows[:4] == [
        ["question Q1", "Unsafe? Whether the bridge is unsafe."],
        ["question Q2", "Cracked? Whether a pier of the bridge is cracked."],
        ["question Q3", "Anybody hurt? Whether people were hurt at the bridge."],
        [
            "question Q4",
            "State of the evidence. What has been shown, by whom, and what has not.",
        ],
    ]
    assert ["extent whole_page", "the whole page. The whole page was in view."] in rows
    assert ["date basis tense_only", "tense only. Only the tense says that it is past; the start "
            "is open."] in rows  # fmt: skip
    assert not [row for row in rows if "+external" in row[0]]
    schemes = list(dict.fromkeys(row[0].rpartition(" ")[0] for row in rows))
    assert schemes == [
        "question", "stance", "commitment", "rendering", "role", "phase", "response", "denial",
        "evidence kind", "publicity", "lineage relation", "report relation", "sourcing", "extent",
        "rests on", "date basis",
    ]  # fmt: skip


def test_the_parameters_are_the_viewpoint_and_the_digest() -> None:
    view = tiny_view(sources=["ledger_bridge"], actors=["velland"], published="2019-05-15")
    assert cells(tables.parameters(context_of(view))) == [
        ["As of", "31 May 2019"],
        ["Basis", "said"],
        ["Window", "20 April 2019 to 31 May 2019"],
        ["Sources", "ledger_bridge"],
        ["Actors", "velland"],
        ["Undated source taken as published", "15 May 2019"],
        ["Last edition", "not given"],
        ["Dataset", "orsa-bridge-may-2019 1.0.0"],
        ["Dataset digest (SHA-256)", view.whole.digest],
    ]
    rows = dict(cells(tables.parameters(context_of(tiny_view(basis="reported")))))
    assert (rows["Basis"], rows["Sources"], rows["Actors"]) == ("reported", "all", "all")
    assert rows["Undated source taken as published"] == "not assumed"
    (row,) = (
        row for row in cells(tables.parameters(context_of(tiny_view(last_edition="2019-05-12"))))
        if row[0] == "Last edition"
    )  # fmt: skip
    assert row[1] == "12 May 2019"


# The sources


def test_a_document_stands_beside_its_day_and_what_it_gives() -> None:
    block = table("sources", tiny_view())
    assert cells(block) == [
        [
            "Northern Ledger, “Is the new Orsa bridge unsafe?”",
            "13–19 May",
            "12 claims",
        ],
        ["Evening Bulletin", "13 May", "1 report"],
        ["Tarn Gazette", "21 May", "a date"],
    ]
    linked = [run.href for row in block.rows for cell in row.cells for run in cell if run.href]
    assert linked == [
        "https://bulletin.example/2019/05/13/bridge",
        "https://gazette.example/2019/05/21/pier",
    ]
    assert block.numbers == {"sources": 3, "with_statements": 2}
    assert plain(block.note).endswith(f"How a day of publication was found: {REASON}")


def test_a_source_that_is_coded_itself_is_no_report_of_the_same_words(quoted: Path) -> None:
    rows = cells(table("sources", tiny_view(folder=quoted)))
    assert [row[2] for row in rows] == ["12 claims", "1 claim, 1 report", "a date"]


def test_an_agency_and_a_day_that_is_not_known_are_said(changed: Changed) -> None:
    folder = changed("sources", "gazette_2019_05_21", "wire", "VNA")
    folder = changed("sources", "gazette_2019_05_21", "published", "", of=folder)
    rows = cells(table("sources", tiny_view(folder=folder)))
    assert rows[2] == ["Tarn Gazette (VNA)", "not shown", "a date"]


def test_of_many_documents_those_that_carry_most_claims_are_listed() -> None:
    whole = table("sources", real_view())
    claims = analysis.sources(real_view())["claims"].sort_values(ascending=False)
    assert len(claims) > LIMITS.short_rows == len(whole.rows)
    counts = [int(row[2].split(" claim")[0]) if "claim" in row[2] else 0 for row in cells(whole)]
    assert counts == claims.iloc[: LIMITS.short_rows].tolist()
    assert f"Here are 250 of {len(claims)} documents, those that carry most claims" in plain(
        whole.note
    )
    assert whole.numbers["sources"] == len(claims)


def test_how_many_days_were_found_is_said_by_way_and_not_one_by_one() -> None:
    reason = REASON.removeprefix("Northern Ledger: ").rstrip(".")
    assert plain(repeated("sources", tiny_view(), 20).note).count("Northern Ledger: ") == 20
    block = repeated("sources", tiny_view(), 30)
    assert plain(block.note).endswith(
        f"How a day of publication was found: {reason} (30 documents)."
    )


# Parts of a frame and empty frames


@pytest.mark.parametrize("name", NAMES)
def test_a_table_draws_a_part_of_its_frame_and_an_empty_one(name: str) -> None:
    view = tiny_view()
    frame, context = getattr(analysis, name)(view), context_of(view)
    draw = getattr(tables, name)
    whole = cells(draw(frame, context))
    assert cells(draw(frame.iloc[-1:], context)) == whole[-1:]
    assert draw(frame.iloc[:0], context).rows == ()


def test_where_nothing_is_in_view_no_statement_and_no_document_is_listed() -> None:
    nothing = tiny_view("2019-05-12", basis="reported")
    assert cells(table("dates", nothing)) == cells(table("sources", nothing)) == []


# The line below a table that names its sources


def test_many_sources_are_counted_and_named_where_each_is_listed() -> None:
    line = plain(context_of(tiny_view()).source)
    assert line.startswith("Source: Northern Ledger, “Is the new Orsa bridge unsafe?”; Evening ")
    october = context_of(real_view()).source
    assert "documents, each named in claims.jsonld." in plain(october)
    early = real_view("2024-10-15")
    assert LIMITS.rows > LIMITS.short_rows >= len(analysis.sources(early))
    assert "documents, each named in the table of sources." in plain(context_of(early).source)
    reported = real_view("2024-10-21", basis="reported", window_start="2024-10-15")
    assert LIMITS.short_rows < len(analysis.sources(reported)) <= LIMITS.rows
    assert "each named in claims.jsonld" in plain(context_of(reported).source), "the table is cut"


# Cases written by hand


def test_a_table_of_sources_names_each_basis_by_publisher_or_counts_the_common_ones() -> None:
    view = tiny_view()
    frame = analysis.sources(view)
    ledger = frame[frame["source_id"] == "ledger_bridge"]
    for way in ("Day shown with the page.", "Day in the address.", "Day in the text."):
        nothing = tables.sources(ledger.assign(published_basis=way), context_of(view))
        assert plain(nothing.note).endswith("coded from another document."), "no way to explain"
    ways = [f"Way {at}." for at in range(7)]
    many = pd.concat(
        [ledger.assign(published_basis=way) for at, way in enumerate(ways) for _ in range(9 - at)],
        ignore_index=True,
    )
    assert plain(tables.sources(many, context_of(view)).note).endswith(
        " How a day of publication was found: Way 0 (nine documents). Way 1 (eight documents). "
        "Way 2 (seven documents). Way 3 (six documents). Way 4 (five documents)."
    )
    few = many.iloc[:20]
    note = plain(tables.sources(few, context_of(view)).note)
    assert note.count("Northern Ledger: Way 0.") == 9 and "documents)" not in note
    assert "(one document)" not in note
    single = pd.concat([many.iloc[:20], many.iloc[-1:]], ignore_index=True)
    assert "Way 6 (one document)." in plain(tables.sources(single, context_of(view)).note)


@pytest.mark.parametrize(
    ("claims", "reports", "gives"),
    [(0, 0, "a date"), (1, 0, "1 claim"), (2, 0, "2 claims"), (0, 1, "1 report"),
     (0, 3, "3 reports"), (2, 1, "2 claims, 1 report")],
)  # fmt: skip
def test_what_a_document_gives_is_counted(claims: int, reports: int, gives: str) -> None:
    view = tiny_view()
    frame = analysis.sources(view).iloc[:1].assign(claims=claims, reports=reports)
    block = tables.sources(frame, context_of(view))
    assert cells(block)[0][2] == gives
    assert block.numbers == {"sources": 1, "with_statements": int(claims + reports > 0)}


def test_days_of_several_statements_that_research_settled_are_counted() -> None:
    view = tiny_view()
    frame = analysis.dates(view).reset_index(drop=True)
    single, two = (
        plain(tables.dates(frame.assign(is_researched=frame.index < count), context_of(view)).note)
        for count in (1, 2)
    )
    assert single.endswith(
        " One more, of a day that research settled, is left out; what settled it is on its card."
    )
    assert two.endswith(
        " Two more, of a day that research settled, are left out; what settled it is on their "
        "cards."
    )


def test_a_label_that_ends_a_sentence_has_no_second_stop() -> None:
    view = tiny_view()
    frame = analysis.codebook(view).iloc[:4].assign(label=["Why?", "So.", "And …", "So"])
    labels = [row[1].partition(" Whether")[0].partition(" What")[0] for row in
              cells(tables.codebook(frame, context_of(view)))]  # fmt: skip
    assert labels == ["Why?", "So.", "And …", "So."]
    block = tables.codebook(frame, context_of(view))
    assert [row.key for row in block.rows] == [f"question Q{at}" for at in range(1, 5)]
    assert block.numbers == {"codes": 4}


def test_counts_of_a_thousand_have_a_comma_and_variables_no_underscore() -> None:
    view = tiny_view()
    frame = analysis.agreement(view).iloc[:1].assign(variable="rests_on", n=1200, raw=0.5)
    (row,) = cells(tables.agreement(frame, context_of(view)))
    assert row[:3] == ["Rests on", "1,200", "0.50"]
    texts = analysis.coverage(view).assign(claimed=1816, excluded=1137, rest=1190)
    assert cells(tables.coverage(texts, context_of(view)))[0][2:] == ["1,816", "1,137", "1,190"]
    assert tables.coverage(texts, context_of(view)).numbers == {"texts": 1}
