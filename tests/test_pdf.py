"""The committed PDFs as a screen reader meets them, and against the pages that they go with."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path

import outloud
import pdfua
import pytest
from checking import ALL_PDFS, PAGES, PDFS
from pypdf import PdfReader, PdfWriter
from reading import whole
from tagged import Tagged, links, spaced


@pytest.fixture(params=PDFS)
def name(request: pytest.FixtureRequest) -> str:
    """Return the edition and the part of a PDF."""
    return str(request.param)


@pytest.fixture
def pdf(name: str) -> Tagged:
    return _tagged(name)


@pytest.fixture
def page(name: str) -> str:
    return _part(*name.split())


@cache
def _tagged(name: str) -> Tagged:
    return Tagged(PDFS[name])


@cache
def _part(edition: str, part: str) -> str:
    """Return the part of the page that is in a PDF: without days and without narrow drawings."""
    soup = whole(PAGES[edition].read_text(encoding="utf-8"))
    record = soup.find(id="record")
    assert record is not None
    if part == "brief":
        record.decompose()
    else:
        for chapter in soup.select("main section, main .front"):
            if record not in chapter.parents:
                chapter.decompose()
    for aside in soup.select("#days, .narrow, .skip, .for-ears, script"):
        aside.decompose()
    return str(soup)


def _plain(html: str) -> str:
    """Return the text of some HTML as it is read."""
    return spaced(unescape(re.sub(r"<[^>]+>", "", html)))


def _packed(text: str) -> str:
    """Return a text without any space, as `Tagged.run` has it."""
    return re.sub(r"\s+", "", text)


def _headings(page: str) -> list[tuple[int, str]]:
    """Return the headings of a part of the page, each with its level in the PDF.

    The sections of a chapter of the brief begin pages of their own, so its title is left out.
    """
    found = re.findall(r"<h([2-6])\b[^>]*>(.*?)</h\1>", page, re.S)
    levels = [(int(level) - 1, _plain(title)) for level, title in found]
    if 'class="front"' not in page:
        return levels
    sections = [level > 1 for level, _ in levels]
    return [
        (max(level - 1, 1), title)
        for at, (level, title) in enumerate(levels)
        if level > 1 or not any(sections[at + 1 : at + 2])
    ]


@pytest.mark.parametrize("path", ALL_PDFS.values(), ids=ALL_PDFS)
def test_a_checker_of_pdf_ua_finds_nothing_wrong(path: Path) -> None:
    assert pdfua.validate(str(path)).findings == ()


def _samples(evidence: str | None) -> list[str]:
    """Return what a finding quotes, without a last word that is cut short."""
    return [re.sub(r"\S*…$", "", each) for each in (evidence or "").split("; ")]


def _is_explained(finding: outloud.Finding, page: str) -> bool:
    """Tell whether a finding is one of the five that are known not to be faults."""
    if finding.rule == "LNK-003":
        # It does not count the alternative of a picture; the test of links below does.
        return True
    if finding.rule == "ORD-001":
        # It takes all of an element's own text before what its children hold, so links within a
        # sentence seem to come late. The tests of the order of pieces below are exact.
        return True
    if finding.rule == "TBL-010":
        # A table without rows has its heads, one cell that says so, and its foot.
        return bool(re.search(r": \d+ header cells against [12] data cells$", finding.message))
    if finding.rule == "TAG-002":
        # Running heads, and the heads of a table again where it goes on over a page.
        heads = re.findall(r"<(?:h[1-3]|th)\b[^>]*>(.*?)</(?:h[1-3]|th)>", page, re.S)
        known = set(" ".join(_plain(head) for head in heads).split())
        said = _samples(finding.evidence)
        return finding.count <= len(said) and set(" ".join(said).split()) <= known
    if finding.rule == "PAG-001":
        # What cards say alike, of their coding or last where they are cited, at the same height.
        cited = re.findall(r"<article\b.*?</article>", page, re.S)
        words = set(re.findall(r"\w+", " ".join(map(_plain, cited))))
        said = _samples(finding.evidence)  # three at most of what was found
        return finding.count <= len(cited) and set(re.findall(r"\w+", " ".join(said))) <= words
    return False


@pytest.mark.parametrize("name", ["article brief", "article record"])
def test_what_it_says_aloud_is_what_stands_there(pdf: Tagged, page: str) -> None:
    result = outloud.check(str(pdf.path))
    assert result.error is None and result.stats["pages"] == len(pdf.reader.pages) > 4
    odd = [each for each in result.sorted_findings() if not _is_explained(each, page)]
    assert [(each.rule, each.page, each.message, each.evidence) for each in odd] == []


def test_it_is_read_in_the_order_in_which_it_is_set_but_for_notes(pdf: Tagged) -> None:
    assert len(pdf.order) > 200
    assert len(set(pdf.order)) == len(pdf.order)
    aside = pdf.pieces("Note")
    rest = [piece for piece in pdf.order if piece not in aside]
    assert rest == sorted(rest)


def test_it_is_read_down_the_page_and_up_only_to_the_right(pdf: Tagged) -> None:
    assert set(pdf.order) - set(pdf.places) <= pdf.pieces("Figure")
    aside = pdf.pieces("Note", "Figure")
    read = [piece for piece in pdf.order if piece not in aside]
    steps = list(pairwise((piece[0], x, y) for piece in read for x, y in pdf.places[piece]))
    # Up and to the right stands the next cell of a row, the next column, or a raised sign.
    odd = [
        (begun, after) for begun, after in steps
        if after[0] == begun[0] and after[2] > begun[2] + 0.5 and after[1] <= begun[1]
    ]  # fmt: skip
    assert odd == []
    up = [1 for begun, after in steps if after[0] == begun[0] and after[2] > begun[2] + 0.5]
    assert len(up) > 20


@pytest.mark.parametrize("name", ["article record"])
def test_its_cards_are_read_to_the_end_of_a_column_before_the_next(pdf: Tagged) -> None:
    first = next(each for each in pdf.elements if each.kind == "H3")
    read = pdf.order[pdf.order.index(min(it for each in first.walk() for it in each.marks)) :]
    middle = float(pdf.reader.pages[0].mediabox.width) / 2
    sides = [(it[0], x > middle) for it in read for x, _ in pdf.places[it]]
    assert len({each for each in sides if each[1]}) > 2
    assert sides == sorted(sides)


@pytest.mark.parametrize("name", [name for name in PDFS if name.endswith("brief")])
def test_each_note_stands_at_the_foot_of_the_page_where_its_number_stands(
    pdf: Tagged, page: str
) -> None:
    notes = [[it for each in note.walk() for it in each.marks] for note in pdf.of("Note")]
    assert len(notes) == len(re.findall(r'<li\b[^>]*\bid="note-', page))
    aside = pdf.pieces("Note")
    read = [it for it in pdf.order if it in aside]
    assert read == sorted(read, key=lambda it: (it[0], -pdf.places[it][0][1]))
    for note in notes:
        number = pdf.order[min(map(pdf.order.index, note)) - 1]
        assert number not in aside and {it[0] for it in note} == {number[0]}
        others = [it for it in pdf.places if it[0] == number[0] and it not in aside]
        lowest = min(y for it in others for _, y in pdf.places[it])
        assert all(y < lowest for it in note for _, y in pdf.places[it])


def test_its_headings_are_those_of_the_page_in_the_same_order(pdf: Tagged, page: str) -> None:
    found = [
        (int(each.kind[1]), each.title) for each in pdf.elements if re.match(r"H\d", each.kind)
    ]
    assert len(found) > 5
    assert found == _headings(page)
    assert len(pdf.of("Title")) == 1


def test_its_bookmarks_are_its_headings_and_each_leads_to_a_page(pdf: Tagged) -> None:
    found = [
        (int(each.kind[1]), each.title) for each in pdf.elements if re.match(r"H\d", each.kind)
    ]
    marks = list(pdf.bookmarks())
    assert [(level, title) for level, title, _ in marks] == found
    numbers = [number for _, _, number in marks]
    assert min(numbers) >= 1 and numbers == sorted(numbers)


def test_the_text_comes_in_the_order_of_the_page(pdf: Tagged, page: str) -> None:
    at = 0
    for _, title in _headings(page):
        at = pdf.run.find(_packed(title), at) + 1
        assert at, title


def test_each_caption_comes_before_its_note_and_that_before_the_next_caption(
    pdf: Tagged, page: str
) -> None:
    at, notes = 0, 0
    figures = re.findall(r"<figure\b.*?</figure>", page, re.S)
    assert len(pdf.of("Caption")) == len(figures) > 5
    for figure in figures:
        parts = re.findall(r"<(figcaption|caption)\b[^>]*>(.*?)</\1>", figure, re.S)
        parts += re.findall(r'<(p) class="(?:note|source)">(.*?)</p>', figure, re.S)
        for _, text in parts:
            # The foot of a page can stand within a long text, so its beginning is looked for.
            at = pdf.run.find(_packed(_plain(text))[:40], at) + 1
            assert at, _plain(text)
        notes += len(parts) - 1
    assert notes > 1


def test_each_drawing_is_described_in_the_words_of_the_page(pdf: Tagged, page: str) -> None:
    marks = {id(each) for each in pdf.within("Link", "Figure")}
    alts = [each.alt for each in pdf.of("Figure") if id(each) not in marks]
    charts = re.findall(r"<figure\b(?:(?!</figure>).)*?<svg\b.*?</svg>", page, re.S)
    assert len(alts) == len(charts) > 0
    for alt, chart in zip(alts, charts, strict=True):
        name = re.search(r'<title id="[^"]+">(.*?)</title>', chart, re.S)
        more = re.search(r'<desc id="[^"]+">(.*?)</desc>', chart, re.S)
        assert name and more and alt.startswith(_plain(name[1]) + " ")
        reported = alt.removeprefix(_plain(name[1])).strip()
        # A chart whose marks are links is described at length by them on the page, here by its Alt.
        assert reported if 'class="mark"' in chart else reported == _plain(more[1])


def test_each_mark_of_a_drawing_says_who_and_when_and_what(pdf: Tagged, page: str) -> None:
    alts = [each.alt for each in pdf.within("Link", "Figure")]
    marks = re.findall(r'<a\b([^>]*\bclass="mark"[^>]*)>(.*?)</a>', page, re.S)
    assert len(alts) == len(marks) > 5
    for alt, (attributes, drawn) in zip(alts, marks, strict=True):
        if name := re.search(r"<title[^>]*>(.*?)</title>", drawn, re.S):
            assert alt == _plain(name[1])
            continue
        # The page names the mark by the heading of the card and by the claim on it.
        claim = re.search(r'href="#(\w+)"', attributes)
        assert claim
        before = page[: page.index(f'id="{claim[1]}"')]
        heading = re.search(r"<(h[3-6])>(.*?)</\1>", before[before.rindex("<article") :], re.S)
        assert heading
        who_and_when = re.match(r"(.+?, .*?\d{4})\b", _plain(heading[2]))
        dated = re.sub(r", on (?=\d)", ", ", alt, count=1)
        assert who_and_when and dated.startswith(who_and_when[1])
        assert not re.search(r"\bOpen\b", alt)


def test_each_table_has_heads_and_each_cell_names_its_own(pdf: Tagged, page: str) -> None:
    tables = pdf.of("Table")
    assert len(tables) == page.count("<table") > 5
    for table in tables:
        heads = [each for each in table.walk() if each.kind == "TH"]
        assert heads and all(each.scope in ("Column", "Row", "Both") for each in heads)
        known = {each.identity for each in heads}
        cells = [each for each in table.walk() if each.kind == "TD"]
        assert cells and all(each.headers and set(each.headers) <= known for each in cells)


def test_each_link_has_words_or_an_alternative(pdf: Tagged) -> None:
    links = pdf.of("Link")
    assert len(links) > 30
    silent = [link for link in links if not any(each.marks or each.alt for each in link.walk())]
    assert len(silent) == 0


@pytest.mark.parametrize("path", ALL_PDFS.values(), ids=ALL_PDFS)
def test_each_link_leads_to_a_place_that_is_there_or_to_the_web(path: Path) -> None:
    reader = PdfReader(path)
    pages = {page.indirect_reference for page in reader.pages}
    others = {other.name: other for other in ALL_PDFS.values() if other.parent == path.parent}
    named = reader.named_destinations
    of_other = {file: set(PdfReader(other).named_destinations) for file, other in others.items()}
    inside, across, web = 0, 0, 0
    for each in links(reader):
        assert each["/Subtype"] == "/Link" and str(each["/Contents"]).strip()
        action = each.get("/A", {})
        if "/URI" in action:
            file, _, place = str(action["/URI"]).partition("#nameddest=")
            is_web = bool(re.match(r"https?://[^/]", file))
            web, across = web + is_web, across + (not is_web)
            assert is_web or (file != path.name and file in others), action["/URI"]
            assert is_web or not place or place in of_other[file], action["/URI"]
            continue
        target = (each.get("/Dest") or action["/D"]).get_object()
        spot = named[target].dest_array if isinstance(target, str) else target
        assert spot[0].indirect_reference in pages, target
        inside += 1
    assert inside > 3 and across > 10 and web + across > 30
    for name, place in named.items():
        assert place.dest_array[0].indirect_reference in pages, name


def test_each_font_is_inside_and_cut_to_the_signs_that_are_used(pdf: Tagged) -> None:
    fonts = pdf.fonts()
    assert len(fonts) > 5
    for name, descriptor in fonts.items():
        assert re.match(r"/[A-Z]{6}\+", name), name
        assert descriptor is not None and {"/FontFile2", "/FontFile3"} & set(descriptor), name
    assert {"SourceSerif4", "SourceSans3"} <= {re.split(r"[+-]", name)[1] for name in fonts}


def test_it_says_its_title_language_day_and_standards(pdf: Tagged, page: str) -> None:
    reported, root = pdf.reader.metadata, pdf.root
    question = re.search(r"<title>(.*?)</title>", page)
    assert reported is not None and question
    assert reported.title == unescape(question[1])
    assert re.match(r"D:20\d\d\d\d\d\d000000Z", str(reported["/CreationDate"]))
    assert root["/Lang"] == "en" and root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = root["/Metadata"].get_object().get_data().decode("utf-8")
    for said in (
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
        "<dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>",
        f'<rdf:li xml:lang="x-default">{question[1]}</rdf:li>',
    ):
        assert said in xmp
    assert pdf.reader.pdf_header == "%PDF-1.7" and not pdf.reader.is_encrypted
    assert {"/JavaScript", "/OpenAction", "/AA", "/AcroForm"}.isdisjoint(root)


def test_both_checkers_of_pdfs_see_a_fault(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PDFS["article record"])
    del writer.root_object["/Lang"]
    for number, _ in enumerate(writer._objects, 1):
        each = writer.get_object(number)
        if isinstance(each, dict) and each.get("/S") == "/Figure":
            each.pop("/Alt", None)
    writer.write(tmp_path / "faulty.pdf")
    broken = str(tmp_path / "faulty.pdf")
    assert {"DOC-013", "FIG-001"} <= {each.rule for each in outloud.check(broken).findings}
    assert len(pdfua.validate(broken).findings) > 1
