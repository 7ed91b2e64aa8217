"""A file's content on its way to the build, through a folder of its own."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from claimbrief import handover
from claimbrief.blocks import MIME, neutral
from claimbrief.downloads.claims_csv import download
from claimbrief.errors import PageError
from claimbrief.render.build import files_beside
from claimbrief.render.join import Brief, Chapter, Item
from claimbrief.texts import text

NO_TEXT = b"PAR1\xff\x00PAR1"


def _block(content: str | bytes) -> dict[str, object]:
    visible = download("file-piers", "piers.bin", "", content, text("All piers."), 1)
    block = visible._repr_mimebundle_()[MIME]
    read = json.loads(block) if isinstance(block, str) else block  # a build is given a text
    assert isinstance(read, dict)
    return read


def _brief(block: dict[str, object]) -> Brief:
    items = (Item("4-data.ipynb, cell 2", block=block),)
    return Brief({"kind": "title"}, (Chapter("front", "data", "Data", items),))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder into which large files are handed over."""
    folder = tmp_path / "handover"
    folder.mkdir()
    monkeypatch.setattr(handover, "folder", folder)
    return folder


@pytest.mark.parametrize("content", ["north", NO_TEXT], ids=["text", "no text"])
def test_a_file_lies_in_the_folder_under_its_digest(folder: Path, content: str | bytes) -> None:
    raw = content.encode() if isinstance(content, str) else content
    digest = hashlib.sha256(raw).hexdigest()
    block = _block(content)
    assert block["sha256"] == digest and "content" not in block
    assert [path.name for path in folder.iterdir()] == [digest]
    assert files_beside(_brief(block), (), folder) == {"piers.bin": raw}


def test_a_file_that_is_not_in_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    block = _block("north")
    with pytest.raises(PageError, match="'file-piers' was not handed over"):
        files_beside(_brief(block), (), tmp_path)


def test_a_file_in_the_folder_that_is_another_is_refused(folder: Path) -> None:
    block = _block("north")
    (folder / str(block["sha256"])).write_bytes(b"south")
    with pytest.raises(PageError, match="a digest that is not that of its content"):
        files_beside(_brief(block), (), folder)


@pytest.mark.parametrize("name", ["../secret", "secret", ""])
def test_only_a_digest_is_looked_up_in_the_folder(folder: Path, name: str) -> None:
    (folder.parent / "secret").write_bytes(b"x")
    (folder / "secret").write_bytes(b"x")
    block = _block("north") | {"sha256": name}
    with pytest.raises(PageError, match="was not handed over"):
        files_beside(_brief(block), (), folder)


def test_a_build_is_given_no_html_that_it_would_throw_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = download("file-piers", "piers.bin", "", "x", text("All piers."), 1)
    assert set(block._repr_mimebundle_()) == {MIME, "text/html", "text/plain"}
    monkeypatch.setattr(handover, "folder", tmp_path)
    bundle = block._repr_mimebundle_()
    assert set(bundle) == {MIME}
    assert json.loads(str(bundle[MIME])) == json.loads(json.dumps(neutral(block)))
