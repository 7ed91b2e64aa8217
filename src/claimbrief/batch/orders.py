"""What a batch is to build: a matrix of parameters, or one brief a day, as plans with names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from claimbrief.errors import ParameterError
from claimbrief.render.build import FORMATS
from claimbrief.render.editions import Contents, nearest, read_yaml
from claimbrief.render.parameters import FOLDER, declared_parameters, typed_values
from claimbrief.render.plan import Plan, changed_plan

# The parameter that `--daily` sets, and those that say from which day to which.
DAY, FIRST_DAY, LAST_DAY = "as_of", "window_start", "window_end"
_KEYS = {"edition": str, "output": str, "formats": list, "parameters": dict, "matrix": dict}
_BRIEFS_LIMIT = 10_000  # of one batch: more is a typing error
_DAYS_LIMIT = 3700  # ten years: more is a typing error


@dataclass(frozen=True)
class Order:
    """One brief of a batch; its files go into a folder of its name."""

    name: str
    plan: Plan


@dataclass(frozen=True)
class Batch:
    """The briefs to build, in which formats, and the folder that theirs are in."""

    orders: tuple[Order, ...]
    output: Path
    formats: tuple[str, ...]


def read_batch(file: Path, contents: Contents, *, is_daily: bool, output: Path | None) -> Batch:
    """Return what a batch file asks for; ParameterError if it is not as it should be.

    Keys, all optional: edition; output, a folder relative to the file; formats; parameters
    that all the briefs share; matrix, for each of some parameters a list of values, of which every
    combination is built.
    """
    written = read_yaml(file, file.name, "keys: " + ", ".join(_KEYS))
    _refuse_other_keys(written, file)
    declared = declared_parameters(contents)
    shared = typed_values(declared, written.get("parameters", {}), file.name)
    matrix: dict[str, list[object]] = {}
    for name, values in written.get("matrix", {}).items():
        if not isinstance(values, list) or not values:
            raise ParameterError(f"{file.name}: matrix, {name}: found {values!r}; accepted: a list")
        typed = [typed_values(declared, {name: value}, file.name) for value in values]
        matrix[str(name)] = [value for it in typed for value in it.values()]

    def plan(values: Mapping[str, object]) -> Plan:
        folder = values.get(FOLDER)  # relative to the file
        own = {FOLDER: str((file.parent / str(folder)).resolve())} if folder else {}
        return changed_plan(contents, written.get("edition"), {**values, **own})

    if is_daily:
        if DAY in matrix or DAY in shared:
            raise ParameterError(f"{file.name}: {DAY} is what --daily sets; give one of the two")
        if FOLDER in matrix:
            todo = "name one in parameters, or list the days in matrix"
            raise ParameterError(f"{file.name}: --daily takes its days from one {FOLDER}; {todo}")
        matrix[DAY] = list(_days(plan(shared)))
    _refuse_wrong_matrix(matrix, shared, file)
    combinations = list(product(*matrix.values()))
    names = [_name(values) for values in combinations]
    _refuse_equal_names(names, file)
    plans = [plan({**shared, **dict(zip(matrix, it, strict=True))}) for it in combinations]
    folder = output or file.parent / written.get("output", file.stem)
    return Batch(
        tuple(map(Order, names, plans)),
        folder.resolve(),
        _formats(written.get("formats", FORMATS), file),
    )


def _refuse_other_keys(written: Mapping[str, Any], file: Path) -> None:
    for key, value in written.items():
        if key not in _KEYS:
            raise ParameterError(f"{file.name}: unknown key {key!r}{nearest(str(key), _KEYS)}")
        if not isinstance(value, _KEYS[key]):
            accepted = {str: "a text", list: "a list", dict: "a mapping"}[_KEYS[key]]
            raise ParameterError(f"{file.name}: {key}: found {value!r}; accepted: {accepted}")


def _refuse_wrong_matrix(
    matrix: Mapping[str, list[object]], shared: Mapping[str, object], file: Path
) -> None:
    if twice := set(matrix) & set(shared):
        raise ParameterError(f"{file.name}: {', '.join(sorted(twice))} in parameters and in matrix")
    if not matrix:
        raise ParameterError(f"{file.name}: no matrix; give one, or call with --daily")
    if (count := prod(map(len, matrix.values()))) > _BRIEFS_LIMIT:
        raise ParameterError(
            f"{file.name}: matrix: found {count:,} combinations; accepted: {_BRIEFS_LIMIT:,}"
        )


def _days(plan: Plan) -> Iterator[str]:
    for name in (DAY, FIRST_DAY, LAST_DAY):
        if name not in plan.values:
            raise ParameterError(f"--daily needs a parameter {name}; the notebooks declare none")
    window = " to ".join(str(plan.values[name]) for name in (FIRST_DAY, LAST_DAY))
    try:
        first, last = map(date.fromisoformat, window.split(" to "))
    except ValueError as error:
        found = f"found the window {window}; accepted: days, YYYY-MM-DD"
        raise ParameterError(f"--daily: {found}") from error
    if not 1 <= (count := (last - first).days + 1) <= _DAYS_LIMIT:
        raise ParameterError(f"--daily: the window {window} has {max(count, 0)} days")
    yield from ((first + timedelta(days=step)).isoformat() for step in range(count))


def _name(values: Sequence[object]) -> str:
    """Return the folder's name that values make: letters, digits, dots, hyphens, underscores."""
    texts = ["-".join(map(str, it)) if isinstance(it, list) else str(it) for it in values]
    return "-".join(re.sub(r"[^\w.-]+", "-", text).strip("-.") or "none" for text in texts)


def _refuse_equal_names(names: Sequence[str], file: Path) -> None:
    used: set[str] = set()
    for name in names:
        if name.casefold() in used:
            raise ParameterError(
                f"{file.name}: two briefs would go into the folder {name}; "
                "give values that differ in letters or digits"
            )
        used.add(name.casefold())


def _formats(written: Sequence[object], file: Path) -> tuple[str, ...]:
    if not written or any(kind not in FORMATS for kind in written):
        known = ", ".join(FORMATS)
        raise ParameterError(f"{file.name}: formats: found {written!r}; accepted: {known}")
    return tuple(kind for kind in FORMATS if kind in written)
