"""The real brief, built whole: the same bytes anywhere, nothing later than its day."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import string
import subprocess
import sys
from collections import Counter
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pymupdf
import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner, Result
from conftest import Changed, change_cell
from pypdf import PdfReader
from reading import last_words, whole, written_out
from tagged import links
from views import real_view, table

from claimbrief.cli import main

REPO = Path(__file__).parent.parent
REPORT = REPO / "report"
CLAIM = r'<li [^>]*\bid="([a-z0-9]+)"'  # on a card
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "4711"}


def _build(*arguments: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(REPO)
        return CliRunner().invoke(main, ["build", *arguments])


FILES = [
    "brief.html",
    "brief.pdf",
    "brief.png",
    "claims.csv",
    "claims.jsonld",
    "numbers.json",
    "record.pdf",
]
EDITIONS = {"october": REPORT, "article": REPORT / "article"}


REBUILD = """
import sys
from claimbrief.cli import main
folder, *editions = sys.argv[1:]
for edition in editions:
    main(["build", edition, "--output", f"{folder}/{edition}", "--fresh"], standalone_mode=False)
"""


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return both editions built again: another folder, time zone, locale and order of hashes."""
    folder = tmp_path_factory.mktemp("another folder")
    done = subprocess.run(
        [sys.executable, "-c", REBUILD, str(folder), *EDITIONS],
        cwd=REPO / "notebooks", env=os.environ | ELSEWHERE, capture_output=True, text=True,
        timeout=1200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_build_writes_these_files_and_no_others(rebuilt: Path, edition: str) -> None:
    assert sorted(path.name for path in (rebuilt / edition).iterdir()) == FILES


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_committed_brief_is_the_one_that_the_code_builds_byte_for_byte(
    rebuilt: Path, edition: str, name: str
) -> None:
    assert (rebuilt / edition / name).read_bytes() == (EDITIONS[edition] / name).read_bytes()


def test_the_editions_are_those_that_are_committed() -> None:
    written = yaml.safe_load((REPO / "notebooks" / "brief.yml").read_text(encoding="utf-8"))
    assert set(written["editions"]) == set(EDITIONS)
    assert written["default"] == "october"


# The brief and its first page

QUESTION = "Are North Korean troops fighting for Russia against Ukraine?"
FIRST_PAGE = {
    "october": (
        "No government in this record says that North Korean troops have engaged in battle.",
        "40 things cited as evidence, seven shown",
        "Fighting: no government says so",
        "Sent to Russia: 28 say so",
        "Claims by 96 speakers go back to between one and 33 independent sources.",
        "Of 891 documents, 159 were read in full. Of 270 statements, 95 are known in",
    ),
    "article": (
        "Nobody in this record says that North Koreans are fighting, or have fought, against",
        "One thing cited as evidence, none shown",
        "Claims by two speakers go back to between one and three independent sources.",
    ),
}
PAGES = {"october": 8, "article": 6}
FEWEST_WORDS = 10  # of a page of the record, below its head and headings
HEADING = 10.5  # points: the letters of headings are larger
WORD_LIMIT = 2400  # of October's brief, with what stands in charts and at the foot of pages
BYTE_LIMIT = 700_000


@cache
def _brief(edition: str) -> tuple[str, ...]:
    """Return the pages of an edition's brief, with single spaces."""
    pages = PdfReader(EDITIONS[edition] / "brief.pdf").pages
    return tuple(" ".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_page_of_the_record_holds_a_heading_and_no_more(edition: str) -> None:
    with pymupdf.open(EDITIONS[edition] / "record.pdf") as record:
        words = {number: len(_below_headings(page)) for number, page in enumerate(record, 1)}
    assert len(words) > 1
    assert {number: count for number, count in words.items() if count < FEWEST_WORDS} == {}


def _below_headings(page: pymupdf.Page) -> list[str]:
    """Return the words of a page of a PDF but for those of its head, its foot and its headings."""
    within = (0, 0.06 * page.rect.height, page.rect.width, 0.945 * page.rect.height)
    lines = [
        line for block in page.get_text("dict", clip=within)["blocks"] for line in block["lines"]
    ]
    small = [it["text"] for line in lines for it in line["spans"] if it["size"] < HEADING]
    return " ".join(small).split()


def _text_size(page: pymupdf.Page) -> float:
    """Return the size of most letters on a page of a PDF, in points."""
    letters: Counter[float] = Counter()
    for block in page.get_text("dict")["blocks"]:
        for span in (it for line in block.get("lines", []) for it in line["spans"]):
            letters[round(span["size"], 1)] += len(span["text"].strip())
    return letters.most_common(1)[0][0]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_brief_is_set_larger_than_the_record_behind_it(edition: str) -> None:
    brief, record = (pymupdf.open(EDITIONS[edition] / f"{it}.pdf") for it in ("brief", "record"))
    with brief, record:
        without_chart = [page for page in brief.pages(1) if "Figure" not in page.get_text()]
        assert len(without_chart) > 3
        assert min(map(_text_size, without_chart)) > max(map(_text_size, record))


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_line_of_the_brief_ends_between_a_day_and_its_month(edition: str) -> None:
    pages = [page.extract_text() for page in PdfReader(EDITIONS[edition] / "brief.pdf").pages]
    assert re.findall(r"\d Oct\b", pages[1])
    assert [re.findall(r"\d *\n *(?:Sep|Oct|Nov)\b.*", page) for page in pages] == [[]] * len(pages)


@cache
def _page(edition: str) -> BeautifulSoup:
    """Return the page of an edition with its record in place."""
    return whole((EDITIONS[edition] / "brief.html").read_text(encoding="utf-8"))


@cache
def _last(edition: str) -> BeautifulSoup:
    """Return the page of an edition as of its last day, without its record and its days."""
    page = BeautifulSoup((EDITIONS[edition] / "brief.html").read_text(encoding="utf-8"), "lxml")
    for other in page.select("[data-until], #record, #days"):
        other.decompose()
    return page


def _spaced(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


@pytest.mark.parametrize("edition", EDITIONS)
def test_page_one_of_the_pdf_holds_the_whole_front_and_page_two_begins_the_brief(
    edition: str,
) -> None:
    first, second, *_ = _brief(edition)
    for words in (QUESTION, *FIRST_PAGE[edition], "This shows who said what, not who is right."):
        assert words in first, words
    answer = [_spaced(words) for words in _last(edition).select(".front .answer p")]
    heads = [_spaced(head) for head in _last(edition).select(".front .headlines strong")]
    assert len(answer) > 1 and heads
    for words in (*answer, *heads):
        assert words in first, words
    assert first.endswith("record.pdf"), "the list of what is inside is last"
    assert second.startswith("2 Who says what?")
    assert " north-korean-troops-october-2024 · " in second, "which brief a loose page is of"


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_brief_has_so_many_pages(edition: str) -> None:
    assert len(_brief(edition)) == PAGES[edition]


def test_the_brief_has_no_more_words_than_it_may_have() -> None:
    words = [word for page in _brief("october") for word in page.split() if re.search(r"\w", word)]
    assert 2000 < len(words) <= WORD_LIMIT


@pytest.mark.parametrize("edition", EDITIONS)
def test_only_the_front_says_how_long_it_takes_to_read(edition: str) -> None:
    front, *others = _brief(edition)
    record = PdfReader(EDITIONS[edition] / "record.pdf").pages[0].extract_text()
    assert re.search(r"\bsummary: \d min\b", front)
    assert not [page for page in (*others, record) if "summary:" in page]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_sources_are_named_once_and_on_the_last_page(edition: str) -> None:
    *others, last = _brief(edition)
    assert last.count("Coded by us.") == 1
    assert not any("Coded by us." in page for page in others)


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_page_of_the_brief_names_a_row(edition: str) -> None:
    words = {word for page in _brief(edition) for word in re.findall(r"\w+", page)}
    assert len(words) > 200
    assert not words & _claims(edition)


def test_the_page_with_its_fonts_and_its_record_is_small() -> None:
    assert (REPORT / "brief.html").stat().st_size <= BYTE_LIMIT


# Cards and addresses


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_claim_stands_on_a_card_and_every_card_leads_back(edition: str) -> None:
    cards = _page(edition).select("#record article")
    claims = [str(claim["id"]) for card in cards for claim in card.select("li[id]")]
    assert sorted(claims) == sorted(_claims(edition)) and len(claims) > 30
    assert [card["id"] for card in cards if "Cited in" not in card.get_text()] == []


def _claims(edition: str) -> set[str]:
    """Return the ids of an edition's claims, from the dataset: all of them, or the article's."""
    with (REPO / "data" / "claims.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    article = "aljazeera_2024_10"
    return {row["claim_id"] for row in rows if edition == "october" or row["source_id"] == article}


def test_from_a_mark_to_its_card_and_to_the_address_of_its_source_are_two_clicks() -> None:
    page = _page("october")
    for card in page.select("article"):
        for folded in card.select("details"):
            folded.extract()
        assert card.select('a[href^="http"]') or "(Al Jazeera" in card.get_text(), card["id"]
    marks = {str(mark["href"])[1:] for mark in page.select("figure a.mark")}
    assert len(marks) > 60 and marks <= _claims("october")


def test_the_pdf_of_the_record_too_holds_the_address_of_each_source() -> None:
    outside = {
        str(link["/A"]["/URI"])
        for link in links(PdfReader(REPORT / "record.pdf"))
        if "/URI" in link.get("/A", {})
    }
    with (REPO / "data" / "claims.csv").open(encoding="utf-8", newline="") as table:
        used = {row["source_id"] for row in csv.DictReader(table)}
    with (REPO / "data" / "sources.csv").open(encoding="utf-8", newline="") as table:
        wanted = {row["url"] for row in csv.DictReader(table) if row["source_id"] in used}
    assert all(address.isascii() for address in outside)
    assert {quote(url, safe=string.printable) for url in wanted - {""}} <= outside
    assert any(not url.isascii() for url in wanted)


def test_the_page_asks_nothing_of_any_network() -> None:
    page = written_out((REPORT / "brief.html").read_text(encoding="utf-8"))
    tags = r"<(?:script|link|img|iframe|object|embed)\b[^>]*\b(?:src|href)=.?http"
    assert not re.search(tags, page)
    assert not re.search(r"@import|url\((?!['\"]?(?:data:|#))", page)
    assert "default-src 'none'" in unescape(page)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a dataset in which a statement of 4 October only notes what others report."""
    folder = tmp_path_factory.mktemp("moved") / "data"
    shutil.copytree(REPO / "data", folder, ignore=shutil.ignore_patterns("archive"))
    change_cell(folder / "claims.csv", "o1a", "stance", "notes_reports")
    change_cell(folder / "claims.csv", "o1a", "commitment", "Uu")
    return folder


@pytest.fixture(scope="module")
def early(moved: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the brief of that dataset as of an earlier day: its page and what lies beside it."""
    folder = tmp_path_factory.mktemp("built") / "early"
    named = ("-p", "as_of=2024-10-10", "-p", f"dataset={moved}")
    done = _build("--output", str(folder), "--format", "html", *named)
    assert done.exit_code == 0, done.stderr
    return folder


def test_a_brief_as_of_an_earlier_day_has_nothing_later(early: Path) -> None:
    page = written_out((early / "brief.html").read_text(encoding="utf-8"))
    visible = set(re.findall(CLAIM, page))
    said = {
        "o1a", "w11a", "k1", "o2a", "o2b", "o2c", "o3a", "o3b", "w12a", "w12b", "w12c", "p2", "o4a",
        "w979a", "w979b", "w979c",
    }  # fmt: skip
    undated = {"g1", "u1", "u2", "h1", "h2", "h3", "h4", "h5", "h6"}
    assert visible == said | undated
    for later in ("de facto participant", "occupying military forces", "CNAS", "Storm Corps"):
        assert later not in page.partition('id="limits"')[0]
    numbers = json.loads((early / "numbers.json").read_text(encoding="utf-8"))
    assert numbers["table-deflation"]["claim_rows"] == [16, 25]


def test_one_cell_of_one_table_moves_the_brief_and_its_numbers(moved: Path, early: Path) -> None:
    numbers = json.loads((early / "numbers.json").read_text(encoding="utf-8"))
    unmoved = table("deflation", real_view("2024-10-10"))
    assert unmoved.numbers["asserting_speakers"] == [3, 3]
    assert numbers["table-deflation"]["asserting_speakers"] == [2, 2]
    page = (early / "brief.html").read_text(encoding="utf-8")
    found = last_words(page)
    assert "Claims by two speakers go back to one or two independent sources." in found
    assert (
        "Kovalenko (Ukraine, 5 Oct) reportedly said that North Koreans are, or have been" in found
    )
    assert str(moved) not in page and str(moved.parent) not in page


def test_a_dataset_with_a_problem_builds_nothing_and_loses_nothing(
    real_data: Path, changed: Changed, tmp_path: Path
) -> None:
    out = tmp_path / "kept"
    shutil.copytree(REPORT, out, ignore=shutil.ignore_patterns("template", "article"))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    folder = changed("claims", "k1", "stance", "affirm", of=real_data)
    done = _build("--output", str(out), "-p", f"dataset={folder}")
    assert done.exit_code == 1
    assert "claims" in done.stderr and "stance" in done.stderr and "affirms_hedged" in done.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_misspelt_parameter_is_refused_with_the_right_name(tmp_path: Path) -> None:
    done = _build("--output", str(tmp_path / "none"), "-p", "as_off=2024-10-10")
    assert done.exit_code == 2
    assert "as_off" in done.stderr and "as_of" in done.stderr.replace("as_off", "")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("parameter", "accepted"),
    [
        ("as_of=yesterday", "2024-10-08"),
        ("basis=heard", "said, reported"),
        ("actors=ukrane", "ukraine"),
        ("sources=bbc", "aljazeera_2024_10"),
        ("published=2024-11-05", "[2024-10-16..2024-10-19]"),
        ("window_end=2024-09-01", "not after its end"),
    ],
)
def test_a_value_that_cannot_be_is_refused_before_anything_runs(
    tmp_path: Path, parameter: str, accepted: str
) -> None:
    done = _build("--output", str(tmp_path / "none"), "-p", parameter)
    assert done.exit_code == 2
    assert parameter.split("=")[0] in done.stderr and accepted in done.stderr
    assert isinstance(done.exception, SystemExit) and not (tmp_path / "none").exists()
