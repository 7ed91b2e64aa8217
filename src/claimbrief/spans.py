"""Offsets and quotes held against a source's text, and how much of that text is accounted for.

Offsets are Unicode code points, 0-based, end exclusive, into the text whose sha256 stands in
`sources` (W3C Web Annotation, TextPositionSelector and TextQuoteSelector). The text itself is
not shipped: it lies in `archive/<source_id>.txt` inside the dataset's folder where somebody has
put it, and is checked whenever it is there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
import sentencex

from claimbrief.dataset import Dataset, each_row
from claimbrief.errors import Problem

QUOTED = re.compile("“([^“”]*)”|«([^«»]*)»|„([^„“]*)“|‘((?:[^‘’]|’(?=[^\\W\\d_]))*)’(?![^\\W\\d_])")
GAP = " … "  # joins the stretches of a quote that the source interrupts
SHARED_WORDS = 9  # so many words in a row, outside quotation marks, are an outlet's sentence
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def texts(dataset: Dataset) -> dict[str, str]:
    """Return the text of each coded source whose file lies in the archive, by source id."""
    coded = set(dataset.sources.loc[dataset.sources["sha256"] != "", "source_id"])
    paths = sorted((dataset.folder / "archive").glob("*.txt"))
    return {
        path.stem: path.read_bytes().decode("utf-8", "replace")
        for path in paths
        if path.stem in coded and path.is_file()
    }


def is_coded_text(text: str, sha256: str) -> bool:
    """Return whether a text is the one that was coded."""
    return hashlib.sha256(text.encode()).hexdigest() == sha256


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Return the bounds of each sentence, those inside quotation marks apart, without blanks."""
    opened = re.sub("[“”«»„]", " ", text)
    bounds = []
    for boundary in sentencex.get_sentence_boundaries(language, opened):
        start, end = boundary["start_index"], boundary["end_index"]
        stretch = opened[start:end]
        begin = start + len(stretch) - len(stretch.lstrip())
        finish = begin + len(stretch.strip())
        if re.search(r"\w", opened[begin:finish]):
            bounds.append((begin, finish))
    return bounds


def unaccounted(dataset: Dataset, source_id: str, text: str) -> list[tuple[int, int]]:
    """Return the sentences of a coded source that are neither claimed nor excluded."""
    spans = _spans(dataset, source_id)
    language = str(dataset.descriptor.get("language", "en"))
    return [
        (start, end)
        for start, end in sentences(text, language)
        if not any(low < end and start < high for low, high in spans)
    ]


def coverage_lines(dataset: Dataset) -> list[str]:
    """Return, for people, what was verified against each coded source's text and what was not."""
    present = texts(dataset)
    lines = []
    coded = dataset.sources[dataset.sources["sha256"] != ""]
    for source_id, sha256 in zip(coded["source_id"], coded["sha256"], strict=True):
        if source_id not in present or not is_coded_text(present[source_id], sha256):
            is_other = "another than the one coded is" if source_id in present else "is not"
            lines.append(
                f"{source_id}: spans and quotes NOT verified; its text {is_other} in "
                f"archive/{source_id}.txt"
            )
            continue
        total = len(sentences(present[source_id], str(dataset.descriptor.get("language", "en"))))
        missing = len(unaccounted(dataset, source_id, present[source_id]))
        share = 100 * (total - missing) / total if total else 100.0
        lines.append(
            f"{source_id}: every span and quote verified; {total - missing} of {total} sentences "
            f"({share:.0f} %) claimed or excluded"
        )
    return lines


