"""The Data Package descriptor: read, and refused where the tables cannot be found by it.

Besides what the standard has, a dataset declares its window there, the days that a brief of it
shows unless others are asked for: `"window": {"start": "2024-10-01", "end": "2024-10-31"}`. It
may have a `label`, the line above the title of its brief.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any

from claimbrief.dates import parse_day
from claimbrief.errors import LISTED, DatasetError, DateError, Problem

DESCRIPTOR = "datapackage.json"
DAYS = ("window_start", "window_end", "as_of")  # parameters whose defaults a dataset declares
LABEL = "All sources of this dataset"  # what a brief is called whose dataset has no `label`
# How every table file is stored; a descriptor may name these values and no others.
STORED = {"scheme": "file", "format": "csv", "encoding": "utf-8", "dialect": None}


def read_descriptor(folder: Path) -> tuple[dict[str, Any], bytes]:
    """Return the descriptor in a folder, and its bytes.

    Raises DatasetError if there is none, it does not describe tables that lie beside it, or a link
    leads out of the folder.
    """
    refuse_links_out(folder)
    path = folder / DESCRIPTOR
    accepted = "a folder with a Data Package descriptor (datapackage.json)"
    if not path.is_file():
        place = folder.name or "."
        found = f"no such file in {place}" if folder.is_dir() else f"no folder {place}"
        todo = f"name the folder{_nearest(folder)}"
        raise DatasetError([Problem(DESCRIPTOR, 0, "", found, accepted, todo)])
    raw = path.read_bytes()
    try:
        descriptor = json.loads(raw)
    except ValueError as error:
        descriptor = str(error).partition("; use sys")[0]
    except RecursionError:
        descriptor = "JSON that is nested too deep"
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        found = descriptor if isinstance(descriptor, str) else "JSON without a list of resources"
        raise DatasetError([Problem(DESCRIPTOR, 0, "", found, accepted, "mend the descriptor")])
    if problems := list(_resource_problems(descriptor["resources"])):
        raise DatasetError(problems)
    return descriptor, raw


def refuse_links_out(folder: Path) -> None:
    """Raise DatasetError for links out of a folder: its content would depend on where it is.

    The folder itself may be reached by a link. Hidden files and folders are not data.
    """
    if not os.path.lexists(folder / DESCRIPTOR):
        return  # which is refused as no dataset
    links = islice(_links_out(folder), LISTED)
    if problems := [link_problem(f"./{link}") for link in links]:
        raise DatasetError(problems)


def link_problem(name: str) -> Problem:
    """Return that a file of a dataset is a link out of its folder."""
    found, accepted = "a link that leads out of the dataset’s folder", "files of the folder itself"
    return Problem(name, 0, "", found, accepted, "put the file in its place, or remove the link")


def leads_out(path: Path, folder: Path) -> bool:
    """Return whether a path is a link that leads out of a folder."""
    top = os.path.realpath(folder)
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(top)


def _links_out(folder: Path) -> Iterator[str]:
    for here, inner, names in os.walk(folder):
        inner[:] = [name for name in inner if not name.startswith(".")]
        for name in (*inner, *names):
            path = Path(here, name)
            if not name.startswith(".") and leads_out(path, folder):
                yield path.relative_to(folder).as_posix()


def _nearest(folder: Path) -> str:
    """Return the dataset beside a folder whose name is most like its, as "; did you mean …?"."""
    names = [path.parent.name for path in sorted(folder.parent.glob(f"*/{DESCRIPTOR}"))]
    close = get_close_matches(folder.name, names, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _resource_problems(resources: list[Any]) -> Iterator[Problem]:
    """Yield descriptions that are no tables, or tables that do not lie beside the descriptor."""
    for number, resource in enumerate(resources, 1):
        if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
            yield _unusable(
                f"resource {number}", repr(resource)[:60], "an object with a name and a path"
            )
            continue
        path, schema = resource.get("path"), resource.get("schema")
        if not isinstance(path, str) or not re.fullmatch(r"\w[\w.-]*", path):
            yield _unusable(resource["name"], f"path {path!r}", "the name of a file beside it")
        fields = schema.get("fields") if isinstance(schema, dict) else None
        if not isinstance(fields, list) or not all(_is_field(field) for field in fields):
            yield _unusable(resource["name"], "no readable schema", "fields, each with a name")
        for key, accepted in STORED.items():
            if resource.get(key, accepted) != accepted:
                found = f"{key} {resource[key]!r}"
                yield _unusable(resource["name"], found, str(accepted or f"no {key}"))


def _is_field(field: Any) -> bool:
    return (
        isinstance(field, dict)
        and isinstance(field.get("name"), str)
        and isinstance(field.get("vocabulary", ""), str)
    )


def _unusable(name: str, found: str, accepted: str) -> Problem:
    return Problem(DESCRIPTOR, 0, name, found, accepted, "mend the descriptor")


def window_problems(descriptor: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a problem if the window that a dataset declares is not two days in order."""
    match descriptor.get("window"):
        case {"start": str(start), "end": str(end)}:
            try:
                if parse_day(start) <= parse_day(end):
                    return
                found = f"{start}, after {end}"
            except DateError as error:
                found = str(error).removeprefix("found ").partition(";")[0]
        case None:
            found = "no window"
        case other:
            found = json.dumps(other, ensure_ascii=False)
    accepted = '"window": {"start": "2024-10-01", "end": "2024-10-31"}, two days in order'
    yield Problem(DESCRIPTOR, 0, "window", found, accepted, "declare the first and the last day")


def with_declared_days(values: Mapping[str, Any], descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters with the empty days filled in from those that the dataset declares.

    The brief's day is the last day of the window. Raises DatasetError if a day is empty and the
    dataset declares no window.
    """
    days = {name: values.get(name, "") for name in DAYS}
    if not all(days.values()):
        if problems := list(window_problems(descriptor)):
            raise DatasetError(problems)
        window = descriptor["window"]
        days["window_start"] = days["window_start"] or window["start"]
        days["window_end"] = days["window_end"] or window["end"]
        days["as_of"] = days["as_of"] or days["window_end"]
    return {**values, **days}


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in a JSON value, keys too, in order."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += [part for name in reversed(value) for part in (value[name], name)]
        elif isinstance(value, list):
            waiting += reversed(value)


def resource(descriptor: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the description of a table; {} where there is none."""
    return next((it for it in descriptor["resources"] if it["name"] == name), {})


def table_path(folder: Path, descriptor: Mapping[str, Any], name: str) -> Path:
    """Return where a table's file should be: the descriptor's path, or the table's own name."""
    return folder / str(resource(descriptor, name).get("path", f"{name}.csv"))


def primary_key(schema: Mapping[str, Any]) -> list[Any]:
    """Return the columns of a table's primary key, as a list; [] if it has none."""
    key = schema.get("primaryKey", [])
    return key if isinstance(key, list) else [key]
