"""What cells print, as text: in one piece, as a screen shows it, and no more than a page takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimbrief.limits import LIMITS
from claimbrief.render.markdown import Node
from claimbrief.texts import Json
from claimbrief.wording import number


def merged(outputs: Sequence[Json]) -> Iterator[Json]:
    """Yield the outputs, what is printed in several pieces as one."""
    printed: Json = {}
    for output in outputs:
        if printed and output.get("name") == printed["name"]:
            printed["text"] += "".join(output["text"])
            continue
        if printed:
            yield printed
            printed = {}
        if output["output_type"] == "stream":
            printed = {**output, "text": "".join(output["text"])}
        else:
            yield output
    if printed:
        yield printed


def text_nodes(words: str) -> list[Node]:
    """Return a text as it was printed; of a long one the first lines and how many more."""
    from nbconvert.filters import strip_ansi

    plain = str(strip_ansi(words)).strip("\n")  # type: ignore[no-untyped-call]
    # What stands before a carriage return is written over, as on a screen.
    lines = [_cut(line.rstrip("\r").rpartition("\r")[2]) for line in plain.split("\n")]
    if len(lines) > LIMITS.lines:
        more = len(lines) - LIMITS.lines
        noun = "line" if more == 1 else "lines"
        lines = [*lines[: LIMITS.lines], f"… and {number(more)} more {noun}"]
    return [{"type": "code_block", "text": "\n".join(lines)}] if any(lines) else []


def _cut(line: str) -> str:
    more = len(line) - LIMITS.line
    return f"{line[: LIMITS.line]}… and {number(more)} more letters" if more > 0 else line
