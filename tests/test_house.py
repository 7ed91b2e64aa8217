"""The rules of the house: who may import whom, what lies where, what a notebook may hold."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nbformat
import networkx as nx
import pytest
import yaml

from claimbrief.dataset import read_dataset
from claimbrief.tidy import Tidied
from claimbrief.tidy.notebooks import tidied_notebook

REPO = Path(__file__).parent.parent
PACKAGE = REPO / "src" / "claimbrief"
NOTEBOOKS = sorted((REPO / "notebooks").glob("*.ipynb"))
PARAMETERS = ["dataset", "as_of", "basis", "window_start", "window_end"]
PARAMETERS += ["sources", "actors", "published", "last_edition"]

# Each room and the rooms of ours that it may import: data only goes down.
READING = {"dates", "dataset", "lookups", "statements"}
DRAWING = {
    "blocks",
    "cards",
    "texts",
    "context",
    "dates",
    "dataset",
    "limits",
    "links",
    "lookups",
    "statements",
}
DRAWING |= {"analysis", "captions", "view", "wording"}
ROOMS = {
    "errors": set(),
    "dates": {"errors"},
    "spreadsheets": {"errors"},
    "dataset": {"errors", "dates", "descriptor", "spreadsheets"},
    "lookups": {"dataset"},
    "statements": {"dataset", "lookups", "wording"},
    "viewpoint": {"errors", "dates"},
    "base": {"errors", "viewpoint", *READING},
    "in_view": {"base", "viewpoint", *READING},
    "view": {"base", "in_view", "viewpoint", *READING},
    "descriptor": {"errors", "dates"},
    "spans": {"errors", "dataset"},
    "validate": {"base", "errors", "descriptor", "spans", "spreadsheets", *READING},
    "tidy": {"errors", "dates", "dataset", "spreadsheets", "validate", "wording"},
    "analysis": {"base", "in_view", "limits", "view", "wording", *READING},
    "wording": {"dates"},
    "handover": set(),
    "confined": {"errors", "handover", "limits", "wording"},
    "texts": set(),
    "block_html": {"faces", "house", "texts", "wording"},
    "cards": {"texts"},
    "blocks": {"cards", "errors", "handover", "block_html", "texts"},
    "faces": {"errors"},
    "house": {"errors", "faces"},
    "limits": {"texts", "wording"},
    "links": {"context", "limits", "texts", "wording"},
    "context": {"analysis", "dataset", "house", "limits", "texts", "lookups"}
    | {"view", "viewpoint", "wording"},
    "captions": {"analysis", "context", "wording"},
    "earlier": {"blocks", "context", "texts"},
    "prose": {"earlier", *DRAWING},
    "tables": {"earlier", *DRAWING},
    "charts": {"errors", "faces", "house", "viewpoint", *DRAWING},
    "downloads": {"analysis", "blocks", "texts", "links", "view", "wording", *READING},
    "loading": {"dataset", "descriptor", "handover", "spans", "validate", "view", "viewpoint"},
    "preload": {"analysis", "charts", "confined", "downloads", "errors", "house", "loading"}
    | {"prose", "tables"},
    "render": {"errors", "faces", "handover", "confined", "blocks", "block_html", "texts"}
    | {"descriptor", "limits", "wording"},
    "batch": {"errors", "render"},
    "adding": {"errors", "descriptor", "render", "spreadsheets", "validate", *READING},
    "compare": {
        "errors",
        "render",
        "analysis",
        "block_html",
        "blocks",
        "context",
        "dates",
        "dataset",
    }
    | {"descriptor", "downloads", "limits", "links", "loading", "lookups", "prose", "tables"}
    | {"texts", "view", "wording"},
    "commands": {"errors", "descriptor", "spans", "validate", "analysis", "render", *READING}
    | {"adding", "compare", "spreadsheets", "tidy", "wording"},
    "console": {"errors"},
    "cli": {"errors", "console", "render", "batch", "commands"},
}
# Words that say nothing to a reader who does not know our habits; the README's glossary has better.
BANNED_IN_NAMES = {"told", "seen", "lasting", "foremost", "utils", "helpers", "misc", "manager"}
BANNED_NAMES = {
    "one",
    "shown",
    "most",
    "few",
    "made",
    "past",
    "met",
    "held",
    "df",
    "data",
    "result",
}
BANNED_IN_TESTS = {"told", "seen", "one", "shown", "most", "past"}
BANNED_PHRASES = [
    r"\bis told\b",
    r"\bare told\b",
    r"\bthe one that\b",
    r"\bwhat of it\b",
    r"\bnobody sees\b",
    r"\bforemost\b",
]


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """Return the rooms of ours that a module imports, anywhere in it."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
            if node.module == "claimbrief":
                names = [f"claimbrief.{it.name}" for it in node.names]
        elif isinstance(node, ast.Import):
            names = [it.name for it in node.names]
        rooms |= {name.split(".")[1] for name in names if name.startswith("claimbrief.")}
    return rooms


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.stem)
def test_a_room_imports_only_what_lies_below_it(path: Path) -> None:
    if path.parent == PACKAGE and path.name == "__init__.py":
        return
    room = _room(path)
    assert _imports(path) - {room, "__version__"} <= ROOMS[room]


