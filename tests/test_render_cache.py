"""What is kept from build to build, and that nothing damaged is believed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from claimbrief.render import cache as module
from claimbrief.render.cache import Cache
from claimbrief.render.keys import has_content


def test_what_is_kept_is_found_again_under_its_kind_and_key(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("chapters", "a1", b"shown\nin two lines")
    assert cache.get("chapters", "a1") == b"shown\nin two lines"
    assert cache.get("chapters", "a2") is None
    assert cache.get("fonts", "a1") is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[:-1],
        lambda whole: whole[:40],
        lambda whole: whole[65:],
        lambda whole: whole.replace(b"shown", b"shawn"),
        lambda whole: b"\xff" + whole[1:],
        lambda whole: whole + b" ",
    ],
)
def test_what_is_damaged_or_half_written_is_taken_for_missing(tmp_path: Path, damage) -> None:
    cache = Cache(tmp_path)
    cache.put("chapters", "a1", b"shown")
    path = tmp_path / "chapters" / "a1"
    path.write_bytes(damage(path.read_bytes()))
    assert cache.get("chapters", "a1") is None
    assert cache.get_or_make("chapters", "a1", lambda: b"made anew") == b"made anew"
    assert cache.get("chapters", "a1") == b"made anew"


def test_what_was_exchanged_with_another_kind_or_key_is_taken_for_missing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    places = [(kind, key) for kind in ("blocks", "texts") for key in ("a1", "a2")]
    for place in places:
        cache.put(*place, b"shown")
    kept = [(tmp_path / kind / key).read_bytes() for kind, key in places]
    for (kind, key), content in zip(places, [*kept[1:], kept[0]], strict=True):
        (tmp_path / kind / key).write_bytes(content)
    assert [cache.get(*place) for place in places] == [None] * 4


@pytest.mark.parametrize(
    "put",
    [
        os.mkfifo,
        os.mkdir,
        lambda path: path.symlink_to("nowhere"),
        lambda path: path.symlink_to(path),
    ],
    ids=["a pipe", "a folder", "a link to nothing", "a link to itself"],
)
def test_what_is_no_file_is_taken_for_missing(
    tmp_path: Path, put: Callable[[Path], object]
) -> None:
    cache = Cache(tmp_path)
    (tmp_path / "chapters").mkdir()
    put(tmp_path / "chapters" / "a1")
    assert cache.get("chapters", "a1") is None
    assert cache.get_or_make("chapters", "a1", lambda: b"made anew") == b"made anew"
    assert has_content(tmp_path / "chapters" / "a2", "") is False
    os.mkfifo(tmp_path / "handed")
    assert has_content(tmp_path / "handed", "") is False


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_taken_for_missing(tmp_path: Path, content: bytes) -> None:
    cache = Cache(tmp_path)
    cache.put("chapters", "a1", content)
    assert cache.get_json("chapters", "a1") is None
    cache.put("chapters", "a1", b'{"a": 1}')
    assert cache.get_json("chapters", "a1") == {"a": 1}


def test_a_write_that_fails_midway_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(source: Path, target: Path) -> Path:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", failing)
    Cache(tmp_path).put("chapters", "a1", b"shown")
    assert list((tmp_path / "chapters").iterdir()) == []


def test_a_fresh_build_believes_nothing_and_keeps_what_it_makes(tmp_path: Path) -> None:
    Cache(tmp_path).put("chapters", "a1", b"old")
    fresh = Cache(tmp_path, is_read=False)
    assert fresh.get("chapters", "a1") is None
    fresh.put("chapters", "a1", b"new")
    assert Cache(tmp_path).get("chapters", "a1") == b"new"


def test_without_a_folder_or_leave_to_write_nothing_is_kept_and_nothing_fails(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_bytes(b"")
    for cache in (Cache(None), Cache(tmp_path / "file")):
        cache.put("chapters", "a1", b"shown")
        assert cache.get("chapters", "a1") is None
        cache.prune()


def test_what_was_used_longest_ago_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path)
    for number, key in enumerate(("oldest", "old", "new")):
        cache.put("chapters", key, b"x" * 100)
        os.utime(tmp_path / "chapters" / key, (number, number))
    assert cache.get("chapters", "oldest") is not None  # used now
    monkeypatch.setattr(module, "SIZE_LIMIT", 400)
    cache.prune()
    assert sorted(path.name for path in (tmp_path / "chapters").iterdir()) == ["new", "oldest"]
