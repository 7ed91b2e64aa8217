"""What a build does again and what it leaves: by the content of what each part reads."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from projects import build_whole, project
from reading import whole as whole_page

from claimbrief.errors import ChapterError
from claimbrief.render import chapters as chapters_module
from claimbrief.render import keys
from claimbrief.render.cache import Cache
from claimbrief.render.editions import read_contents
from claimbrief.render.plan import planned

NAMES = ["1-question.ipynb", "2-voices.ipynb", "3-ledger.ipynb"]


class Project:
    """A project whose builds tell which chapters they ran and which files they wrote."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.out = root / "out"
        self.ran: list[str] = []
        run_chapters = chapters_module.run_chapters

        def telling(chapters, *rest):
            self.ran += [chapter.name for chapter in chapters]
            return run_chapters(chapters, *rest)

        monkeypatch.setattr(chapters_module, "run_chapters", telling)

    def build(self, *overrides: str, is_fresh: bool = False) -> tuple[list[str], list[str]]:
        """Return the chapters that were run and the files that were written."""
        self.ran.clear()
        plan = planned(read_contents(self.root), None, overrides, self.root)
        cache = Cache(self.root / ".cache", is_read=not is_fresh)
        made = build_whole(plan, self.out, cache=cache)
        return sorted(self.ran), sorted(path.name for path in made)

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def append(self, name: str, text: str) -> None:
        with (self.root / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def append_words(self, name: str, words: str) -> None:
        """Append words to the last text of a notebook."""
        path = self.root / name
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cell = next(it for it in reversed(notebook["cells"]) if it["cell_type"] == "markdown")
        cell["source"] = "".join(cell["source"]) + words
        path.write_text(json.dumps(notebook), encoding="utf-8")

    def contents(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.out.iterdir()}


ALL = ["brief.html", "brief.pdf", "brief.png", "numbers.json"]


@pytest.fixture(name="first", scope="module")
def _first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that was built once, for copies of it to be built again."""
    folder = tmp_path_factory.mktemp("first")
    project(folder)
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert Project(folder, monkeypatch).build() == (NAMES, ALL)
    return folder


@pytest.fixture(name="whole")
def _whole(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    return Project(tmp_path, monkeypatch)


def test_what_has_not_changed_is_not_done_again(whole: Project) -> None:
    assert whole.build() == ([], [])


def test_time_stamps_decide_nothing(whole: Project) -> None:
    for path in whole.root.rglob("*"):
        if ".cache" not in path.parts:
            os.utime(path)
    assert whole.build() == ([], [])


def test_fresh_does_all_again_to_the_same_bytes(whole: Project) -> None:
    before = whole.contents()
    assert whole.build(is_fresh=True) == (NAMES, ALL)
    assert whole.contents() == before


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_bytes(b"spoilt")])
def test_a_file_that_is_missing_or_was_changed_is_written_again_without_a_run(
    whole: Project, change: Callable[[Path], object]
) -> None:
    before = whole.contents()
    change(whole.out / "brief.html")
    assert whole.build() == ([], ["brief.html"])
    assert whole.contents() == before


def test_an_edited_style_sheet_makes_the_page_anew_and_runs_nothing(whole: Project) -> None:
    whole.append("report/template/brief.css", "q { quotes: none }\n")
    assert whole.build() == ([], ["brief.html"])
    assert "quotes:none" in (whole.out / "brief.html").read_text("utf-8").replace(" ", "")


def test_an_edited_theme_makes_pdf_and_picture_anew_and_runs_nothing(whole: Project) -> None:
    whole.append("report/template/typst/theme.typ", "// edited\n")
    assert whole.build() == ([], ["brief.pdf", "brief.png"])


def test_edited_words_are_exported_and_run_nothing(whole: Project) -> None:
    whole.edit("notebooks/2-voices.ipynb", "# ", "# Edited: ")
    assert whole.build() == ([], ALL)
    assert "Edited: " in (whole.out / "brief.html").read_text("utf-8")


def test_edited_words_do_not_wait_for_nbconvert(whole: Project) -> None:
    whole.append_words("notebooks/2-voices.ipynb", "\n\nThese words were added.")
    heavy = "{'nbconvert', 'nbformat', 'papermill', 'pandas'}"
    build = (
        "import sys; from claimbrief.cli import main\n"
        "main(['build', '--output', 'out'], standalone_mode=False)\n"
        f"assert not {heavy} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", build], check=True, cwd=whole.root)
    page = whole.contents()["brief.html"]
    assert b"These words were added." in page
    whole.build(is_fresh=True)
    assert whole.contents()["brief.html"] == page


def test_an_edited_template_of_texts_is_followed_in_brief_and_record(whole: Project) -> None:
    whole.append("notebooks/brief.yml", "record: 3-ledger.ipynb\n")
    whole.append_words("notebooks/3-ledger.ipynb", "\n\nWords of the record.")
    whole.build()
    whole.edit("report/template/html/nodes.html.j2", "<p>{{", "<p lang=x>{{")
    assert whole.build() == ([], ["brief.html"])
    page = (whole.out / "brief.html").read_text("utf-8")
    texts = [it.text for it in whole_page(page).select("p[lang=x]")]
    assert "Words of the record." in texts and len(texts) > 1


def _first_text(notebook: dict[str, Any]) -> dict[str, Any]:
    return next(it for it in notebook["cells"] if it["cell_type"] == "markdown")


def _last_code(notebook: dict[str, Any]) -> dict[str, Any]:
    return next(it for it in reversed(notebook["cells"]) if it["cell_type"] == "code")


def _put_in(notebook: dict[str, Any]) -> None:
    text = {"cell_type": "markdown", "id": "new", "metadata": {}, "source": "Put in."}
    notebook["cells"].insert(1, text)


def _take_out(notebook: dict[str, Any]) -> None:
    _first_text({"cells": notebook["cells"][1:]})["metadata"]["tags"] = ["remove-cell"]


def _show_a_frame(notebook: dict[str, Any]) -> None:
    _last_code(notebook)["source"] = "import pandas as pd\npd.DataFrame({'a': [1]})"


def _rename_the_cell(notebook: dict[str, Any]) -> None:
    _show_a_frame(notebook)
    _last_code(notebook)["id"] = "another-id"


@pytest.mark.parametrize(
    "changes",
    [[_put_in], [_take_out], [_show_a_frame, _rename_the_cell]],
    ids=["a text is put in", "a text is taken out", "a cell that shows a table has another id"],
)
def test_a_changed_notebook_is_built_as_from_nothing(
    whole: Project, changes: list[Callable[[dict[str, Any]], None]]
) -> None:
    path = whole.root / "notebooks" / "2-voices.ipynb"
    for change in changes:
        before = whole.contents()
        notebook = json.loads(path.read_text("utf-8"))
        change(notebook)
        path.write_text(json.dumps(notebook), encoding="utf-8")
        whole.build()
        assert whole.contents()["brief.html"] != before["brief.html"]
    kept = whole.contents()
    whole.build(is_fresh=True)
    assert whole.contents() == kept


def test_a_notebook_that_was_run_and_saved_is_unchanged(whole: Project) -> None:
    for name in NAMES:
        path = whole.root / "notebooks" / name
        notebook = json.loads(path.read_text("utf-8"))
        for number, cell in enumerate(it for it in notebook["cells"] if it["cell_type"] == "code"):
            cell["execution_count"] = number
            cell["metadata"]["execution"] = {"iopub.execute_input": f"2031-05-20T00:00:0{number}Z"}
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "left"}]
        path.write_text(json.dumps(notebook), encoding="utf-8")
    assert whole.build() == ([], [])


def test_a_record_that_begins_elsewhere_is_built_as_from_nothing(whole: Project) -> None:
    whole.append("notebooks/brief.yml", "record: 3-ledger.ipynb\n")
    assert whole.build() == ([], sorted([*ALL, "record.pdf"]))
    kept = whole.contents()
    whole.build(is_fresh=True)
    assert whole.contents() == kept


def test_what_joins_and_exports_a_brief_loads_no_pandas() -> None:
    rooms = "from claimbrief.render import anchors, build, chapters, html, join, pdf"
    subprocess.run(
        [sys.executable, "-c", f"{rooms}\nimport sys\nassert 'pandas' not in sys.modules"],
        check=True,
    )


def test_an_edited_cell_of_code_runs_its_chapter_alone(whole: Project) -> None:
    cells = json.loads((whole.root / "notebooks/2-voices.ipynb").read_text("utf-8"))["cells"]
    code = next(cell for cell in reversed(cells) if cell["cell_type"] == "code")
    first = code["source"][0].rstrip("\n").replace('"', '\\"')
    whole.edit("notebooks/2-voices.ipynb", first, f"None;{first}")
    assert whole.build()[0] == ["2-voices.ipynb"]


def test_a_changed_parameter_runs_all(whole: Project) -> None:
    assert whole.build("least=2") == (NAMES, ALL)
    assert whole.build() == ([], ["brief.html", "brief.pdf", "brief.png"]), (
        "what was kept for the first is there"
    )


def test_an_edited_module_beside_the_notebooks_runs_all(whole: Project) -> None:
    whole.append("notebooks/bridge.py", "# edited\n")
    assert whole.build()[0] == NAMES


def test_another_lock_runs_all_and_is_stated(whole: Project) -> None:
    (whole.root / "requirements.lock").write_text("nothing==2\n", encoding="utf-8")
    assert whole.build() == (NAMES, ALL)


def test_an_edited_style_of_charts_runs_all(whole: Project) -> None:
    whole.append("report/template/house.mplstyle", "# edited\n")
    assert whole.build()[0] == NAMES


@pytest.mark.parametrize(
    ("above", "runs"), [(False, NAMES), (True, [])], ids=["analysis", "rendering"]
)
def test_an_edited_module_of_the_package_runs_what_imports_it(
    whole: Project, monkeypatch: pytest.MonkeyPatch, above: bool, runs: list[str]
) -> None:
    digest = keys.package_digest

    def edited(*, above: bool) -> str:
        return digest(above=above) + ("edited" if above is rooms else "")

    rooms = above
    monkeypatch.setattr(keys, "package_digest", edited)
    assert whole.build() == (runs, ALL)


def test_the_packages_digest_follows_each_of_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "claimbrief"
    for name in ("dates.py", "analysis/voices.py", "render/html.py", "cli.py", "block.html.j2"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text("1", encoding="utf-8")
    (package / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.setattr("claimbrief.__file__", str(package / "__init__.py"))
    digests = keys.package_digest.__wrapped__

    def both() -> tuple[str, str]:
        return digests(above=False), digests(above=True)

    below = {"dates.py": 0, "analysis/voices.py": 0, "block.html.j2": 0}
    for name, place in {**below, "render/html.py": 1, "cli.py": 1}.items():
        before = both()
        (package / name).write_text("2", encoding="utf-8")
        after = both()
        assert [old != new for old, new in zip(before, after, strict=True)] == [
            place == 0,
            place == 1,
        ], name


def test_each_room_is_imported_by_the_chapters_or_known_to_be_above_them() -> None:
    code = "import sys, claimbrief.preload; print(*(it for it in sys.modules if 'claimb' in it))"
    names = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = {name.split(".")[1] for name in names.stdout.split() if "." in name}
    package = Path(keys.claimbrief.__file__).parent
    rooms = {it.stem for it in package.iterdir() if it.suffix == ".py" or any(it.glob("*.py"))}
    above = {Path(name).stem for name in keys._ABOVE_NOTEBOOKS}
    assert rooms - {"__init__"} - imported == above - {"example"}


def test_a_changed_cell_of_data_changes_the_key_of_every_chapter(tmp_path: Path) -> None:
    project(tmp_path)
    data = tmp_path / "data"
    data.mkdir()
    (data / "claims.csv").write_text("claim_id\nc1\n", encoding="utf-8")
    before = keys.shared_digest(tmp_path, data)
    assert keys.shared_digest(tmp_path, data) == before
    (data / "claims.csv").write_text("claim_id\nc2\n", encoding="utf-8")
    edited = keys.shared_digest(tmp_path, data)
    assert edited != before
    (data / "archive").mkdir()
    (data / "archive" / "text.txt").write_text("words", encoding="utf-8")
    assert keys.shared_digest(tmp_path, data) != edited
    assert keys.shared_digest(tmp_path, None) != before


@pytest.mark.parametrize(
    ("kinds", "done"),
    [
        (["chapters", "parts"], (NAMES, ["brief.html"])),
        (["parts"], ([], ["brief.html"])),
        (["built"], ([], ALL)),
    ],
    ids=["chapters and parts", "parts", "built"],
)
def test_a_damaged_cache_is_not_believed(
    whole: Project, kinds: list[str], done: tuple[list[str], list[str]]
) -> None:
    before = whole.contents()
    for path in (path for kind in kinds for path in (whole.root / ".cache" / kind).iterdir()):
        path.write_bytes(path.read_bytes()[:-20])
    (whole.out / "brief.html").unlink()
    assert whole.build() == done
    assert whole.contents() == before


def test_what_is_edited_while_it_is_built_is_neither_written_nor_kept(
    whole: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, kept = whole.contents(), sorted((whole.root / ".cache" / "chapters").iterdir())
    run_chapters = chapters_module.run_chapters

    def editing(*arguments):
        executed = run_chapters(*arguments)
        whole.append("notebooks/bridge.py", "# edited meanwhile\n")
        return executed

    monkeypatch.setattr(chapters_module, "run_chapters", editing)
    with pytest.raises(ChapterError, match="changed meanwhile; nothing is written"):
        whole.build("least=2")
    assert whole.contents() == before
    assert sorted((whole.root / ".cache" / "chapters").iterdir()) == kept


def test_what_a_notebook_may_read_beside_it_is_seen_through_links_and_in_other_notebooks(
    tmp_path: Path,
) -> None:
    contents = project(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "notebooks" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "notebooks" / "linked" / "round").symlink_to(tmp_path / "notebooks")
    own = {*contents.chapters, tmp_path / "notebooks" / "brief.yml"}

    def read() -> str:
        return keys.shared_digest(tmp_path, None, own)

    before = read()
    for name in ("elsewhere/module.py", "notebooks/other.ipynb"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
        assert read() != before, name
        before = read()
    (tmp_path / "notebooks" / ".other.ipynb.swp").write_text("", encoding="utf-8")
    contents.chapters[0].write_text("{}", encoding="utf-8")
    assert read() == before


def test_a_large_file_is_kept_apart_and_believed_only_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path, (*NAMES, "shows-a-large-file.ipynb"))
    whole = Project(tmp_path, monkeypatch)
    whole.build()
    content = (whole.out / "many-piers.csv").read_bytes()
    assert content.count(b"\r\n") == 100_001
    (kept,) = (tmp_path / ".cache" / "handed").iterdir()
    assert kept.read_bytes() == content
    (whole.out / "many-piers.csv").unlink()
    assert whole.build() == ([], ["many-piers.csv", "numbers.json"])
    for damage in (lambda: kept.write_bytes(content[:-1]), kept.unlink):
        damage()
        (whole.out / "many-piers.csv").unlink()
        assert whole.build()[0] == ["shows-a-large-file.ipynb"]
        assert (whole.out / "many-piers.csv").read_bytes() == content


def test_without_a_cache_a_large_file_is_handed_over_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path, (*NAMES, "shows-a-large-file.ipynb"))
    plan = planned(read_contents(tmp_path), None, (), tmp_path)
    build_whole(plan, tmp_path / "out")
    assert (tmp_path / "out" / "many-piers.csv").stat().st_size > 1_000_000
    assert not (tmp_path / ".cache").exists()


def test_an_unchanged_brief_needs_no_kernel_and_no_pandas(whole: Project) -> None:
    code = (
        "import sys\n"
        "from claimbrief.cli import main\n"
        "main(['build', '--output', sys.argv[1]], standalone_mode=False)\n"
        "heavy = {'pandas', 'papermill', 'nbconvert', 'nbformat', 'typst', 'jupyter_client'}\n"
        "sys.exit(sorted(heavy & set(sys.modules)) or None)\n"
    )
    argv = [sys.executable, "-c", code, str(whole.out)]
    first = subprocess.run(argv, capture_output=True, text=True, check=False, cwd=whole.root)
    assert "unchanged" in first.stdout or "papermill" in first.stderr
    again = subprocess.run(argv, capture_output=True, text=True, check=True, cwd=whole.root)
    assert again.stdout == f"unchanged: {whole.out}\n"
