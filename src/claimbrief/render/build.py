"""Editions of the brief, from their notebooks to the files that are published.

`build` finds what has changed since an earlier build, runs those chapters only, joins, exports
what is to be exported and, at the very end, swaps the files in. The same input gives the same
bytes, whatever was kept.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import claimbrief
from claimbrief.descriptor import DESCRIPTOR
from claimbrief.errors import ChapterError, PageError, ParameterError
from claimbrief.render import keys
from claimbrief.render.anchors import BRIEF_PDF, PICTURE, RECORD_PDF, in_record, resolve_links
from claimbrief.render.cache import Cache
from claimbrief.render.chapters import (
    CHANGED,
    HANDED_OVER,
    chapter_items,
    chapter_keys,
    has_all_outputs,
)
from claimbrief.render.document import Colophon, document_of
from claimbrief.render.join import Brief, join_chapters
from claimbrief.render.kernels import Kernels
from claimbrief.render.numbers import numbers
from claimbrief.render.plan import Plan
from claimbrief.render.run import Say
from claimbrief.render.swap import refuse_overlap, refuse_unwritable, settle, swap_in

FORMATS = ("html", "pdf")
NUMBERS = "numbers.json"
_PARAMETERS = "table-parameters"  # the block whose numbers name the dataset
_KIND = "built"
OTHERS = "another build wrote into this folder meanwhile; nothing is written; build again"
PAGE = "brief.html"
_FACES = {PAGE: "html", BRIEF_PDF: "pdf", RECORD_PDF: "pdf", PICTURE: "pdf"}
_DATA = "data"  # what stands beside the faces: numbers.json and the files of blocks
# The files of the template folder that each format is built from.
_TEMPLATES = {"html": ("html/*", "*.css", "script/*.js"), "pdf": ("typst/*",)}
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAMES_ACCEPTED = "a name of letters, digits, dots, hyphens and underscores, with no folder"


@dataclass(frozen=True)
class Work:
    """A plan with the folder that it is written to and the keys of what makes its files.

    `chapters` holds the key of what each chapter shows, `faces` that of each format and of the
    data beside them.
    """

    plan: Plan
    output: Path
    formats: tuple[str, ...]
    chapters: tuple[str, ...]
    faces: dict[str, str]


def work_for(plan: Plan, output: Path, formats: Sequence[str] = FORMATS) -> Work:
    """Return what a build has to see to; refuses a folder that cannot be written to."""
    refuse_unwritable(output)
    _refuse_other_dataset(output, plan.dataset)
    root = plan.contents.root
    template = root / "report" / "template"
    refuse_overlap(
        output,
        {
            "the dataset's folder": plan.folder(),
            "notebooks/": plan.contents.notebooks,
            "report/template/": template,
        },
    )
    _refuse_dataset(output)
    chapters = tuple(chapter_keys(plan))
    whole = keys.digest(
        _sources(plan),
        chapters,
        plan.contents.record,
        [plan.edition.name, plan.edition.label, dict(plan.written), plan.changed],
        keys.package_digest(above=True),
        keys.lock_digest(root),
        keys.installed(),
    )
    faces = {kind: keys.digest(kind, whole, _template_digest(template, kind)) for kind in formats}
    return Work(plan, output, tuple(formats), chapters, {**faces, _DATA: keys.digest(_DATA, whole)})


def _refuse_dataset(output: Path) -> None:
    """Raise ParameterError if the folder holds a dataset: a brief has a claims.csv as well."""
    theirs = [DESCRIPTOR] if (output / NUMBERS).exists() else [DESCRIPTOR, "claims.csv"]
    if found := [name for name in theirs if (output / name).exists()]:
        raise ParameterError(
            f"--output {output} holds {found[0]} of a dataset, whose claims.csv a brief would "
            "replace; name another folder"
        )


def _refuse_other_dataset(output: Path, dataset: str) -> None:
    """Raise ParameterError if the folder holds a brief of another dataset, by its numbers.json."""
    try:
        if not (output / NUMBERS).is_file():
            return
        found = json.loads((output / NUMBERS).read_bytes())[_PARAMETERS]["dataset"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return  # no brief, or one that does not say of what
    if dataset and found != dataset:
        raise ParameterError(
            f"{output} holds a brief of the dataset {found!r}, and this build is of {dataset!r}; "
            "name another folder with --output, or delete the brief that is there"
        )


def _sources(plan: Plan) -> list[object]:
    """Return each chapter's name with what its author decides of each cell."""
    return [
        (chapter.name, list(map(keys.authored, keys.cells_of(chapter)[1])))
        for chapter in plan.contents.chapters
    ]


def _template_digest(templates: Path, kind: str) -> str:
    found = [path for pattern in _TEMPLATES[kind] for path in templates.glob(pattern)]
    for path in found:
        if path.exists() and not path.is_file() and not path.is_dir():  # reading it may never end
            raise PageError(f"{path} is no file; put it back as it came with the project")
    return keys.files_digest(templates, found)


def stale_faces(work: Work, cache: Cache) -> list[str]:
    """Return the kinds of files that are not in the folder as this build would write them.

    What a killed build had begun to put there is undone first.
    """
    with _as_page_errors(work.output):
        settle(work.output)
    return _stale(work, cache)


def _stale(work: Work, cache: Cache) -> list[str]:
    return [kind for kind, key in work.faces.items() if not _is_current(work, key, cache)]


