"""What earlier builds have kept, damaged or exchanged: never believed, never in the way."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from registry import Case, trial
from world import called, world

Damage = Callable[[Path], object]


def _as_another(path: Path) -> None:
    """Put what is kept under another key of the same kind in a file's place, whole."""
    others = [it for it in path.parent.iterdir() if it != path and it.is_file()]
    if others:
        shutil.copy(random.choice(others), path)


def _as_another_kind(path: Path) -> None:
    others = [it for it in path.parent.parent.glob("*/*") if it.parent != path.parent]
    shutil.copy(random.choice([it for it in others if it.is_file()]), path)


def _changed(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    path.write_bytes(content)


def _digested(content: bytes) -> Damage:
    """Return what writes a content after its own digest, as if it had been kept so."""
    return lambda path: path.write_bytes(
        hashlib.sha256(content).hexdigest().encode() + b"\n" + content
    )


def _instead(put: Callable[[Path], object]) -> Damage:
    return lambda path: (path.unlink(), put(path))


DAMAGES: dict[str, Damage] = {
    "another's content": _as_another,
    "another kind's content": _as_another_kind,
    "a changed bit": _changed,
    "emptied": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[: random.randrange(65, 200)]),
    "its digest alone": lambda path: path.write_bytes(path.read_bytes()[:64]),
    "more behind it": lambda path: path.write_bytes(path.read_bytes() + b" "),
    "no JSON": _digested(b"{"),
    "nested JSON": _digested(b"[" * 100_000),
    "other JSON": _digested(b'[[{"data": 1}]]'),
    "null": _digested(b"null"),
    "a pipe": _instead(os.mkfifo),
    "a folder": _instead(os.mkdir),
    "a link to nothing": _instead(lambda path: path.symlink_to("nowhere")),
    "a link to itself": _instead(lambda path: path.symlink_to(path.name)),
    "an endless device": _instead(lambda path: path.symlink_to("/dev/zero")),
    "missing": Path.unlink,
}


@cache
def _copy() -> Path:
    return world().renewed()


def _refuse_belief(folder: Path) -> None:
    for edition in ("early", "whole"):
        done = called(folder, "build", edition, "--output", "out")
        done.refuse_traceback()
        assert done.status == 0, done.err
        assert world().edition_in(folder / "out") == edition


@trial("what is kept")
def each_damage_to_each_kind(trials: int) -> Iterator[Case]:
    kinds = sorted(path.name for path in (world().root / ".cache").iterdir())
    for kind in kinds:
        for name, damage in DAMAGES.items():

            def case(kind: str = kind, damage: Damage = damage) -> None:
                folder = _copy()
                shutil.rmtree(folder / ".cache")
                shutil.copytree(world().root / ".cache", folder / ".cache")
                for path in sorted((folder / ".cache" / kind).iterdir()):
                    damage(path)
                shutil.rmtree(folder / "out", ignore_errors=True)
                _refuse_belief(folder)

            yield f"{kind}: {name}", case


@trial("what is kept")
def all_exchanged(trials: int) -> Iterator[Case]:
    for number in range(trials // 4):

        def case() -> None:
            folder = _copy()
            shutil.rmtree(folder / ".cache")
            shutil.copytree(world().root / ".cache", folder / ".cache")
            paths = [path for path in (folder / ".cache").rglob("*") if path.is_file()]
            contents = [path.read_bytes() for path in paths]
            random.shuffle(contents)
            for path, content in zip(paths, contents, strict=True):
                path.write_bytes(content)
            _refuse_belief(folder)

        yield f"{number}", case
