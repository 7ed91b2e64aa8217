"""What was cited as evidence: what the public could see first, then all the rest together."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from views import cells, context_of, plain, real_view, sentences, tiny_view

from claimbrief import analysis, prose, tables
from claimbrief.analysis.evidence import (
    COLUMNS,
    NAMED,
    _in_order,
    items_cited,
    kinds_never_public,
    statements_by_evidence,
)
from claimbrief.analysis.provenance import provenance, public_status
from claimbrief.blocks import Table
from claimbrief.view import View

PHOTO = "https://gazette.example/2019/05/21/pier"
ITEM = {
    "kind": "photo_or_video", "description": "a photo", "side": "velland",
    "offered_by": "Lindqvist", "claim_ids": ["m1"], "certainty": "certain",
    "publicity": "published", "is_public": True, "public_when": "2019-05-08",
    "is_certainly_public": True, "locator": "https://x.example/", "publisher": "", "caveat": "",
}  # fmt: skip
HIDDEN = {
    "offered_by": "", "publicity": "described", "is_public": False, "public_when": "",
    "is_certainly_public": False, "locator": "",
}  # fmt: skip


def drawn(*items: dict[str, object]) -> Table:
    """Return the table of items written by hand: the minister shows a photo, unless stated."""
    rows = [ITEM | {"evidence_id": f"e{at}"} | item for at, item in enumerate(items)]
    return tables.items_cited(pd.DataFrame(rows, columns=COLUMNS), context_of(tiny_view()))


def caption(*items: dict[str, object]) -> str:
    return plain(drawn(*items).caption)


def table_of(view: View) -> Table:
    return tables.items_cited(items_cited(view), context_of(view))


def said(view: View) -> str:
    """Return the sentences on what was shown."""
    frames = items_cited(view), analysis.evidence_register(view)
    (words,) = sentences(prose.items_cited(*frames, statements_by_evidence(view)))
    return words


def test_the_photographs_are_the_only_thing_cited_and_an_argument_is_none() -> None:
    (item,) = items_cited(tiny_view()).to_dict("records")
    assert item == {
        "evidence_id": "pier_photographs", "kind": "photo_or_video",
        "description": "Photographs of the crack, taken by the authority", "side": "velland",
        "offered_by": "", "claim_ids": ["a1"], "certainty": "certain", "publicity": "published",
        "is_public": True, "public_when": "2019-05-21", "is_certainly_public": True,
        "locator": PHOTO, "publisher": "Tarn Gazette", "caveat": "",
    }  # fmt: skip


def test_they_were_not_public_before_the_gazette_printed_them() -> None:
    (item,) = items_cited(tiny_view("2019-05-20")).to_dict("records")
    assert (item["is_public"], item["public_when"]) == (False, "")
    assert plain(table_of(tiny_view("2019-05-20")).caption) == "The one thing cited was not shown"
    assert plain(table_of(tiny_view()).caption) == "The one thing cited was shown"


def test_what_is_spoken_of_without_support_is_not_cited(changed: Changed) -> None:
    folder = changed("claim_evidence", "a1", "relation", "speaks_of")
    view = tiny_view(folder=folder)
    assert items_cited(view).empty
    assert table_of(view).rows == ()
    assert said(view).startswith("Nobody has cited evidence that could be shown.")


@pytest.mark.parametrize("relation", ["cites", "offers"])
@pytest.mark.parametrize("claim_id", ["m2", "b1", "n1"])
def test_what_an_outlets_own_words_alone_point_to_is_cited_by_nobody(
    changed: Changed, claim_id: str, relation: str
) -> None:
    folder = changed("claim_evidence", "a1", "relation", relation)
    folder = changed("claim_evidence", "a1", "claim_id", claim_id, of=folder)
    view = tiny_view(folder=folder)
    assert items_cited(view).empty
    assert public_status(view).empty
    above = provenance(view)
    resting = [utterance for utterance in above if "pier_photographs" in above[utterance]]
    assert resting == ["authority_report"], "its lineage says so"
    item = analysis.evidence_register(view).set_index("evidence_id").loc["pier_photographs"]
    assert (item["claim_ids"], item["is_cited"], item["offered_by"]) == ([claim_id], False, "")


def test_an_item_stands_with_who_offers_it_before_who_holds_it(changed: Changed) -> None:
    raw = "w1,pier_photographs,offers\n"
    folder = changed("claim_evidence.csv", raw=lambda content: content + raw.encode())
    (item,) = items_cited(tiny_view(folder=folder)).to_dict("records")
    assert (item["side"], item["offered_by"]) == ("nyra", "Nyra and Tolm")
    assert item["claim_ids"] == ["w1", "a1"]
    folder = changed("claim_evidence", "w1", "relation", "cites", of=folder)
    (item,) = items_cited(tiny_view(folder=folder)).to_dict("records")
    assert (item["side"], item["claim_ids"]) == ("velland", ["a1", "w1"])


@pytest.mark.parametrize("holder", ["northern_ledger", "engineers"])
def test_what_outlets_or_unnamed_people_hold_is_of_the_side_that_first_cites_it(
    changed: Changed, holder: str
) -> None:
    folder = changed("evidence", "pier_photographs", "holder", "pell")
    (item,) = items_cited(tiny_view(folder=folder)).to_dict("records")
    assert item["side"] == "pell", "a side that holds it keeps it"
    folder = changed("evidence", "pier_photographs", "holder", holder)
    (item,) = items_cited(tiny_view(folder=folder)).to_dict("records")
    assert (item["side"], item["offered_by"]) == ("velland", ""), "the authority cites it in a1"


def test_what_may_not_have_been_cited_by_the_day_is_possible(changed: Changed) -> None:
    folder = changed("claim_evidence", "a1", "claim_id", "b2")
    (item,) = items_cited(tiny_view("2019-05-12", folder=folder)).to_dict("records")
    assert item["certainty"] == "possible"


def test_a_public_item_tells_who_showed_it_where_and_with_what_caveat() -> None:
    block = drawn({"caveat": "not checked"}, {"locator": "", "offered_by": ""}, {"caveat": "photo"})
    assert cells(block) == [
        ["Velland", "A photo; not checked", "Lindqvist (12 May)",
         "The item itself"],
        ["Velland", "A photo", "Lindqvist (12 May); public on 8 May",
         "No address is known"],
        ["Velland", "A photo", "Lindqvist (12 May)", "The item itself"],
    ]  # fmt: skip
    links = [run.href for cell in block.rows[0].cells for run in cell if run.href]
    assert links == ["#m1", "https://x.example/"]


def test_what_was_only_possibly_shown_is_said_to_be_twice() -> None:
    block = drawn({"is_certainly_public": False, "offered_by": ""})
    assert cells(block)[0][2] == "Possibly Lindqvist (12 May); possibly public on 8 May"
    row = drawn({"evidence_id": "photo", "description": "A photo."}).rows[0]
    assert row.key == "photo" and plain(row.cells[1]) == "A photo", "no stop in a cell"
    assert [run.style for run in row.cells[0]] == ["strong"], "the side is in bold"


def test_of_very_many_things_shown_the_first_have_a_row() -> None:
    block = drawn(*[{}] * 302)
    assert len(block.rows) == 300
    assert plain(block.note) == (
        "Here are 300 of 302 things shown, the earliest first; the whole record is in claims.csv, "
        "beside this brief."
    )
    assert block.note[0].text == block.note[0].text.strip() and drawn({}).note == ()


def test_an_item_that_was_reported_names_the_publisher_with_the_address() -> None:
    block = table_of(tiny_view())
    (row,) = cells(block)
    assert [(run.text, run.href) for run in block.rows[0].cells[3]] == [("Tarn Gazette", PHOTO)]
    assert block.columns[3].label == "Reported by"
    assert row == [
        "Velland", "Photographs of the crack, taken by the authority",
        "Roads Authority (8 May); public on 21 May", "Tarn Gazette",
    ]  # fmt: skip


def test_what_was_not_shown_has_one_row_with_its_sides_kinds_and_first_statement() -> None:
    block = drawn(
        {},
        HIDDEN,
        HIDDEN | {"kind": "own_intelligence", "claim_ids": ["m1", "a1"]},
        HIDDEN | {"kind": "own_intelligence"},
        HIDDEN | {"side": "pell", "kind": "not_specified", "claim_ids": ["i1", "b2", "w1"]},
    )
    row = block.rows[-1]
    assert cells(block)[-1] == [
        "Two sides", "Four things not known to be shown: intelligence (two), photo or video (one), "
        "kind of evidence not stated (one)",
        "Lindqvist (Velland, 12 May) and four more statements", "–",
    ]  # fmt: skip
    assert [run.href for run in row.cells[2] if run.href] == ["#m1"] and row.key == "not-shown"
    assert plain(block.subtitle) == ""


def test_the_things_of_one_side_stand_with_its_name() -> None:
    (label,) = drawn(HIDDEN).rows[0].cells[0]
    (sides,) = drawn(HIDDEN, HIDDEN | {"side": "pell"}).rows[0].cells[0]
    assert (label.text, label.style, sides.text, sides.style) == (
        "Velland", "strong", "Two sides", "strong",
    )  # fmt: skip
    block = drawn(HIDDEN | {"kind": "own_intelligence"})
    assert cells(block) == [["Velland", "One thing not known to be shown: intelligence",
                             "Lindqvist (12 May)", "–"]]  # fmt: skip
    assert plain(block.subtitle) == "What was cited as evidence, and by whom."


def test_of_many_kinds_two_are_named_and_further_kinds_are_counted() -> None:
    kinds = ["own_intelligence", "own_intelligence", "document", "not_specified", "photo_or_video"]
    sides = ["nyra", "nyra", "pell", "velland", "velland"]
    items = [HIDDEN | {"side": side, "kind": kind} for side, kind in zip(sides, kinds, strict=True)]
    assert cells(drawn(*items))[0][:2] == [
        "Three sides",
        "Five things not known to be shown: intelligence (two), document (one), other kinds (two)",
    ]


def test_what_may_not_have_been_cited_by_the_day_is_counted_as_possible() -> None:
    block = drawn(HIDDEN, HIDDEN | {"side": "pell"}, HIDDEN | {"certainty": "possible"})
    assert cells(block)[0][1] == "Two or three things not known to be shown: photo or video"
    perhaps = drawn(HIDDEN | {"certainty": "possible"})
    assert cells(perhaps)[0][1] == "Possibly one thing not known to be shown: photo or video"


def test_public_items_come_first_by_day_then_the_side_with_the_most_others() -> None:
    rows = [
        ITEM | HIDDEN | {"side": "velland"},
        ITEM | HIDDEN | {"side": "pell"},
        ITEM | HIDDEN | {"side": "pell"},
        ITEM | {"public_when": "2019-05-09"},
        ITEM | {"side": "pell"},
        ITEM,
    ]
    frame = pd.DataFrame([row | {"evidence_id": at} for at, row in enumerate(rows)])
    in_order = _in_order(tiny_view(), frame)
    assert in_order["evidence_id"].tolist() == [5, 4, 3, 1, 2, 0]


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([{}, {}], "Two of two things cited were shown, all of them on 8 May"),
        ([{}, HIDDEN], "One of two things cited was shown"),
        ([HIDDEN, HIDDEN], "None of two things cited was shown"),
        ([{}, {}, {"public_when": "2019-05-09"}, HIDDEN],
         "Three of four things cited were shown, two of them on 8 May"),
        ([{}, {"public_when": "[2019-05-07..2019-05-09]"}], "Two of two things cited were shown"),
        ([{}, {"is_certainly_public": False}, HIDDEN],
         "One, and possibly one more, of three things cited were shown, all of them on 8 May"),
        ([{"is_certainly_public": False}, HIDDEN],
         "Possibly one of two things cited was shown"),
        ([{"is_certainly_public": False}], "The one thing cited was possibly shown"),
        ([{}, HIDDEN | {"certainty": "possible"}, HIDDEN],
         "One of two things cited, or possibly three, was shown"),
        ([], "Nobody cites evidence that could be shown"),
    ],
)  # fmt: skip
def test_the_caption_tells_how_many_things_were_cited_and_shown(
    items: list[dict[str, object]], words: str
) -> None:
    assert caption(*items) == words


def test_the_numbers_of_the_table_are_certain_and_in_all() -> None:
    block = drawn({}, {}, HIDDEN | {"certainty": "possible"}, HIDDEN)
    assert block.numbers == {"cited": [3, 4], "shown": [2, 2], "shown_on_a_day": 2}


# The sentences


def test_the_item_shown_is_not_checked_and_one_statement_names_no_evidence() -> None:
    assert said(tiny_view()) == (
        "The item shown is not recorded as independently checked. Nobody has shown a "
        "satellite image, an intercepted message, a document, a prisoner or defector, a witness or "
        "an official record. Of three statements that something is so, or likely, one has "
        "no source recorded."
    )


def test_what_was_shown_and_is_cited_by_nobody_is_named() -> None:
    view = tiny_view()
    items, register = items_cited(view), analysis.evidence_register(view)
    assert register["is_cited"].all(), "so that nothing is said of it above"
    public = register[register["publicity"] == "published"]
    uncited = [public.assign(is_cited=False, description=words) for words in ("a list.", "a map")]
    hidden = public.assign(is_cited=False, publicity="described", description="a rumour")
    report = public.assign(is_cited=False, kind="others_reports", description="a report")
    for more, words in (
        (uncited[:1], "One more, cited by nobody, was shown: a list."),
        ([*uncited, hidden, report], "Two more, cited by nobody, were shown: a list and a map."),
    ):
        block = prose.items_cited(items, pd.concat([register, *more]), statements_by_evidence(view))
        assert sentences(block)[0].find(f" independently checked. {words} Nobody") > 0
        assert block.numbers["shown_uncited"] == len(more[:2])


def test_before_it_was_public_nothing_is_said_of_kinds() -> None:
    words = said(tiny_view("2019-05-20"))
    assert words.startswith("The public could see nothing of what was cited. Of three statements")


def test_an_item_that_was_checked_is_told_as_checked(tiny: Path) -> None:
    path = tiny / "evidence_status.csv"
    path.write_text(path.read_text().replace(",published,", ",published_verified,"))
    words = said(tiny_view(folder=tiny))
    assert words.startswith("The item shown is recorded as independently checked.")


@pytest.mark.parametrize(
    ("publicity", "words", "checked"),
    [
        ("", "Nobody has cited evidence that could be shown.", 0),
        ("published published", "No item shown is recorded as independently checked", 0),
        ("published_verified published", "One of the items shown is recorded as independently ", 1),
        ("published_verified published_verified published", "Two of the items shown are recorded "
         "as independently checked", 2),
    ],
)  # fmt: skip
def test_of_several_items_it_is_said_how_many_were_checked(
    publicity: str, words: str, checked: int
) -> None:
    view, codes = tiny_view(), publicity.split()
    items = pd.concat([items_cited(view).assign(publicity=code) for code in codes] or [
        items_cited(view)[:0]
    ])  # fmt: skip
    frames = analysis.evidence_register(view), statements_by_evidence(view)
    block = prose.items_cited(items, *frames)
    assert sentences(block)[0].startswith(words)
    assert block.numbers == {
        "checked": checked,
        "never_shown": ["satellite_imagery", "intercept", "document", "prisoner_or_defector",
                        "witness", "official_record"],
        "shown_uncited": 0,
        "statements": [3, 3],
        "without_evidence": [1, 1],
        "seen_in_part": [0, 0],
    }  # fmt: skip


def test_a_service_s_findings_are_no_kind_that_anybody_could_have_shown() -> None:
    register = analysis.evidence_register(tiny_view())
    assert not {"own_intelligence", "not_specified"} & set(kinds_never_public(register))
    assert "photo_or_video" not in kinds_never_public(register)


def test_a_statement_names_evidence_where_an_item_or_what_others_said_stands_behind_it(
    changed: Changed,
) -> None:
    named = {"pell_letter": "nothing", "authority_report": NAMED, "minister_radio": NAMED}
    assert evidence_of(tiny_view()) == named
    folder = changed("claims", "p1", "stance", "affirms")
    folder = changed("claims", "p1", "commitment", "CT+", of=folder)
    assert evidence_of(tiny_view(folder=folder)) == named | {"port_silence": "nothing"}
    row = b"port_silence,pell_letter,derived_from,Invented.,ledger_bridge\n"
    folder = changed("lineage.csv", raw=lambda content: content + row, of=folder)
    assert evidence_of(tiny_view(folder=folder)) == named | {"port_silence": NAMED}


def evidence_of(view: View) -> dict[str, str]:
    frame = statements_by_evidence(view)
    return dict(zip(frame["utterance_id"], frame["evidence"], strict=True))


def test_what_names_no_evidence_is_what_the_table_of_origins_calls_unstated_alone() -> None:
    for view in (tiny_view(), real_view()):
        by_side = analysis.origins_by_side(view)
        resting = {*by_side["on_own_evidence"].sum(), *by_side["on_others"].sum()}
        frame = statements_by_evidence(view)
        assert len(frame) == len(by_side["claim_ids"].sum())
        assert (frame["evidence"] == NAMED).sum() == len(resting)


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("nothing nothing named", "Of three statements that something is so, or likely, two have "
         "no source recorded."),
        ("not_known nothing named", "Of three statements that something is so, or likely, two have "
         "no source recorded, one of these on a page read only in part."),
        ("not_known not_known nothing", "Of three statements that something is so, or likely, "
         "three have no source recorded, two of these on pages read only in part."),
        ("not_known not_known", "Of two statements that something is so, or likely, two have no "
         "source recorded, on pages read only in part."),
        ("not_known named", "Of two statements that something is so, or likely, one has no "
         "source recorded, on a page read only in part."),
        ("nothing", "The only statement that something is so, or likely, has no source recorded."),
        ("not_known", "The only statement that something is so, or likely, has no source recorded, "
         "on a page read only in part."),
        ("nothing named named?", "Of two or three statements that something is so, or likely, one "
         "has no source recorded."),
        ("nothing? nothing named", "Of two or three statements that something is so, or likely, "
         "one or two have no source recorded."),
        ("named", "official record."),
    ],
)  # fmt: skip
def test_statements_without_evidence_are_counted_by_how_much_of_them_was_read(
    evidence: str, words: str
) -> None:
    view, codes = tiny_view(), evidence.split()
    statements = pd.DataFrame(
        {
            "utterance_id": range(len(codes)),
            "evidence": [code.removesuffix("?") for code in codes],
            "certainty": ["possible" if code.endswith("?") else "certain" for code in codes],
        }
    )
    block = prose.items_cited(items_cited(view), analysis.evidence_register(view), statements)
    (found,) = sentences(block)
    assert found.endswith(words)
    unsaid, unknown = ([codes.count(code), codes.count(code) + codes.count(f"{code}?")]
                       for code in ("nothing", "not_known"))  # fmt: skip
    assert (block.numbers["without_evidence"], block.numbers["seen_in_part"]) == (unsaid, unknown)