def has_chapters_to_run(work: Work, cache: Cache) -> bool:
    """Return whether a build of this work would start a kernel."""
    return bool(stale_faces(work, cache)) and not has_all_outputs(work.chapters, cache)


def build(work: Work, cache: Cache, kernels: Kernels, say: Say = lambda line: None) -> list[Path]:
    """Write the files that are missing or not as this build writes them; return their paths.

    Raises ChapterError or PageError, and then leaves the folder as it was.
    """
    stale = stale_faces(work, cache)
    if not stale:
        return []
    with tempfile.TemporaryDirectory(prefix="claimbrief-") as scratch:
        handover = cache.folder(HANDED_OVER) or Path(scratch)
        files = _made(work, stale, cache, kernels, say, handover)
    if work_for(work.plan, work.output, work.formats) != work:
        raise ChapterError(CHANGED)
    publish(work, files, cache)
    cache.prune()
    for kind in set(FORMATS) - set(work.formats):
        if (work.output / f"brief.{kind}").exists():
            say(f"note: brief.{kind} in this folder is from an earlier build")
    return [work.output / name for name in files]


def publish(work: Work, files: Mapping[str, bytes], cache: Cache) -> None:
    """Swap a brief's files, each kind complete, into its folder; record that they are current."""
    by_kind: dict[str, dict[str, str]] = {}
    for name, content in files.items():
        kind = _FACES.get(name, _DATA)
        by_kind.setdefault(kind, {})[name] = hashlib.sha256(content).hexdigest()

    def check() -> None:
        if set(_stale(work, cache)) - set(by_kind):
            raise PageError(f"{work.output}: {OTHERS}")

    with _as_page_errors(work.output):
        swap_in(files, work.output, check)
    for kind, digests in by_kind.items():
        cache.put(_KIND, work.faces[kind], json.dumps(digests).encode())


@contextmanager
def _as_page_errors(folder: Path) -> Iterator[None]:
    """Raise PageError if a folder cannot be written to."""
    try:
        yield
    except OSError as error:
        raise PageError(f"{folder} cannot be written to: {error.strerror}") from error


def _is_current(work: Work, key: str, cache: Cache) -> bool:
    kept = cache.get_json(_KIND, key)
    return (
        isinstance(kept, dict)
        and bool(kept)
        and all(keys.has_content(work.output / name, digest) for name, digest in kept.items())
    )


def _made(
    work: Work, kinds: Sequence[str], cache: Cache, kernels: Kernels, say: Say, handover: Path
) -> dict[str, bytes]:
    """Return the files of these kinds, by name."""
    from claimbrief.render.fonts import undrawn_notes
    from claimbrief.render.html import html_page
    from claimbrief.render.pdf import prepare

    items = chapter_items(work.plan, work.chapters, cache, kernels, say, handover)
    chapters = work.plan.contents.chapters
    names = [chapter.name for chapter in chapters]
    joined = join_chapters(list(zip(names, items, strict=True)), work.plan.contents.record)
    brief = resolve_links(joined)
    beside = files_beside(brief, [*_FACES, NUMBERS], handover)
    document = document_of(brief, _colophon(work.plan))
    templates = work.plan.contents.root / "report" / "template"
    has_record = any(map(in_record, brief.chapters))
    wanted = [
        it for it, kind in _FACES.items() if kind in kinds and (it != RECORD_PDF or has_record)
    ]
    files = {}
    with ThreadPoolExecutor() as pool:  # Typst leaves Python to the page
        pdfs = {
            name: pool.submit(prepare(document, templates, cache, name))
            for name in wanted
            if _FACES[name] == "pdf"
        }
        for note in undrawn_notes(document.all_written()):
            say(note)
        if PAGE in wanted:
            files[PAGE] = html_page(document, templates, cache).encode("utf-8")
    files |= {name: pdf.result() for name, pdf in pdfs.items()}
    return {**files, **beside, NUMBERS: numbers(chapters, items)} if _DATA in kinds else files


def _colophon(plan: Plan) -> Colophon:
    return Colophon(
        edition=plan.edition.name,
        label=plan.edition.label,
        changed={name: plan.written[name] for name in plan.changed},
        parameters=plan.written,
        lock=keys.lock_digest(plan.contents.root),
        version=claimbrief.__version__,
    )


def files_beside(brief: Brief, taken: Sequence[str], handover: Path) -> dict[str, bytes]:
    """Return the content of each file block, by file name, in order of reading.

    It lies in the folder `handover` (see claimbrief.handover). Raises PageError for a name that is
    no plain file name, that is one of `taken` or that two blocks have (in capitals or not: some
    disks do not tell them apart), for a content that is not there, and for a digest that is not the
    content's.
    """
    files: dict[str, bytes] = {}
    used = {name.casefold() for name in taken}
    for block in brief.blocks():
        if block["kind"] != "file":
            continue
        name, whose = str(block["file_name"]), f"the file block {block['block_id']!r}"
        if not _FILE_NAME.fullmatch(name):
            raise PageError(f"{whose} has the file name {name!r}; accepted: {_NAMES_ACCEPTED}")
        if name.casefold() in used:
            raise PageError(
                f"{whose} has the file name {name!r}, which another file of the brief has"
            )
        path = handover / str(block["sha256"])
        if not _DIGEST.fullmatch(path.name) or not path.is_file():
            raise PageError(f"{whose} was not handed over")
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != block["sha256"]:
            raise PageError(f"{whose} prints a digest that is not that of its content")
        used.add(name.casefold())
        files[name] = content
    return files
