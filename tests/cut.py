"""Packages cut to a few claims, and everything that the chapters show of a view."""

from __future__ import annotations

import ast
import csv
import json
import re
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from conftest import REPO

from claimbrief.blocks import neutral
from claimbrief.context import context_of
from claimbrief.view import View

Rows = list[dict[str, str]]


def cut(folder: Path, target: Path, claim_ids: Collection[str]) -> Path:
    """Write a copy of a package with these claims, and with what they need, to a new folder."""
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("archive"))
    claims = _kept(target, "claims", lambda row: row["claim_id"] in claim_ids)
    used = {row["utterance_id"] for row in claims}
    sources = {row["source_id"] for row in claims}
    utterances = _kept(target, "utterances", lambda row: row["utterance_id"] in used)
    sources |= {row["outside_source_id"] for row in utterances}
    _kept(target, "speakers", lambda row: row["utterance_id"] in used)
    words = _kept(target, "words", lambda row: row["utterance_id"] in used)
    reports = _kept(target, "reports", lambda row: row["utterance_id"] in used)
    links = _kept(target, "claim_evidence", lambda row: row["claim_id"] in claim_ids)
    items = {row["evidence_id"] for row in links}
    status = _kept(target, "evidence_status", lambda row: row["evidence_id"] in items)
    lineage = _kept(
        target,
        "lineage",
        lambda row: row["child"] in used | items and row["parent"] in used | items | {"unknown"},
    )
    events = _kept(target, "events", lambda row: row["source_id"] in sources)
    for rows in (words, reports, status, lineage, events):
        sources |= {row["source_id"] for row in rows}
    _kept(target, "sources", lambda row: row["source_id"] in sources)
    _kept(target, "propositions", lambda row: _without_stop(row, "text"))
    _kept(target, "evidence", lambda row: _without_stop(row, "description"))
    _kept(target, "exclusions", lambda row: row["source_id"] in sources)
    _kept(target, "codings", lambda row: row["unit"] in claim_ids)
    path = target / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor.pop("decisive_readings", None)  # of claims that may be gone
    path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    return target


def _kept(folder: Path, table: str, is_kept: Callable[[dict[str, str]], bool]) -> Rows:
    """Take the other rows out of a table; return those that are kept."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, header = [row for row in reader if is_kept(row)], reader.fieldnames or []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows


def _without_stop(row: dict[str, str], column: str) -> bool:
    """Write a text as the codebook has it, to stand within a sentence: without a full stop."""
    row[column] = row[column].rstrip(".")
    return True


def blocks_of(view: View) -> Iterator[dict[str, Any]]:
    """Yield every block that the chapters show of a view, as neutral JSON, of its own day alone.

    The frames hold that day alone, and so does the context: else each table of the days would be
    made again, without a row, for every earlier day.
    """
    context = replace(context_of(view), days=(view.at.as_of,))
    for path in sorted((REPO / "notebooks").glob("*.ipynb")):
        names: dict[str, Any] = {"view": view, "context": context}
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] != "code" or "parameters" in cell["metadata"].get("tags", []):
                continue
            source = re.sub(r"^(window|part|view) = .*\n", "", source, flags=re.M)
            source = re.sub(r"^context = .*$", "", source, flags=re.M)
            source = source.replace("analysis.views_by_day(view)", "{view.at.as_of: view}")
            visible = _run(source, names)
            if hasattr(visible, "block_id"):
                yield json.loads(json.dumps(neutral(visible), default=str))


def _run(source: str, names: dict[str, Any]) -> object:
    """Run a cell; return the value of its last line, as a notebook shows it."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if last is None:
        return None
    assert isinstance(last, ast.Expr)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def _words(value: Any) -> str:
    """Return a text of runs as it is read, footnotes in brackets."""
    runs = [(run["text"], run.get("style")) for run in value]
    return "".join(f" ({text})" if style == "note" and text else text for text, style in runs)


def texts_of(block: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a block says in words of the code: not the cells of tables and cards."""
    for name in ("caption", "subtitle", "note", "source", "description"):
        if isinstance(block.get(name), list):
            yield _words(block[name])
    yield from (block[name] for name in ("alt", "description") if isinstance(block.get(name), str))
    yield from map(_words, block.get("paragraphs", []))
    if block["kind"] == "title":
        yield from (f"{fact['label']}: {_words(fact['value'])}" for fact in block["facts"])
    if block["kind"] == "file":
        yield _words(block["facts"])
