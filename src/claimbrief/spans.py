"""The texts of coded sources: quotation marks, sentences, how many are accounted for, and where
words stand in a text, exactly or nearly.

Offsets are Unicode code points, 0-based, end exclusive, into the text whose sha256 stands in
`sources` (W3C Web Annotation, TextPositionSelector and TextQuoteSelector). The text itself is
not shipped: it lies in `archive/<source_id>.txt` inside the dataset's folder where somebody has
put it, and is checked whenever it is there.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from difflib import SequenceMatcher, get_close_matches

import pandas as pd
import sentencex

from claimbrief.dataset import Dataset
from claimbrief.errors import ParameterError

QUOTED = re.compile("“([^“”]*)”|«([^«»]*)»|„([^„“]*)“|‘((?:[^‘’]|’(?=[^\\W\\d_]))*)’(?![^\\W\\d_])")
Span = tuple[int, int]

NEAR = 0.75  # how much of two stretches agrees, from 0 to 1, where they count as near
_ALIKE = str.maketrans("“”„«»‘’‚′‐‑‒–—−", '"""""\'\'\'\'------')  # typed alike
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def texts(dataset: Dataset) -> dict[str, str]:
    """Return the text of each coded source whose file lies in the archive, by source id."""
    coded = set(dataset.coded_sources)
    paths = sorted((dataset.folder / "archive").glob("*.txt"))
    return {
        path.stem: path.read_bytes().decode("utf-8", "replace")
        for path in paths
        if path.stem in coded and path.is_file()
    }


def archived_text(dataset: Dataset, source_id: str) -> str | None:
    """Return the text of a source in the archive, in the table of sources or not yet; else None.

    Raises ParameterError if there is neither a source nor a text of this name.
    """
    path = dataset.folder / "archive" / f"{source_id}.txt"
    if re.fullmatch(r"\w+", source_id) and path.is_file():
        return path.read_bytes().decode("utf-8", "replace")
    known = dataset.sources["source_id"].tolist()
    if source_id not in known:
        close = get_close_matches(source_id, known)
        hint = f"; nearest: {', '.join(close)}" if close else ""
        raise ParameterError(
            f"found {source_id!r}; accepted: a source_id of sources.csv, or the name of a text in "
            f"{dataset.folder.name}/archive{hint}"
        )
    return None


def text_lines(dataset: Dataset, source_id: str, text: str) -> list[str]:
    """Return, for people, what is to be known of a text in the archive that is not as coded."""
    rows = dataset.sources[dataset.sources["source_id"] == source_id]
    digest = hashlib.sha256(text.encode()).hexdigest()
    if digest in rows["sha256"].tolist():
        return []
    found = "is not in sources.csv yet" if rows.empty else "has no such text in sources.csv"
    return [f"{source_id} {found}; of the text here: sha256 {digest}, n_chars {len(text)}"]


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
    both = pd.concat([dataset.claims, dataset.exclusions])
    rows = both[both["source_id"] == source_id].dropna(subset=["span_start", "span_end"])
    spans = list(zip(rows["span_start"].tolist(), rows["span_end"].tolist(), strict=True))
    return [
        (start, end)
        for start, end in sentences(text, dataset.language)
        if not any(low < end and start < high for low, high in spans)
    ]


def verified_texts(dataset: Dataset) -> dict[str, str]:
    """Return the texts in the archive that are those that were coded, by source id."""
    digests = dict(zip(dataset.sources["source_id"], dataset.sources["sha256"], strict=True))
    return {
        source_id: text
        for source_id, text in texts(dataset).items()
        if hashlib.sha256(text.encode()).hexdigest() == digests[source_id]
    }


def coverage_lines(dataset: Dataset) -> list[str]:
    """Return, for people, what was verified against each coded source's text and what was not."""
    present, verified = texts(dataset), verified_texts(dataset)
    lines = []
    for source_id in dataset.coded_sources:
        if source_id not in verified:
            is_other = "another than the one coded is" if source_id in present else "is not"
            lines.append(
                f"{source_id}: spans and quotes NOT verified; its text {is_other} in "
                f"archive/{source_id}.txt"
            )
            continue
        text = verified[source_id]
        total = len(sentences(text, dataset.language))
        covered = total - len(unaccounted(dataset, source_id, text))
        share = 100 * covered / total if total else 100.0
        lines.append(
            f"{source_id}: every span and quote verified; {covered} of {total} sentences "
            f"({share:.0f} %) claimed or excluded"
        )
    return lines


def occurrences(text: str, words: str) -> list[Span]:
    """Return every place where a text has these words exactly."""
    return [match.span() for match in re.finditer(re.escape(words), text)]


def nearest(text: str, words: str) -> list[Span]:
    """Return the places whose words are most like these; none if nothing is near.

    Marks and blanks that look alike, and capitals, count as equal.
    """
    stretches: dict[str, list[Span]] = {}
    for start, end in _windows(text, len(words.split())):
        stretches.setdefault(_folded(text[start:end]), []).append((start, end))
    close = get_close_matches(_folded(words), list(stretches), n=1, cutoff=NEAR)
    return list(dict.fromkeys(stretches[close[0]])) if close else []


def differences(found: str, words: str) -> list[str]:
    """Return, for people, what differs between the words of a text and those looked for."""
    own, other = _TOKEN.findall(found), _TOKEN.findall(words)
    steps = SequenceMatcher(None, own, other, autojunk=False).get_opcodes()
    return [
        f"the text has {_named(''.join(own[low:high]))}, not {_named(''.join(other[first:last]))}"
        for step, low, high, first, last in steps
        if step != "equal"
    ]


def _windows(text: str, n_words: int) -> list[Span]:
    """Return the stretches of a text with about this many words, with and without marks around."""
    tokens = [match.span() for match in re.finditer(r"\S+", text)]
    spans = []
    for size in (n_words, n_words + 1, n_words - 1):
        for (start, _), (_, end) in zip(tokens, tokens[max(size, 1) - 1 :], strict=False):
            inner = re.search(r"\w(?:.*\w)?", text[start:end], re.DOTALL)
            if inner:
                spans.append((start + inner.start(), start + inner.end()))
            spans.append((start, end))
    return spans


def _folded(text: str) -> str:
    return " ".join(text.translate(_ALIKE).casefold().split())


def _named(piece: str) -> str:
    """Return a stretch of words in quotation marks, and a mark or blank by its Unicode name."""
    if not piece:
        return "nothing"
    if len(piece) > 1 or piece.isalnum():
        return f"“{piece}”"
    name = unicodedata.name(piece, "a line break" if piece == "\n" else "a control character")
    return name.lower() if piece.isspace() else f"{piece} ({name.lower()})"
