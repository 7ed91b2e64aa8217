"""What a brief states at one time: from a view of its dataset, or from its own files.

What the words after `claimbrief diff` name, a dataset, a built brief, a day or a git revision, is
found here too.
"""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pandas as pd

from claimbrief import analysis, prose, tables
from claimbrief.blocks import Prose, Table
from claimbrief.compare import files
from claimbrief.context import Context, context_of
from claimbrief.dataset import NO_QUESTION, each_row
from claimbrief.dates import parse_day
from claimbrief.descriptor import DESCRIPTOR
from claimbrief.downloads.claims_csv import file_of_claims
from claimbrief.errors import BriefError, DateError, ParameterError
from claimbrief.links import side_name
from claimbrief.loading import load
from claimbrief.lookups import grouped, pairs
from claimbrief.render.numbers import MADE_BY
from claimbrief.tables.answers_by_side import answer_words
from claimbrief.texts import Text
from claimbrief.view import View, on_day
from claimbrief.wording import day

# Tables whose figures are found without a chapter: each is drawn from the frame of its name.
_TABLES = (
    "answers_by_side turns_in_words denials_by_day items_cited evidence_by_side origins_by_side "
    "outlet_beside_speaker denial_register sides_by_question silences responses sources sourcing"
)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What a brief states at one time.

    `name` says what it is of. `claims` are the rows of claims.csv by claim id, `labels` the labels
    of codes by scheme and code, `items` those of `files.items_frame`; `answers` are what each side
    answers, by its name and the question's code, of all sides or (`is_whole` is false) of some;
    `sentences` are those of the front, in order; `figures` those of numbers.json by block and name,
    or as many as are known.
    """

    name: str
    digest: str
    claims: pd.DataFrame
    labels: Mapping[str, Mapping[str, str]]
    items: pd.DataFrame
    answers: Mapping[str, Mapping[str, str]]
    is_whole: bool
    sentences: tuple[str, ...]
    figures: Mapping[tuple[str, str], str]


def of_view(view: View, name: str) -> Snapshot:
    """Return what a brief of a view states, as far as it takes no chapter to find it."""
    context = context_of(view)
    blocks = list(_blocks(view, context))
    numbers = {block.block_id: json.loads(json.dumps(block.numbers)) for block in blocks}
    states = grouped(view.record.evidence_status, "evidence_id", "publicity", "when")
    items = [
        (item, described, states.get(item, []))
        for item, described in pairs(view.record.evidence, "evidence_id", "description")
    ]
    return Snapshot(
        name=name,
        digest=view.whole.digest,
        claims=files.claims_in(file_of_claims(view).content, Path(files.CLAIMS)),
        labels=view.whole.codes,
        items=files.items_frame(items),
        answers=_answers(view, context),
        is_whole=True,
        sentences=tuple(_sentences(blocks)),
        figures=files.figures_of(numbers),
    )


def of_brief(folder: Path, name: str) -> Snapshot:
    """Return what a built brief states, by the files in its folder.

    Without a page, sentences and sides are unknown; without claims.jsonld (as for a large record),
    items are unknown, and codes replace their labels.
    """
    digest, sentences, figures = published(folder)
    page, graph = folder / files.PAGE, folder / files.GRAPH
    nodes = files.json_of(graph).get("@graph", []) if graph.is_file() else []
    try:
        labels, items = files.labels_and_items(nodes)
    except (DateError, TypeError, AttributeError) as error:
        raise files.unreadable(graph, error) from error
    return Snapshot(
        name=name,
        digest=digest,
        claims=files.claims_in(files.content_of(folder / files.CLAIMS), folder / files.CLAIMS),
        labels=labels,
        items=items,
        answers=files.answers_in(files.page_of(page), _asked(labels)) if page.is_file() else {},
        is_whole=False,
        sentences=sentences,
        figures=figures,
    )


def published(folder: Path) -> tuple[str, tuple[str, ...], dict[tuple[str, str], str]]:
    """Return a built brief's dataset, by its digest, the sentences of its front and its figures."""
    numbers = files.json_of(folder / files.NUMBERS)
    page = folder / files.PAGE
    sentences = tuple(files.sentences_in(files.page_of(page))) if page.is_file() else ()
    parameters = numbers.get("table-parameters")
    digest = parameters.get("digest", "") if isinstance(parameters, dict) else ""
    found = files.figures_of(numbers)
    figures = {key: it for key, it in found.items() if key[1].partition(".")[0] != MADE_BY}
    return str(digest), sentences, figures


def _blocks(view: View, context: Context) -> Iterator[Prose | Table]:
    found = {view.at.as_of: analysis.findings(view)}
    yield prose.answer(found, context)
    yield prose.findings(found, context)
    yield prose.support(found, context)
    for name in _TABLES.split():
        yield getattr(tables, name)(getattr(analysis, name)(view), context)