def test_no_room_is_missing_from_the_rule() -> None:
    rooms = {_room(path) for path in PACKAGE.rglob("*.py")} - {"__init__"}
    assert rooms == set(ROOMS)


def test_files_and_functions_stay_short_enough_to_read() -> None:
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert source.count("\n") <= 300, path
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno <= 40, (path, node.name)


def test_no_file_imports_itself_by_way_of_another() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for path in PACKAGE.rglob("*.py"):
        module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("claimbrief."):
                graph.add_edge(module, node.module)
    assert list(nx.simple_cycles(graph)) == []


def _names(tree: ast.AST) -> Iterator[str]:
    """Yield every name that a module gives to something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.stem)
def test_names_are_words_that_a_pandas_user_knows(path: Path) -> None:
    names = set(_names(ast.parse(path.read_text(encoding="utf-8"))))
    parts = {part for name in [*names, path.stem] for part in name.lower().split("_")}
    assert not parts & BANNED_IN_NAMES
    assert not {name.lower() for name in names} & BANNED_NAMES


BESIDE = sorted(it for room in ("tests", "benchmarks") for it in (REPO / room).rglob("*.py"))


@pytest.mark.parametrize("path", BESIDE, ids=lambda p: p.stem)
def test_names_in_tests_and_benchmarks_are_words_too(path: Path) -> None:
    names = {name.lower().lstrip("_") for name in _names(ast.parse(path.read_text("utf-8")))}
    assert not names & BANNED_IN_TESTS


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.stem)
def test_docstrings_and_comments_are_plain_english(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    nodes = ast.walk(ast.parse(source))
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef
    words = [ast.get_docstring(node) or "" for node in nodes if isinstance(node, kinds)]
    words += re.findall(r"#.*", source)
    found = [phrase for phrase in BANNED_PHRASES if re.search(phrase, "\n".join(words))]
    assert not found


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPO, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [Path(name) for name in listed.stdout.splitlines() if (REPO / name).is_file()]


def test_the_root_holds_what_the_readme_says_and_nothing_else() -> None:
    allowed = [
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CITATION.cff",
        "environment.yml",
        "pyproject.toml",
        "requirements.lock",
        "Makefile",
    ]
    allowed += ["LICENSE", "data", "notebooks", "report", "src", "tests", "benchmarks"]
    found = {path.parts[0] for path in _tracked()}
    assert not {name for name in found if not name.startswith(".")} - set(allowed)


def test_every_path_in_the_readmes_tree_is_there() -> None:
    tree = re.search(r"```text\n(.+?)```", (REPO / "README.md").read_text(encoding="utf-8"), re.S)
    assert tree
    paths = [line.split()[0] for line in tree[1].splitlines() if line.strip()]
    assert len(paths) > 15
    for path in paths:
        assert (REPO / path).exists(), path


def test_every_room_stands_in_the_readmes_tree() -> None:
    readme = (REPO / "README.md").read_text(encoding="utf-8")
    for room in ROOMS:
        assert re.search(rf"^src/claimbrief/{room}(\.py|/)", readme, re.M), room


def test_the_lock_names_hashes_and_no_address() -> None:
    lock = (REPO / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    pins = re.findall(r"^[A-Za-z0-9_.-]+==", lock, re.M)
    assert len(pins) > 100
    assert len(re.findall(r"--hash=sha256:", lock)) > len(pins)


def test_conda_users_get_the_same_lock() -> None:
    environment = yaml.safe_load((REPO / "environment.yml").read_text(encoding="utf-8"))
    python, pip, locked = environment["dependencies"]
    project = (REPO / "pyproject.toml").read_text(encoding="utf-8")
    assert python == "python" + re.search(r'requires-python = "(.+)"', project)[1]  # type: ignore[index]
    assert pip == "pip"
    assert locked == {"pip": ["--require-hashes", "-r requirements.lock"]}


def test_every_dependency_says_what_it_is_for() -> None:
    project = (REPO / "pyproject.toml").read_text(encoding="utf-8")
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.+?)^\]", project, re.S | re.M)
    assert len(lists) == 2
    for line in "".join(lists).splitlines():
        assert re.fullmatch(r'  "[^"]+",\s+# .+', line), line


def test_no_file_names_a_path_of_a_machine() -> None:
    machine = re.compile(r"/(?:home|root|Users|work)/")
    for path in _tracked():
        if path.suffix in {".py", ".md", ".yml", ".toml", ".ipynb", ".csv", ".json", ".html"}:
            text = (REPO / path).read_text(encoding="utf-8")
            assert not machine.search(text), path


def test_every_table_of_the_data_package_is_documented_column_by_column() -> None:
    package = read_dataset(REPO / "data").descriptor
    for resource in package["resources"]:
        assert resource["description"].startswith("One row is"), resource["name"]
        for field in resource["schema"]["fields"]:
            assert field["description"], (resource["name"], field["name"])
    readme = (REPO / "data" / "README.md").read_text(encoding="utf-8")
    for resource in package["resources"]:
        assert f"| `{resource['name']}` |" in readme


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    """Return a notebook as git stores it, whatever a run in JupyterLab has left in the file."""
    stored = tidied_notebook(request.param.name, request.param.read_bytes())
    return nbformat.reads(stored.content.decode(), as_version=4)


def _code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_a_notebook_is_stored_without_outputs_counts_or_stray_metadata(
    notebook: nbformat.NotebookNode,
) -> None:
    nbformat.validate(notebook)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert dict(notebook.metadata["language_info"]) == {"name": "python"}
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"tags"}
    for cell in _code(notebook):
        assert not cell.outputs and cell.execution_count is None


def test_git_has_each_notebook_in_the_house_form() -> None:
    for path in NOTEBOOKS:
        stored = subprocess.run(
            ["git", "show", f":notebooks/{path.name}"], cwd=REPO, capture_output=True
        )
        if stored.returncode == 0:  # else the notebook is new, or this is no checkout
            assert tidied_notebook(path.name, stored.stdout) == Tidied(stored.stdout), path.name


def test_a_notebooks_cells_have_ids_that_stay(notebook: nbformat.NotebookNode) -> None:
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert ids[:4] == ["intro", "parameters", "imports", "load"]
    ours = r"intro|parameters|imports|load|(ask|show|frame)-[a-z-]+"
    editors = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8}|[A-Za-z0-9_-]{12}"
    assert all(re.fullmatch(f"{ours}|{editors}", i) for i in ids)


def test_a_notebook_has_one_parameters_cell_annotated_and_commented(
    notebook: nbformat.NotebookNode,
) -> None:
    tagged = [cell for cell in _code(notebook) if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1 and tagged[0] is _code(notebook)[0]
    for line, name in zip(tagged[0].source.splitlines(), PARAMETERS, strict=True):
        assert re.fullmatch(rf"{name}: (str|list) = [^#]+  # .+", line), line


def test_all_notebooks_share_the_parameters_cell_and_the_load() -> None:
    cells = [_code(nbformat.read(path, as_version=4)) for path in NOTEBOOKS]
    assert len({chapter[0].source for chapter in cells}) == 1
    assert len({chapter[2].source for chapter in cells}) == 1


def test_a_notebooks_code_is_short_and_holds_imports_assignments_and_calls_only(
    notebook: nbformat.NotebookNode,
) -> None:
    for cell in _code(notebook):
        assert cell.source.count("\n") < (8 if cell.id != "parameters" else len(PARAMETERS))
        for statement in ast.parse(cell.source).body:
            assert isinstance(
                statement, ast.ImportFrom | ast.Import | ast.Assign | ast.AnnAssign | ast.Expr
            )
            if isinstance(statement, ast.Expr):
                assert isinstance(statement.value, ast.Call)


def test_a_notebook_imports_nothing_above_the_page(notebook: nbformat.NotebookNode) -> None:
    source = "\n".join(cell.source for cell in _code(notebook))
    assert not re.search(r"claimbrief\.(render|batch|cli)|import .*\b(render|batch|cli)\b", source)


@pytest.mark.parametrize("notebook", NOTEBOOKS[1:], indirect=True, ids=lambda path: path.stem)
def test_a_question_stands_before_each_result(notebook: nbformat.NotebookNode) -> None:
    asked = False
    for cell in notebook.cells[4:]:
        if cell.cell_type == "markdown":
            asked = cell.source.splitlines()[0].startswith("## ") and "?" in cell.source
        else:
            assert asked, cell.id


@pytest.mark.parametrize("notebook", NOTEBOOKS[:1], indirect=True, ids=lambda path: path.stem)
def test_the_front_has_no_question_but_that_of_the_brief(notebook: nbformat.NotebookNode) -> None:
    assert {cell.cell_type for cell in notebook.cells[4:]} == {"code"}
    assert notebook.cells[5].id == "show-title"


def test_no_number_is_typed_into_a_notebooks_prose(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"\d", cell.source), cell.source


def test_the_chapters_of_the_brief_are_the_notebooks() -> None:
    listed = yaml.safe_load((REPO / "notebooks" / "brief.yml").read_text(encoding="utf-8"))
    assert listed["chapters"] == [path.name for path in NOTEBOOKS]


# Each figure here is a decision: a commit that moves one says which and why in report/CHANGES.md.
PINNED = {
    "numbers.json": {
        "claim_rows": [1145, 1145],
        "utterances": [270, 270],
        "speakers": [159, 159],
        "asserting_speakers": [96, 96],
        "asserting_sides": [41, 41],
        "independent_origins": [1, 33],
        "items_made_public": [7, 7],
    },
    "article/numbers.json": {
        "claim_rows": [31, 31],
        "utterances": [9, 9],
        "speakers": [8, 8],
        "asserting_speakers": [2, 2],
        "asserting_sides": [2, 2],
        "independent_origins": [1, 3],
        "items_made_public": [0, 0],
    },
}


@pytest.mark.parametrize("name", PINNED)
def test_published_figures_are_pinned(name: str) -> None:
    numbers = json.loads((REPO / "report" / name).read_text(encoding="utf-8"))
    assert {step: numbers["table-deflation"][step] for step in PINNED[name]} == PINNED[name]
    assert numbers["table-items-cited"]["shown"] == PINNED[name]["items_made_public"]
    assert numbers["support"]["items_public"] == PINNED[name]["items_made_public"]
    for block in ("support", "origins"):
        assert numbers[block]["origins"] == PINNED[name]["independent_origins"]
