"""A published brief, rebuilt from what it states about itself, and compared with its files."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from bs4 import BeautifulSoup

import claimbrief
from claimbrief.compare import files
from claimbrief.dataset import read_dataset
from claimbrief.errors import BriefError, ParameterError
from claimbrief.render.anchors import BRIEF_PDF
from claimbrief.render.build import FORMATS, build, work_for
from claimbrief.render.cache import Cache
from claimbrief.render.editions import Contents
from claimbrief.render.kernels import Kernels
from claimbrief.render.keys import LOCK, lock_digest
from claimbrief.render.parameters import FOLDER, Parameter, declared_parameters, parse_overrides
from claimbrief.render.plan import Plan, changed_plan, check_plan
from claimbrief.render.run import Say

_DAY = "as_of"
_UNSET = "not set"  # how the page writes an empty value
_PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;]+)", re.M)


@dataclass(frozen=True)
class Stated:
    """What a brief states of how it was built: in the colophon of its page, and in its figures.

    `parameters` are as the page writes them; `changed` are the words that name those which were set
    for this build; `digest` is the dataset's, "" where there is none.
    """

    edition: str
    parameters: Mapping[str, str]
    changed: str
    lock: str
    version: str
    digest: str


def stated(folder: Path) -> Stated:
    """Return what the brief in a folder states of how it was built; BriefError if it does not."""
    path = folder / files.PAGE
    soup = BeautifulSoup(files.content_of(path).decode("utf-8", "replace"), "lxml")
    terms = [
        (files.plain(row.dt.get_text()), files.plain(row.dd.get_text()))
        for row in soup.select("#colophon dl > div")
        if row.dt and row.dd
    ]
    labels = [label for label, _ in terms]
    if "Edition" not in labels or labels[-2:] != [LOCK, "claimbrief"]:
        raise files.unreadable(path, "no colophon says how it was built")
    (_, edition), *parameters, (_, lock), (_, version) = terms[labels.index("Edition") :]
    block = files.json_of(folder / files.NUMBERS).get("table-parameters")
    changed = soup.select_one("header .changed")
    return Stated(
        edition=edition.partition(":")[0],
        parameters=dict(parameters),
        changed=files.plain(changed.get_text()) if changed else "",
        lock=lock.removeprefix("sha256 "),
        version=version,
        digest=str(block.get("digest", "")) if isinstance(block, dict) else "",
    )


def plan_of(about: Stated, contents: Contents, dataset: Path | None) -> Plan:
    """Return the plan that a brief states; its dataset is that of the project, or `dataset`.

    Raises ParameterError if the edition or a parameter is unknown here, or a dataset is to be
    named; BriefError if the project would write a parameter otherwise.
    """
    declared = declared_parameters(contents)
    values = {name: "" if it == _UNSET else it for name, it in about.parameters.items()}
    names = re.findall(r"(?:with|,) (\w+) = ", about.changed)  # in the order of the call
    changed = _parsed(declared, values, list(dict.fromkeys(names)))
    if FOLDER in changed or (FOLDER in values and dataset is not None):
        folder = dataset or contents.root / values[FOLDER]
        if not folder.is_dir():
            raise ParameterError(
                f"the brief is of the dataset {values[FOLDER]!r}, which is not in this project; "
                "name its folder with --dataset"
            )
        changed[FOLDER] = str(folder.resolve())
    is_known = about.edition in contents.editions or FOLDER not in changed
    edition = about.edition if is_known else None  # another dataset's brief is named as it is
    plan = changed_plan(contents, edition, changed)
    if plan.written.get(_DAY) != about.parameters.get(_DAY):  # the head names it in its own words
        plan = changed_plan(contents, edition, changed | _parsed(declared, values, [_DAY]))
    return plan


def _parsed(
    declared: Mapping[str, Parameter], values: Mapping[str, str], names: Sequence[str]
) -> dict[str, object]:
    return parse_overrides(declared, [f"{name}={values[name]}" for name in names if name in values])


def refuse_other_ground(about: Stated, plan: Plan) -> None:
    """Raise BriefError if the lock, a version, the dataset or a parameter is not as stated."""
    folder = plan.folder()
    here = {LOCK: lock_digest(plan.contents.root), "claimbrief": claimbrief.__version__}
    there = {LOCK: about.lock, "claimbrief": about.version}
    if about.digest and folder is not None:
        here["the dataset"], there["the dataset"] = read_dataset(folder).digest, about.digest
    here |= plan.written
    there |= about.parameters
    faults = [
        f"{name}: stated {there.get(name, 'nothing')}, here {here.get(name, 'nothing')}"
        for name in {**there, **here}
        if there.get(name) != here.get(name)
    ]
    faults += other_versions((plan.contents.root / LOCK).read_text("utf-8", "replace"))
    if faults:
        raise BriefError(
            "the brief was built from something else than what is here; check out the revision "
            "that it was built from, and run make brief:\n  " + "\n  ".join(faults)
        )


def other_versions(lock: str) -> list[str]:
    """Return what is installed in none of the versions that a lock has for it."""
    pins: dict[str, list[str]] = {}
    for name, version in _PIN.findall(lock):
        pins.setdefault(name, []).append(version)
    found = []
    for name, versions in pins.items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # of another system, or of an extra
        if re.sub(r"\b0+(?=\d)", "", installed) not in versions:  # a lock writes 4.004 as 4.4
            found.append(f"{name}: {LOCK} has {' or '.join(versions)}, installed is {installed}")
    return found


def differences(
    published: Path, plan: Plan, kernels: Kernels, say: Say
) -> tuple[list[str], dict[str, list[str]]]:
    """Build a brief again without a cache, and compare it with the published one.

    Returns the names of the files that were built, and for each that differs the blocks that do.
    """
    formats = FORMATS if (published / BRIEF_PDF).exists() else FORMATS[:1]
    with tempfile.TemporaryDirectory(prefix="claimbrief-") as scratch:
        work = work_for(plan, Path(scratch) / "again", formats)
        built = build(work, Cache(None), check_plan(plan, kernels), say)
        found = {}
        for again in sorted(built):
            path = published / again.name
            if not path.is_file():
                found[again.name] = ["the file is missing"]
            elif files.content_of(path) != again.read_bytes():
                found[again.name] = list(_parts(path, again))
        return [path.name for path in built], found


def _parts(path: Path, again: Path) -> Iterator[str]:
    """Yield the parts of a file that differ, by the name that each has in it."""
    reader = {
        files.PAGE: _elements,
        files.NUMBERS: _figures,
        files.CLAIMS: _rows,
        files.GRAPH: _nodes,
    }.get(path.name)
    if reader is not None:
        before, after = reader(path), reader(again)
        yield from (name for name in {**after, **before} if before.get(name) != after.get(name))


def _figures(path: Path) -> dict[str, str]:
    return {".".join(key): figure for key, figure in files.figures_of(files.json_of(path)).items()}


def _rows(path: Path) -> dict[str, str]:
    rows = files.claims_in(files.content_of(path), path)
    return {str(row[0]): json.dumps(row) for row in rows.to_numpy().tolist()}


def _nodes(path: Path) -> dict[str, str]:
    graph = files.json_of(path).get("@graph")
    nodes = graph if isinstance(graph, list) else []
    return {str(node.get("@id")): json.dumps(node) for node in nodes if isinstance(node, dict)}


def _elements(path: Path) -> dict[str, str]:
    """Return by id what is in each element with an id, without such elements inside it.

    What comes before the first is "head, style or script".
    """
    soup = BeautifulSoup(files.content_of(path).decode("utf-8", "replace"), "lxml")
    record = BeautifulSoup(files.record_in(soup, path), "lxml")
    found: dict[str, str] = {}
    for part in (soup, record):
        for element in reversed(part.find_all(id=True)):
            found[str(element["id"])] = str(element.extract())
    found["head, style or script"] = str(soup.head) + "".join(map(str, soup.find_all(True)))
    return {name: words for name, words in found.items() if name != "packed"}
