"""Texts: pieces of words with a style and a link, before they are drawn.

A text is a tuple of `Run`s. A run may link to `#anchor` inside the brief or to an address. The
anchor of a claim is its id, short to write and say; that of the card on which it stands is
`card_anchor`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]  # an object of JSON values
_HOLDERS = (dict, list, tuple)  # of other values of JSON
Style = Literal["", "strong", "em", "quote", "code", "small", "note"]


@dataclass(frozen=True)
class Run:
    """A piece of text in one style; `href` makes it a link.

    In the style "note" the text is a footnote's, and its number stands here. `lang` is the language
    of words that are not in the brief's own.
    """

    text: str
    href: str = ""
    style: Style = ""
    lang: str = ""


Text = tuple[Run, ...]

# Words of scripts that run from right to left, Hebrew, Arabic and their kin, and what stands
# between them: blanks, numbers, a few marks, a bracket that holds nothing else.
_WORD = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]+"
_SPACE = r"[\s\d'’\".\-–/%]+"
_WORDS = f"{_WORD}(?:{_SPACE}{_WORD})*"
RIGHT_TO_LEFT = rf"{_WORDS}(?:(?:{_SPACE})?\({_WORDS}\)|{_SPACE}{_WORD})*"
_TURNED = re.compile(f"({RIGHT_TO_LEFT})")


@dataclass(frozen=True)
class Version:
    """A piece of a text that stands on some days of the brief: from one to another, both included.

    Days are written YYYY-MM-DD; "" is the first or the last day of the window. The pieces that
    stand on a day are, in order, the text of that day.
    """

    since: str
    until: str
    text: Text


def text(*parts: str | Run) -> Text:
    """Return the parts as one text; a plain string becomes an unstyled run, an empty one none."""
    runs = (part if isinstance(part, Run) else Run(part) for part in parts)
    return tuple(run for run in runs if run.text)


def joined(texts: Sequence[Text], separator: str = ", ", last: str | None = None) -> Text:
    """Return the texts as one, with a separator between them (`last` before the final one)."""
    runs: list[Run] = []
    for position, part in enumerate(texts):
        if position:
            is_final = last is not None and position == len(texts) - 1
            runs.append(Run(str(last) if is_final else separator))
        runs.extend(part)
    return tuple(runs)


def plain(words: Text) -> str:
    """Return a text without its styles and links."""
    return "".join(run.text for run in words)


def pieces_by_direction(words: str) -> list[str]:
    """Return words in pieces: from left to right, from right to left, and so on in turn."""
    return [words] if words.isascii() else _TURNED.split(words)


def card_anchor(utterance_id: str) -> str:
    """Return the anchor of an utterance's card, which is no claim's and no chapter's."""
    return f"u-{utterance_id}"


def walk_nodes(value: object, leave_out: Sequence[str] = ()) -> list[Json]:
    """Return every object in a JSON value, in order of reading, but those under these names."""
    found: list[Json] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            found.append(value)
            for name, inner in value.items():
                if isinstance(inner, _HOLDERS) and name not in leave_out:
                    walk(inner)
        else:
            for inner in value:
                if isinstance(inner, _HOLDERS):
                    walk(inner)

    if isinstance(value, _HOLDERS):
        walk(value)
    return found


def hrefs(block: object) -> Iterator[str]:
    """Yield every link of a neutral block, in order of reading."""
    return links_in(walk_nodes(block))


def links_in(nodes: Iterable[Json]) -> Iterator[str]:
    """Yield the links of objects of a neutral block."""
    return (str(node["href"]) for node in nodes if node.get("href"))
