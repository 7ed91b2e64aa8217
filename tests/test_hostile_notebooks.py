"""Notebooks as broken tools and hostile authors leave them: refused by notebook and cell."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from own_cells import OWN, own_chapter, own_project
from projects import WARM, WHOLE, executed, joined

from claimbrief.blocks import MIME
from claimbrief.errors import ChapterError
from claimbrief.render.block_form import misfit
from claimbrief.render.kernels import Kernels
from claimbrief.render.markdown import markdown_nodes
from claimbrief.render.notebook import read_notebook
from claimbrief.render.own_html import html_parts
from claimbrief.render.own_output import text_nodes
from claimbrief.render.plan import planned
from claimbrief.render.run import Folders, _read, run_chapters

Change = Callable[[dict[str, Any]], object]


def _saved(chapter: NotebookNode) -> dict[str, Any]:
    saved: dict[str, Any] = json.loads(nbformat.writes(chapter))  # type: ignore[no-untyped-call]
    return saved


def _written(folder: Path, change: Change) -> Path:
    """Return the file of a chapter of three cells, the last of code, after a change to it."""
    notebook = _saved(own_chapter("print('z')"))
    change(notebook)
    (folder / OWN).write_text(json.dumps(notebook), encoding="utf-8")
    return folder / OWN


def _refusal(path: Path) -> str:
    with pytest.raises(ChapterError) as caught:
        read_notebook(path)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


FILES = {
    b"": "it is no JSON",
    b"\0" * 999: "it is no JSON",
    b"[" * 100_000: "it is nested too deep",
    b'{"metadata": {"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}": "it is nested too deep",
    b'{"nbformat": ' + b"9" * 5000 + b"}": "it is no JSON: Exceeds the limit",
    b"\xff\xfe": "it is not in UTF-8; save it as UTF-8",
    b"\xef\xbb\xbf{}": "it is no JSON: Unexpected UTF-8 BOM",
    b"[]": "it is none in format 4; open it in JupyterLab and save it, in format 4",
    b"null": "it is none in format 4",
    b'{"nbformat": 3}': "it is none in format 4",
    b'{"nbformat": "4"}': "it is none in format 4",
    b'{"nbformat": 4}': "it has no 'cells'",
    b'{"nbformat": 4, "cells": {}}': "it has no 'cells'",
    b'{"nbformat": 4, "cells": [], "metadata": null}': "it has no 'metadata'",
}


@pytest.mark.parametrize("content", FILES, ids=range(len(FILES)))
def test_a_file_that_is_no_notebook_is_refused_by_its_name_and_cause(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / OWN).write_bytes(content)
    found = f"{OWN} cannot be read as a notebook: {FILES[content]}"
    assert _refusal(tmp_path / OWN).startswith(found)


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ({"kernelspec": {"language": "R"}}, "it is written in 'R'; accepted: Python"),
        ({"language_info": {"name": "julia"}}, "it is written in 'julia'"),
        ({"kernelspec": []}, "its kernelspec is []"),
        ({"language_info": None}, "its language_info is None"),
    ],
)
def test_a_notebook_of_another_language_is_refused(
    tmp_path: Path, about: dict[str, Any], found: str
) -> None:
    assert found in _refusal(_written(tmp_path, lambda it: it["metadata"].update(about)))


@pytest.mark.parametrize(
    "part",
    [
        {"cell_type": 5}, {"cell_type": "heading"}, {"cell_type": None}, {"source": None},
        {"source": 5}, {"source": [1]}, {"source": {}}, {"metadata": None}, {"metadata": []},
        {"metadata": {"tags": "parameters"}}, {"metadata": {"tags": [1]}},
        {"metadata": {"tags": None}}, {"outputs": None},
    ],
    ids=str,
)  # fmt: skip
def test_a_cell_that_is_none_is_refused_by_its_number(tmp_path: Path, part: dict[str, Any]) -> None:
    found = _refusal(_written(tmp_path, lambda it: it["cells"][-1].update(part)))
    assert found.startswith(f"{OWN}, cell 3 is not as a notebook’s cells are; open it")


@pytest.mark.parametrize("name", ["cell_type", "source", "metadata"])
def test_a_cell_that_lacks_a_part_is_refused_by_its_number(tmp_path: Path, name: str) -> None:
    assert f"{OWN}, cell 3 " in _refusal(_written(tmp_path, lambda it: it["cells"][-1].pop(name)))
    _refusal(_written(tmp_path, lambda it: it["cells"].append("print(1)")))


@pytest.mark.parametrize("sign", ["\0", "\ud800", "\x1b", "\u202e", "\u200b", "\x0c"])
@pytest.mark.parametrize("kind", ["code", "markdown"])
def test_a_sign_that_nobody_sees_is_refused_in_code_and_words(
    tmp_path: Path, sign: str, kind: str
) -> None:
    part = {"cell_type": kind, "source": [f"a = '{sign}'"]}
    found = _refusal(_written(tmp_path, lambda it: it["cells"][-1].update(part)))
    assert (
        found == f"{OWN}, cell 3 has the sign {ascii(sign)[1:-1]}, which cannot be seen; remove it"
    )


@pytest.mark.parametrize(
    "tag",
    ["remove-stdout", "remove_stderr", "Removed", "skip-execution", "hide", "exclude", "no-export",
     "noexport", "remove-all-outputs"],
)  # fmt: skip
def test_a_tag_that_asks_in_vain_for_a_cell_to_be_left_out_is_refused(
    tmp_path: Path, tag: str
) -> None:
    found = _refusal(_written(tmp_path, lambda it: it["cells"][-1]["metadata"].update(tags=[tag])))
    assert "which nothing here follows; tag it remove-cell or remove-output" in found


def test_a_comment_of_quarto_that_asks_for_the_same_is_refused(tmp_path: Path) -> None:
    change = {"source": ["#| label: x\n", "#| include: false\n", "print('secret')"]}
    found = _refusal(_written(tmp_path, lambda it: it["cells"][-1].update(change)))
    assert "cell 3 says '#| include: false', which nothing here follows" in found


@pytest.mark.parametrize("tag", ["injected-parameters", "papermill-error-cell-tag"])
def test_a_cell_that_papermill_would_replace_or_drop_is_refused(tmp_path: Path, tag: str) -> None:
    found = _refusal(_written(tmp_path, lambda it: it["cells"][-1]["metadata"].update(tags=[tag])))
    assert found.startswith(f"{OWN}, cell 3 has the tag {tag}, which papermill gives")


def test_two_cells_that_declare_parameters_are_refused(tmp_path: Path) -> None:
    tagged = {"tags": ["parameters"]}
    found = _refusal(_written(tmp_path, lambda it: it["cells"][-1].update(metadata=tagged)))
    assert found == f"{OWN}, cells 2 and 3 both have the tag parameters; accepted: one of them"


def test_two_cells_with_an_id_are_refused(tmp_path: Path) -> None:
    found = _refusal(_written(tmp_path, lambda it: [cell.update(id="a") for cell in it["cells"]]))
    assert found == f"{OWN}, cells 1 and 2 both have the id 'a'; accepted: one of them"


def test_a_notebook_is_refused_before_a_kernel_starts(tmp_path: Path) -> None:
    contents = own_project(tmp_path, own_chapter("print(1)", tags=["skip-execution"]))
    with pytest.raises(ChapterError, match=f"{OWN}, cell 3 has the tag"):
        planned(contents, None, (), tmp_path)


@pytest.mark.parametrize("source", ["Text.[^fn1]", "Text.[^fn1]\n\n[^fn1]: The note."])
def test_a_footnote_of_markdown_is_refused(source: str) -> None:
    with pytest.raises(ChapterError) as caught:
        markdown_nodes(source, "a, cell 1")
    assert str(caught.value) == "a, cell 1 has a footnote [^fn1]; put it into the text"


HTML = {
    "<b>" * 3000 + "x": "more than 60 tags inside each other",
    '<ol start="x"><li>a</li></ol>': "start='x'",
    '<table><tr><td colspan="-3">a</td></tr></table>': "colspan='-3'",
    f'<table><tr><td rowspan="{"9" * 99}">a</td></tr></table>': "rowspan='999",
    '<table data-rows="x"><tr><td>a</td></tr></table>': "data-rows='x'",
    "<table><tr>" + "<td colspan=1000>a</td>" * 50: "a table of more than 1,000 columns",
}


@pytest.mark.parametrize("source", HTML, ids=HTML.values())
def test_html_that_no_page_can_lay_out_is_refused(source: str) -> None:
    with pytest.raises(ChapterError) as caught:
        html_parts(source, "a, cell 1")
    assert f"a, cell 1 shows HTML with {HTML[source]}" in str(caught.value)


def test_a_long_line_is_cut_and_says_how_long_it_was() -> None:
    (node,) = text_nodes("x" * 1_000_000)
    assert node["text"].endswith("x… and 998,000 more letters") and len(node["text"]) < 2100


def test_what_is_written_over_on_a_screen_is_not_published() -> None:
    assert text_nodes("10%\r 50%\r100%\r\nready\n")[0]["text"] == "100%\nready"


DISPLAYED = {
    "print('a\\x00b')": "has the sign \\x00, which cannot be seen; remove it",
    "print('\\x1b[2J\\x1b]0;owned\\x07')": "has the sign \\x1b, which cannot be seen",
    "display(Markdown('a&#x202e;b'))": "has the sign \\u202e, which cannot be seen",
    "display(HTML('<p>a&#x202e;b</p>'))": "has the sign \\u202e, which cannot be seen",
    "for number in range(301): display(number)": "shows 301 outputs; accepted: up to 300",
    "'x' * 10_000_001": "shows an output of 10,000,003 letters; accepted: up to 10,000,000",
    "Math('x' * 3000)": "shows a formula of 3,000 letters; accepted: up to 2,000",
    "display({'text/plain': 'x'}, raw=True, metadata={'claimbrief': 5})": "that is no text",
    "show_svg('width=\"1.2.3\" height=\"9\"')": "shows an SVG without a size",
    "show_svg('viewBox=\"0 0 nan inf\"')": "shows an SVG without a size",
    "show_svg('width=\"9\" height=\"9\"', 30_000)": "too many elements inside each other",
    "Table('t', 'a caption', (), ())": "a block that cannot be drawn: caption must be array",
    "Prose('t', ('words',))": "a block that cannot be drawn: paragraphs[0] must be array",
    "show_block(kind='table', block_id='b')": "a block that cannot be drawn: it must contain",
    "show_block(kind='zzz')": "a block that cannot be drawn: its kind must be one of title, prose",
    "show_block()": "a block that cannot be drawn: its kind must be one of title, prose",
    "print('before'); exit()": "",
}  # fmt: skip
BEFORE = (
    "import json\nfrom IPython.display import HTML, Markdown, Math, display\n"
    "from claimbrief.blocks import MIME, Prose, Table\n"
    "def show_block(**parts): display({MIME: json.dumps(parts)}, raw=True)\n"
    "def show_svg(size, depth=0):\n"
    "    inner = '<g>' * depth + '</g>' * depth\n"
    "    svg = f'<svg xmlns=\"http://www.w3.org/2000/svg\" {size}>{inner}</svg>'\n"
    "    display({'image/svg+xml': svg}, raw=True)\n"
)


def _run(folder: Path, *sources: str, kernels: Kernels = WARM) -> NotebookNode:
    contents = own_project(folder, own_chapter(*sources))
    values = {"as_of": "2031-05-20"}
    run = [contents.chapters[1]]
    return run_chapters(run, values, Folders(folder, folder), lambda line: None, kernels)[0]


@pytest.fixture(name="visible", scope="module")
def _displayed(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    return _run(tmp_path_factory.mktemp("shown"), BEFORE, *DISPLAYED)


@pytest.mark.parametrize("source", [source for source in DISPLAYED if DISPLAYED[source]])
def test_what_a_brief_cannot_bear_is_refused_by_its_cell(
    visible: NotebookNode, source: str
) -> None:
    (cell,) = (cell for cell in visible.cells if cell.source == source)
    chapter = deepcopy({**visible, "cells": [visible.cells[0], cell]})
    question = ("1-question.ipynb", executed("1-question.ipynb"))
    with pytest.raises(ChapterError) as caught:
        joined([question, (OWN, chapter)])
    assert str(caught.value).startswith(f"{OWN}, cell 2 ")
    assert DISPLAYED[source] in str(caught.value)


FAILING = {
    "%nosuch": ("failed", "UsageError: Line magic function `%nosuch` not found."),
    "x = (1,": (", line 1, failed", "SyntaxError: incomplete input"),
    "%%bash\nexit 3": (", line 1, failed", "CalledProcessError: Command"),
    "raise ValueError('\\ud800')": ("failed", "it does not say why"),
    "import sys; sys.stdout.close(); print(1)": ("failed", "I/O operation on closed file"),
    "while True: print('x' * 999_999)": ("failed", "it prints more than 10,000,000 letters"),
    "import os; os._exit(0)": (": its kernel ended: Kernel died", "the cell begins: import os"),
    "import os; os.killpg(0, 9)": (": its kernel ended", "the cell begins: import os"),
    "display({'text/html': 5}, raw=True)": ("shows something that no notebook can hold", ""),
    f"display({{'{MIME}': '{{'}}, raw=True)": ("shows a block that is no text of JSON", ""),
}


@pytest.mark.parametrize("source", FAILING)
def test_a_cell_that_fails_is_told_by_notebook_cell_and_cause(
    tmp_path: Path, source: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ChapterError) as caught:
        _run(tmp_path, "1 + 1", source)
    first, *rest = str(caught.value).splitlines()
    end, cause = FAILING[source]
    assert first.startswith(f"{OWN}, cell 4") and end in first
    assert cause in "\n".join(rest) and len(rest) < 10
    assert capfd.readouterr() == ("", "")


# What may come as a block beside the cut "{", which a kernel shows above.
NO_JSON = [{}, "[]", "[" * 10**5, '{"a": NaN}', '{"a": "\\ud800"}']


@pytest.mark.parametrize("block", NO_JSON, ids=lambda it: str(it)[:16])
def test_a_block_that_is_no_text_of_a_json_object_is_found(block: object) -> None:
    assert _read(block) is None
    assert _read('{"a": "\\u00e9"}') == {"a": "é"}


def test_of_two_equal_cells_the_one_that_fails_is_named(tmp_path: Path) -> None:
    source = "count = globals().get('count', 0) + 1\n1 / (2 - count)"
    with pytest.raises(ChapterError, match=f"{OWN}, cell 4, line 2, failed"):
        _run(tmp_path, source, source)


def test_a_cell_that_breaks_its_kernel_or_hangs_ends_at_the_limit_and_in_silence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    kernels = Kernels(preload=WARM.preload, time_limit=3)
    with pytest.raises(ChapterError, match="ran longer than 3 s, the limit; to allow more: --time"):
        _run(tmp_path, "import sys; sys.stdout = None", "print('second')", kernels=kernels)
    assert capfd.readouterr() == ("", "")
    assert Kernels().time_limit == 600


def test_a_cell_that_forks_or_closes_its_streams_shows_what_it_shows(tmp_path: Path) -> None:
    child = "import os, time\nif os.fork() == 0: time.sleep(3600)\nprint('forked')"
    done = _run(tmp_path, child, "!echo ready", "os.close(1); os.close(2)", "print('second')")
    printed = ["".join(it.text for it in cell.get("outputs", [])) for cell in done.cells[-4:]]
    assert [it.strip() for it in printed] == ["forked", "ready", "", "second"]


READS = {
    "open({elsewhere!r})": True,
    "open({elsewhere!r}, 'r+')": True,
    "__import__('pathlib').Path('../requirements.lock').read_text()": True,
    "__import__('pandas').read_csv({elsewhere!r})": True,
    "__import__('sqlite3').connect({elsewhere!r})": True,
    "__import__('urllib.request').request.urlopen('http://example.org')": True,
    "__import__('socket').create_connection(('192.0.2.1', 80))": True,
    "open('bridge.py').read()": False,
    "open('../report/template/house.mplstyle').read()": False,
    "open({made!r}, 'w').write('x'), open({made!r}).read()": False,
    "__import__('tempfile').TemporaryFile('w+').read()": False,
    "open('/etc/hostname').read()": False,
    "open(__import__('json').__file__).read()": False,
}


def test_a_chapter_reads_what_a_build_watches_and_nothing_else(tmp_path: Path) -> None:
    elsewhere, made = tmp_path / "elsewhere.csv", tmp_path / "made.csv"
    elsewhere.write_text("a,b\n", encoding="utf-8")
    (tmp_path / "scratch").mkdir()
    reads = [it.format(elsewhere=str(elsewhere), made=str(made)) for it in READS]
    source = (
        "for read in " + repr(reads) + ":\n    try: eval(read)\n"
        "    except Exception as error: print(type(error).__name__, error)\n    else: print()"
    )
    contents = own_project(tmp_path / "project", own_chapter(source))
    folders = Folders(tmp_path / "scratch", tmp_path / "scratch")
    run = [contents.chapters[1]]
    (done,) = run_chapters(run, {"as_of": "2031-05-20"}, folders, lambda line: None, WARM)
    lines = "".join(it.text for it in done.cells[-1].outputs).splitlines()
    assert [line.startswith("ChapterError a chapter may not ") for line in lines] == [
        *READS.values()
    ], lines
    assert str(elsewhere) in lines[0] and "put it into the dataset or beside" in lines[0]


def _blocks() -> Iterator[dict[str, Any]]:
    for name in WHOLE:
        for cell in executed(name).cells:
            for output in cell.get("outputs", []):
                if MIME in output.get("data", {}):
                    yield json.loads(json.dumps(output["data"][MIME]))


def test_each_part_of_a_block_is_missed_and_a_value_of_another_kind_is_found() -> None:
    blocks = list(_blocks())
    assert {block["kind"] for block in blocks} == {"title", "prose", "table", "figure", "cards"}
    for block in blocks:
        assert misfit(block) == ""
        for name in set(block) - {"kind"}:
            assert misfit({key: it for key, it in block.items() if key != name}), name
            assert misfit({**block, name: {"x": []} if name != "numbers" else 5}), name
