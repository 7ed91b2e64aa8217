"""Parameters: declared in the chapters, chosen by editions and on the command line."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from projects import project

from claimbrief.errors import ChapterError, ParameterError
from claimbrief.render.parameters import (
    Parameter,
    declared_parameters,
    parse_overrides,
    typed_values,
)
from claimbrief.render.plan import planned

DECLARED = {
    name: Parameter(name, kind, default, "")
    for name, kind, default in (
        ("as_of", "str", "2031-05-20"),
        ("speakers", "list", []),
        ("least", "int", 1),
        ("share", "float", 0.5),
        ("is_draft", "bool", False),
    )
}


def test_declared_parameters_have_name_type_default_and_help(tmp_path: Path) -> None:
    declared = declared_parameters(project(tmp_path))
    assert list(declared) == list(DECLARED)
    assert declared["as_of"] == Parameter(
        "as_of", "str", "2031-05-20", "the day of the brief: nothing later is shown"
    )
    assert declared["speakers"].default == []
    assert (declared["share"].kind, declared["share"].default) == ("float", 0.5)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("as_of=2024-10-10", "2024-10-10"),
        ("as_of=", ""),
        ("as_of=a=b", "a=b"),
        ("speakers=okafor,vaz", ["okafor", "vaz"]),
        ("speakers=", []),
        ("least=3", 3),
        ("share=1", 1.0),
        ("is_draft=true", True),
        ("is_draft=No", False),
    ],
)
def test_an_override_is_read_by_the_type_of_its_parameter(text: str, value: object) -> None:
    (found,) = parse_overrides(DECLARED, [text]).values()
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["as_off=2024-10-10"], "no parameter is named 'as_off'; did you mean 'as_of'?"),
        (["as_of=1", "as_of=2"], "-p as_of is given twice"),
        (["as_of"], "-p as_of: accepted: name=value"),
        (["least=few"], "least: found 'few'; accepted: a whole number"),
        (["share=half"], "share: found 'half'; accepted: a number"),
        (["is_draft=perhaps"], "is_draft: found 'perhaps'; accepted: true or false"),
    ],
)
def test_a_wrong_override_is_refused(texts: list[str], said: str) -> None:
    with pytest.raises(ParameterError) as caught:
        parse_overrides(DECLARED, texts)
    assert said in str(caught.value)
    assert caught.value.exit_status == 2


def test_a_whole_number_will_do_for_a_number() -> None:
    assert typed_values(DECLARED, {"share": 1}, "brief.yml") == {"share": 1.0}


def test_an_override_stands_over_the_edition_and_the_edition_over_the_default(
    tmp_path: Path,
) -> None:
    editions = {"early": {"label": "Early", "parameters": {"as_of": "2031-05-09", "least": 2}}}
    contents = project(tmp_path, editions=editions, default="early")
    assert planned(contents, None, ("least=3",), tmp_path).values == {
        "as_of": "2031-05-09",
        "speakers": [],
        "least": 3,
        "share": 0.5,
        "is_draft": False,
    }


@pytest.mark.parametrize(
    ("edition", "said"),
    [
        ({"as_off": "2031-05-09"}, "did you mean 'as_of'?"),
        ({"least": "two"}, "brief.yml: least: found 'two'; accepted: a whole number"),
        ({"least": True}, "accepted: a whole number"),
        ({"speakers": "okafor"}, "accepted: texts"),
        ({"speakers": [1]}, "accepted: texts"),
    ],
)
def test_a_wrong_edition_is_refused(edition: dict[str, object], said: str) -> None:
    with pytest.raises(ParameterError) as caught:
        typed_values(DECLARED, edition, "brief.yml")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("chapter", "said"),
    [
        ("declares-no-parameters.ipynb", "declares-no-parameters.ipynb declares no parameters"),
        (
            "declares-another-default.ipynb",
            "1-question.ipynb and declares-another-default.ipynb disagree on the parameter as_of: "
            "str = '2031-05-20' and str = '2031-05-21'; accepted: the same default in all. "
            "To set it for all chapters, use `claimbrief build -p as_of=…` or an edition in "
            "notebooks/brief.yml",
        ),
        ("declares-bytes.ipynb", "parameter day is annotated 'bytes'"),
    ],
)
def test_a_chapter_that_declares_them_otherwise_is_refused(
    tmp_path: Path, chapter: str, said: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        declared_parameters(project(tmp_path, ("1-question.ipynb", chapter)))
    assert said in str(caught.value)


def test_a_file_that_is_no_notebook_is_named(tmp_path: Path) -> None:
    contents = project(tmp_path)
    contents.chapters[1].write_text("{", encoding="utf-8")
    with pytest.raises(ChapterError, match=r"2-voices\.ipynb cannot be read as a notebook"):
        declared_parameters(contents)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("as_of: str = today()", "the default of as_of is today(), not a plain value"),
        ("as_of: str = {[]: 1}", "the default of as_of is {[]: 1}, not a plain value"),
        ("%load_ext autoreload", "the cell tagged 'parameters', line 1: invalid syntax"),
    ],
)
def test_a_cell_of_parameters_that_is_no_plain_python_is_refused(
    tmp_path: Path, line: str, said: str
) -> None:
    contents = project(tmp_path)
    path = contents.chapters[1]
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    (cell,) = (it for it in notebook.cells if "parameters" in it.metadata.get("tags", []))
    cell.source = line
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]
    with pytest.raises(ParameterError) as caught:
        declared_parameters(contents)
    assert f"2-voices.ipynb: {said}" in str(caught.value)
