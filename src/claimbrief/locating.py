"""Where words stand in a text: exactly, or nearly and then with what differs.

Offsets are Unicode code points, 0-based, end exclusive, as the table of claims has them.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher, get_close_matches

Span = tuple[int, int]

NEAR = 0.75  # how much of two stretches agrees, from 0 to 1, where they count as near
_ALIKE = str.maketrans("“”„«»‘’‚′‐‑‒–—−", '"""""\'\'\'\'------')  # typed alike
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


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
    """Return the stretches of a text of about so many words, with and without marks around."""
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
