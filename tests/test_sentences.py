"""Every sentence of the code, for records of no claim, of one and of two: is it grammatical?"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from cut import blocks_of, cut, texts_of
from views import REAL, TINY, real_view, tiny_view

from claimbrief import analysis, prose
from claimbrief.tables.evidence import _left_out
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
WRONG = {
    "blanks or marks out of place": r"  | [,.;:]|[,;.] ?[,;.]|: [.;]|\(\)|\[\]",
    "a value that is missing": r"\bNone\b(?! (is|of)\b)|\bnan\b|<NA>|NaT",
    "no in place of none": r"\b[Nn]o (of|on|for|can|lie|rest|came|coded|reach|more)\b|\b[Nn]o, |"
    r"\b[Ff]or no \w|\b[Oo]f no (claim|statement)|\bare no \w+s\b",
    "several of one": r"\b[Oo]ne( \w+)? (are|have|rest|reach|lie|were)\b|\bthese kinds: [\w ]+\.|"
    r"\b[Oo]ne more (\w+ )?are\b|\b[Tt]he only \w+ .* are\b|"
    r"\b1 (?!(says|calls|leaves|dismisses) )[a-z]+[^su\W]s\b|"
    r"\bone [a-z]+(claim|side|mark|link|node|statement|speaker|day|document|item)s\b",
    "one twice": r"\bone one\b",
    "one of several": r"(?<!one of )(?<!One of )\b([Tt]wo|[Tt]hree) \w+ (is|has|rests|lies)\b",
    "the wrong article": r"\b[Aa] [aeio]\w+(?<!\bone)\b|\b[Aa]n [^aehiou“(\W]\w*",
    "all of all": r"Of (\w[\w ]*): \1\b",
}


def said_wrong(sentence: str) -> list[str]:
    """Return the rules that a sentence breaks; quoted words are not ours."""
    own = re.sub(r"“[^”]*”", "“…”", sentence)
    return [rule for rule, pattern in WRONG.items() if re.search(pattern, own)]


@pytest.fixture(name="view", params=[*NONE, *CUTS], scope="module")
def _view(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> View:
    if request.param in NONE:
        return NONE[request.param]()
    folder, claims = CUTS[request.param]
    package = cut(folder, tmp_path_factory.mktemp("cut") / "package", claims.split())
    return (tiny_view if folder == TINY else real_view)(folder=package)  # it must be sound


def test_every_text_of_a_record_of_no_claim_of_one_and_of_two_reads_well(view: View) -> None:
    texts = [(block["block_id"], text) for block in blocks_of(view) for text in texts_of(block)]
    assert len(texts) > 60
    wrong = [(*found, text) for found in texts for text in said_wrong(found[1])]
    assert wrong == []


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("The record is two documents: no coded in full.", "no in place of none"),
        ("Of one utterance in it, one are kept as ranges.", "several of one"),
        ("Left out, and on the cards, are no links.", "no in place of none"),
        ("Of one claim on the questions, one rest on words.", "several of one"),
        ("For two a text is among the sources, for one one report.", "one twice"),
        ("Nothing public is of these kinds: document.", "several of one"),
        ("It holds 1 speakers.", "several of one"),
        ("Its origin , and others.", "blanks or marks out of place"),
        ("Not heard. Of Velland: Velland.", "all of all"),
        ("They are of None.", "a value that is missing"),
        ("There is a assertion.", "the wrong article"),
        ("Two speakers is in the record.", "one of several"),
    ],
)
def test_each_rule_finds_what_it_is_for(sentence: str, rule: str) -> None:
    assert rule in said_wrong(sentence)


def test_a_count_that_stands_for_a_noun_is_none_and_never_no() -> None:
    assert [none_or(count) for count in (0, 1, 2, 13)] == ["none", "one", "two", "13"]


@pytest.mark.parametrize(
    ("own", "unknown", "words"),
    [
        (0, 0, ""),
        (1, 0, " Left out, and on the cards, is one link to an item of the side’s own."),
        (0, 2, " Left out, and on the cards, are two links to a parent that is not stated."),
        (
            1,
            1,
            " Left out, and on the cards, are one link to an item of the side’s own and one link "
            "to a parent that is not stated.",
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
    words = prose.coverage(coverage.iloc[:0], 1).paragraphs
    assert [paragraph[0].text for paragraph in words] == [
        "No source in view has a coded text.",
        "No source in view can have appeared on the last day of the window, or later: nothing "
        "could be recorded for it.",
    ]
