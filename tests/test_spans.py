"""Spans: offsets in code points, quotes as they stand, sentences, coverage."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from views import TINY

from claimbrief.dataset import Dataset, read_dataset
from claimbrief.errors import Problem
from claimbrief.spans import (
    QUOTED,
    coverage_lines,
    sentences,
    texts,
    unaccounted,
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


# Sentences and coverage


def test_sentences_inside_quotation_marks_are_cut_apart() -> None:
    text = "He wrote: “Three were hurt. They fell.” Nobody else did."
    assert [text[a:b] for a, b in sentences(text, "en")] == [
        "He wrote: “Three were hurt.",
        "They fell.",
        "Nobody else did.",
    ]


def test_a_stretch_without_a_word_is_no_sentence() -> None:
    assert sentences("…\n\n“”\n – \n", "en") == []
    assert sentences("", "en") == []


def test_a_text_is_cut_by_the_rules_of_the_language_of_the_dataset(changed: Changed) -> None:
    text, source = "Er kam am 3. Mai an.", "bulletin_2019_05_13"
    german = changed("datapackage.json", raw=lambda c: c.replace(b'"en"', b'"de"', 1))
    assert unaccounted(read_dataset(german), source, text) == [(0, len(text))]
    assert len(unaccounted(read_dataset(TINY), source, text)) == 2, "in English"


@given(
    st.lists(
        st.sampled_from(["Ås é.", "\U0001f309 “Nö.”", "He can’t. ", "\n", "日本。", "“A. B.”"])
    )
)
def test_sentences_lie_in_the_text_in_order_and_hold_every_word(parts: list[str]) -> None:
    text = " ".join(parts)
    bounds = sentences(text, "en")
    outside = list(text)
    for start, end in bounds:
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        outside[start:end] = [""] * (end - start)
    assert all(a[1] <= b[0] for a, b in pairwise(bounds))
    assert not any(character.isalnum() for character in outside)


def test_every_sentence_of_the_tiny_article_is_claimed_or_excluded(dataset: Dataset) -> None:
    text = texts(dataset)[LEDGER]
    assert len(sentences(text, "en")) == 16
    assert unaccounted(dataset, LEDGER, text) == []
    assert coverage_lines(dataset) == [VERIFIED]
    assert list(span_problems(dataset)) == []


def test_a_sentence_that_is_neither_claimed_nor_excluded_is_refused(changed: Changed) -> None:
    folder = changed(
        "exclusions.csv", raw=lambda c: c.replace(b"ledger_bridge,1073,1142,background\n", b"")
    )
    problem = only(folder)
    assert (problem.where, problem.row, problem.column) == ("claims", 0, "span_start")
    assert problem.found == "no claim and no exclusion from 1073 to 1142"
    assert coverage_lines(read_dataset(folder)) == [
        VERIFIED.replace("16 of 16", "15 of 16").replace("100 %", "94 %")
    ]


@pytest.mark.parametrize(("span", "left"), [((0, 3), (3, 6)), ((3, 6), (0, 3))])
def test_a_sentence_beside_a_span_that_it_touches_is_not_in_it(
    changed: Changed, span: tuple[int, int], left: tuple[int, int]
) -> None:
    source, (start, end) = "bulletin_2019_05_13", span
    row = f"{source},{start},{end},background\n".encode()
    folder = changed("exclusions.csv", raw=lambda content: content + row)
    assert unaccounted(read_dataset(folder), source, "日本。日本。") == [left]


def test_a_sentence_in_the_same_quotation_is_claimed_by_itself(changed: Changed) -> None:
    folder = changed("claims", "i1", "span_end", "602")  # up to “hurt.”, without “They fell”
    assert "no claim and no exclusion from 604 to 633" in [
        p.found for p in span_problems(read_dataset(folder))
    ]
