"""`claimbrief locate`: where words stand, in code points, and what differs where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import Changed

from claimbrief.cli import main
from claimbrief.spans import differences, nearest, occurrences

TEXT = "He said “it isn’t so – not now”. Then 🙂 he said it\nagain."


def _locate(folder: Path, source: str, *words: str) -> Result:
    return CliRunner().invoke(main, ["locate", source, *words, "--dataset", str(folder)])


def test_offsets_are_those_of_the_coded_claims(tiny: Path) -> None:
    done = _locate(tiny, "ledger_bridge", "There", "is no crack in the east pier")
    assert done.exit_code == 0
    assert "archive/ledger_bridge.txt: span_start 413, span_end 447" in done.stdout
    assert "“[There is no crack in the east pier],” its spokesman" in done.stdout


def test_every_occurrence_is_listed(tiny: Path) -> None:
    assert _locate(tiny, "ledger_bridge", "crack").stdout.count("span_start") == 4


def test_offsets_are_code_points() -> None:
    assert occurrences(TEXT, "he said") == [(TEXT.index("he said"), TEXT.index("he said") + 7)]
    assert TEXT.encode("utf-16-le").index("he said".encode("utf-16-le")) // 2 != TEXT.index("he s")


@pytest.mark.parametrize(
    ("words", "found", "differs"),
    [
        ("it isn't so", "it isn’t so", "right single quotation mark"),
        ('"it isn’t so', "“it isn’t so", "left double quotation mark"),
        ("so - not now", "so – not now", "en dash"),
        ("he said it again", "he said it\nagain", "a line break, not space"),
        ("🙂 he siad it", "🙂 he said it", "the text has “said”, not “siad”"),
        ("Then 🙂 he just said", "Then 🙂 he said", "the text has nothing, not “just ”"),
        ("Then 🙂 said", "Then 🙂 he said", "the text has “he ”, not nothing"),
        ("agian", "again", "the text has “again”, not “agian”"),
    ],
)
def test_marks_blanks_and_slips_are_found_and_named(words: str, found: str, differs: str) -> None:
    assert occurrences(TEXT, words) == []
    ((start, end),) = nearest(TEXT, words)
    assert TEXT[start:end] == found
    assert differs in "; ".join(differences(found, words))


@pytest.mark.parametrize(
    ("found", "words", "differs"),
    [
        ("it isn’t so", "it isn’t quite so", "nothing, not “quite ”"),
        ("not now”. Then", "not now Then", "“”.”, not nothing"),
        ("it\tis", "it is", "a control character, not space"),
        ("it\nis", "it is", "a line break, not space"),
        ("it is", "it is", ""),
    ],
)
def test_what_differs_is_named_on_both_sides(found: str, words: str, differs: str) -> None:
    assert differences(found, words) == ([f"the text has {differs}"] if differs else [])


def test_the_nearest_words_are_printed_as_not_exact(tiny: Path) -> None:
    done = _locate(tiny, "ledger_bridge", "we can't exclude that it is unsafe")
    assert done.exit_code == 0
    assert done.stdout.startswith("not found exactly; nearest:\n")
    assert "span_start 845, span_end 879" in done.stdout
    assert "’ (right single quotation mark), not ' (apostrophe)" in done.stdout


def test_where_nothing_is_near_the_exit_status_is_1(tiny: Path) -> None:
    done = _locate(tiny, "ledger_bridge", "purple elephants fly")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "no words like “purple elephants fly”" in done.stderr


@pytest.mark.parametrize("words", ["", " ", "\n"])
def test_blanks_alone_are_no_words(tiny: Path, words: str) -> None:
    done = _locate(tiny, "ledger_bridge", words)
    assert done.exit_code == 2 and done.stdout == ""
    assert "found blanks alone; accepted: words of the text" in done.stderr


def test_without_a_text_the_rows_of_words_are_searched(tiny: Path) -> None:
    done = _locate(tiny, "bulletin_2019_05_13", "It must be closed")
    assert "words.csv, row 2 (w_minister_1): from 45, to 62" in done.stdout
    none = _locate(tiny, "gazette_2019_05_21", "It")
    assert none.exit_code == 1
    assert "no text in archive/gazette_2019_05_21.txt and no row in words.csv" in none.stderr


def test_an_unknown_source_is_refused_with_the_nearest(tiny: Path) -> None:
    done = _locate(tiny, "ledger_brige", "It")
    assert done.exit_code == 2
    assert done.stderr.endswith(
        "found 'ledger_brige'; accepted: a source_id of sources.csv, or the name of a text in "
        "tiny/archive; nearest: ledger_bridge\n"
    )
    two = _locate(tiny, "bulletin_2019_05_21", "It").stderr
    assert two.endswith("; nearest: bulletin_2019_05_13, gazette_2019_05_21\n")
    assert _locate(tiny, "elsewhere", "It").stderr.endswith(" of a text in tiny/archive\n")
    assert _locate(tiny, "../archive/ledger_bridge", "It").exit_code == 2


def test_a_text_that_is_not_coded_yet_comes_with_what_its_row_needs(tiny: Path) -> None:
    (tiny / "archive" / "new_page.txt").write_text("Nothing is new.", encoding="utf-8")
    done = _locate(tiny, "new_page", "is", "new")
    assert "new_page is not in sources.csv yet; of the text here: sha256 " in done.stdout
    assert "n_chars 15" in done.stdout
    (tiny / "archive" / "new_page.txt").write_bytes(b"Nothing is n\xe9w.")
    assert "span_start 0, span_end 10" in _locate(tiny, "new_page", "Nothing", "is").stdout


def test_a_text_other_than_the_coded_text_is_said(changed: Changed) -> None:
    folder = changed("archive/ledger_bridge.txt", raw=lambda content: content + b"More.\n")
    assert (
        "ledger_bridge has no such text in sources.csv"
        in _locate(folder, "ledger_bridge", "crack").stdout
    )
