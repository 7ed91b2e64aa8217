"""Script, style sheets, templates, charts and theme use the names of report/template/names.yml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import tinycss2
import yaml
from bs4 import BeautifulSoup, Tag
from checking import PAGES
from projects import TEMPLATE, built
from reading import whole, written_out

from claimbrief import blocks, texts
from claimbrief.render import packing
from claimbrief.render.anchors import IDS
from claimbrief.render.html import SCRIPTS, STYLE_SHEETS

PACKAGE = Path(blocks.__file__).parent
MARKUP = [*(TEMPLATE / "html").glob("*.j2"), PACKAGE / "block.html.j2"]
THEME = sorted((TEMPLATE / "typst").glob("*.typ"))
NAMES = yaml.safe_load((TEMPLATE / "names.yml").read_text("utf-8"))
JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


@dataclass
class Names:
    """The ids, classes and data attributes that some files write or look for."""

    ids: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    data: set[str] = field(default_factory=set)

    def __or__(self, other: Names) -> Names:
        data = self.data | other.data
        return Names(self.ids | other.ids, self.classes | other.classes, data)


def _selected(tokens: Iterable[Any], names: Names) -> Names:
    """Add the names in a selector, given as the tokens of tinycss2."""
    is_class = False
    for token in tokens:
        if token.type == "hash":
            names.ids.add(token.value)
        elif token.type == "ident" and is_class:
            names.classes.add(token.value)
        elif token.type == "[] block":
            idents = [it.value for it in token.content if it.type == "ident"]
            names.data |= {it[5:] for it in idents[:1] if it.startswith("data-")}
        elif token.type == "function":
            _selected(token.arguments, names)
        is_class = token.type == "literal" and token.value == "."
    return names


def _rules(content: Any) -> Iterator[Any]:
    rules = tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True)
    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule
        elif rule.at_keyword == "media":
            yield from _rules(rule.content)


def _sheets() -> str:
    return "".join((TEMPLATE / name).read_text("utf-8") for name in STYLE_SHEETS)


def _script() -> str:
    return "".join((TEMPLATE / "script" / f"{name}.js").read_text("utf-8") for name in SCRIPTS)


@cache
def _in_style() -> Names:
    names = Names()
    for rule in _rules(_sheets()):
        _selected(rule.prelude, names)
    return names


@cache
def _sought_by_script() -> Names:
    """Return the names in the script's selectors and in what it reads of elements."""
    script = _script()
    names = Names()
    calls = r"(?:find|findAll|closest|matches)\(\s*(?:\"([^\"]+)\"|`([^`]+)`)"
    for plain, template in re.findall(calls, script):
        selector = plain or re.sub(r"\$\{.*?\}", "x", template)
        _selected(tinycss2.parse_component_value_list(selector), names)
    found = re.findall(r"dataset\.(\w+)", script)
    names.data |= {re.sub("[A-Z]", lambda it: f"-{it[0].lower()}", name) for name in found}
    names.classes |= set(re.findall(r'classList\.contains\("([\w-]+)"', script))
    return names


@cache
def _written_by_script() -> Names:
    script = _script()
    classes = re.findall(r'(?:classList\.(?:add|toggle)\(|className: )"([\w-]+)"', script)
    data = re.findall(r"dataset\.(\w+) = ", script)
    return Names(set(re.findall(r'\bid: "([\w-]+)"', script)), set(classes), set(data))


def _marked_up(markup: str) -> Names:
    """Return the names in HTML."""
    names = Names()
    for tag in BeautifulSoup(markup, "html.parser").find_all(True):
        assert isinstance(tag, Tag)
        names.ids |= {str(tag["id"])} if tag.get("id") else set()
        names.classes |= set(tag.get("class") or ())
        names.data |= {name[5:] for name in tag.attrs if name.startswith("data-")}
    return names


@cache
def _in_templates() -> Names:
    """Return the names in the templates; of ids made of an anchor, what is around the anchor."""
    sources = [path.read_text("utf-8") for path in MARKUP]
    # A tag whose name is computed is a tag all the same, and a limit is written by a macro.
    named = [re.sub(r"<(/?)\{\{.*?\}\}", r"<\1x", source) for source in sources]
    return _marked_up("".join(JINJA.sub("", source) for source in named)) | Names(
        data=set(re.findall(r" data-([a-z-]+)=", "".join(sources)))
    )


