"""A file's content on its way to the build: in the message, through a folder, or left out."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from claimbrief import handover
from claimbrief.block_html import block_html
from claimbrief.blocks import MIME, neutral
from claimbrief.downloads.claims_csv import download
from claimbrief.errors import PageError
from claimbrief.handover import MESSAGE_LIMIT, is_build
from claimbrief.render.build import files_beside
from claimbrief.render.join import Brief, Chapter, Item
from claimbrief.texts import text

LARGE = "ä" * (MESSAGE_LIMIT // 2) + "."
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


def test_a_small_text_is_in_the_message_whether_or_not_there_is_a_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _block("north")["content"] == "north"
    assert list(folder.iterdir()) == []
    monkeypatch.setattr(handover, "folder", None)
    assert _block("north")["content"] == "north"


@pytest.mark.parametrize("content", [LARGE, NO_TEXT], ids=["large", "no text"])
def test_what_a_message_cannot_hold_lies_in_the_folder_under_its_digest(
    folder: Path, content: str | bytes
) -> None:
    raw = content.encode() if isinstance(content, str) else content
    digest = hashlib.sha256(raw).hexdigest()
    block = _block(content)
    assert block["handed_over"] == block["sha256"] == digest
    assert "content" not in block and "left_out" not in block
    assert [path.name for path in folder.iterdir()] == [digest]
    assert files_beside(_brief(block), (), folder) == {"piers.bin": raw}


@pytest.mark.parametrize("content", [LARGE, NO_TEXT], ids=["large", "no text"])
def test_without_a_folder_it_is_left_out_and_the_block_says_so(
    monkeypatch: pytest.MonkeyPatch, content: str | bytes
) -> None:
    monkeypatch.setattr(handover, "folder", None)
    block = _block(content)
    assert block["left_out"] is True
    assert "content" not in block and "handed_over" not in block
    html = block_html(block)
    assert "Too large for a notebook" in html and "<a " not in html
    with pytest.raises(PageError, match=r"'file-piers' is too large .* was not handed over"):
        files_beside(_brief(block), ())


def test_a_text_of_exactly_the_bound_is_carried_and_one_byte_more_is_not(folder: Path) -> None:
    assert "content" in _block("a" * MESSAGE_LIMIT)
    assert "handed_over" in _block("a" * (MESSAGE_LIMIT + 1))


def test_a_file_that_is_not_in_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    block = _block(LARGE)
    for other in (None, tmp_path):
        with pytest.raises(PageError, match="was not handed over"):
            files_beside(_brief(block), (), other)


def test_a_file_in_the_folder_that_is_another_is_refused(folder: Path) -> None:
    block = _block(LARGE)
    (folder / str(block["sha256"])).write_bytes(b"south")
    with pytest.raises(PageError, match="a digest that is not that of its content"):
        files_beside(_brief(block), (), folder)


@pytest.mark.parametrize("name", ["../secret", "secret", ""])
def test_only_a_digest_is_looked_up_in_the_folder(folder: Path, name: str) -> None:
    (folder.parent / "secret").write_bytes(b"x")
    (folder / "secret").write_bytes(b"x")
    block = _block(LARGE) | {"sha256": name, "handed_over": name or "x"}
    with pytest.raises(PageError, match="was not handed over"):
        files_beside(_brief(block), (), folder)


def test_the_page_links_to_what_was_handed_over(folder: Path) -> None:
    block = _block(LARGE)
    assert "<a " not in block_html(block)
    brief = _brief(block)
    files_beside(brief, (), folder)
    (chapter,) = brief.chapters
    (item,) = chapter.items
    assert item.block is not None
    assert '<a href="piers.bin"' in block_html(item.block)
    assert neutral(download("t", "t.csv", "", "x", (), 1))["content"] == "x"


def test_a_build_is_given_no_html_that_it_would_throw_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = download("file-piers", "piers.bin", "", "x", text("All piers."), 1)
    assert not is_build()
    assert set(block._repr_mimebundle_()) == {MIME, "text/html", "text/plain"}
    monkeypatch.setattr(handover, "folder", tmp_path)
    assert is_build()
    bundle = block._repr_mimebundle_()
    assert set(bundle) == {MIME}
    assert json.loads(str(bundle[MIME])) == json.loads(json.dumps(neutral(block)))
