"""The words around each table of the tiny package: caption, what is in it and how to read it."""

from __future__ import annotations

import pytest
from views import context_of, plain, table, tiny_view

from claimbrief import tables

WORDS = {  # of each table: caption, line below the caption, note
    "agreement": (
        "How far two coders agreed before anything was settled",
        "",
        "On a scale, alpha is of the claims that both placed on it: commitment without NA.",
    ),
    "ancestry": (
        "Where it comes from",
        "",
        "What a statement answers or comments on gives it no content and joins no origins. Left "
        "out, and on the cards, are one link to an item of the side’s own and two links to a "
        "parent that is not stated.",
    ),
    "assertions_by_evidence": (
        "What each side’s statements point to",
        "",
        "Listed is what was said to be so, or likely; “by then” means by the day of the statement. "
        "“Nothing named” means that a text or page seen whole names no evidence, not that there is "
        "none; for the last column only a part was seen.",
    ),
    "codebook": (
        "Codebook",
        "",
        "“+external” after a date basis: another source fixes the day. Commitment, response and "
        "denial are three scales; they are never added.",
    ),
    "context": (
        "What is said around the questions",
        "",
        "Context only: it answers none of the questions.",
    ),
    "coverage": (
        "Characters of each coded text, by what became of them",
        "",
        "The rest is attribution (“he said”), quotation marks and line ends.",
    ),
    "dates": (
        "How each statement came by its date",
        "",
        "A range is kept as a range; “by” has an open start.",
    ),
    "deflation": (
        "Three speakers say something is so, or likely, resting on one or two sources",
        "From the rows of the record down to what the public could see",
        "A range runs from what is certain by that day to what is possible; for sources, from the "
        "fewest to the most.",
    ),
    "denial_register": (
        "One statement denied what others said",
        "What exactly was denied, and what had been said before",
        "Denials by sides that say nothing of this themselves. The last three columns have the "
        "claims that something is so, likely or to come, on the same question, or on any "
        "question if the denial does not name what it denies. A denial can only answer what was "
        "said before it. Many claims are given as a number.",
    ),
    "evidence_register": (
        "Claimed or shown?",
        "",
        "How public each item was on 31 May 2019, and since when.",
    ),
    "flips": (
        "Which dates and which orders a day of publication would settle",
        "",
        "Dates first, then pairs.",
    ),
    "proposition_links": (
        "What one proposition says about another",
        "",
        "As the coders judge it; the reasons stand beside each.",
    ),
    "quotes_beside_glosses": (
        "The speaker’s words beside the outlet’s",
        "",
        "A gloss or summary is never counted as a speaker’s statement.",
    ),
    "responses": (
        "What speakers do about it",
        "",
        "A response holds for what stands beside it and for nothing else.",
    ),
    "sensitivity": (
        "What would change if an undated source had appeared on one of its days",
        "",
        "Of no single day: Northern Ledger. As of 31 May 2019. The column “range kept” is what "
        "this brief uses; a day moves only the sources that can have appeared on it. The same on "
        "each day: statements certainly made by the day (6), statements possibly made by the day "
        "(0) and independent sources (1 to 2).",
    ),
    "sides_by_question": (
        "Who says what to which question",
        "",
        "A cell begins with the stance that commits most on what is already so, by whom and when; "
        "after “also” come others of the side who answer alike, then those who answer otherwise: "
        "“left open” means speaking of it without saying so, “to come” foretelling it. A side is "
        "the topmost body that a speaker belongs to; a person’s words are a person’s. “Not heard” "
        "is not a denial. Nobody is heard on: State of the evidence and Content not stated.",
    ),
    "silences": (
        "Whom a reader expects to hear, and who was heard",
        "",
        "As of 31 May 2019. Heard on the questions, by itself or by a member. Silence is no "
        "denial, and “not heard” means not in this record.",
    ),
    "sources": (
        "Sources",
        "",
        "Each publisher leads to the page, and each card of the ledger names its own. A report is "
        "of a statement whose claims are coded from another document. How a day of publication "
        "was found: Northern Ledger: The text shows no date. “Sunday of last week” is 12 May 2019 "
        "by the Bulletin, so the article is of the week from Monday 13 to Sunday 19 May.",
    ),
    "sourcing": (
        "How well the statements are sourced",
        "",
        "The grade tells how a statement reached the record, not whether it is true.",
    ),
    "wording_drift": (
        "The words for the people, in order of first use",
        "",
        "A word in a paraphrase may be the outlet’s or ours and not the speaker’s.",
    ),
}
OF_METHOD = {"agreement", "codebook", "coverage", "dates", "proposition_links", "sources"}
OF_METHOD |= {"sourcing"}  # tables of the record itself, which need no line on where it is from
BOLD = {  # the cells of the first row in which something is in bold
    "agreement": [0],
    "assertions_by_evidence": [0],
    "codebook": [1],
    "denial_register": [0],
    "proposition_links": [1],
    "sides_by_question": [0],
    "silences": [0],
    "sourcing": [0],
    "wording_drift": [0],
}
KEYS = {  # how a page that is moved to another day knows a row, or a link finds it
    "agreement": ["stance", "commitment"],
    "assertions_by_evidence": ["velland", "pell"],
    "coverage": ["ledger_bridge"],
    "dates": [
        "pell_letter", "authority_report", "minister_radio", "towns_alarm", "article_text",
        "builder_denial", "doran_interview", "port_silence",
    ],
    "evidence_register": ["pier_photographs", "wind_argument"],
    "sources": ["ledger_bridge", "bulletin_2019_05_13", "gazette_2019_05_21"],
    "sourcing": [
        "primary", "primary_copy", "two_reports", "same_wire", "same_origin", "one_report",
    ],
}  # fmt: skip
FROM_WIDEST = {  # the columns of each table, by place, from the widest to the narrowest
    "agreement": [5, 0, 4, 2, 3, 1],
    "ancestry": [4, 2, 0, 1, 3],
    "assertions_by_evidence": [2, 1, 3, 4, 5, 0],
    "codebook": [1, 0],
    "context": [1, 0],
    "coverage": [0, 1, 2, 3, 4],
    "dates": [4, 0, 1, 2, 3],
    "deflation": [2, 0, 1],
    "denial_register": [2, 4, 0, 3, 5, 6, 7, 1],
    "denials_by_day": [2, 0, 1, 3],
    "evidence_by_side": [2, 1, 0],
    "evidence_register": [0, 2, 4, 5, 1, 3],
    "flips": [2, 0, 1],
    "items_cited": [1, 2, 3, 0],
    "origins_by_side": [3, 2, 0, 4, 1],
    "outlet_beside_speaker": [1, 2, 3, 0],
    "proposition_links": [0, 3, 2, 1],
    "quotes_beside_glosses": [3, 1, 2, 0],
    "responses": [1, 2, 0],
    "sides_by_question": [1, 2, 3, 0],
    "silences": [0, 4, 1, 2, 3],
    "sources": [0, 2, 1],
    "sourcing": [2, 3, 0, 1],
    "turns_in_words": [1, 2, 0],
    "wording_drift": [2, 1, 0, 3],
}