@cache
def _on_pages() -> Names:
    """Return the names on October's page and on that of the fixture notebooks."""
    fixture = (built() / "brief.html").read_text("utf-8")
    return _marked_up(f"{_october()}{written_out(fixture)}")


@cache
def _october() -> BeautifulSoup:
    return whole(PAGES["october"].read_text("utf-8"))


READERS = {"style": _in_style, "script": _sought_by_script}
WRITERS = {"templates": _in_templates, "page": _on_pages, "the script": _written_by_script}


@pytest.mark.parametrize("where", [*READERS, *WRITERS])
def test_classes_and_data_attributes_are_those_of_the_contract(where: str) -> None:
    names = (READERS | WRITERS)[where]()
    assert names.classes <= set(NAMES["classes"]), names.classes - set(NAMES["classes"])
    assert names.data <= set(NAMES["data_attributes"]), names.data - set(NAMES["data_attributes"])


def test_anchors_keep_away_from_the_ids_of_the_page() -> None:
    assert set(IDS) == set(NAMES["ids"])


def test_style_and_script_look_for_ids_of_the_page_alone_and_for_none_of_a_block() -> None:
    assert _in_style().ids | _sought_by_script().ids <= set(NAMES["ids"])
    assert _written_by_script().ids <= set(NAMES["ids"])


def test_templates_and_theme_write_ids_of_the_contract_and_those_made_of_anchors() -> None:
    fixed = set(NAMES["ids"]) | set(NAMES["id_stems"]) | {"colophon-title"}
    assert _in_templates().ids <= fixed, _in_templates().ids - fixed
    assert set(NAMES["id_stems"]) <= _in_templates().ids
    theme = "".join(path.read_text("utf-8") for path in THEME)
    named = set(re.findall(r'(?:anchor|label)\("([\w-]+)"\)|<([a-z]+)>', theme))
    assert {name for pair in named for name in pair if name} <= set(NAMES["ids"])


def test_the_contract_has_no_name_that_does_not_join_two_files() -> None:
    read = _in_style() | _sought_by_script()
    written = _in_templates() | _written_by_script()
    # Of classes of marks a chart writes both, and render/html_blocks.py reads the second.
    chart = "".join(path.read_text("utf-8") for path in (PACKAGE / "charts").glob("*.py"))
    assert re.search(r'"mark on-card"', chart)
    written.classes |= {"mark", "on-card"}
    read.classes.add("on-card")
    slot = re.search(r"<template .*?>", packing.packed("a"))
    assert slot
    written = written | _marked_up(slot[0])
    # The look of sentences is a class of their block.
    written.classes |= set(get_args(get_type_hints(blocks.Prose)["look"])) - {""}
    # Columns of a table in Markdown take their class from the notebook.
    written.classes |= {"end", "center"}
    assert set(NAMES["classes"]) - read.classes == set()
    assert set(NAMES["classes"]) - written.classes == set()
    assert set(NAMES["data_attributes"]) - read.data == set()
    assert set(NAMES["data_attributes"]) - written.data == set()
    theme = "".join(path.read_text("utf-8") for path in THEME)
    in_theme = {name for name in NAMES["ids"] if f'"{name}"' in theme}
    assert set(NAMES["ids"]) - read.ids - in_theme == set()
    assert set(NAMES["ids"]) - written.ids == set()


def test_no_rule_and_no_selector_counts_elements() -> None:
    for source in (_sheets(), _script()):
        assert not re.search(r"nth-(last-)?(child|of-type)", source)


def test_the_style_sheets_write_no_text_for_which_a_font_would_lack_a_glyph() -> None:
    assert not re.search(r"(?<![\w-])content\s*:", _sheets())


def test_each_file_of_style_and_script_is_part_of_the_page() -> None:
    assert sorted(STYLE_SHEETS) == sorted(path.name for path in TEMPLATE.glob("*.css"))
    assert sorted(SCRIPTS) == sorted(path.stem for path in (TEMPLATE / "script").glob("*"))


