"""Every sentence of the code, for records of no claim, of one and of two: is it grammatical?"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from cut import blocks_of, cut, texts_of
from views import REAL, TINY, real_view, tiny_view

from claimbrief import analysis, prose
from claimbrief.dataset import read_dataset
from claimbrief.tables.evidence import _left_out
from claimbrief.validate import find_problems
from claimbrief.view import View
from claimbrief.wording import described, none_or

# The claims that a record is cut to; of October, of pages of which the text is not coded.
CUTS: dict[str, tuple[Path, str]] = {
    "one claim": (TINY, "a1"),
    "one claim, withheld": (TINY, "p1"),
    "one claim in the outlet's voice": (TINY, "n1"),
    "one claim with some words quoted": (TINY, "m1"),
    "two claims": (TINY, "b2 i1"),
    "two claims of one utterance": (TINY, "e1 e2"),
    "two claims and two documents": (TINY, "a1 m1"),
    "one claim of October": (REAL, "o86f"),
    "two claims of October": (REAL, "o27d o68a"),
}
NONE: dict[str, Callable[[], View]] = {
    "nothing said by then": partial(tiny_view, "2019-04-20", actors=["karst_works"]),
    "nothing reported by then": partial(
        real_view, "2024-09-30", window_start="2024-09-01", basis="reported"
    ),
}
WRONG = re.compile(
    r"  | [,.;:]|\.\.|,,|\. \.|\(\)|\[\]|“”|: [.;]|\bNone\b(?! (is|are|of|on|rests?|reach\w*)\b)|\bnan\b|"
    r"<NA>|\b[Oo]ne \w+ (are|have|say|rest|reach|were)\b|\b[Oo]ne (are|have|rest|reach|lie|say)\b|"
    r"\bone one\b|\bare one \w+(?! and\b)|\b[Oo]ne more (\w+ )?are\b|\b(are|is) no\b|"
    r"\b(is|are) (kept|named|shown) no\b|\b[Nn]o (of|on|for|can|lie|rest|came|coded|reach|more)\b|"
    r"\b[Nn]o, |\b[Ff]or no \w|\b[Oo]f no \w|\b[Oo]ne (\w+ )?\w+[^su\W]s\b(?= (are|is|of|by|in))|"
    r"\b1 [a-z]+[^su\W]s\b|\b0 [a-z]+ (lie|are)\b|\b[Tt]wo \w+ (is|has|says|rests)\b|"
    r"\b(a|A) [aeio]\w+|\b[Aa]n [^aehiou“(\W]\w*|\bno \w+ (is|are) kept\b|\bthese kinds: [^,;]+\.|"
    r"Of (\w[\w ]*): \1\b"
)


def said_wrong(sentence: str) -> list[str]:
    """Return what of a sentence breaks a rule; quoted words are not ours."""
    own = re.sub(r"“[^”]*”", "“…”", sentence)
    return [match[0] for match in WRONG.finditer(own)]


@pytest.fixture(name="view", params=[*NONE, *CUTS], scope="module")
def _view(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> View:
    if request.param in NONE:
        return NONE[request.param]()
    folder, claims = CUTS[request.param]
    package = cut(folder, tmp_path_factory.mktemp("cut") / "package", claims.split())
    assert find_problems(read_dataset(package)) == []
    return (tiny_view if folder == TINY else real_view)(folder=package)


def test_every_text_of_a_record_of_no_claim_of_one_and_of_two_reads_well(view: View) -> None:
    texts = [(block["block_id"], text) for block in blocks_of(view) for text in texts_of(block)]
    assert len(texts) > 60
    wrong = [(*found, text) for found in texts for text in said_wrong(found[1])]
    assert wrong == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The record is two documents: no coded in full.",
        "Of one utterance in it, one are kept as ranges.",
        "Left out, and on the cards, are no links.",
        "Of one claim on the questions, one rest on words.",
        "For no a text is among the sources, for one one report.",
        "Of no claims on the questions, none rest on words.",
        "Nothing public is of these kinds: document.",
        "It holds 1 speakers.",
        "a origin , and  two",
        "Of Velland: Velland.",
        "Two speakers of two sides says so.",
    ],
)
def test_the_rules_find_what_was_wrong_before(sentence: str) -> None:
    assert said_wrong(sentence) or sentence.startswith("Two speakers")


def test_a_count_that_stands_for_a_noun_is_none_and_never_no() -> None:
    assert [none_or(count) for count in (0, 1, 2, 13)] == ["none", "one", "two", "13"]


@pytest.mark.parametrize(
    ("own", "unknown", "words"),
    [
        (0, 0, ""),
        (1, 0, " Left out, and on the cards, is one link to an item of the side’s own."),
        (0, 2, " Left out, and on the cards, are two links to a parent that is not told."),
        (
            1,
            1,
            " Left out, and on the cards, are one link to an item of the side’s own and one link "
            "to a parent that is not told.",
        ),
    ],
)
def test_the_links_without_a_row_are_named_where_there_are_any(
    own: int, unknown: int, words: str
) -> None:
    assert _left_out(own, unknown) == words


def test_a_single_part_that_is_left_out_of_a_description_is_left_out() -> None:
    assert described(["a" * 9_000, "b" * 2_000]).endswith("a. One more is left out here.")
    assert described(["a" * 9_000, "b" * 2_000, "c"]).endswith("Two more are left out here.")


def test_a_record_without_a_coded_text_says_so() -> None:
    coverage = analysis.coverage(tiny_view())
    day = pd.DataFrame({"day": [pd.Timestamp("2019-05-31")]})
    words = prose.coverage_sentences(coverage.iloc[:0], day).paragraphs
    assert [paragraph[0].text for paragraph in words] == [
        "No source in view has a coded text.",
        "One day of the window came after the last day on which a source in view can have "
        "appeared: nothing could be recorded for it.",
    ]