@pytest.mark.parametrize("name", WORDS)
def test_a_table_says_what_it_shows_how_to_read_it_and_where_it_is_from(name: str) -> None:
    block = table(name, tiny_view())
    assert (plain(block.caption), plain(block.subtitle), plain(block.note)) == WORDS[name]
    source = () if name in OF_METHOD else context_of(tiny_view()).source
    assert block.source == source


@pytest.mark.parametrize("name", WORDS)
def test_the_cells_that_name_a_row_are_in_bold(name: str) -> None:
    for row in table(name, tiny_view()).rows[:1]:
        bold = [at for at, cell in enumerate(row.cells) if "strong" in {run.style for run in cell}]
        assert bold == BOLD.get(name, [])


@pytest.mark.parametrize("name", FROM_WIDEST)
def test_a_column_is_the_wider_the_more_its_cells_have_to_say(name: str) -> None:
    shares = [column.share for column in table(name, tiny_view()).columns]
    assert sorted(range(len(shares)), key=lambda at: -shares[at]) == FROM_WIDEST[name]


@pytest.mark.parametrize("name", KEYS)
def test_a_row_is_known_by_what_it_is_of(name: str) -> None:
    assert [row.key for row in table(name, tiny_view()).rows] == KEYS[name]


def test_a_table_has_a_name_of_its_own_and_short_rows_run_abreast_on_paper() -> None:
    for name in {*WORDS} - {"agreement"}:
        block = table(name, tiny_view())
        assert block.block_id == f"table-{name.replace('_', '-')}"
        assert block.abreast == (2 if name in ("codebook", "sources") else 1)


def test_each_setting_of_the_brief_has_a_row_with_its_label() -> None:
    block = tables.parameters(context_of(tiny_view()))
    assert plain(block.caption) == "What this brief was built from"
    assert [column.label for column in block.columns] == ["Setting", "Value"]
    assert [row.key for row in block.rows] == [plain(row.cells[0]) for row in block.rows]
    assert block.numbers == {
        "as_of": "2019-05-31",
        "dataset": "orsa-bridge-may-2019",
        "digest": context_of(tiny_view()).digest,
    }