def test_template_and_theme_draw_every_kind_of_block() -> None:
    kinds = {block.__dataclass_fields__["kind"].default for block in get_args(blocks.Block)}
    template = (PACKAGE / "block.html.j2").read_text("utf-8")
    assert set(re.findall(r'block\.kind == "(\w+)"', template)) == kinds
    theme = (TEMPLATE / "typst" / "blocks.typ").read_text("utf-8")
    assert set(re.findall(r'it\.kind [!=]= "(\w+)"', theme)) == kinds - {"title", "days"}


def test_template_and_theme_draw_every_style_of_a_run() -> None:
    styles = set(get_args(texts.Style)) - {""}
    template = (PACKAGE / "block.html.j2").read_text("utf-8")
    tags = re.search(r"set tag = \{(.*?)\}", template)
    assert tags
    assert {*re.findall(r'"(\w+)":', tags[1]), "note"} == styles
    theme = (TEMPLATE / "typst" / "words.typ").read_text("utf-8")
    assert set(re.findall(r'run\.style == "(\w+)"', theme)) == styles


def test_the_bar_keeps_figures_that_the_table_of_days_has() -> None:
    kept = set(re.findall(r'\[data-figure="(\w+)"\]', _sheets()))
    assert kept == set(NAMES["day_figures"])
    heads = _october().select(".days thead [data-figure]")
    keys = [str(head["data-figure"]) for head in heads]
    assert kept <= set(keys) and len(keys) == len(set(keys))
    assert len(heads) == len(_october().select(".days thead th")) - 1


def test_each_claim_has_a_value_for_each_filter_that_is_a_list_in_their_order() -> None:
    own = [str(select["name"]) for select in _october().select(".filters select")]
    assert own[-1] == "day"
    options = [
        {str(option["value"]) for option in select.select("option")} | {"none"}
        for select in _october().select(".filters select")[:-1]
    ]
    parts = _october().select("article[data-facets], article .outlet")
    assert len(parts) > len(_october().select("article"))
    for values in (values for part in parts for values in str(part["data-facets"]).split(";")):
        assert len(values.split(",")) == len(options)
        for value, known in zip(values.split(","), options, strict=True):
            assert set((value or "none").split(" ")) <= known


def test_fields_beside_the_filters_are_those_of_the_contract() -> None:
    template = (PACKAGE / "block.html.j2").read_text("utf-8")
    assert set(re.findall(r' name="(\w+)"', template)) == set(NAMES["fields"])
    script = _script()
    asked = re.findall(r'name [!=]== "(\w+)"|\[name=(\w+)\]|asked\.[gs]et\("(\w+)"', script)
    assert {name for found in asked for name in found if name} == set(NAMES["fields"])


def test_the_page_and_its_front_are_small() -> None:
    page = PAGES["october"].read_bytes()
    assert len(page) <= 700_000
    front = page[page.index(b"class=front") : page.index(b"<nav ")]
    assert 20_000 < len(front) <= 150_000


@pytest.mark.parametrize("edition", PAGES)
def test_a_preview_of_the_page_has_the_question_the_answer_and_a_picture(edition: str) -> None:
    page = BeautifulSoup(PAGES[edition].read_text("utf-8"), "lxml")
    said = {
        str(it.get("property") or it.get("name")): it["content"]
        for it in page.select("meta[content]")
    }
    question, answer = page.select_one("h1"), page.select_one("#answer")
    assert question and answer
    for earlier in answer.select("[data-until], .for-ears"):
        earlier.decompose()
    assert said["og:title"] == question.get_text()
    assert said["og:description"] == said["description"]
    assert answer.get_text().strip().startswith(str(said["description"]))
    assert (PAGES[edition].parent / str(said["og:image"])).read_bytes().startswith(b"\x89PNG")
    assert said["og:image:alt"] and said["twitter:card"] == "summary_large_image"


def test_no_two_parts_of_the_script_have_a_name_in_common() -> None:
    declared = re.findall(r"(?m)^(?:async )?(?:function|const|let|class) +(\w+)", _script())
    assert len(declared) > 50 and len(set(declared)) == len(declared)
