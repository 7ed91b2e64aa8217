"""Building: files whole or not at all, and the same bytes wherever and whenever it is done."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from projects import NOTEBOOKS, WHOLE, build_whole, built, project
from pypdf import PdfReader
from reading import written_out

from claimbrief import handover
from claimbrief.blocks import neutral
from claimbrief.downloads.claims_csv import download
from claimbrief.errors import ChapterError, PageError, ParameterError
from claimbrief.render.build import files_beside
from claimbrief.render.join import Brief, Chapter, Item
from claimbrief.render.plan import Plan, planned
from claimbrief.render.swap import swap_in


def _plan(folder: Path, *overrides: str, chapters: tuple[str, ...] = ("1-question.ipynb",)) -> Plan:
    return planned(project(folder, chapters), None, overrides, folder)


def test_the_numbers_of_each_block_that_has_some_are_written() -> None:
    written = (built() / "numbers.json").read_text(encoding="utf-8")
    question = {"made_by": {"notebook": "notebooks/1-question.ipynb"}}
    assert json.loads(written) == {
        "figure-timeline": {"made_by": {"notebook": "notebooks/2-voices.ipynb"}, "statements": 15},
        "findings": {**question, "moved_pier": 2, "speakers": 5},
        "table-register": {**question, "items": 10},
    }
    assert written.startswith('{\n  "figure-timeline"')
    assert written.endswith("}\n")


def test_the_same_input_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from claimbrief.render.build import build, work_for\n"
        "from claimbrief.render.cache import Cache\n"
        "from claimbrief.render.editions import read_contents\n"
        "from claimbrief.render.kernels import Kernels\n"
        "from claimbrief.render.plan import planned\n"
        "plan = planned(read_contents(Path(sys.argv[1])), None, (), Path.cwd())\n"
        "build(work_for(plan, Path(sys.argv[2])), Cache(None), Kernels())\n"
    )
    folder = tmp_path / "another {odd}, with spaces" / "deep"
    project(folder)
    env = {**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    argv = [sys.executable, "-W", "error", "-c", code, str(folder), "out"]
    subprocess.run(argv, check=True, cwd=tmp_path, env=env, timeout=600)
    for name in ("brief.html", "brief.pdf", "brief.png", "numbers.json"):
        assert (tmp_path / "out" / name).read_bytes() == (built() / name).read_bytes(), name


def test_no_file_names_this_machine() -> None:
    for path in built().iterdir():
        content = path.read_bytes()
        assert str(built()).encode() not in content
        assert str(Path(sys.prefix)).encode() not in content


PIERS = "\ufeffpier,statements\r\nnorth,„7“\r\n".encode()


def _with_file(folder: Path, name: str = "piers.csv") -> Plan:
    """Return the plan of the whole fixture brief and a chapter with a file of this name."""
    contents = project(folder, WHOLE)
    notebook = (NOTEBOOKS / "shows-a-file.ipynb").read_text(encoding="utf-8")
    chapter = contents.notebooks / "4-data.ipynb"
    chapter.write_text(notebook.replace("piers.csv", name), encoding="utf-8")
    chapters = (*contents.chapters, chapter)
    return planned(replace(contents, chapters=chapters, record=len(chapters)), None, (), folder)


@pytest.fixture
def handed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder into which files are handed over."""
    monkeypatch.setattr(handover, "folder", tmp_path)
    return tmp_path


def _naming(*names: str) -> Brief:
    """Return a brief with a file block for each name."""
    blocks = [neutral(download(f"file-{name}", name, "", "north", (), 1)) for name in names]
    items = tuple(Item("4-data.ipynb, cell 2", block=block) for block in blocks)
    return Brief({"kind": "title"}, (Chapter("front", "data", "Data", items),))


