"""The words of the front on every day: their number, and what no sentence may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

import pytest
from phrases import answer, findings, front, limits, origins
from views import context_of, findings_by_day, real_view, tiny_view, views_by_day

from claimbrief import prose
from claimbrief.blocks import Prose
from claimbrief.captions import LONGEST as HEADLINE_WORDS
from claimbrief.texts import Text
from claimbrief.view import View, on_day
from claimbrief.wording import number

WORD_LIMIT = 380
FINDING_LIMIT = 4
BASES = ("said", "reported")
TINY_DAYS = [f"2019-{day}" for day in ("04-27", "04-28", "05-08", "05-12", "05-14", "05-31")]
VIEWS = {  # the view of the last day, which each is moved back from, and its day
    **{
        f"{basis} by {day} October": (real_view, f"2024-10-{day:02d}", basis)
        for basis in BASES
        for day in range(1, 32)
    },
    **{f"tiny, {basis} by {day}": (tiny_view, day, basis) for basis in BASES for day in TINY_DAYS},
}
BANNED = {
    "a label in the place of a sentence": r"Said by nobody|Furthest:|Said to be so:|Left open:|"
    r"Foretold or prepared|Not heard\.|Shown\?|Denied\?|Who moved\?|How many origins\?",
    "a step": r"\bstep \d|\bsteps?\b",
    "a row id": r"\[\w*\d\w*\]|\b[a-z]\d+[a-z]?\b",
    "a code": r"CT[+−]|\bD[-0-9]\b|\bQ\d\b|says_so|not_yet",
    "a verdict": r"\b(?:claims?(?<!(?:the|uch) claims)|claimed|admits?|admitted|alleges?|alleged|"
    r"confirms|confirmed that)\b",
    "a share": r"%|per ?cent|\bon average\b",
    "marks out of place": r"  | [,.;:]|[,;] ?[,;.]|\bfrom from\b",
}


@cache
def view_of(name: str) -> View:
    make, day, basis = VIEWS[name]
    return on_day(make(basis=basis), date.fromisoformat(day))


@pytest.fixture(name="view", params=VIEWS, scope="module")
def _view(request: pytest.FixtureRequest) -> View:
    return view_of(request.param)


@pytest.fixture(name="blocks", scope="module")
def _blocks(view: View) -> list[Prose]:
    return [answer(view), findings(view), origins(view), limits(view)]


def own_words(words: Text) -> str:
    """Return a text without what speakers are quoted with."""
    return "".join("“…”" if run.style == "quote" else run.text for run in words)


def test_the_front_is_short(view: View) -> None:
    words = [word for part in front(view) for word in part.split() if re.search(r"\w", word)]
    assert len(words) <= WORD_LIMIT


def test_each_finding_has_a_short_headline_and_a_sentence(blocks: list[Prose]) -> None:
    (block,) = (block for block in blocks if block.look == "headlines")
    assert len(block.paragraphs) <= FINDING_LIMIT
    for head, *body in block.paragraphs:
        assert head.style == "strong" and len(head.text.split()) <= HEADLINE_WORDS
        assert body, head.text


def test_no_sentence_holds_what_none_may_hold(blocks: list[Prose]) -> None:
    for words in (words for block in blocks for words in block.paragraphs):
        sentence = own_words(words)
        broken = [rule for rule, pattern in BANNED.items() if re.search(pattern, sentence)]
        assert not broken, sentence


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Said by nobody. No speaker says so.", "a label in the place of a sentence"),
        ("Furthest: the war.", "a label in the place of a sentence"),
        ("It is step 5.", "a step"),
        ("Zelenskyy denied it [o84a].", "a row id"),
        ("Zelenskyy denied it, o84a.", "a row id"),
        ("It is D3.", "a code"),
        ("Russia claims that it is so.", "a verdict"),
        ("Figures ran from from 3.", "marks out of place"),
    ],
)
def test_each_rule_finds_what_it_is_for(sentence: str, rule: str) -> None:
    assert re.search(BANNED[rule], sentence)


# Every figure is among the numbers

FIGURE = re.compile(
    r"\b\d[\d,]*\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.I
)
DATE = re.compile(r"\b\d{1,2} (?:[A-Z][a-z]{2,8})(?: \d{4})?\b")


def figures_of(block: Prose) -> set[str]:
    """Return the figures in the sentences of a block, but for dates, quotes and links."""
    own = "".join(
        run.text
        for words in block.paragraphs
        for run in words
        if run.style != "quote" and not run.href
    )
    return {found.lower() for found in FIGURE.findall(DATE.sub("", own))}


def counts(value: object) -> Iterator[str]:
    """Yield every count in the numbers of a block, in the words of a sentence."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from counts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from counts(inner)
    elif isinstance(value, int):
        yield number(value)


def test_each_figure_of_the_front_is_among_its_numbers(blocks: list[Prose]) -> None:
    for block in blocks:
        lacking = figures_of(block) - set(counts(block.numbers))
        assert not lacking, (block.block_id, lacking)


# A page moved back


def test_a_page_moved_back_shows_the_sentences_of_that_day() -> None:
    view = real_view("2024-10-24", window_start="2024-10-17")
    context = context_of(view)
    views = views_by_day(view)
    by_day = findings_by_day(view)
    for make in (prose.answer, prose.findings, prose.support):
        block = make(by_day, context)
        assert block.versions and block == make(by_day, context)
        for day, found in by_day.items():
            at = day.isoformat()
            visible = [
                "".join(
                    run.text
                    for version in paragraph
                    if (version.since or at) <= at <= (version.until or at)
                    for run in version.text
                )
                for paragraph in block.versions
            ]
            alone = make({day: found}, context_of(views[day]))
            due = ["".join(run.text for run in words) for words in alone.paragraphs]
            assert [words for words in visible if words.strip()] == due, (block.block_id, day)
