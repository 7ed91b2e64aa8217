"""That a brief is put into its folder whole or not at all, whatever ends the build that does so."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from projects import build_whole, project

from claimbrief.errors import PageError
from claimbrief.render import swap
from claimbrief.render.cache import Cache
from claimbrief.render.plan import planned
from claimbrief.render.swap import settle, swap_in

FORMER = {"a": b"old a", "b": b"old b", "gone": b"of another build"}
NEXT = {"a": b"new a", "b": b"new b", "c": b"new c"}
WHOLE = (FORMER, {**FORMER, **NEXT})
STEPS = ("replace", "link", "unlink", "rmdir", "mkdir")  # of os, by which a swap changes the disk
SECOND_MOVE = 10  # the step that puts the second of NEXT into the folder


class Ended(BaseException):
    """What ends a build at a step."""


def _folder(path: Path) -> Path:
    path.mkdir()
    for name, content in FORMER.items():
        (path / name).write_bytes(content)
    return path


def _there(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def _refuse_loss(folder: Path) -> None:
    """Fail if a file of the former brief is missing, or is neither the former nor the next."""
    there = _there(folder)
    for name in FORMER:
        assert there.get(name) in [files.get(name) for files in WHOLE], name


@contextmanager
def _killed_at(number: int, *, is_done: bool) -> Iterator[None]:
    """Let nothing change the disk from a step on, which `is_done` or not: as after SIGKILL."""
    steps = count(1)
    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            step: Callable[..., None] = getattr(os, name)

            def counted(*given: Any, step: Callable[..., None] = step, **more: Any) -> None:
                at = next(steps)
                if at < number or (at == number and is_done):
                    step(*given, **more)
                if at >= number:
                    raise Ended

            patch.setattr(os, name, counted)
        yield


@pytest.mark.parametrize("is_done", [False, True])
def test_a_kill_at_any_step_loses_no_file_and_the_next_build_finds_a_whole_brief(
    tmp_path: Path, is_done: bool
) -> None:
    outcomes = []
    for number in count(1):
        folder = _folder(tmp_path / f"{number}")
        try:
            with _killed_at(number, is_done=is_done):
                swap_in(NEXT, folder)
        except Ended:
            _refuse_loss(folder)
            settle(folder)
            assert _there(folder) in WHOLE, f"step {number}"
            assert all(path.is_file() for path in folder.iterdir()), f"step {number}"
            outcomes.append(_there(folder))
        else:
            break
    assert outcomes[0] == WHOLE[0] and outcomes[-1] == WHOLE[1]
    assert len(outcomes) > len(NEXT) * 3


@pytest.mark.parametrize("is_done", [False, True])
def test_a_kill_while_a_killed_swap_is_undone_is_undone_by_the_next(
    tmp_path: Path, is_done: bool
) -> None:
    for number in range(1, 12):
        folder = _folder(tmp_path / f"{number}")
        with pytest.raises(Ended), _killed_at(SECOND_MOVE, is_done=True):
            swap_in(NEXT, folder)
        assert _there(folder) not in WHOLE
        try:
            with _killed_at(number, is_done=is_done):
                settle(folder)
        except Ended:
            _refuse_loss(folder)
        settle(folder)
        assert _there(folder) == FORMER, f"step {number}"
        assert sorted(path.name for path in folder.iterdir()) == sorted(FORMER)


def test_a_signal_at_any_line_leaves_a_whole_brief_and_no_rubbish(tmp_path: Path) -> None:
    for number in count(1):
        folder = _folder(tmp_path / f"{number}")
        lines = count(1)

        def trace(frame: Any, event: str, _: object, lines: Any = lines, at: int = number) -> Any:
            is_lock = frame.f_code.co_name == "_alone"  # which the end of a process opens
            if frame.f_code.co_filename != swap.__file__ or is_lock:
                return None
            if event == "line" and next(lines) == at:
                raise Ended
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            swap_in(NEXT, folder)
        except Ended:
            sys.settrace(before)
            _refuse_loss(folder)
            settle(folder)
            assert _there(folder) in WHOLE, f"line {number}"
            assert all(path.is_file() for path in folder.iterdir()), f"line {number}"
        else:
            break
        finally:
            sys.settrace(before)
    assert number > 50


def test_a_disk_without_links_keeps_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refused)
    folder = _folder(tmp_path / "out")
    with pytest.raises(Ended), _killed_at(SECOND_MOVE, is_done=True):
        swap_in(NEXT, folder)
    settle(folder)
    assert _there(folder) == FORMER


@pytest.mark.parametrize("name", [".swap-notes", ".swap-abcdefgh"])
def test_a_folder_of_somebodys_own_is_left_alone(tmp_path: Path, name: str) -> None:
    folder = _folder(tmp_path / "out")
    (folder / name).mkdir()
    (folder / name / "mine.txt").write_text("mine", encoding="utf-8")
    (folder / ".swap-linkedto").symlink_to(tmp_path)
    swap_in(NEXT, folder)
    assert (folder / name / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert (folder / ".swap-linkedto").is_symlink()


def test_a_folder_in_the_place_of_a_file_is_refused_with_all_that_is_in_it(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "out")
    (folder / "c").mkdir()
    (folder / "c" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OSError, match="c is a folder"):
        swap_in(NEXT, folder)
    assert _there(folder) == FORMER
    assert [path.name for path in (folder / "c").iterdir()] == ["mine.txt"]
    assert not list(folder.glob(".swap-*"))


def test_a_link_in_the_place_of_a_file_is_replaced_or_put_back_but_never_followed(
    tmp_path: Path,
) -> None:
    folder = _folder(tmp_path / "out")
    (tmp_path / "mine").write_bytes(b"mine")
    (folder / "a").unlink()
    (folder / "a").symlink_to(tmp_path / "mine")
    with pytest.raises(Ended), _killed_at(SECOND_MOVE, is_done=True):
        swap_in(NEXT, folder)
    settle(folder)
    assert (folder / "a").is_symlink()
    swap_in(NEXT, folder)
    assert (folder / "a").read_bytes() == b"new a"
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_what_a_killed_build_of_another_edition_left_is_undone_before_anything_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents, cache, out = project(tmp_path), Cache(tmp_path / ".cache"), tmp_path / "out"
    whole, early = (planned(contents, name, (), tmp_path) for name in ("whole", "early"))
    build_whole(early, out, ("html",), cache=cache)
    wanted = _there(out)
    build_whole(whole, out, ("html",), cache=cache)
    replaced = os.replace

    def once(source: Path, target: Path) -> None:
        monkeypatch.undo()
        replaced(source, target)
        monkeypatch.setattr(swap, "_settle", lambda folder: None)  # as after SIGKILL
        raise Ended

    monkeypatch.setattr(swap.os, "replace", once)
    with pytest.raises(Ended):
        swap_in(wanted, out)
    monkeypatch.undo()
    assert (out / "brief.html").read_bytes() == wanted["brief.html"]
    build_whole(early, out, ("html",), cache=cache)
    assert _there(out) == wanted
    assert not list(out.glob(".swap-*"))


def test_a_build_writes_no_part_of_a_brief_beside_files_that_another_build_put_there_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents, cache, out = project(tmp_path), Cache(tmp_path / ".cache"), tmp_path / "out"
    plan = planned(contents, None, (), tmp_path)
    build_whole(plan, out, ("html",), cache=cache)
    (out / "brief.html").unlink()
    before = _there(out)

    def another(files: dict[str, bytes], folder: Path, check: Callable[[], None]) -> None:
        (folder / "numbers.json").write_bytes(b"of another edition")
        swap_in(files, folder, check)

    monkeypatch.setattr("claimbrief.render.build.swap_in", another)
    with pytest.raises(PageError, match="another build wrote into this folder meanwhile"):
        build_whole(plan, out, ("html",), cache=cache)
    assert _there(out) == {**before, "numbers.json": b"of another edition"}
