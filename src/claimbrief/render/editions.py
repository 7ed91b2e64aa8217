"""What a brief is made of: `notebooks/brief.yml`, its chapters and its editions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from claimbrief.descriptor import DESCRIPTOR, texts_in
from claimbrief.errors import INVISIBLE, BriefError, ParameterError

CONTENTS = Path("notebooks") / "brief.yml"
_KEYS = {"chapters": (list, "list"), "default": (str, "text"), "editions": (dict, "mapping")}
_RECORD = "record"  # a key that may be left out: without it the brief has no record

_TAKEN = ("template",)  # folders of report/ that are no edition's


class _PlainLoader(yaml.SafeLoader):
    """Reads a day as the text that it is written as, no key twice, no tag and no alias: a few
    lines of aliases can stand for more than fits into memory.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML declares it so)
        first: [(tag, pattern) for tag, pattern in known if not tag.endswith(":timestamp")]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Return the node that begins here; an alias and a tag are refused."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        problem = ""
        if isinstance(event, yaml.AliasEvent):
            problem = f"found the alias *{event.anchor}; write out what it stands for"
        elif event.tag is not None:
            problem = f"found the tag {event.tag}; write the value without it"
        if problem:
            raise yaml.composer.ComposerError(problem=problem, problem_mark=event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping; of two values under one key YAML would take the last."""
        known: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in known:
                problem = f"the key {key.value!r} stands twice; leave one"
                raise yaml.constructor.ConstructorError(
                    problem=problem, problem_mark=key.start_mark
                )
            known.add(key.value)
        return super().construct_mapping(node, deep)


@dataclass(frozen=True)
class Edition:
    """A named choice of parameters; only those that differ from the notebooks' own defaults."""

    name: str
    label: str
    parameters: Mapping[str, object]


@dataclass(frozen=True)
class Contents:
    """A project's chapters in order and its editions; `root` is the project's folder.

    The first chapter is the front; from the chapter number `record` on (counted from 0; none: as
    many as there are) the chapters are the record.
    """

    root: Path
    chapters: tuple[Path, ...]
    record: int
    default: str
    editions: Mapping[str, Edition]

    @property
    def notebooks(self) -> Path:
        """The folder that the chapters are in and run in."""
        return self.root / CONTENTS.parent

    def edition(self, name: str | None) -> Edition:
        """Return the edition of this name, or the default one; ParameterError if there is none."""
        chosen = self.default if name is None else name
        if chosen not in self.editions:
            hint = nearest(chosen, self.editions)
            if "=" in chosen:
                hint = f"; to set a parameter: -p {chosen}"
            elif self.root / chosen / DESCRIPTOR in self.root.glob(f"*/{DESCRIPTOR}"):
                hint = f"; to build that dataset: claimbrief build -p dataset={chosen}"
            raise ParameterError(f"no edition is named {chosen!r}{hint}")
        return self.editions[chosen]


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the words that end a refusal: the nearest known name, and all the known ones."""
    names = list(known)
    if not names:
        return "; there is none"
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return (f"; did you mean {close[0]!r}?" if close else "") + f" (known: {', '.join(names)})"


def find_root(start: Path | None = None) -> Path:
    """Return the nearest folder, from `start` upwards, that holds notebooks/brief.yml.

    Raises ParameterError if there is none.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / CONTENTS).is_file():
            return folder
    raise ParameterError(
        f"no {CONTENTS.as_posix()} here or in any folder above; call claimbrief inside the project"
    )


def read_contents(root: Path) -> Contents:
    """Return what `root`/notebooks/brief.yml says; BriefError if it is not as it should be."""
    keys = "a mapping with chapters, default and editions"
    written = read_yaml(root / CONTENTS, CONTENTS.as_posix(), keys, BriefError)
    for key, (kind, name) in _KEYS.items():
        if not isinstance(written.get(key), kind):
            found = repr(written[key]) if key in written else "nothing"
            raise _malformed(f"{key}: found {found}; accepted: a {name}")
    for key in written:
        if key not in (*_KEYS, _RECORD):
            raise _malformed(f"unknown key {key!r}{nearest(str(key), (*_KEYS, _RECORD))}")
    editions = {str(name): _edition(str(name), it) for name, it in written["editions"].items()}
    if written["default"] not in editions:
        hint = nearest(written["default"], editions)
        raise _malformed(f"default: no edition is named {written['default']!r}{hint}")
    chapters = _chapters(root, written["chapters"])
    return Contents(root, chapters, _record(written), written["default"], editions)


def _record(written: Mapping[str, Any]) -> int:
    """Return the number of the chapter with which the record begins; it is not the first."""
    chapters, first = written["chapters"], written.get(_RECORD)
    if first is None:
        return len(chapters)
    if first not in chapters[1:]:
        raise _malformed(
            f"{_RECORD}: found {first!r}; accepted: a chapter after the first, with which the "
            f"record begins{nearest(str(first), chapters[1:])}"
        )
    return int(chapters.index(first))


def read_yaml(
    path: Path, name: str, accepted: str, error_class: type[BriefError] = ParameterError
) -> dict[Any, Any]:
    """Return the mapping in a YAML file, its dates as texts; an error names it by `name`."""
    try:
        written = yaml.load(path.read_text(encoding="utf-8"), _PlainLoader)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise error_class(f"{name}: {where}{_cause(error)}") from error
    if not isinstance(written, dict):
        raise error_class(f"{name}: accepted: {accepted}")
    if hidden := next(filter(INVISIBLE.search, texts_in(written)), ""):
        raise error_class(f"{name}: found {hidden[:60]!r}; accepted: signs that can be seen")
    return written


def _cause(error: Exception) -> str:
    """Return why a YAML file cannot be read: in plain words, or in those of PyYAML."""
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, UnicodeDecodeError):
        return "it is not in UTF-8; save it as UTF-8"
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    if "set_int_max_str_digits" in str(error):
        return "it has a number with thousands of digits"
    cause = str(getattr(error, "problem", None) or getattr(error, "strerror", None) or error)
    return " ".join(cause.split())  # of several lines where a sign is refused


def _chapters(root: Path, names: list[Any]) -> tuple[Path, ...]:
    folder = root / CONTENTS.parent
    if not names:
        raise _malformed("chapters: the list is empty")
    for position, name in enumerate(names):
        if not isinstance(name, str) or not name.endswith(".ipynb") or "/" in name:
            raise _malformed(f"chapters: found {name!r}; accepted: the name of a notebook file")
        if name in names[:position]:
            raise _malformed(f"chapters: {name} is listed twice")
        if not (folder / name).is_file():
            there = sorted(path.name for path in folder.glob("*.ipynb"))
            raise _malformed(f"chapters: there is no {name} beside it{nearest(name, there)}")
    return tuple(folder / str(name) for name in names)


def _edition(name: str, written: object) -> Edition:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name) or name in _TAKEN:
        raise _malformed(
            f"editions: found {name!r}; accepted: a name of a-z, 0-9, _ and -, as it names a "
            f"folder beside {', '.join(_TAKEN)}"
        )
    if not isinstance(written, dict) or not isinstance(written.get("label"), str):
        raise _malformed(f"editions, {name}: accepted: a label and parameters")
    parameters = written.get("parameters", {})
    unknown = set(written) - {"label", "parameters"}
    if not isinstance(parameters, dict) or unknown:
        raise _malformed(f"editions, {name}: accepted: a label and parameters, a mapping")
    return Edition(name, written["label"], {str(key): it for key, it in parameters.items()})


def _malformed(what: str) -> BriefError:
    return BriefError(f"{CONTENTS.as_posix()}: {what}")
