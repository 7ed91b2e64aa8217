"""What is wrong with the words: quotes that no page prints, pages without words, lengths."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import pandas as pd

from claimbrief.dataset import OUTLET_VOICES, Dataset
from claimbrief.errors import Problem
from claimbrief.locating import NEAR, nearest
from claimbrief.lookups import pairs
from claimbrief.spans import GAP
from claimbrief.validate.rows import MAX_COMPARED, problems, where

MAX_WORDS, MAX_CHARACTERS = 60, 600  # of a row; characters for a script that sets no blanks
PAGE = ["utterance_id", "source_id"]  # what a row of words and a claim of its page have in common

ELSEWHERE = " (in a row that is not followed)"


def words_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what is wrong with the table of words, and quotes that do not occur in it.

    A claim of a source whose text was coded is compared with that text instead.
    """
    yield from _row_problems(dataset)
    claims, sources = dataset.claims, dataset.sources
    is_coded = claims["source_id"].isin(sources.loc[sources["sha256"] != "", "source_id"])
    is_quote = (claims["quote"] != "") & ~claims["rendering"].isin(OUTLET_VOICES)
    quoted = claims[is_quote & ~is_coded]
    yield from _quote_problems(quoted, dataset.words)
    direct = quoted[quoted["rendering"] == "direct"]
    for column in ("hedge_words", "people_term"):
        is_wrong = (
            words.casefold() not in quote.casefold()
            for words, quote in pairs(direct, column, "quote")
        )
        yield from problems("words in quote", where(direct, is_wrong), column=column)


def _row_problems(dataset: Dataset) -> Iterator[Problem]:
    words = dataset.words
    has_text, has_language, has_note = (words[c] != "" for c in ("text", "language", "note"))
    carried = {page for table in (dataset.claims, dataset.reports) for page in pairs(table, *PAGE)}
    not_carried = where(words, (page not in carried for page in pairs(words, *PAGE)))
    yield from problems("page of words", not_carried)
    words = words.assign(
        n_words=[len(text.split()) for text in words["text"]], n_characters=words["text"].str.len()
    )
    is_long = (words["n_words"] > MAX_WORDS) | (words["n_characters"] > MAX_CHARACTERS)
    yield from problems("length of words", words[is_long])
    yield from problems("language of words", words[has_text & ~has_language])
    yield from problems("text of words", words[~has_text & (has_language | ~has_note)])
    is_refused = ~words["is_followed"].fillna(True)
    yield from problems("note of words", words[is_refused & ~has_note])


def _quote_problems(quoted: pd.DataFrame, words: pd.DataFrame) -> Iterator[Problem]:
    """Yield the quotes that no followed row of words of their page contains."""
    compared = quoted[[*PAGE, "quote"]].reset_index()
    compared = compared.merge(words[[*PAGE, "text", "is_followed"]], on=PAGE)
    found = where(compared, (_has(*pair) for pair in pairs(compared, "text", "quote")))
    followed = found.loc[found["is_followed"].fillna(False), "row"]
    is_elsewhere = quoted.index.isin(found["row"])
    quoted = quoted.assign(elsewhere=[ELSEWHERE if is_so else "" for is_so in is_elsewhere])
    wrong = quoted[~quoted.index.isin(followed)]
    if len(wrong):
        yield from problems("quote in words", _with_rows(wrong, words))


def _with_rows(quoted: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """Return the quotes with what there is to copy from: rows of words, and the nearest text."""
    followed = words[words["is_followed"].fillna(True) & (words["text"] != "")]
    rows, none, copy = [], [], []
    columns = (quoted[name].tolist() for name in (*PAGE, "quote"))
    for number, (utterance, source, quote) in enumerate(zip(*columns, strict=True)):
        is_here = (followed["utterance_id"] == utterance) & (followed["source_id"] == source)
        here = followed[is_here]
        near = _near(here["text"].tolist(), quote) if number < MAX_COMPARED else ""
        rows.append(f"row {' or '.join(here['words_id'])}" if len(here) else "a row")
        none.append("" if len(here) else ", which it lacks")
        copy.append(f"copy the quote from the row{near}, or " if len(here) else "")
    return quoted.assign(rows=rows, none=none, copy=copy)


def _near(texts: list[str], quote: str) -> str:
    """Return the words of these texts that are most like a quote, as " (nearest: “…”)", or ""."""
    found = [text[start:end] for text in texts for start, end in nearest(text, quote)]
    close = get_close_matches(quote, found, n=1, cutoff=NEAR)
    return f" (nearest: “{close[0]}”)" if close else ""


def _has(text: str, quote: str) -> bool:
    """Return whether a text has a quote; of an interrupted one each stretch, in their order."""
    at = 0
    for stretch in quote.split(GAP):
        at = text.find(stretch, at)
        if at < 0:
            return False
        at += len(stretch)
    return True
