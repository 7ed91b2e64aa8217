"""Front, brief and record: which file holds what, and how a link gets from one to another."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest
from bs4 import BeautifulSoup
from projects import TEMPLATE, WHOLE, executed, joined
from reading import record_in, whole

from claimbrief.errors import PageError
from claimbrief.render import html, html_blocks, packing
from claimbrief.render.anchors import BRIEF_PDF, PICTURE, RECORD_PDF, destinations, resolve_links
from claimbrief.render.cache import Cache
from claimbrief.render.document import Colophon, Document, document_of
from claimbrief.render.html import html_page
from claimbrief.render.join import Brief
from claimbrief.render.pdf import prepare, with_other_files

LEDGER = len(WHOLE) - 1  # the fixture's last chapter, with the cards, is the record


def _brief(words: str = "") -> Brief:
    """Return the joined chapters, with these words at the end of one that is not in the record."""
    notebooks = {name: copy.deepcopy(executed(name)) for name in WHOLE}
    edited = next(it for it in notebooks[WHOLE[1]].cells if "By day" in it.source)
    edited.source += words
    return resolve_links(joined(list(notebooks.items()), record=LEDGER))


def _notebook(words: str = "") -> Document:
    return document_of(_brief(words), Colophon("whole", "All", {}, {}, "0", "0"))


@cache
def _page() -> str:
    return html_page(_notebook(), TEMPLATE)


@cache
def _pdf(file: str, tmp: Path) -> pypdf.PdfReader:
    path = tmp / file
    path.write_bytes(prepare(_notebook(), TEMPLATE, file=file)())
    return pypdf.PdfReader(path)


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("parts")


def _addresses(pdf: pypdf.PdfReader) -> set[str]:
    found = set()
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            action = annotation.get_object().get("/A", {})
            found |= {str(action["/URI"])} if "/URI" in action else set()
    return found


def test_the_first_chapter_is_the_front_and_the_named_one_begins_the_record() -> None:
    assert [chapter.part for chapter in _brief().chapters] == ["front", "brief", "record"]


def test_the_record_lies_packed_in_a_closed_part_and_nothing_of_it_beside() -> None:
    page = BeautifulSoup(_page(), "lxml")
    record = page.find("details", id="record")
    assert record is not None and record.get("open") is None
    assert page.find("article") is None
    assert len(whole(_page()).select("#record article")) == 15


def test_what_was_packed_comes_out_as_it_went_in() -> None:
    packed = BeautifulSoup(_page(), "lxml").find("template", id="packed")
    assert packed is not None
    record = record_in(packed)
    assert record.startswith("<section") and 'id="c15"' in record.replace("id=c15", 'id="c15"')


def test_without_scripts_each_link_into_the_record_has_a_place_that_leads_to_the_pdf() -> None:
    page = _page()
    inside = page[page.index("<noscript>") : page.index("</noscript>")]
    listed = BeautifulSoup(inside, "lxml")
    outside = BeautifulSoup(page.replace(inside, ""), "lxml")
    ids = {it["id"] for it in outside.select("[id]")}
    missing = {str(a["href"])[1:] for a in outside.select("a[href^='#']")} - ids
    places = {str(it["id"]): li.a for li in listed.select("li") for it in [li, *li.select("i")]}
    assert missing and missing == set(places)
    link = places["c1"]
    assert link is not None and link["href"] == f"{RECORD_PDF}#nameddest=u-s1"
    assert link.get_text(strip=True)


def test_a_record_that_is_unchanged_is_neither_read_nor_packed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []
    for module, name in ((packing, "packed"), (html, "_read")):
        make = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *it, make=make: (done.append(it[0]), make(*it))[1])
    cache = Cache(tmp_path)
    before = html_page(_notebook(), TEMPLATE, cache)
    assert len(done) == 3, "the page is read, and the record is read and packed"
    record = min(done, key=len)
    done.clear()
    after = html_page(_notebook("\n\nEdited."), TEMPLATE, cache)
    assert len(done) == 1 and "Edited." in done[0] and record not in done
    assert after.count("Edited.") == 1 and before.count("Edited.") == 0


@pytest.mark.parametrize(
    ("page", "record", "fault"),
    [
        ("<style></style><i id=a></i>", "<i id=a></i>", "a second id=a"),
        ("<style></style>", "<style></style>", "<style>"),
        ("<style></style><style></style>", "", "<style>"),
    ],
)
def test_what_a_page_may_hold_once_it_may_not_hold_again_in_its_record(
    page: str, record: str, fault: str
) -> None:
    with pytest.raises(PageError, match=fault):
        html._refuse_faults([html._read(page, 1), html._read(record, 0)])


CHANGES: dict[str, Callable[[Document], dict[str, Any]]] = {
    "citations": lambda it: {"cited_in": {}},
    "first days": lambda it: {"first_days": dict.fromkeys(it.first_days, "2031-05-14")},
    "words of the record": lambda it: {
        "cells": [*it.cells, {"nodes": [{"type": "rule"}], "is_front": False}]
    },
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_kept_record_is_not_that_of_another_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Document], dict[str, Any]]
) -> None:
    drawn: list[str] = []

    def for_page(block: dict[str, Any], *rest: Any) -> dict[str, Any]:
        drawn.append(block["block_id"])
        return html_blocks.for_page(block, *rest)

    monkeypatch.setattr(html, "for_page", for_page)
    cache, document = Cache(tmp_path), _notebook()
    html_page(document, TEMPLATE, cache)
    whole, of_record = list(drawn), [block["block_id"] for block in document.record.blocks()]
    drawn.clear()
    html_page(document, TEMPLATE, cache)
    assert of_record and sorted(drawn + of_record) == sorted(whole), "the record is kept"
    after = replace(document, **change(document))
    drawn.clear()
    page = html_page(after, TEMPLATE, cache)
    assert sorted(drawn) == sorted(whole), "the record is drawn anew"
    assert page == html_page(after, TEMPLATE)


def test_a_kept_record_is_that_of_its_days_and_has_a_font_for_its_own_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[str] = []
    pack = packing.packed
    monkeypatch.setattr(packing, "packed", lambda record: (packed.append(record), pack(record))[1])
    cache, document = Cache(tmp_path), _notebook()
    for days in ([], [], ["2031-05-14"]):
        monkeypatch.setattr(html, "_days", lambda _, days=days: days)
        html_page(document, TEMPLATE, cache)
    assert len(packed) == 2, "of the same days it is kept, of others it is made"
    given: list[bool] = []
    monkeypatch.setattr(html, "font_rules", lambda *_, has_code: (given.append(has_code), "")[1])
    plain = [it for it in document.cells if "code_block" not in str(it.get("nodes"))]
    code = {"nodes": [{"type": "code_block", "text": "x"}], "is_front": False}
    for cells in (plain, [*plain, code]):
        html_page(replace(document, cells=cells), TEMPLATE)
    assert given == [False, True]


def test_what_the_record_holds_is_drawn_and_checked_as_the_rest_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nodes = [{"type": "code_block", "text": "of the record ☂"}]
    document = _notebook()
    document = replace(document, cells=[*document.cells, {"nodes": nodes, "is_front": False}])
    assert "of the record ☂" in document.all_written()
    assert document.cells[0]["chapter"]["title"] in document.all_written()
    given = []
    monkeypatch.setattr(html, "font_rules", lambda *it, **how: (given.append((it, how)), "")[1])
    html_page(document, TEMPLATE)
    (((text, _), how),) = given
    assert "of the record ☂" in text and how == {"has_code": True}
    read = html._read
    for styles_there in (0, 1):  # in the record, and around it

        def spoilt(part: str, styles: int, there: int = styles_there) -> dict[str, Any]:
            faults = ["<script> at #x"] if styles == there else []
            return {**read(part, styles), "faults": faults}

        monkeypatch.setattr(html, "_read", spoilt)
        with pytest.raises(PageError, match="<script> at #x"):
            html_page(document, TEMPLATE)


def test_a_page_without_a_record_has_no_slot() -> None:
    assert packing.cut("<p>all</p>") == ("<p>all</p>", "")
    assert packing.filled("<p>all</p>", "", [], {}) == "<p>all</p>"


def test_an_anchor_is_found_in_the_pdf_at_the_heading_above_it() -> None:
    found = destinations(_brief().chapters)
    assert found["question"] == BRIEF_PDF, "the front has no heading above it"
    assert found["figure-timeline"] == f"{BRIEF_PDF}#nameddest=voices-by-day"
    assert found["ledger"] == f"{RECORD_PDF}#nameddest=ledger"
    assert found["c3"] == f"{RECORD_PDF}#nameddest=u-s3"


def test_links_lead_from_each_pdf_to_a_heading_that_the_other_names(folder: Path) -> None:
    for file, other in ((BRIEF_PDF, RECORD_PDF), (RECORD_PDF, BRIEF_PDF)):
        named = set(_pdf(other, folder).named_destinations)
        across = {it for it in _addresses(_pdf(file, folder)) if it.startswith(other)}
        assert across
        for address in across:
            heading = address.partition("#nameddest=")[2]
            assert not heading or heading in named, address


def test_the_brief_holds_no_card_and_the_record_no_front(folder: Path) -> None:
    brief, record = (
        re.sub(r"\s+", " ", " ".join(page.extract_text() for page in _pdf(file, folder).pages))
        for file in (BRIEF_PDF, RECORD_PDF)
    )
    assert "the day named in the report" in record and "the day named in the report" not in brief
    assert "What the record cannot tell" in brief and "What the record cannot tell" not in record


def test_the_picture_is_of_the_front_and_the_same_each_time() -> None:
    first = prepare(_notebook(), TEMPLATE, file=PICTURE)()
    assert first.startswith(b"\x89PNG")
    assert first == prepare(_notebook(), TEMPLATE, file=PICTURE)()


def test_the_picture_is_not_set_again_for_words_of_another_page(tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    first = prepare(_notebook(), TEMPLATE, kept, PICTURE)()
    files = sorted(tmp_path.rglob("pdfs/*"))
    assert prepare(_notebook("\n\n## More of it"), TEMPLATE, kept, PICTURE)() == first
    assert len(files) == 1 and sorted(tmp_path.rglob("pdfs/*")) == files


def test_a_preview_of_the_page_says_the_answer_and_shows_the_picture() -> None:
    page = BeautifulSoup(_page(), "lxml")
    said = {it.get("property"): it["content"] for it in page.select("meta[property]")}
    assert said["og:title"] == page.title.get_text() if page.title else False
    assert str(said["og:description"]).startswith("Two of five speakers, Ines Okafor")
    assert said["og:image"] == "brief.png"


def test_an_address_in_a_pdf_is_of_ascii_signs_and_an_anchor_stays_as_it_is() -> None:
    run = {"text": "Київ", "href": "https://example.org/a?b=%20&c=Київ#d", "style": ""}
    expected = {**run, "href": "https://example.org/a?b=%20&c=%D0%9A%D0%B8%D1%97%D0%B2#d"}
    assert with_other_files(run, set(), {}) == expected
    inside = {**run, "href": "#київ"}
    assert with_other_files(inside, {"київ"}, {}) == inside
    assert with_other_files({"text": "no link"}, set(), {}) == {"text": "no link"}
