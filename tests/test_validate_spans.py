"""The check of spans: offsets in code points, and quotes as they stand in the text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from claimbrief.dataset import Dataset, read_dataset
from claimbrief.errors import Problem
from claimbrief.spans import (
    QUOTED,
    coverage_lines,
    texts,
)
from claimbrief.validate.words import span_problems

Changed = Callable[..., Path]
LEDGER = "ledger_bridge"
VERIFIED = (
    "ledger_bridge: every span and quote verified; 16 of 16 sentences (100 %) claimed or excluded"
)
NOT_VERIFIED = "ledger_bridge: spans and quotes NOT verified; its text "


@pytest.fixture
def dataset(tiny: Path) -> Dataset:
    """Return the tiny data package, read."""
    return read_dataset(tiny)


def problems(folder: Path) -> list[tuple[str, int, str]]:
    """Return where each problem of a package's spans is."""
    return [(p.where, p.row, p.column) for p in span_problems(read_dataset(folder))]


def only(folder: Path) -> Problem:
    """Return the one problem of a package's spans."""
    (problem,) = span_problems(read_dataset(folder))
    return problem


def quoted(text: str) -> list[str]:
    """Return the stretches of a text that stand in quotation marks."""
    return [match[match.lastindex or 0] for match in QUOTED.finditer(text)]


# Offsets


def test_offsets_count_code_points_and_not_bytes_or_utf_16_units(dataset: Dataset) -> None:
    text = texts(dataset)[LEDGER]
    claim = dataset.claims.set_index("claim_id").loc["b2"]
    start, end = int(claim["span_start"]), int(claim["span_end"])
    assert text[start:end] == "There is no crack in the east pier" == claim["quote"]
    in_bytes = text.encode()
    assert in_bytes[start:end].decode("utf-8", "replace") != claim["quote"]
    assert len(text) < len(in_bytes)


@pytest.mark.parametrize("shift", ["412", "414"])
def test_a_span_that_is_one_off_is_refused_with_the_words_at_it(
    changed: Changed, shift: str
) -> None:
    folder = changed("claims", "b2", "span_start", shift)
    found = {p.column: p for p in span_problems(read_dataset(folder))}
    assert found["quote"].row == 6
    assert found["quote"].found == "There is no crack in the east pier"
    assert (
        found["quote"].accepted
        == {
            "412": "“There is no crack in the east pier",
            "414": "here is no crack in the east pier",
        }[shift]
    )
    assert ("rendering" in found) == (shift == "412")  # the mark itself is not inside the marks


@pytest.mark.parametrize("end", ["1144", "999999", "412", "100"])
def test_a_span_outside_the_text_or_reversed_is_refused(changed: Changed, end: str) -> None:
    assert ("claims", 6, "span_end") in problems(changed("claims", "b2", "span_end", end))


def test_a_span_before_the_text_is_refused(changed: Changed) -> None:
    problem = only(changed("claims", "a1", "span_start", "-1"))
    assert (problem.where, problem.row, problem.column) == ("claims", 2, "span_start")
    assert (problem.found, problem.accepted) == ("-1 to 155", "a stretch within 0 to 1143")


@pytest.mark.parametrize("column", ["span_start", "span_end"])
def test_a_claim_on_a_coded_source_without_its_span_is_refused(
    changed: Changed, column: str
) -> None:
    assert ("claims", 2, "span_start") in [
        (where, row, "span_start")
        for where, row, _ in problems(changed("claims", "a1", column, ""))
    ]


def test_a_span_on_a_source_that_was_coded_without_text_is_refused(changed: Changed) -> None:
    folder = changed("claims", "a1", "source_id", "bulletin_2019_05_13")
    places = [place for place in problems(folder) if place[1]]
    assert places == [("claims", 2, "span_start")]


