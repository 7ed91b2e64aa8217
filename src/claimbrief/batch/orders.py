"""What a batch is to build: a matrix of parameters, or one brief a day, as plans with names."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    matrix = {
        str(name): [_typed(declared, str(name), value, file) for value in _listed(name, it, file)]
        for name, it in written.get("matrix", {}).items()
    }
    if is_daily:
        if DAY in matrix or DAY in shared:
            raise ParameterError(f"{file.name}: {DAY} is what --daily sets; give one of the two")
        if FOLDER in matrix:
            todo = "name one in parameters, or list the days in matrix"
            raise ParameterError(f"{file.name}: --daily takes its days from one {FOLDER}; {todo}")
        values = _with_folder(shared, file)
        matrix[DAY] = list(_days(changed_plan(contents, written.get("edition"), values)))
    if twice := set(matrix) & set(shared):
        raise ParameterError(f"{file.name}: {', '.join(sorted(twice))} in parameters and in matrix")
    if not matrix:
        raise ParameterError(f"{file.name}: no matrix; give one, or call with --daily")
    combinations = [{**shared, **values} for values in _combinations(matrix, file)]
    names = [_name([values[parameter] for parameter in matrix]) for values in combinations]
    _refuse_equal_names(names, file)
    plans = [
        changed_plan(contents, written.get("edition"), _with_folder(values, file))
        for values in combinations
    ]
    orders = tuple(Order(name, plan) for name, plan in zip(names, plans, strict=True))
    folder = output or file.parent / written.get("output", file.stem)
    return Batch(orders, folder.resolve(), _formats(written.get("formats", FORMATS), file))


def _combinations(matrix: Mapping[str, list[object]], file: Path) -> list[dict[str, object]]:
    """Return every combination of the values; refuses so many that nobody can mean them."""
    if (count := prod(map(len, matrix.values()))) > _BRIEFS_LIMIT:
        raise ParameterError(
            f"{file.name}: matrix: found {count:,} combinations; accepted: {_BRIEFS_LIMIT:,}"
        )
    return [dict(zip(matrix, chosen, strict=True)) for chosen in product(*matrix.values())]


def _refuse_other_keys(written: Mapping[str, Any], file: Path) -> None:
    for key, value in written.items():
        if key not in _KEYS:
            raise ParameterError(f"{file.name}: unknown key {key!r}{nearest(str(key), _KEYS)}")
        if not isinstance(value, _KEYS[key]):
            accepted = {str: "a text", list: "a list", dict: "a mapping"}[_KEYS[key]]
            raise ParameterError(f"{file.name}: {key}: found {value!r}; accepted: {accepted}")


def _typed(declared: Mapping[str, Any], name: str, value: object, file: Path) -> object:
    return typed_values(declared, {name: value}, file.name)[name]


def _listed(name: object, values: object, file: Path) -> list[object]:
    if not isinstance(values, list) or not values:
        raise ParameterError(f"{file.name}: matrix, {name}: found {values!r}; accepted: a list")
    return values


def _days(plan: Plan) -> list[str]:
    """Return each day of a plan's window."""
    for name in (DAY, FIRST_DAY, LAST_DAY):
        if name not in plan.values:
            raise ParameterError(f"--daily needs a parameter {name}; the notebooks declare none")
    ends = [_day(plan, name) for name in (FIRST_DAY, LAST_DAY)]
    count = (ends[1] - ends[0]).days + 1
    if not 1 <= count <= _DAYS_LIMIT:
        window = " to ".join(day.isoformat() for day in ends)
        raise ParameterError(f"--daily: the window {window} has {max(count, 0)} days")
    return [(ends[0] + datetime.timedelta(days=step)).isoformat() for step in range(count)]


def _day(plan: Plan, name: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(plan.values[name]))
    except ValueError:
        found = plan.values[name]
        raise ParameterError(f"{name}: found {found!r}; accepted: a day, YYYY-MM-DD") from None


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


def _with_folder(values: Mapping[str, object], file: Path) -> dict[str, object]:
    """Return the values with the dataset's folder, relative to the file, made absolute."""
    folder = values.get(FOLDER)
    own = {FOLDER: str((file.parent / str(folder)).resolve())} if folder else {}
    return {**values, **own}


def _formats(written: Sequence[object], file: Path) -> tuple[str, ...]:
    if not written or any(kind not in FORMATS for kind in written):
        known = ", ".join(FORMATS)
        raise ParameterError(f"{file.name}: formats: found {written!r}; accepted: {known}")
    return tuple(kind for kind in FORMATS if kind in written)
