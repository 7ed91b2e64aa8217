"""What differs between two snapshots as plain text and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from claimbrief.compare.changes import Captioned
from claimbrief.wording import capitalised

WIDTH = 100  # characters of a line of text that holds what was before and what is after


def as_text(title: str, lead: Sequence[str], tables: Iterable[Captioned]) -> str:
    """Return the tables as plain text, for a terminal."""
    lines = [title, "", *lead]
    for caption, frame, note in tables:
        lines += ["", caption, "-" * len(caption)]
        for cells in frame.to_numpy().tolist():
            lines += _row(cells)
        lines += [note] if note else []
    return "\n".join(lines) + "\n"


def _row(cells: list[str]) -> list[str]:
    """Return a row as lines: what it is of, what was before, what is after."""
    *keys, before, after = cells
    if not keys:
        return [f"- {before}", f"+ {after}"]
    line = f"{', '.join(keys)}: {before} → {after}"
    return [line] if len(line) <= WIDTH else [", ".join(keys), f"  - {before}", f"  + {after}"]


def as_markdown(title: str, lead: Sequence[str], tables: Iterable[Captioned]) -> str:
    """Return the tables as Markdown, for the summary of a CI run."""
    parts = [f"# {_escaped(title)}", *map(_escaped, lead)]
    for caption, frame, note in tables:
        rows = [[capitalised(str(name)) for name in frame], ["---"] * frame.shape[1]]
        rows += frame.map(_escaped).to_numpy().tolist()
        table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        parts += [f"## {_escaped(caption)}", table]
        parts += [_escaped(note)] if note else []
    return "\n\n".join(parts) + "\n"


def _escaped(words: str) -> str:
    """Return words in which Markdown finds no mark, tag, address or name of its own."""
    return re.sub(r"([\\`*_{}\[\]<>|#~!@&$])", r"\\\1", words)


FACES = {"text": as_text, "markdown": as_markdown}