@pytest.mark.parametrize("column", ["span_start", "span_end"])
def test_half_a_span_on_a_source_that_was_coded_without_text_is_refused(
    changed: Changed, column: str
) -> None:
    folder = changed("claims", "a1", "source_id", "bulletin_2019_05_13")
    folder = changed("claims", "a1", column, "", of=folder)
    assert ("claims", 2, "span_start") in problems(folder)


def test_a_claim_on_a_source_that_was_coded_without_text_needs_no_span(changed: Changed) -> None:
    folder = changed("claims", "a1", "source_id", "bulletin_2019_05_13")
    for column in ("span_start", "span_end"):
        folder = changed("claims", "a1", column, "", of=folder)
    assert problems(folder) == [("claims", 0, "span_start")]  # its sentence is open again


def test_an_exclusion_outside_the_text_is_refused(changed: Changed) -> None:
    folder = changed("exclusions", (LEDGER, "1073"), "span_end", "1200")
    assert only(folder).where == "exclusions"


# Quotes


def test_a_quote_that_is_not_the_text_at_its_span_is_refused(changed: Changed) -> None:
    problem = only(changed("claims", "b2", "quote", "There is no crack in the west pier"))
    assert (problem.where, problem.row, problem.column) == ("claims", 6, "quote")
    assert problem.found == "There is no crack in the west pier"
    assert problem.accepted == "There is no crack in the east pier"


@pytest.mark.parametrize(
    "quote",
    [
        "very likely",
        "likely … must be closed",
        "must be closed … very likely",
        "very likely must be closed",
        "very likely … unsafe",
    ],
)
def test_a_mixed_quote_with_a_stretch_missing_cut_or_moved_is_refused(
    changed: Changed, quote: str
) -> None:
    problem = only(changed("claims", "m1", "quote", quote))
    assert (problem.where, problem.row, problem.column) == ("claims", 3, "quote")
    assert problem.accepted.endswith("at the span: very likely | must be closed")


def test_a_quote_where_nothing_is_in_quotation_marks_is_refused(changed: Changed) -> None:
    folder = changed("claims", "w1", "quote", "alarm")
    problem = only(folder)
    assert problem.row == 8
    assert problem.accepted.endswith("there are none")


def test_an_outlets_gloss_may_span_quoted_words_without_giving_them(changed: Changed) -> None:
    assert problems(changed("claims", "e0", "span_end", "892")) == []


def test_direct_where_the_span_is_not_in_quotation_marks_is_refused(changed: Changed) -> None:
    folder = changed("claims", "w1", "rendering", "direct")
    found = {p.column: p for p in span_problems(read_dataset(folder))}
    assert found["rendering"].row == 8
    assert found["rendering"].found == "direct, with a span outside quotation marks"


@pytest.mark.parametrize(("claim", "row"), [("e1", 11), ("m1", 3)])
def test_a_hedge_that_is_not_in_the_span_is_refused(changed: Changed, claim: str, row: int) -> None:
    problem = only(changed("claims", claim, "hedge_words", "perhaps"))
    assert (problem.row, problem.column, problem.found) == (row, "hedge_words", "perhaps")


def test_a_word_for_people_that_is_not_in_the_span_is_refused(changed: Changed) -> None:
    problem = only(changed("claims", "i1", "people_term", "soldiers"))
    assert (problem.row, problem.column, problem.found) == (7, "people_term", "soldiers")


def test_words_of_time_that_are_not_in_the_source_are_refused(changed: Changed) -> None:
    problem = only(changed("utterances", "builder_denial", "date_words", "last month"))
    assert (problem.where, problem.row, problem.column) == ("utterances", 5, "date_words")


@pytest.mark.parametrize("column", ["paraphrase", "note"])
def test_an_outlets_sentence_shipped_as_our_words_is_refused(changed: Changed, column: str) -> None:
    borrowed = "Alarm at talk that the storm of 3 May had opened a crack in the east pier."
    problem = only(changed("claims", "a1", column, borrowed))
    assert (problem.row, problem.column) == (2, column)
    assert problem.found.endswith("words: that the storm of 3 may had opened a")


