"""An analyst's own cells: each kind of output in page and PDF, and what is refused or left out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pdfua
import pytest
from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode
from own_cells import OWN, own_chapter, own_plan, own_project
from projects import WARM, build_whole, executed, joined
from tagged import Tagged, spaced

from claimbrief.errors import ChapterError
from claimbrief.render.join import Brief
from claimbrief.render.keys import cells_of
from claimbrief.render.run import Folders, run_chapters

LONG = "a text that is a good deal longer than the fifty characters at which pandas cuts a cell"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60"><style>.a{fill:teal}</style>'
    '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>'
    '<rect class="a" width="60" height="60"/><rect x="60" width="60" height="60" fill="url(#g)"/>'
    '<text x="5" y="30" font-family="Arial">drawn words</text></svg>'
)
CELLS = {
    "imports": "import io\nimport pandas as pd\nimport matplotlib.pyplot as plt\n"
    "from IPython.display import HTML, SVG, Image, Latex, Markdown, Math, display\n"
    "from matplotlib.figure import Figure\nfrom PIL import Image as Pil\n"
    "from claimbrief import show\nfrom claimbrief.house import house_style",
    "frame": "# caption: Statements by speaker\n"
    'frame = pd.DataFrame({"speaker": ["Ines Okafor", "Tom Brandt"], "count": [12, 1234],'
    f' "share": [0.25, None], "words": ["short", "{LONG}"]}})\nframe',
    "series": 'frame.set_index("speaker")["count"]',
    "levels": 'pd.DataFrame([[1, 2], [3, 4]], columns=pd.MultiIndex.from_product([["May"],'
    ' ["said", "denied"]]), index=pd.MultiIndex.from_product([["a"], [1, 2]],'
    ' names=["side", "no"]))',
    "styler": 'frame[["speaker", "share"]].style.format({"share": "{:.0%}"}, na_rep="–")'
    '.hide(axis="index").set_caption("Shares").set_properties(color="red")',
    "plot": "# caption: A line\n# alt: A line that rises to four.\n%matplotlib inline\n"
    "plt.plot([0, 1], [0, 4])\nplt.show()",
    "returned": "figure, axes = plt.subplots()\naxes.bar(['a'], [3], hatch='//')\nfigure",
    "open": "plt.scatter([1, 2], [3, 4]);",
    "axes": 'frame.plot(x="speaker", y="count", kind="bar")',
    "bare": "bare = Figure(figsize=(3, 2))\nbare.subplots().plot([1, 2])\n"
    'show(bare, caption="Without pyplot", alt="A short line.")',
    "two": "for name in ('first', 'second'):\n    with house_style():\n"
    "        figure = plt.figure(figsize=(2, 1))\n        plt.title(name)\n"
    "        show(figure, caption=f'The {name}', alt=f'The {name} of two.')",
    "pil": '# alt: A blue ground.\nPil.new("RGB", (200, 60), "#17507a")',
    "jpeg": "buffer = io.BytesIO()\nPil.new('RGB', (300, 80), '#a50').save(buffer, 'JPEG')\n"
    "Image(buffer.getvalue(), width=150)",
    "retina": "%config InlineBackend.figure_format = 'retina'\n"
    "plt.figure(figsize=(4, 2))\nplt.plot([1, 2]);",
    "svg": f"SVG('{DRAWING}')",
    "markdown": 'Markdown("Of **3** speakers:\\n\\n- the first\\n\\n## A heading of a cell")',
    "print": 'print("the pier has moved")\nprint("twice", end="")\n40 + 2',
    "many lines": "print(*range(1, 402), sep='\\n')",
    "formula": r'Math(r"\frac{\alpha}{\beta}")',
    "latex": r'Latex(r"$$\displaystyle E = mc^2$$")',
    "html": 'HTML("<p>Words of <b>weight</b> and a <a href=\\"#ledger\\">link</a>.</p>'
    "<ul><li>an entry</li></ul><table><tr><th>Head</th><th>n</th></tr>"
    '<tr><td>x</td><td>1</td></tr></table>")',
    "captured": "%%capture\nprint('captured')",
    "shell": "!echo from the shell",
}
IDS = {name: f"own-own-{number}" for number, name in enumerate(CELLS)}
WHERE = {name: f"{OWN}, cell {number}" for number, name in enumerate(CELLS, 3)}


@dataclass(frozen=True)
class Built:
    """The brief of all these cells: its page, its PDF and what the build said."""

    page: BeautifulSoup
    pdf: Tagged
    words: str  # of the PDF
    said: list[str]
    folder: Path

    def block(self, name: str) -> Tag:
        found = self.page.find(id=IDS[name])
        assert isinstance(found, Tag), name
        return found


@pytest.fixture(name="built", scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("own")
    said: list[str] = []
    build_whole(own_plan(folder, own_chapter(*CELLS.values())), folder / "out", say=said.append)
    pdf = Tagged(folder / "out" / "brief.pdf")
    words = spaced(" ".join(page.extract_text() for page in pdf.reader.pages))
    page = BeautifulSoup((folder / "out" / "brief.html").read_text("utf-8"), "lxml")
    return Built(page, pdf, words, said, folder / "out")


def _rows(block: Tag) -> list[list[str]]:
    return [[spaced(c.get_text()) for c in row.find_all(["th", "td"])] for row in block("tr")]


def test_a_frame_is_a_table_with_its_index_for_row_headers_and_its_texts_whole(
    built: Built,
) -> None:
    block = built.block("frame")
    assert spaced(block.caption.get_text()) == "Table 2 Statements by speaker"  # type: ignore[union-attr]
    assert _rows(block) == [
        ["", "speaker", "count", "share", "words"],
        ["0", "Ines Okafor", "12", "0.25", "short"],
        ["1", "Tom Brandt", "1234", "NaN", LONG],
    ]
    assert [th.get_text() for th in block.select("tbody th[scope=row]")] == ["0", "1"]
    assert "Statements by speaker" in built.words and LONG in built.words


def test_numbers_of_a_frame_stand_at_the_right(built: Built) -> None:
    style = built.page.style.get_text()  # type: ignore[union-attr]
    rule = f"#{IDS['frame']} :is(td,th):nth-child(n+3):nth-child(-n+4){{text-align:end}}"
    assert rule in style


def test_a_large_frame_is_cut_and_says_how_large_it_is(tmp_path: Path) -> None:
    source = 'import pandas as pd\npd.DataFrame({f"c{i}": range(420) for i in range(20)})'
    (item,) = _joined(_run(tmp_path, own_chapter(source))).chapters[1].items
    assert item.block is not None
    assert [column["label"] for column in item.block["columns"]] == [
        "", *(f"c{number}" for number in range(16)),
    ]  # fmt: skip
    assert len(item.block["rows"]) == 300
    note = "Here are the first 300 of 420 rows and the first 16 of 20 columns."
    assert item.block["note"][0]["text"] == note


def test_series_levels_and_stylers_are_tables_too(built: Built) -> None:
    assert _rows(built.block("series"))[1] == ["Ines Okafor", "12"]
    assert _rows(built.block("levels")) == [
        ["side", "no", "May, said", "May, denied"],
        ["a", "1", "1", "2"],
        ["a", "2", "3", "4"],
    ]
    styler = built.block("styler")
    assert _rows(styler) == [["speaker", "share"], ["Ines Okafor", "25%"], ["Tom Brandt", "–"]]
    assert "Shares" in styler.caption.get_text()  # type: ignore[union-attr]
    assert "25%" in built.words


def test_colours_of_a_styler_are_reported_as_left_out(built: Built) -> None:
    colours = [line for line in built.said if "colours" in line]
    assert colours == [
        f"note: {WHERE['styler']} shows a table or text in colour; the brief leaves out the colours"
    ]


PICTURES = ["plot", "returned", "open", "axes", "bare", "pil", "jpeg", "retina", "svg"]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_stands_once_in_page_and_pdf(built: Built, name: str) -> None:
    block = built.block(name)
    (image,) = block("img")
    assert str(image["src"]).startswith("data:image/")
    assert built.page.find(id=f"{IDS[name]}-2") is None
    label = spaced(block.figcaption.get_text())  # type: ignore[union-attr]
    assert re.match(r"Figure \d+", label) and label in built.words


def test_the_pdf_has_each_picture_with_its_description(built: Built) -> None:
    alts = [it.alt for it in built.pdf.elements if it.kind == "Figure" and it.alt]
    on_page = [str(image["alt"]) for image in built.page("img")]
    assert alts == on_page and len(alts) == len(PICTURES) + 4  # two of one cell, two formulas
    pixels = [image for page in built.pdf.reader.pages for image in page.images]
    assert len(pixels) == 3  # pil, jpeg, retina; all else is drawn
    assert pdfua.validate(str(built.pdf.path)).findings == ()


def test_caption_and_description_come_from_a_comment_or_from_show(built: Built) -> None:
    plot, bare = built.block("plot"), built.block("bare")
    assert plot.img["alt"] == "A line that rises to four."  # type: ignore[index]
    assert "A line" in plot.figcaption.get_text()  # type: ignore[union-attr]
    assert bare.img["alt"] == "A short line."  # type: ignore[index]
    second = built.page.find(id=f"{IDS['two']}-2")
    assert isinstance(second, Tag) and "The second" in second.get_text()


def test_a_picture_without_description_says_so_and_the_build_names_its_cell(built: Built) -> None:
    for name in ("returned", "open", "axes", "jpeg", "retina", "svg"):
        block = built.block(name)
        assert block.img["alt"] == "No description of this picture was given."  # type: ignore[index]
        assert "No description of this picture was given." in block.p.get_text()  # type: ignore[union-attr]
        (line,) = (it for it in built.said if it.startswith(f"note: {WHERE[name]} shows a pict"))
        assert "without a description" in line and "# alt: …" in line
    assert not [it for it in built.said if WHERE["plot"] in it or WHERE["pil"] in it]
    assert built.words.count("No description of this picture was given.") == 6


def test_what_matplotlib_returns_beside_a_picture_is_left_out_and_reported(built: Built) -> None:
    (line,) = (it for it in built.said if "semicolon" in it)
    assert line.startswith(f"note: {WHERE['axes']} shows \"<Axes: xlabel='speaker'>\"")
    assert "<Axes" not in built.page.get_text()


def test_a_picture_of_pixels_has_the_size_that_it_is_shown_in(built: Built) -> None:
    sizes = {name: built.block(name).img for name in ("pil", "jpeg", "svg")}
    assert [(it["width"], it["height"]) for it in sizes.values() if it] == [
        ("200", "60"), ("150", "40"), ("120", "60"),
    ]  # fmt: skip
    assert int(str(built.block("retina").img["width"])) < 500  # type: ignore[index]


def test_the_words_of_an_svg_are_words_in_the_pdf(built: Built) -> None:
    assert "drawn words" in built.words


def test_markdown_text_and_what_is_printed_are_text(built: Built) -> None:
    section = built.page.find(id="own")
    assert isinstance(section, Tag)
    assert "Of 3 speakers:" in section.get_text() and "the first" in section.get_text()
    assert built.page.find("h3", id="own-a-heading-of-a-cell")
    printed = [it.get_text() for it in section("pre")]
    assert printed[:2] == ["the pier has moved\ntwice", "42"]
    assert printed[2].splitlines()[-2:] == ["300", "… and 101 more lines"]
    assert printed[3] == "from the shell"
    for words in ("Of 3 speakers:", "A heading of a cell", "the pier has moved", "42", "300 …"):
        assert words in built.words
    assert "captured" not in built.page.get_text()


def test_a_formula_is_set_without_a_number_and_described_by_its_source(built: Built) -> None:
    for name, source in (("formula", r"\frac{\alpha}{\beta}"), ("latex", "E = mc^2")):
        block = built.block(name)
        assert block.img["alt"] == source and not block.figcaption  # type: ignore[index]


def test_html_of_words_and_tables_is_drawn_as_our_own(built: Built) -> None:
    assert _rows(built.block("html")) == [["Head", "n"], ["x", "1"]]
    link = built.page.find("a", string="link")
    assert isinstance(link, Tag) and link["href"] == "#ledger"
    assert "Words of weight and a link." in built.words and "an entry" in built.words


def test_the_same_cells_give_the_same_bytes_in_warm_and_cold_kernels(
    built: Built, tmp_path: Path
) -> None:
    cold = tmp_path / "out"
    build_whole(own_plan(tmp_path, own_chapter(*CELLS.values())), cold, is_cold=True)
    for name in ("brief.html", "brief.pdf"):
        assert (cold / name).read_bytes() == (built.folder / name).read_bytes()


REFUSED = {
    "%config InlineBackend.figure_formats\nfrom IPython.display import *": "",
    "display({'application/vnd.jupyter.widget-view+json': {}, 'text/plain': 'x'}, raw=True)": (
        "shows a widget, which a brief cannot show; show a table, a picture, Markdown or text, "
        "or tag the cell remove-output"
    ),
    "Javascript('alert(1)')": "shows JavaScript, which a brief cannot show",
    "JSON({'a': 1})": "shows an output of the kind application/json, which a brief cannot show",
    "display({'image/gif': 'R0lGOD'}, raw=True)": "shows an output of the kind image/gif",
    "display({'video/mp4': 'AAAA'}, raw=True)": "shows an output of the kind video/mp4",
    "HTML('<p>x</p><script>alert(1)</script>')": "shows HTML with <script>; accepted: text, lists",
    "HTML('<p onclick=\"x()\">x</p>')": "shows HTML with onclick= on <p>",
    "IFrame('https://example.org', 100, 100)": "shows HTML with <iframe>",
    "HTML('<img src=\"https://example.org/x.png\">')": "shows HTML with <img>; accepted: text",
    "SVG('<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">"
    "<script>x()</script></svg>')": "shows an SVG with <script>; accepted: drawings alone",
    "SVG('<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">"
    "<image href=\"https://example.org/x.png\"/></svg>')": "shows an SVG with href='https://exam",
    "SVG('<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><style>"
    "@import \"https://example.org/x.css\"</style></svg>')": "shows an SVG with an address outside",
    "Math(r'\\begin{matrix} a \\end{matrix}')": "shows a formula that matplotlib cannot set",
    "Latex('half $x$ and half $y$')": "mixes words and formulas in Latex(…); write the words in",
    "import sys\nprint('careful', file=sys.stderr)": "prints to stderr (careful); see to its cause",
    "object()": "which differs from build to build; show something else",
    "%time 1 + 1": "shows 'Wall time: ",
    "# caption: lost\n1 + 1": "begins with a caption, and shows 0 tables and pictures of its own",
    "# caption: x\n# alt: y\ndisplay(HTML('<table><tr><td>1</td></tr></table>'))": (
        "gives a description (alt) to what is no picture; remove it"
    ),
    "import bridge\nfrom claimbrief import show\nshow(bridge.findings(), caption='x')": (
        "gives a caption to a block, which has one of its own"
    ),
}  # fmt: skip


def _run(folder: Path, chapter: NotebookNode) -> NotebookNode:
    contents = own_project(folder, chapter)
    folders = Folders(folder, folder)
    values = {"as_of": "2031-05-20"}
    return run_chapters([contents.chapters[1]], values, folders, lambda line: None, WARM)[0]


@pytest.fixture(name="refused", scope="module")
def _refused(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    return _run(tmp_path_factory.mktemp("refused"), own_chapter(*REFUSED))


def _joined(chapter: NotebookNode, say: Callable[[str], None] = lambda line: None) -> Brief:
    question = ("1-question.ipynb", executed("1-question.ipynb"))
    return joined([question, (OWN, chapter)], say)


@pytest.mark.parametrize(
    "number", range(1, len(REFUSED)), ids=[it[:20] for it in list(REFUSED)[1:]]
)
def test_what_a_brief_cannot_show_is_refused_by_cell_and_kind(
    refused: NotebookNode, number: int
) -> None:
    source, message = list(REFUSED.items())[number]
    (cell,) = (cell for cell in refused.cells if cell.source == source)
    chapter = deepcopy(refused)
    chapter.cells = [chapter.cells[0], cell]
    with pytest.raises(ChapterError) as caught:
        _joined(chapter)
    assert str(caught.value).startswith(f"{OWN}, cell 2 ")
    assert message in str(caught.value)


TAGS = {
    "": "both", "hide-input": "both", "remove-input": "both", "hide-output": "both",
    "hide-cell": "both", "remove-output": "code's left out", "remove_output": "code's left out",
    "remove-cell": "both left out", "remove_cell": "both left out",
}  # fmt: skip


@pytest.mark.parametrize("tag", TAGS)
def test_tags_of_jupyter_book_and_nbconvert_do_what_their_users_expect(
    built: Built, tag: str
) -> None:
    chapter = own_chapter("## Does it move?", "1 + 1")
    output = {"output_type": "execute_result", "data": {"text/plain": "2"}, "metadata": {}}
    chapter.cells[-1]["outputs"] = [output]
    for cell in chapter.cells[-2:]:
        cell.metadata["tags"] = [tag] if tag else []
    kinds = [node["type"] for it in _joined(chapter).chapters[1].items for node in it.nodes]
    expected = {
        "both": ["heading", "code_block"],
        "code's left out": ["heading"],
        "both left out": [],
    }
    assert kinds == expected[TAGS[tag]]


def test_an_untagged_frame_is_published_and_a_frame_for_the_analyst_is_not() -> None:
    visible = executed("shows-a-frame.ipynb")
    table, findings = _joined(visible).chapters[1].items
    assert table.block is not None and table.block["kind"] == "table"
    assert (
        findings.block is not None and findings.block["block_id"] == "findings-2"
    )  # the first chapter has them too
    tagged = deepcopy(visible)
    for cell in tagged.cells:
        cell.metadata.setdefault("tags", []).extend(["remove-output"] * ("frame" in cell.source))
    assert [it.block["kind"] for it in _joined(tagged).chapters[1].items if it.block] == ["prose"]


def test_a_notebook_saved_by_other_tools_builds(tmp_path: Path) -> None:
    chapter = own_chapter("%matplotlib inline\n40 + 2", "import pandas as pd\npd.Series([7])")
    saved: Any = json.loads(nbformat.writes(chapter))  # type: ignore[no-untyped-call]
    saved["nbformat_minor"] = 4
    saved["metadata"] = {
        "kernelspec": {"display_name": ".venv (3.11.9)", "language": "python", "name": "my-env"},
        "language_info": {"name": "python", "version": "3.9.1", "nbconvert_exporter": "python"},
        "colab": {"provenance": [], "toc_visible": True},
        "vscode": {"interpreter": {"hash": "0"}},
    }
    for cell in saved["cells"]:
        del cell["id"]
        cell["metadata"] |= {"id": "x9", "colab": {"height": 35}, "vscode": {"languageId": "py"}}
        cell["source"] = "".join(cell["source"])
        if cell["cell_type"] == "code":
            stale = {"output_type": "stream", "name": "stdout", "text": ["from before"]}
            cell |= {"execution_count": 7, "outputs": [stale]}
    plan = own_plan(tmp_path, chapter)
    (tmp_path / "notebooks" / OWN).write_text(json.dumps(saved), encoding="utf-8")
    build_whole(plan, tmp_path / "out", ("html",))
    page = BeautifulSoup((tmp_path / "out" / "brief.html").read_text("utf-8"), "lxml")
    assert page.pre and page.pre.get_text() == "42"
    assert page.find(id="own-cell-4") and "from before" not in page.get_text()


def test_a_notebook_of_an_older_format_is_refused_with_a_reason(tmp_path: Path) -> None:
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}
    (tmp_path / OWN).write_text(json.dumps(old), encoding="utf-8")
    with pytest.raises(ChapterError, match=rf"{OWN} cannot be .*: it is none in format 4; open it"):
        cells_of(tmp_path / OWN)


def test_an_attachment_of_a_text_and_a_raw_cell_are_refused_with_a_way_out() -> None:
    chapter = own_chapter("## Pier\n\n![pier](attachment:pier.png)")
    chapter.cells[-1]["attachments"] = {"pier.png": {"image/png": "iVBORw0KGgo="}}
    with pytest.raises(ChapterError, match=r"cell 3 has an image; save it as a file and show it"):
        _joined(chapter)
    raw = own_chapter("## Pier")
    raw.cells.append(nbformat.v4.new_raw_cell("x"))  # type: ignore[no-untyped-call]
    with pytest.raises(ChapterError, match=r"cell 4 is a raw cell; use Markdown"):
        _joined(raw)