def test_a_file_of_a_block_lies_beside_the_page_with_the_digest_that_the_page_prints(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out"
    made = build_whole(_with_file(tmp_path / "project"), out)
    assert out / "piers.csv" in made
    assert (out / "piers.csv").read_bytes() == PIERS
    digest = hashlib.sha256(PIERS).hexdigest()
    page = written_out((out / "brief.html").read_text(encoding="utf-8"))
    assert re.search(r'<a download="" href="piers.csv" type="text/csv">piers.csv</a>', page)
    assert f"{len(PIERS)} bytes, SHA-256 <code>{digest}</code>" in page
    leaves = [leaf.extract_text() for leaf in PdfReader(out / "brief.pdf").pages]
    pdf = re.sub(r"\s", "", "".join(leaves))
    assert "piers.csv" in pdf and digest in pdf
    assert "„7“" not in page and "„7“" not in pdf, "the file's content is in the brief"
    numbers = json.loads((out / "numbers.json").read_text(encoding="utf-8"))
    made_by = numbers["file-piers"].pop("made_by")
    assert numbers["file-piers"] == {"bytes": len(PIERS), "rows": 1}
    assert made_by == {"notebook": "notebooks/4-data.ipynb"}


@pytest.mark.parametrize("name", ["../piers.csv", "data/piers.csv", "C:\\piers.csv", ".piers", ""])
def test_a_file_name_that_is_no_plain_name_is_refused(name: str, handed: Path) -> None:
    with pytest.raises(PageError, match="accepted: a name of letters") as caught:
        files_beside(_naming("spans.csv", name), (), handed)
    assert repr(name) in str(caught.value)


@pytest.mark.parametrize(
    "names", [("brief.html",), ("Brief.PDF",), ("numbers.json",), ("piers.csv", "PIERS.csv")]
)
def test_no_two_files_of_a_brief_have_one_name(names: tuple[str, ...], handed: Path) -> None:
    taken = ["brief.html", "brief.pdf", "numbers.json"]
    with pytest.raises(PageError, match="which another file of the brief has") as caught:
        files_beside(_naming(*names), taken, handed)
    assert repr(names[-1]) in str(caught.value)
    assert files_beside(_naming("piers.csv"), taken, handed) == {"piers.csv": b"north"}


def test_a_file_in_the_place_of_the_page_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    plan = _with_file(tmp_path / "project", "brief.html")
    with pytest.raises(PageError, match=r"'brief\.html', which another file of the brief has"):
        build_whole(plan, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_failing_chapter_leaves_no_file_of_a_block_behind(tmp_path: Path) -> None:
    plan = _with_file(tmp_path / "project")
    shutil.copy(NOTEBOOKS / "a-cell-fails.ipynb", plan.contents.notebooks)
    failing = (*plan.contents.chapters, plan.contents.notebooks / "a-cell-fails.ipynb")
    with pytest.raises(ChapterError):
        build_whole(
            replace(plan, contents=replace(plan.contents, chapters=failing)), tmp_path / "out"
        )
    assert not (tmp_path / "out").exists()


def test_another_edition_has_a_folder_of_its_own(tmp_path: Path) -> None:
    contents = project(tmp_path)
    assert planned(contents, None, (), tmp_path).output == tmp_path / "report"
    early = planned(contents, "early", ("least=2",), tmp_path)
    assert early.output == tmp_path / "report" / "early"
    assert early.values["as_of"] == "2031-05-09"
    assert early.changed == ("least",)


def test_a_failing_chapter_leaves_the_old_brief_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(built(), out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    plan = _plan(tmp_path / "project", chapters=("1-question.ipynb", "a-cell-fails.ipynb"))
    with pytest.raises(ChapterError):
        build_whole(plan, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_failing_page_leaves_no_folder_behind(tmp_path: Path) -> None:
    plan = _plan(tmp_path / "project", chapters=("1-question.ipynb",))
    with pytest.raises(PageError, match="links to #c1, which is nowhere"):
        build_whole(plan, tmp_path / "new" / "out")
    assert not (tmp_path / "new").exists()


def test_one_format_alone_says_that_the_other_is_old(tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(built(), out)
    said: list[str] = []
    plan = planned(project(tmp_path / "project"), None, (), tmp_path)
    made = build_whole(plan, out, ("html",), said.append)
    assert [path.name for path in made] == ["brief.html", "numbers.json"]
    assert said[-1] == "note: brief.pdf in this folder is from an earlier build"


def test_a_project_without_its_lock_is_refused(tmp_path: Path) -> None:
    plan = _plan(tmp_path)
    (tmp_path / "requirements.lock").unlink()
    with pytest.raises(PageError, match=r"requirements\.lock cannot be read"):
        build_whole(plan, tmp_path / "out")


@pytest.mark.parametrize("name", ["data", "data/inside", "notebooks/out", "report/template"])
def test_an_output_that_a_build_reads_is_refused_and_nothing_of_it_is_lost(
    tmp_path: Path, name: str
) -> None:
    contents = project(tmp_path, ("declares-a-dataset.ipynb",))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "claims.csv").write_text("claim_id\n", encoding="utf-8")
    plan = planned(contents, None, (), tmp_path)
    with pytest.raises(ParameterError, match="which a build reads; name another folder"):
        build_whole(plan, tmp_path / name)
    assert (tmp_path / "data" / "claims.csv").read_text(encoding="utf-8") == "claim_id\n"


@pytest.mark.parametrize("name", ["datapackage.json", "claims.csv"])
def test_an_output_that_holds_a_dataset_is_refused_and_nothing_of_it_is_lost(
    tmp_path: Path, name: str
) -> None:
    plan, other = _plan(tmp_path / "project"), tmp_path / "harbour"
    other.mkdir()
    (other / name).write_text("theirs", encoding="utf-8")
    with pytest.raises(ParameterError, match=f"harbour holds {name} of a dataset"):
        build_whole(plan, other)
    assert [path.name for path in other.iterdir()] == [name]
    assert (other / name).read_text(encoding="utf-8") == "theirs"


def test_a_name_that_is_too_long_for_the_disk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="File name too long"):
        build_whole(_plan(tmp_path / "project"), tmp_path / ("x" * 300))


def test_builds_into_one_folder_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed: list[object] = []
    monkeypatch.setattr(threading, "excepthook", failed.append)

    def swap(letter: str) -> None:
        for _ in range(200):
            swap_in({"a": letter.encode(), "b": letter.encode()}, tmp_path)

    threads = [threading.Thread(target=swap, args=(letter,)) for letter in "xy"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ParameterError, match="is a file; accepted: a folder"):
        build_whole(_plan(tmp_path / "project"), tmp_path / "file" / "out")


def test_files_are_swapped_in_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swap_in({"a": b"old a", "b": b"old b"}, tmp_path)
    moved = Path.replace

    def failing(source: Path, target: Path) -> Path:
        if target == tmp_path / "b" and source.parent.name == "new":
            raise OSError("no space left")
        return moved(source, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="no space left"):
        swap_in({"a": b"new a", "b": b"new b", "c": b"new c"}, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"old a",
        "b": b"old b",
    }


def test_a_swap_that_fails_in_a_new_folder_removes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(source: Path, target: Path) -> Path:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="no space left"):
        swap_in({"a": b"new a"}, tmp_path / "x" / "y")
    assert list(tmp_path.iterdir()) == []