def test_a_speakers_quoted_words_may_be_in_our_note(changed: Changed) -> None:
    note = "He wrote “Three to five welders were hurt. They fell from the main span.”"
    assert problems(changed("claims", "i1", "note", note)) == []


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("He said: “No.” Then “Yes”.", ["No.", "Yes"]),
        ("“We can’t,” she said.", ["We can’t,"]),
        ("‘We can’t,’ she said, ‘not now’.", ["We can’t,", "not now"]),
        ("“He said ‘no’ to me.”", ["He said ‘no’ to me."]),
        ("«Non», dit-elle. „Nein“, sagte er.", ["Non", "Nein"]),
        ("Velland’s bridge is the workers’ pride.", []),
        ("“Never closed.\n“But opened again.”", ["But opened again."]),
        ('"Straight" marks are no marks here', []),
    ],
)
def test_what_stands_in_quotation_marks(text: str, stretches: list[str]) -> None:
    assert quoted(text) == stretches


# The text itself


def test_a_text_that_differs_by_one_letter_is_refused_by_its_digest(changed: Changed) -> None:
    folder = changed(f"archive/{LEDGER}.txt", raw=lambda t: t.replace(b"storm", b"stork"))
    problem = only(folder)
    assert (problem.where, problem.row, problem.column) == ("sources", 2, "sha256")
    assert problem.accepted == f"the digest of archive/{LEDGER}.txt"
    (line,) = coverage_lines(read_dataset(folder))
    assert line.startswith(NOT_VERIFIED + "another than the one coded is in ")


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda text: b"",
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.decode().encode("cp1252"),
        lambda text: text.decode().encode("utf-16"),
    ],
)
def test_a_text_saved_otherwise_is_refused_and_not_read(
    changed: Changed, spoilt: Callable[[bytes], bytes]
) -> None:
    assert only(changed(f"archive/{LEDGER}.txt", raw=spoilt)).column == "sha256"


def test_a_hash_that_differs_is_refused(changed: Changed) -> None:
    problem = only(changed("sources", LEDGER, "sha256", "0" * 64))
    assert (problem.row, problem.column, problem.found) == (2, "sha256", "000000000000…")


def test_a_length_that_differs_is_refused(changed: Changed) -> None:
    problem = only(changed("sources", LEDGER, "n_chars", "1150"))
    assert (problem.where, problem.row, problem.column) == ("sources", 2, "n_chars")
    assert (problem.found, problem.accepted) == ("1150", "1143")


def test_a_text_that_is_not_there_is_said_plainly_and_is_no_problem(changed: Changed) -> None:
    folder = changed(f"archive/{LEDGER}.txt", raw=None)
    assert problems(folder) == []
    assert coverage_lines(read_dataset(folder)) == [f"{NOT_VERIFIED}is not in archive/{LEDGER}.txt"]


@pytest.mark.parametrize(
    ("text", "covered"),
    [(b"It stands. It sways.", "0 of 2 sentences (0 %)"), (b"...", "0 of 0 sentences (100 %)")],
)
def test_of_two_texts_each_is_said_to_be_verified_or_not(
    changed: Changed, text: bytes, covered: str
) -> None:
    row = "gazette_2019_05_21"
    folder = changed("sources", row, "sha256", hashlib.sha256(text).hexdigest())
    (folder / "archive" / f"{row}.txt").write_bytes(text)
    (folder / "archive" / f"{LEDGER}.txt").unlink()
    assert coverage_lines(read_dataset(folder)) == [
        f"{NOT_VERIFIED}is not in archive/{LEDGER}.txt",
        f"{row}: every span and quote verified; {covered} claimed or excluded",
    ]


def test_a_source_whose_name_is_a_path_reads_nothing_outside_the_archive(
    changed: Changed, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    for name in ("../../secret", str(tmp_path / "secret"), "a" * 5000):
        assert texts(read_dataset(changed("sources", LEDGER, "source_id", name))) == {}
