"""What differs between two snapshots as plain text, as Markdown and as a page of the house."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from claimbrief.block_html import block_html
from claimbrief.blocks import Table, neutral
from claimbrief.errors import PageError
from claimbrief.links import plain

WIDTH = 100  # characters of a line of text that holds what was before and what is after
SHEETS = ("brief.css", "media.css")
RULES = ("#changed-sentences tbody th{font-weight:400}", "@media screen and (max-width:44rem){")
Face = Callable[[str, Sequence[str], Sequence[Table], Path], str]


def as_text(title: str, lead: Sequence[str], blocks: Sequence[Table], root: Path) -> str:
    """Return the tables as plain text, for a terminal."""
    lines = [title, "", *lead]
    for block in blocks:
        caption = plain(block.caption)
        lines += ["", caption, "-" * len(caption)]
        for row in block.rows:
            lines += _row([plain(cell) for cell in row.cells])
        lines += [plain(block.note)] if block.note else []
    return "\n".join(lines) + "\n"


def _row(cells: list[str]) -> list[str]:
    """Return a row as lines: what it is of, what was before, what is after."""
    *keys, before, after = cells
    if not keys:
        return [f"- {before}", f"+ {after}"]
    line = f"{', '.join(keys)}: {before} → {after}"
    return [line] if len(line) <= WIDTH else [", ".join(keys), f"  - {before}", f"  + {after}"]


def as_markdown(title: str, lead: Sequence[str], blocks: Sequence[Table], root: Path) -> str:
    """Return the tables as Markdown, for the summary of a CI run."""
    parts = [f"# {_escaped(title)}", *map(_escaped, lead)]
    for block in blocks:
        rows = [[column.label for column in block.columns], ["---"] * len(block.columns)]
        rows += [[_escaped(plain(cell)) for cell in row.cells] for row in block.rows]
        table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        parts += [f"## {_escaped(plain(block.caption))}", table]
        parts += [_escaped(plain(block.note))] if block.note else []
    return "\n\n".join(parts) + "\n"


def _escaped(words: str) -> str:
    """Return words in which Markdown finds no mark, tag, address or name of its own."""
    return re.sub(r"([\\`*_{}\[\]<>|#~!@&$])", r"\\\1", words)


def as_page(title: str, lead: Sequence[str], blocks: Sequence[Table], root: Path) -> str:
    """Return the tables as one page in the look of the brief, which asks nothing of a network."""
    templates = root / "report" / "template"
    try:
        sheets = [(templates / name).read_text(encoding="utf-8") for name in SHEETS]
    except OSError as error:
        raise PageError(f"{error.filename} cannot be read: {error.strerror}") from error
    style = "\n".join([*sheets, *RULES, *_labels(blocks), "}"])
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'"
    body = "".join(block_html(neutral(block), is_page=True) for block in blocks)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<header>\n"
        f"<h1>{escape(title)}</h1>\n</header>\n<main>\n"
        + "".join(f"<p>{escape(words)}</p>\n" for words in lead)
        + f"{body}</main>\n</body>\n</html>\n"
    )


def _labels(blocks: Sequence[Table]) -> list[str]:
    """Return the rules that write the label of its column before each cell of a narrow page."""
    return [
        f'#{block.block_id} td:nth-child({place}):before{{content:"{column.label}"}}'
        for block in blocks
        for place, column in enumerate(block.columns[1:], 2)
    ]


FACES: dict[str, Face] = {"text": as_text, "markdown": as_markdown, "html": as_page}
