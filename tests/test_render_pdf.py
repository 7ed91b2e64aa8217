"""The PDF: tagged, titled, linked, and nothing in it that a PDF/UA checker finds wrong."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd
import pdfua
import pymupdf
import pypdf
import pytest
from projects import TEMPLATE, WHOLE, built, executed, joined

from claimbrief.blocks import neutral
from claimbrief.errors import PageError
from claimbrief.render.document import Colophon, document_of
from claimbrief.render.own_html import html_parts
from claimbrief.render.pdf import prepare

BASIS = {"basis": "said"}  # a parameter


@pytest.fixture(name="pdf", scope="module")
def _pdf() -> pypdf.PdfReader:
    return pypdf.PdfReader(built() / "brief.pdf")


def _annotations(pdf: pypdf.PdfReader) -> Iterator[Any]:
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            yield annotation.get_object()


def test_a_checker_of_pdf_ua_finds_nothing_wrong() -> None:
    assert pdfua.validate(str(built() / "brief.pdf")).findings == ()


def test_it_says_its_title_language_and_standards(pdf: pypdf.PdfReader) -> None:
    assert pdf.metadata is not None
    assert pdf.metadata.title == (
        "Was the bridge at Alder Ford known to be unsafe before it was closed?"
    )
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "<pdfaid:part>2</pdfaid:part>" in xmp


def test_it_was_made_on_the_day_that_it_tells_of(pdf: pypdf.PdfReader) -> None:
    assert pdf.metadata is not None
    assert str(pdf.metadata["/CreationDate"]).startswith("D:20310520")


def test_bookmarks_name_chapters_headings_and_cards(pdf: pypdf.PdfReader) -> None:
    def titles(outline: list[Any]) -> Iterator[str]:
        for entry in outline:
            if isinstance(entry, list):
                yield from titles(entry)
            else:
                yield str(entry.title)

    found = list(titles(pdf.outline))
    assert found[:2] == ["By day", "Ledger"]
    cards = [title for title in found if title.endswith(" May 2031: the county hearing")]
    assert len(cards) == 15 and cards[0].startswith("Ines Okafor, 3 May")
    assert found[-1] == "Colophon"


def test_every_link_leads_to_a_page_or_an_address(pdf: pypdf.PdfReader) -> None:
    pages = {page.indirect_reference.idnum for page in pdf.pages if page.indirect_reference}
    named = pdf.named_destinations
    count = 0
    for annotation in _annotations(pdf):
        action = annotation.get("/A", {})
        if "/URI" in action:
            assert action["/URI"] == "https://example.org/courier"
            continue
        target = annotation.get("/Dest") or action.get("/D")
        target = target.get_object() if hasattr(target, "get_object") else target
        if isinstance(target, str):
            assert target in named
        else:
            assert target[0].idnum in pages
        count += 1
    assert count > 60


def test_every_mark_of_a_chart_is_a_link(pdf: pypdf.PdfReader) -> None:
    boxes = [annotation["/Rect"] for annotation in _annotations(pdf)]
    widths = [float(box[2]) - float(box[0]) for box in boxes]
    assert sum(abs(width - 12) < 0.1 for width in widths) == 15  # the chart's natural size


def test_each_page_is_numbered_and_names_the_dataset_once_the_first_has_the_question(
    pdf: pypdf.PdfReader,
) -> None:
    count = len(pdf.pages)
    assert "Inside:" in pdf.pages[0].extract_text()
    for number, page in enumerate(pdf.pages, 1):
        text = page.extract_text()
        said = "Was the bridge at Alder Ford" if number == 1 else "Alder · 20 May 2031"
        assert said in re.sub(r"\s+", " ", text)
        assert number == 1 or text.endswith(f"{number}/{count}")


def test_the_head_of_a_page_names_a_chapter_that_goes_on_there_but_none_that_opens() -> None:
    *before, opens, goes_on = _texts(_made())
    assert opens.startswith(f"{len(before) + 1} Ledger Each claim")
    assert goes_on.startswith("Ledger Jürgen Pohl")


def test_the_foot_names_the_edition_only_where_it_is_of_a_part_of_the_sources() -> None:
    for sources, edition in (("not set", ""), ("letter", "All · ")):
        pages = _texts(_made(parameters={"sources": sources}))
        *_, opens, _ = pages
        number = f"{len(pages) - 1}/{len(pages)}"
        assert opens.endswith(f"firmly. Alder · {edition}20 May 2031 {number}")


def test_a_note_is_on_the_page_of_its_table_s_last_row(pdf: pypdf.PdfReader) -> None:
    (page,) = (it for it in pdf.pages if "An item is public once" in it.extract_text())
    assert "night of 12 May" in re.sub(r"\s+", " ", page.extract_text())


def test_the_key_findings_and_the_limits_are_on_page_one(pdf: pypdf.PdfReader) -> None:
    text = pdf.pages[0].extract_text()
    assert "Ines Okafor" in text
    assert "What the record cannot tell" in text


def _made(
    *, has_record: bool = False, parameters: Mapping[str, str] = BASIS, **title: object
) -> bytes:
    brief = joined([(name, executed(name)) for name in WHOLE])
    colophon = Colophon("whole", "All", {}, parameters, "0123456789", "0")
    document = document_of(brief, colophon)
    document.about["title"].update(title)
    document.about["has_record"] |= has_record
    return prepare(document, TEMPLATE)()


def test_the_brief_leaves_parameters_and_lock_to_the_record_where_there_is_one() -> None:
    facts = [
        {"label": label, "value": [{"text": "so", "href": "", "style": ""}]}
        for label in ("As of", "Record", "Latest dated statement", "Dataset", "Digest")
    ]
    alone, beside = (_colophon(_made(has_record=has, facts=facts)) for has in (False, True))
    assert "basis said" in alone and "requirements.lock sha256 0123456789" in alone
    assert "record.pdf" not in alone
    assert "parameters, lock and digest: record.pdf" in beside
    assert "Edition whole: All" in alone and "Edition whole · claimbrief 0" in beside
    for words in ("Dataset so", "As of so", "Digest so", "Record so"):
        assert words in alone and words not in beside, words
    for words in ("basis said", "requirements.lock", "Latest dated statement"):
        assert words not in beside, words


def _texts(made: bytes) -> list[str]:
    """Return the text of each page in one line."""
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
    return [re.sub(r"\s+", " ", words.replace("\u200b", "")).strip() for words in pages]


def _colophon(made: bytes) -> str:
    """Return what the colophon says."""
    return " ".join(_texts(made)[-2:]).rpartition("Colophon")[2]


def test_markup_in_a_text_stays_text() -> None:
    made = _made(subtitle="#panic() *a* $x$ @b <c> \\ // [d]")
    assert b"%PDF" in made[:10]


def test_a_table_without_rows_says_so() -> None:
    brief = joined([(name, executed(name)) for name in WHOLE])
    for block in brief.blocks():
        if block["kind"] == "table":
            block["rows"] = []
    document = document_of(brief, Colophon("whole", "All", {}, {}, "0", "0"))
    pages = pypdf.PdfReader(io.BytesIO(prepare(document, TEMPLATE)())).pages
    assert "".join(page.extract_text() for page in pages).count("None.") == 2


def _rows_of(frame: pd.DataFrame) -> list[list[tuple[float, float, str]]]:
    """Return the words of an analyst's frame as the PDF has them, line by line: left, right, word.

    Of glyphs that overlap no words come back as they are in the frame.
    """
    ((table,),) = [html_parts(frame.to_html(), "own")]
    brief = joined([(name, executed(name)) for name in WHOLE])
    drawn = next(block for block in brief.blocks() if block["kind"] == "table")
    drawn |= {name: neutral(table)[name] for name in ("columns", "rows")}
    document = document_of(brief, Colophon("whole", "All", {}, {}, "0", "0"))
    lines: dict[tuple[int, float], list[tuple[float, float, str]]] = {}
    with pymupdf.open(stream=prepare(document, TEMPLATE)()) as pdf:
        for page in pdf:
            for left, top, right, _, word, *_ in page.get_text("words"):
                plain = word.replace("\u200b", "")
                lines.setdefault((page.number, round(top)), []).append((left, right, plain))
    return [sorted(line) for line in lines.values()]


@pytest.mark.parametrize(
    ("columns", "cell"),
    [(16, "ukrainian_sources_of_the_east"), (5, "2024-10-18"), (3, "a" * 64), (12, "전쟁이 났다"),
     (11, "some_long_identifier_3"), (4, "b" * 55)],
)  # fmt: skip
def test_the_columns_of_an_own_table_do_not_run_into_each_other(columns: int, cell: str) -> None:
    index = [f"row{at}" for at in range(100, 130)]
    frame = pd.DataFrame({f"column_{at}": [cell] * 30 for at in range(columns)}, index)
    lines = _rows_of(frame)
    assert {word for line in lines for *_, word in line} >= set(index), "each by itself"
    own = [line for line in lines if any(word in cell for *_, word in line)]
    assert len(own) >= 30
    for line in own:
        assert all(a[1] <= b[0] + 0.5 for a, b in pairwise(line)), line


def test_a_day_that_is_no_day_is_refused() -> None:
    with pytest.raises(PageError, match="day is 'May'; accepted: YYYY-MM-DD"):
        _made(day="May")