def span_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what is wrong with hashes, offsets, quotes and coverage."""
    present = texts(dataset)
    yield from _bound_problems(dataset)
    coded = dataset.sources[dataset.sources["sha256"] != ""]
    for row, source in coded.iterrows():
        source_id = source["source_id"]
        if source_id not in present:
            continue
        text = present[source_id]
        if not is_coded_text(text, source["sha256"]):
            yield _problem(
                "sources",
                row,
                "sha256",
                source["sha256"][:12] + "…",
                f"the digest of archive/{source_id}.txt",
                "put the text back that was coded, or code it anew",
            )
            continue
        yield from _text_problems(dataset, source, row, text)


def _text_problems(
    dataset: Dataset, source: pd.Series[Any], row: Any, text: str
) -> Iterator[Problem]:
    source_id = source["source_id"]
    if source["n_chars"] is pd.NA or source["n_chars"] != len(text):
        yield _problem(
            "sources", row, "n_chars", source["n_chars"], str(len(text)), "enter the text's length"
        )
    claims = dataset.claims[dataset.claims["source_id"] == source_id]
    for number, claim in claims.iterrows():
        if not pd.isna(claim["span_start"]) and not pd.isna(claim["span_end"]):
            yield from _claim_problems(claim, number, text)
            yield from _borrowed(claim, number, text)
    said = dataset.utterances[dataset.utterances["utterance_id"].isin(claims["utterance_id"])]
    for number, words in said["date_words"].items():
        if words and words not in text:
            yield _problem(
                "utterances",
                number,
                "date_words",
                words,
                "words that stand in the source",
                "copy them from the text",
            )
    for start, end in unaccounted(dataset, source_id, text):
        yield _problem(
            "claims",
            0,
            "span_start",
            f"no claim and no exclusion from {start} to {end}",
            f"every sentence of {source_id} claimed or excluded",
            "code the sentence or exclude it with a reason",
        )


def _claim_problems(claim: pd.Series[Any], row: Any, text: str) -> Iterator[Problem]:
    start, end = int(claim["span_start"]), int(claim["span_end"])
    span, quote = text[start:end], claim["quote"]
    quoted = [match.span(match.lastindex or 0) for match in QUOTED.finditer(text)]
    is_inside = any(low <= start and end <= high for low, high in quoted)
    if claim["rendering"] == "direct":
        if not is_inside:
            yield _problem(
                "claims",
                row,
                "rendering",
                "direct, with a span outside quotation marks",
                "a span that lies inside quotation marks",
                "move the span or code mixed or indirect",
            )
        if quote != span:
            yield _problem("claims", row, "quote", quote, span, "copy the words at the span")
    elif quote:
        stretches = [text[max(a, start) : min(b, end)] for a, b in quoted if a < end and start < b]
        if quote != GAP.join(stretches):
            yield _problem(
                "claims",
                row,
                "quote",
                quote,
                "words that are in quotation marks at the span: "
                + (" | ".join(stretches) or "there are none"),
                "copy the quoted words",
            )
    for column in ("hedge_words", "personnel_term"):
        if claim[column] and claim[column] not in span:
            yield _problem(
                "claims",
                row,
                column,
                claim[column],
                f"words that stand in {span!r}",
                "copy them from the span",
            )


def _borrowed(claim: pd.Series[Any], row: Any, text: str) -> Iterator[Problem]:
    """Yield a problem where our own words repeat a stretch of the outlet's sentences."""
    unquoted = QUOTED.sub(" \n ", text)
    source = f" {' '.join(word.lower() for word in _WORD.findall(unquoted))} "
    for column in ("paraphrase", "note"):
        own = [w.lower() for w in _WORD.findall(QUOTED.sub(" \n ", claim[column]))]
        for position in range(len(own) - SHARED_WORDS + 1):
            stretch = " ".join(own[position : position + SHARED_WORDS])
            if f" {stretch} " in source:
                yield _problem(
                    "claims",
                    row,
                    column,
                    f"the source’s own words: {stretch}",
                    f"our own words (fewer than {SHARED_WORDS} of the source’s in a row)",
                    "say it in other words",
                )
                break


def _bound_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield spans that are missing, reversed or outside the text's stated length."""
    sources = dataset.sources.drop_duplicates("source_id")
    lengths: dict[str, Any] = dict(zip(sources["source_id"], sources["n_chars"], strict=True))
    for name in ("claims", "exclusions"):
        table = dataset.table(name)[["source_id", "span_start", "span_end"]]
        has_length = table["source_id"].isin(sources.loc[sources["n_chars"].notna(), "source_id"])
        has_span = table["span_start"].notna() | table["span_end"].notna()
        for row, source_id, start, end in each_row(table[has_length | has_span]):
            length = lengths.get(source_id, pd.NA)
            if pd.isna(length):
                yield _problem(
                    name,
                    row,
                    "span_start",
                    start,
                    "no span for a source coded without text",
                    "remove the span, or give the source its sha256 and n_chars",
                )
            elif pd.isna(start) or pd.isna(end) or not 0 <= start < end <= length:
                yield _problem(
                    name,
                    row,
                    "span_start" if pd.isna(start) or start < 0 else "span_end",
                    f"{start} to {end}",
                    f"a stretch within 0 to {length}",
                    "mend the offsets",
                )


def _spans(dataset: Dataset, source_id: str) -> list[tuple[int, int]]:
    both = pd.concat([dataset.claims, dataset.exclusions])
    rows = both[both["source_id"] == source_id].dropna(subset=["span_start", "span_end"])
    return list(zip(rows["span_start"].astype(int), rows["span_end"].astype(int), strict=True))


def _problem(where: str, row: Any, column: str, found: object, accepted: str, todo: str) -> Problem:
    told = "an empty cell" if isinstance(found, str) and not found else str(found)
    return Problem(where, int(row), column, told, accepted, todo)