def _sentences(blocks: list[Prose | Table]) -> Iterator[str]:
    """Yield the front's sentences; the headline of a finding is one of its own."""
    for block in blocks:
        if isinstance(block, Prose):
            for paragraph in block.paragraphs:
                strong = [run.style == "strong" for run in paragraph]
                head = strong.index(False) if block.look == "headlines" and False in strong else 0
                yield from filter(None, (_words(paragraph[:head]), _words(paragraph[head:])))


def _words(text: Text) -> str:
    """Return a text in plain words, without its footnotes."""
    around = {"quote": "“{}”", "note": ""}
    return files.plain("".join(around.get(run.style, "{}").format(run.text) for run in text))


def _asked(labels: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the codes of the questions that the brief's table has a column for."""
    return [code for code in labels.get("question", {}) if code not in NO_QUESTION]


def _answers(view: View, context: Context) -> dict[str, dict[str, str]]:
    """Return what each side answers to each question, in the words of the brief's table."""
    frame = analysis.answers_by_side(view)
    found: dict[str, dict[str, str]] = {}
    for row in each_row(frame[frame["question_id"].isin(_asked(view.whole.codes))]):
        answer = answer_words(row, context)
        own = found.setdefault(side_name(row.side, context), {})
        before = own.get(row.question_id, "")
        own[row.question_id] = f"{before}; {answer}" if before else answer
    return found


TABLES, REPORT = "data", "report"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def snapshots(old: str, new: str, root: Path, dataset: Path | None) -> tuple[Snapshot, Snapshot]:
    """Return what two names stand for; days are those of `dataset`, or else of the project's own.

    Raises ParameterError if a name stands for nothing that can be compared; BriefError if what it
    stands for cannot be read, or its dataset does not pass the check.
    """

    @cache
    def view_of(folder: Path, name: str) -> View:
        try:
            return load(str(folder), basis="said")
        except BriefError as error:
            raise BriefError(f"{name}: {error}") from error

    found = [_snapshot(name, root, dataset or root / TABLES, view_of) for name in (old, new)]
    return found[0], found[1]


def _snapshot(
    name: str, root: Path, dataset: Path, view_of: Callable[[Path, str], View]
) -> Snapshot:
    folder = Path(name)
    if (folder / DESCRIPTOR).is_file():
        return _of_dataset(view_of(folder, name), name)
    if (folder / files.NUMBERS).is_file():
        return of_brief(folder, name)
    if _DAY.fullmatch(name):
        try:
            as_of = parse_day(name)
        except DateError as error:
            raise ParameterError(f"{name}: {error}") from None
        return of_view(on_day(view_of(dataset, str(dataset)), as_of), day(as_of))
    if not folder.exists() and (commit := _commit(name, root)):
        return _of_revision(name, commit, root, view_of)
    raise ParameterError(
        f"found {name!r}; accepted: a folder with {DESCRIPTOR} or {files.NUMBERS}, a day such as "
        "2024-10-18, or a git revision of this project"
    )


def _of_dataset(view: View, name: str) -> Snapshot:
    version = view.whole.descriptor.get("version", "")
    about = f"{view.whole.descriptor['name']} {version}".strip()
    return of_view(view, f"{name} ({about}, {day(view.at.as_of)})")


def _of_revision(
    name: str, commit: str, root: Path, view_of: Callable[[Path, str], View]
) -> Snapshot:
    """Return what a revision states: by its data and, if built from them, by what it published.

    It published figures and sentences of the default edition, in report/.
    """
    with tempfile.TemporaryDirectory(prefix="claimbrief-") as scratch:
        folder = Path(scratch)
        wanted = (TABLES, f"{REPORT}/{files.NUMBERS}", f"{REPORT}/{files.PAGE}")
        there = [path for path in wanted if _git(root, "ls-tree", commit, "--", path)]
        if TABLES not in there:
            raise ParameterError(f"the revision {name} has no {TABLES}/ to compare")
        archive = _git(root, "archive", "--format=tar", commit, "--", *there)
        try:
            with tarfile.open(fileobj=BytesIO(archive)) as archived:
                archived.extractall(folder, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise BriefError(f"the revision {name} cannot be unpacked: {error}") from error
        snapshot = _of_dataset(view_of(folder / TABLES, name), name)
        if len(there) == len(wanted):
            digest, sentences, figures = published(folder / REPORT)
            if digest == snapshot.digest:
                return replace(snapshot, sentences=sentences, figures=figures)
        return snapshot


def _commit(name: str, root: Path) -> str:
    """Return the commit that a name stands for in the project's repository; "" if none."""
    if name.startswith("-"):
        return ""
    return _git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()


def _git(root: Path, *arguments: str) -> bytes:
    """Return what git prints; nothing if it fails, or there is none."""
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True).stdout
    except OSError:
        return b""
