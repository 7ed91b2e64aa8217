"""What is wrong with the words: quotes that no page prints, pages without words, lengths.

And with offsets and quotes, compared with the texts that were coded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

import pandas as pd

from claimbrief.dataset import GAP, OUTLET_VOICES, Dataset
from claimbrief.errors import Problem
from claimbrief.lookups import pairs
from claimbrief.spans import NEAR, QUOTED, nearest, texts, unaccounted, verified_texts
from claimbrief.validate.rows import MAX_COMPARED, problems, where

MAX_WORDS, MAX_CHARACTERS = 60, 600  # of a row; characters for a script that sets no blanks
PAGE = ["utterance_id", "source_id"]  # what a row of words and a claim of its page have in common

SHARED_WORDS = 9  # how many words in a row, outside quotation marks, are an outlet's sentence
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
ELSEWHERE = " (in a row that is not followed)"


def words_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what is wrong with the table of words, and quotes that do not occur in it.

    A claim of a source whose text was coded is compared with that text instead.
    """
    yield from _row_problems(dataset)
    claims = dataset.claims
    is_coded = claims["source_id"].isin(dataset.coded_sources)
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
    carried = {page for table in (dataset.claims, dataset.reports) for page in pairs(table, *PAGE)}
    not_carried = where(words, (page not in carried for page in pairs(words, *PAGE)))
    yield from problems("page of words", not_carried)
    words = words.assign(
        n_words=[len(text.split()) for text in words["text"]], n_characters=words["text"].str.len()
    )
    is_long = (words["n_words"] > MAX_WORDS) | (words["n_characters"] > MAX_CHARACTERS)
    yield from problems("length of words", words[is_long])


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
    """Return whether a text has a quote; if interrupted, each stretch of it, in order."""
    at = 0
    for stretch in quote.split(GAP):
        at = text.find(stretch, at)
        if at < 0:
            return False
        at += len(stretch)
    return True


def span_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what is wrong with hashes, offsets, quotes and coverage."""
    for name in ("claims", "exclusions"):
        yield from _offset_problems(dataset, name)
    verified = verified_texts(dataset)
    yield from _text_problems(dataset, verified)
    claims = dataset.claims[dataset.claims["source_id"].isin(verified)]
    yield from _date_words_problems(dataset, claims, verified)
    spans = _with_quoted_words(claims.dropna(subset=["span_start", "span_end"]), verified)
    yield from _text_quote_problems(spans)
    yield from _borrowed_problems(spans, verified)
    for source_id, text in verified.items():
        gaps = pd.DataFrame(unaccounted(dataset, source_id, text), columns=["start", "end"])
        yield from problems("coverage", gaps.assign(source_id=source_id).set_axis([0] * len(gaps)))


def _offset_problems(dataset: Dataset, name: str) -> Iterator[Problem]:
    """Yield the spans that are missing, reversed or outside the text's stated length."""
    table = dataset.table(name)
    lengths = dataset.sources.drop_duplicates("source_id").set_index("source_id")["n_chars"]
    rows = table.assign(length=table["source_id"].map(lengths).astype("Int64"))
    start, end, length = rows["span_start"], rows["span_end"], rows["length"]
    has_span = start.notna() | end.notna()
    yield from problems("span without text", rows[length.isna() & has_span], name)
    is_within = ((start >= 0) & (start < end) & (end <= length)).fillna(False)
    is_start = start.isna() | (start < 0).fillna(False)
    wrong = length.notna() & ~is_within
    yield from problems("span within text", rows[wrong & is_start], name, "span_start")
    yield from problems("span within text", rows[wrong & ~is_start], name, "span_end")


def _text_problems(dataset: Dataset, verified: dict[str, str]) -> Iterator[Problem]:
    sources = dataset.sources[dataset.sources["source_id"].isin(texts(dataset))]
    is_verified = sources["source_id"].isin(verified)
    lengths = sources["source_id"].map({key: len(text) for key, text in verified.items()})
    sources = sources.assign(
        digest=sources["sha256"].str.slice(0, 12), length=lengths.astype("Int64")
    )
    yield from problems("digest of text", sources[~is_verified])
    is_other = (sources["n_chars"] != sources["length"]).fillna(True)
    yield from problems("length of text", sources[is_verified & is_other])


def _date_words_problems(
    dataset: Dataset, claims: pd.DataFrame, verified: dict[str, str]
) -> Iterator[Problem]:
    pages = claims[["utterance_id", "source_id"]].drop_duplicates()
    said = dataset.utterances.reset_index().merge(pages, on="utterance_id").set_index("row")
    words = pairs(said, "date_words", "source_id")
    missing = where(said, (text not in verified[source] for text, source in words))
    yield from problems("date words in text", missing)


def _with_quoted_words(claims: pd.DataFrame, verified: dict[str, str]) -> pd.DataFrame:
    """Return claims with the words at their span, and which of them are in quotation marks.

    Columns added: `span` (the words), `is_inside` (whether all are inside one pair of marks),
    `quotation` (the stretches inside any, as a quote joins them) and `in_marks` (for a reader).
    """
    marks = {
        source_id: [match.span(match.lastindex or 0) for match in QUOTED.finditer(text)]
        for source_id, text in verified.items()
    }
    columns = [claims[name].tolist() for name in ("source_id", "span_start", "span_end")]
    spans, insides, stretches = [], [], []
    for source, start, end in zip(*columns, strict=True):
        text = verified[source]
        spans.append(text[start:end])
        insides.append(any(low <= start and end <= high for low, high in marks[source]))
        overlapping = [(low, high) for low, high in marks[source] if low < end and start < high]
        stretches.append([text[max(low, start) : min(high, end)] for low, high in overlapping])
    return claims.assign(
        span=spans,
        is_inside=insides,
        quotation=[GAP.join(inside) for inside in stretches],
        in_marks=[" | ".join(inside) or "there are none" for inside in stretches],
    )


def _text_quote_problems(claims: pd.DataFrame) -> Iterator[Problem]:
    is_direct = claims["rendering"] == "direct"
    is_inside = claims["is_inside"].astype("bool")
    yield from problems("direct in marks", claims[is_direct & ~is_inside])
    quote = claims["quote"]
    yield from problems("quote at span", claims[is_direct & (quote != claims["span"])])
    is_other = (quote != "") & (quote != claims["quotation"])
    yield from problems("quote in marks", claims[~is_direct & is_other])
    for column in ("hedge_words", "people_term"):
        is_wrong = (words not in span for words, span in pairs(claims, column, "span"))
        yield from problems("words in span", where(claims, is_wrong), column=column)


def _borrowed_problems(claims: pd.DataFrame, verified: dict[str, str]) -> Iterator[Problem]:
    """Yield our own words that repeat a stretch of the outlet's sentences."""
    words = {source_id: f" {' '.join(_own_words(text))} " for source_id, text in verified.items()}
    for column in ("paraphrase", "note"):
        texts = pairs(claims, column, "source_id")
        rows = claims.assign(shared=[_shared(text, words[source]) for text, source in texts])
        yield from problems("own words", rows[rows["shared"] != ""], column=column)


def _own_words(text: str) -> list[str]:
    """Return the words outside quotation marks, a line break for each quotation."""
    return [word.lower() for word in _WORD.findall(QUOTED.sub(" \n ", text))]


def _shared(text: str, source: str) -> str:
    """Return the first stretch of a text that a source has as well, or ""."""
    own = _own_words(text)
    for position in range(len(own) - SHARED_WORDS + 1):
        stretch = " ".join(own[position : position + SHARED_WORDS])
        if f" {stretch} " in source:
            return stretch
    return ""
