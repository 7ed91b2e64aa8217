"""Footnotes: at the foot of a page of paper, at the end of a chapter on the screen."""

from __future__ import annotations

import copy
import io
import re
import tempfile
from pathlib import Path

import pdfua
import pypdf
import pytest
from nbformat import v4
from projects import TEMPLATE, WHOLE, executed, joined
from reading import written_out

from claimbrief.block_html import block_html
from claimbrief.blocks import MIME, Prose, neutral
from claimbrief.render.anchors import resolve_links
from claimbrief.render.document import Colophon, Document, document_of
from claimbrief.render.html import html_page
from claimbrief.render.pdf import prepare
from claimbrief.texts import Run, text

NOTED = Prose(
    "noted",
    (
        text("Three", Run("Counted by hand.", style="note"), " crossed. "),
        text("One", Run("By 12 May.", style="note"), " did not."),
    ),
)
LATER = Prose("later", (text("The weir is new", Run("Built after it.", style="note"), "."),))


@pytest.fixture(name="noted", scope="module")
def _noted() -> Document:
    """Return the fixture brief with two notes in a block of chapter one, one in a block of two."""
    first, second, third = (copy.deepcopy(executed(name)) for name in WHOLE)
    for chapter, block in ((first, NOTED), (second, LATER)):
        visible = v4.new_output("display_data", data={MIME: neutral(block)})  # type: ignore[no-untyped-call]
        chapter.cells.append(v4.new_code_cell(outputs=[visible]))  # type: ignore[no-untyped-call]
    brief = resolve_links(joined(list(zip(WHOLE, (first, second, third), strict=True))))
    return document_of(brief, Colophon("whole", "All", {}, {}, "0", "0"))


@pytest.fixture(name="page", scope="module")
def _page(noted: Document) -> str:
    return written_out(html_page(noted, TEMPLATE))


@pytest.fixture(name="made", scope="module")
def _made(noted: Document) -> bytes:
    return prepare(noted, TEMPLATE)()


def test_a_number_leads_to_its_note_and_the_note_back(page: str) -> None:
    for number, words in ((1, "Counted by hand."), (2, "By 12 May."), (3, "Built after it.")):
        assert f' href="#note-{number}" id="noteref-{number}" role="doc-noteref"' in page
        (note,) = re.findall(rf'<li id="note-{number}">(.*?)</li>', page)
        assert note.startswith(words)
        assert f' href="#noteref-{number}" role="doc-backlink"' in note


def test_notes_are_counted_through_the_brief_and_listed_at_the_end_of_their_chapter(
    page: str,
) -> None:
    assert re.findall(r'<ol start="(\d)">', page) == ["1", "3"]
    first, second = (page.index(f' id="{name}"') for name in ("voices", "ledger"))
    assert page.index('id="note-2"') < first < page.index('id="note-3"') < second
    assert page.index("The weir is new") < page.index('id="note-3"')


def test_on_paper_a_note_stands_at_the_foot_of_its_page(made: bytes) -> None:
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    texts = [re.sub(r"\s+", " ", page.extract_text()) for page in pages]
    (noted,) = (text for text in texts if "Counted by hand." in text)
    assert noted.index("did not.") < noted.index("Counted by hand.") < noted.index("By 12 May.")
    (noted,) = (text for text in texts if "Built after it." in text)
    assert noted.index("The weir is new") < noted.index("Built after it.")


def test_a_checker_of_pdf_ua_finds_nothing_wrong_with_notes(made: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "noted.pdf"
        path.write_bytes(made)
        assert pdfua.validate(str(path)).findings == ()


def test_in_jupyterlab_a_note_stands_where_its_number_would() -> None:
    assert "Three <small>(Counted by hand.)</small> crossed." in block_html(neutral(NOTED))
