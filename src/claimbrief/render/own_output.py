"""What a cell shows, as parts of a brief: blocks, and an analyst's own tables, pictures and texts.

Nothing is left out silently. What a brief cannot show is refused by notebook, cell and kind; a cell
that shows something to the analyst alone has the tag `remove-output`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from claimbrief.blocks import MIME, Picture, Table, neutral
from claimbrief.errors import INVISIBLE, ChapterError
from claimbrief.limits import LIMITS
from claimbrief.render.block_form import misfit
from claimbrief.render.markdown import Node, markdown_nodes
from claimbrief.render.notebook import REMOVE_OUTPUT, refuse_invisible, tags_of
from claimbrief.render.own_html import has_look, html_parts
from claimbrief.render.own_picture import RASTERS, SVG, formula_picture, raster_picture, svg_picture
from claimbrief.texts import Json, text
from claimbrief.wording import number

Say = Callable[[str], None]
Part = Json | list[Node] | Table | Picture

NO_ALT = "No description of this picture was given."
_WAY_OUT = "show a table, a picture, Markdown or text, or tag the cell remove-output"
_KIND_NAMES = {
    "application/vnd.jupyter.widget-view+json": "a widget",
    "application/javascript": "JavaScript",
    "application/vnd.plotly.v1+json": "a chart of plotly",
}
_CONTROLS = re.compile("[\x00-\x1f\x7f]")
_COMMENT = re.compile(r"#\s*(caption|alt)\s*:\s*(.+)")
_ADDRESS = re.compile(r"<[^<>]* at 0x[0-9a-f]+>")
_CHANGES = re.compile(_ADDRESS.pattern + r"|Wall time: \S+ \S+")
# What a call of matplotlib returns beside its figure.
_ARTISTS = re.compile(r"<Axes|<Figure|<\w*Container|Text\(|" + _ADDRESS.pattern)


@dataclass(frozen=True)
class Output:
    """A part of what a cell shows, with the caption and description that `show` gave it."""

    part: Part
    caption: str = ""
    alt: str = ""

    @property
    def is_captioned(self) -> bool:
        """Whether the part is a table or a picture, which has a caption."""
        return isinstance(self.part, Table) or (
            isinstance(self.part, Picture) and self.part.is_numbered
        )


def published(
    cell: Mapping[str, Any], where: str, stem: str, say: Say
) -> Iterator[Json | list[Node]]:
    """Yield the blocks and trees of nodes that an executed code cell shows, in order.

    Ids begin with `stem`; `say` is called with a line for what the analyst should see to.
    """
    if REMOVE_OUTPUT in tags_of(cell):
        return
    displayed = list(_merged(cell["outputs"]))
    if len(displayed) > LIMITS.outputs:
        raise ChapterError(
            f"{where} shows {number(len(displayed))} outputs; accepted: up to {LIMITS.outputs}; "
            "show them as a table, or tag the cell remove-output"
        )
    outputs = [it for output in displayed for it in _outputs(output, where, say)]
    if any(isinstance(it.part, Picture) for it in outputs):
        outputs = [it for it in outputs if not _is_artist(it, where, say)]
    outputs = _with_comment(_once(outputs), cell["source"], where)
    count = 0
    for it in outputs:
        if isinstance(it.part, Table | Picture):
            count += 1
            block_id = f"{stem}-{count}" if count > 1 else stem
            block = json.loads(json.dumps(neutral(_finished(it, block_id, where, say))))
            refuse_invisible(block, where)
            yield block
        else:
            _refuse_what_changes(it.part, where)
            refuse_invisible(it.part, where, _CONTROLS if isinstance(it.part, dict) else INVISIBLE)
            yield it.part


def _merged(outputs: Sequence[Json]) -> Iterator[Json]:
    """Yield the outputs, what is printed in several pieces as one."""
    for stream, pieces in groupby(outputs, key=lambda output: output.get("name")):
        if stream is None:
            yield from pieces
        else:
            printed = "".join("".join(piece["text"]) for piece in pieces)
            yield {"output_type": "stream", "name": stream, "text": printed}


def _outputs(output: Json, where: str, say: Say) -> Iterator[Output]:
    """Yield the parts of an output; of its forms the richest that a brief can show."""
    if output["output_type"] == "error":
        raise ChapterError(f"{where} fails with {output['ename']}; {_WAY_OUT}")
    if output["output_type"] == "stream":
        begins = " ".join(output["text"].split())[:80]
        if output["name"] == "stderr":
            raise ChapterError(
                f"{where} prints to stderr ({begins}); see to its cause, or tag the cell "
                "remove-output"
            )
        yield Output(text_nodes(output["text"]))
        return
    bundle = {  # a notebook may hold a text in lines
        kind: "".join(it) if isinstance(it, list) else it for kind, it in output["data"].items()
    }
    metadata = output.get("metadata", {})
    given = metadata.get("claimbrief", {})
    if not isinstance(given, dict) or not all(isinstance(it, str) for it in given.values()):
        raise ChapterError(f"{where} gives a caption or a description that is no text")
    if MIME in bundle:
        if any(given.values()):
            raise ChapterError(f"{where} gives a caption to a block, which has one of its own")
        yield Output(_block(bundle[MIME], where))
        return
    if (size := max((len(it) for it in bundle.values()), default=0)) > LIMITS.printed:
        raise ChapterError(
            f"{where} shows an output of {number(size)} letters; accepted: up to "
            f"{number(LIMITS.printed)}; {_WAY_OUT}"
        )
    for part in _parts(bundle, metadata, where, say):
        yield Output(part, given.get("caption", ""), given.get("alt", ""))


def _block(block: Any, where: str) -> Json:
    if wrong := misfit(block):
        raise ChapterError(
            f"{where} shows a block that cannot be drawn: {wrong}; make it by the functions of "
            "claimbrief, or by the classes of claimbrief.blocks with values of their types"
        )
    copy: Json = json.loads(json.dumps(block))  # to be labelled
    return copy


def _parts(bundle: Json, metadata: Json, where: str, say: Say) -> Sequence[Part]:
    for kind in RASTERS:
        if kind in bundle:
            return [raster_picture(bundle[kind], kind, _size(metadata.get(kind)), where)]
    if SVG in bundle:
        return [svg_picture(bundle[SVG], where)]
    _refuse_kinds(bundle, where)
    if "text/markdown" in bundle:
        return [markdown_nodes(bundle["text/markdown"], where)]
    if "text/latex" in bundle:
        return [formula_picture(bundle["text/latex"], where)]
    if "text/html" in bundle:
        if has_look(bundle["text/html"]):
            say(f"note: {where} shows a table or text in colour; the brief leaves out the colours")
        return html_parts(bundle["text/html"], where)
    if "text/plain" in bundle:
        return [text_nodes(bundle["text/plain"])]
    raise ChapterError(
        f"{where} shows {', '.join(bundle) or 'something without content'}; {_WAY_OUT}"
    )


def _size(given: Any) -> dict[str, float]:
    """Return the width and height that a picture is shown in, where they are sizes."""
    sizes = given.items() if isinstance(given, dict) else ()
    return {name: size for name, size in sizes if type(size) in (int, float) and size > 0}


def _refuse_kinds(bundle: Json, where: str) -> None:
    """Refuse an output that is meant to run, or of a kind that a brief cannot show."""
    for kind in bundle:
        if not kind.startswith("text/") or kind == "text/javascript":
            name = _KIND_NAMES.get(kind, f"an output of the kind {kind}")
            raise ChapterError(f"{where} shows {name}, which a brief cannot show; {_WAY_OUT}")


def _is_artist(it: Output, where: str, say: Say) -> bool:
    """Return whether a text only names what matplotlib returned beside the picture; say so."""
    words = _only_text(it.part)
    if not _ARTISTS.search(words):
        return False
    say(
        f"note: {where} shows {' '.join(words.split())[:60]!r} beside its picture; the brief "
        "leaves out these words; end the line with a semicolon"
    )
    return True


def _only_text(part: Part) -> str:
    is_text = isinstance(part, list) and [node["type"] for node in part] == ["code_block"]
    return str(part[0]["text"]) if is_text and isinstance(part, list) else ""


def _refuse_what_changes(part: Part, where: str) -> None:
    """Refuse a text that differs from build to build: the address of an object, or a run time."""
    if found := _CHANGES.search(_only_text(part)):
        raise ChapterError(
            f"{where} shows {found[0]!r}, which differs from build to build; show something else, "
            "end the line with a semicolon or leave %time out"
        )


def _once(outputs: Sequence[Output]) -> list[Output]:
    """Return the parts without a figure's second copy: pyplot shows it anew when the cell ends.

    The copy that `show` gave a caption is kept.
    """
    kept: dict[str, Output] = {}
    for position, it in enumerate(outputs):
        key = it.part.source if isinstance(it.part, Picture) else str(position)
        if key not in kept or (it.caption or it.alt) > (kept[key].caption or kept[key].alt):
            kept[key] = it
    return list(kept.values())


def _with_comment(outputs: list[Output], source: str, where: str) -> list[Output]:
    """Return the parts with the caption and the description in the comments that begin a cell."""
    given: dict[str, str] = {}
    for line in source.splitlines():
        if line.strip() and not line.startswith(("#", "%")):
            break
        if found := _COMMENT.match(line):
            given[found[1]] = found[2].strip()
    if not given:
        return outputs
    places = [position for position, it in enumerate(outputs) if it.is_captioned]
    if len(places) != 1:
        raise ChapterError(
            f"{where} begins with a {' and a '.join(given)}, and shows {len(places)} tables and "
            "pictures of its own; it needs just 1 (or give each its own: show(figure, caption=…))"
        )
    it = outputs[places[0]]
    words = {"caption": it.caption, "alt": it.alt, **given}
    outputs[places[0]] = Output(it.part, words["caption"], words["alt"])
    return outputs


def _finished(it: Output, block_id: str, where: str, say: Say) -> Table | Picture:
    """Return a table or picture with its id, its caption and its description."""
    part = it.part
    assert isinstance(part, Table | Picture)
    named = replace(part, block_id=block_id, caption=text(it.caption) or part.caption)
    if not (isinstance(named, Picture) and named.is_numbered):
        if it.alt:
            raise ChapterError(
                f"{where} gives a description (alt) to what is no picture; remove it"
            )
        return named
    if it.alt:
        return replace(named, alt=it.alt)
    say(
        f"note: {where} shows a picture without a description for those who do not see it; "
        "write # alt: … above its code, or show(figure, alt=…)"
    )
    return replace(named, alt=NO_ALT, note=text(NO_ALT))


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
