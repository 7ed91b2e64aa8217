"""The files of a built brief, read back: its page, figures, claims and linked data."""

from __future__ import annotations

import base64
import bz2
import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
from bs4 import BeautifulSoup, Tag

from claimbrief.dates import parse
from claimbrief.errors import BriefError
from claimbrief.tables.answers_by_side import NOTHING

PAGE, NUMBERS, CLAIMS, GRAPH = "brief.html", "numbers.json", "claims.csv", "claims.jsonld"
_SIGNS = str.maketrans("/,", "<&")  # as claimbrief.render.packing exchanges them
_NEEDED = ["claim_id", "utterance_id", "speaker", "side", "venue", "day_earliest", "day_latest"]
_NEEDED += ["stance_label", "proposition"]
_GZIP = b"\x1f\x8b"  # with what a gzip file begins
_OF_PIECES = range(0xE000, 0xF900)  # of private use: the signs of what recurs in such a record
LARGEST = 200_000_000  # bytes of a record, unpacked
_PUBLICITY, _WHEN = "claimbrief:publicity", "dcterms:date"


def unreadable(path: Path, cause: object) -> BriefError:
    """Return the error for a file that is not as a build writes it."""
    return BriefError(
        f"{path} cannot be read: {cause}; accepted: the file as `claimbrief build` wrote it; "
        "build the brief again"
    )


def content_of(path: Path) -> bytes:
    """Return a file's content; BriefError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error.strerror) from error


def json_of(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file; BriefError if it holds none."""
    try:
        found = json.loads(content_of(path))
    except (ValueError, RecursionError) as error:
        raise unreadable(path, error) from error
    if not isinstance(found, dict):
        raise unreadable(path, "it holds no JSON object")
    return found


def claims_in(content: bytes, path: Path) -> pd.DataFrame:
    """Return the rows of claims.csv by claim id, each cell as it is written there."""
    try:
        frame = pd.read_csv(BytesIO(content), dtype="str", keep_default_na=False)
    except ValueError as error:
        raise unreadable(path, f"no table of claims ({error})") from error
    if lacking := [name for name in _NEEDED if name not in frame]:
        raise unreadable(path, f"it has no column {lacking[0]}")
    frame.index = pd.Index(frame["claim_id"].tolist())
    return frame[~frame.index.duplicated()]


def labels_and_items(graph: list[Any]) -> tuple[dict[str, dict[str, str]], pd.DataFrame]:
    """Return the labels of codes by scheme, and the items of evidence, of claims.jsonld."""
    labels: dict[str, dict[str, str]] = {}
    items: list[tuple[str, str, list[tuple[str, str]]]] = []
    for node in filter(lambda node: isinstance(node, dict), graph):
        name = str(node.get("@id", ""))
        if node.get("@type") == "skos:Concept":
            scheme = str(node.get("skos:inScheme", "")).removeprefix("#codes-")
            code = str(node.get("skos:notation", ""))
            labels.setdefault(scheme, {})[code] = str(node.get("skos:prefLabel", ""))
        elif name.startswith("#evidence-"):
            states = [
                (str(state.get(_PUBLICITY)).removeprefix("#code-publicity-"), str(state.get(_WHEN)))
                for state in node.get("claimbrief:state", [])
            ]
            description = str(node.get("dcterms:description", ""))
            items.append((name.removeprefix("#evidence-"), description, states))
    return labels, items_frame(items)


def items_frame(items: list[tuple[str, str, list[tuple[str, str]]]]) -> pd.DataFrame:
    """Return items of evidence by id, with what each is and the last that is known of it.

    `items` are an id, a description and the item's states: how public it was, and from when (EDTF).
    Columns: description and publicity (code; "" where no state is known).
    """
    rows = {
        item: (description, max(states, key=lambda state: parse(state[1]).latest, default=("",))[0])
        for item, description, states in items
    }
    return pd.DataFrame.from_dict(rows, "index", columns=["description", "publicity"], dtype="str")


def page_of(path: Path) -> BeautifulSoup:
    """Return a page as of its last day, without what it says on earlier days only."""
    soup = BeautifulSoup(content_of(path).decode("utf-8", "replace"), "lxml")
    for earlier in soup.select("[data-until], .slot[hidden]"):
        earlier.extract()
    return soup


def record_in(soup: BeautifulSoup, path: Path) -> str:
    """Return the HTML of the record that lies packed in a page; "" where there is none."""
    packed = soup.find("template", id="packed")
    if not isinstance(packed, Tag):
        return ""
    try:
        zipped = base64.b85decode(packed.get_text().translate(_SIGNS))
        zipped = zipped[: int(str(packed["data-bytes"]))]
        return _of_earlier(packed, zipped) if zipped.startswith(_GZIP) else _unzipped(zipped)
    except (ValueError, KeyError, OSError, EOFError, zlib.error) as error:
        raise unreadable(path, f"its record cannot be unpacked ({error})") from error


def _unzipped(zipped: bytes) -> str:
    unzip = bz2.BZ2Decompressor()
    text = unzip.decompress(zipped, LARGEST)
    if not unzip.eof:
        raise ValueError("cut short, or too large")
    return text.decode("utf-8")


def _of_earlier(packed: Tag, zipped: bytes) -> str:
    """Return the record of a page from before dataset 4.8.0, when its script unpacked gzip.

    Its first `data-pieces` lines hold what recurs; a sign in the rest stands for each.
    """
    with gzip.open(BytesIO(zipped)) as file:
        lines = file.read(LARGEST).decode("utf-8").split("\n")
    count = int(str(packed.get("data-pieces", "0")))
    pieces = dict(zip(_OF_PIECES, lines[:count], strict=False))
    short = "\n".join(lines[count:])
    times = Counter(sign for sign in map(ord, short) if sign in pieces)
    if sum(len(pieces[sign]) * times[sign] for sign in times) > LARGEST:
        raise ValueError("too large")
    return short.translate(pieces)


def sentences_in(soup: BeautifulSoup) -> Iterator[str]:
    """Yield the sentences of the front of a page: of the answer, each finding and its support."""
    for note in soup.select("#front sup"):
        note.extract()
    for quote in soup.select("#front q"):
        said = quote.get_text()  # that of an earlier version has no marks of its own
        quote.replace_with(said if said.startswith("“") else f"“{said}”")
    for words in soup.select("#answer > p, #findings li, #support > p"):
        head = words.find("strong", recursive=False) if words.name == "li" else None
        if isinstance(head, Tag):
            yield plain(head.extract().get_text())
        yield plain(words.get_text())


def answers_in(soup: BeautifulSoup, questions: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return what each side of a page's table answers to each question, by side and question.

    The table has a column for each of the questions, given by their codes; if it has not, nothing
    is known. The sides that share its last row are counted there, and left out here.
    """
    found = {}
    for row in soup.select("#table-answers-by-side tbody tr"):
        side, *cells = (plain(cell.get_text()) for cell in row.select("th, td"))
        if len(cells) == len(questions) and not side.endswith((" other sides", " other side")):
            answers = zip(questions, cells, strict=True)
            found[side] = {code: cell for code, cell in answers if cell != NOTHING.text}
    return found


def plain(words: str) -> str:
    """Return words in one line."""
    return " ".join(words.split())


def figures_of(numbers: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Return each figure of numbers.json as it is written there, by its block and its name."""
    return {
        (block, name): figure
        for block, value in numbers.items()
        for name, figure in _figures(value, "")
    }


def _figures(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _figures(inner, f"{name}.{key}" if name else str(key))
    else:
        yield name, json.dumps(value, ensure_ascii=False)
