"""That a file of report/template that is missing or broken is reported in a line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import TEMPLATE, build_whole, project

from claimbrief import house
from claimbrief.errors import PageError
from claimbrief.render import html
from claimbrief.render.cache import Cache
from claimbrief.render.plan import Plan, planned

NAMES = [
    "brief.css",
    "html/conf.json",
    "html/index.html.j2",
    "html/nodes.html.j2",
    "script/start.js",
    "typst/conf.json",
    "typst/index.typ.j2",
    "typst/theme.typ",
]
CODE = {name for name in NAMES if name.endswith((".css", ".js"))}  # which no build reads as code
FAULTS: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "no UTF-8": lambda path: path.write_bytes(b"\xff\xfe"),
    "empty": lambda path: path.write_bytes(b""),
    "in halves": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
}


@pytest.fixture(name="plan", scope="module")
def _plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Return the plan of a project whose chapters have run."""
    root = tmp_path_factory.mktemp("project")
    plan = planned(project(root), None, (), root)
    build_whole(plan, root / "out", cache=Cache(root / ".cache"))
    return plan


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_the_template_that_is_missing_or_broken_is_named_and_nothing_is_written(
    plan: Plan, name: str
) -> None:
    root = plan.contents.root
    for fault, spoil in FAULTS.items():
        template = shutil.copytree(TEMPLATE, root / "report" / "template", dirs_exist_ok=True)
        spoil(template / name)
        try:
            if name in CODE and fault in ("empty", "in halves"):
                continue
            if name.endswith("conf.json") and fault in ("missing", "a folder"):
                continue  # nbconvert does without
            with pytest.raises(PageError) as caught:
                build_whole(plan, root / "new", cache=Cache(root / ".cache"))
            assert len(str(caught.value).splitlines()) == 1, fault
            assert not (root / "new").exists(), fault
        finally:
            shutil.rmtree(template)
    shutil.copytree(TEMPLATE, template)


@pytest.mark.parametrize(
    ("slot", "name"),
    [
        ("{{ resources.policy }}", "policy"),
        ("<!--cell {{ loop.index0 }}-->", "each cell, once and in order"),
    ],
)
def test_a_template_without_a_place_for_what_the_page_needs_is_refused(
    plan: Plan, slot: str, name: str
) -> None:
    root = plan.contents.root
    path = root / "report" / "template" / "html" / "index.html.j2"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(slot, "", 1), encoding="utf-8")
    with pytest.raises(PageError, match=rf"index\.html\.j2 has no place for: {name}"):
        build_whole(plan, root / "new", cache=Cache(root / ".cache"))
    path.write_text(whole, encoding="utf-8")


def test_cells_in_another_order_than_the_brief_are_refused() -> None:
    cells = [{"nodes": []}, {"chapter": {}}, {"block": {}}]
    slots = "".join(html._SLOTS.values())
    html._refuse_wrong_slots(f"{slots}<!--cell 0--><!--cell 2-->", cells)
    for framed in ("<!--cell 2--><!--cell 0-->", "<!--cell 0--><!--cell 2--><!--cell 2-->"):
        with pytest.raises(PageError, match="each cell, once and in order"):
            html._refuse_wrong_slots(slots + framed, cells)


def test_a_style_sheet_of_the_charts_that_is_no_text_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "report" / "template").mkdir(parents=True)
    (tmp_path / house.SHEET).write_bytes(b"\xff\xfe")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PageError, match=r"house\.mplstyle cannot be read: it is not in UTF-8"):
        house.house()
