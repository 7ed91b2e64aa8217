"""notebooks/brief.yml: what is read from it and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import WHOLE, project

from claimbrief.errors import BriefError, ParameterError
from claimbrief.render.editions import find_root, read_contents


def test_contents_name_the_chapters_in_order_and_the_editions(tmp_path: Path) -> None:
    contents = project(tmp_path)
    assert [chapter.name for chapter in contents.chapters] == [
        "1-question.ipynb",
        "2-voices.ipynb",
        "3-ledger.ipynb",
    ]
    assert contents.edition(None).name == "whole"
    assert contents.edition("early").parameters == {"as_of": "2031-05-09"}


def test_an_unknown_edition_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"'erly'; did you mean 'early'\?") as caught:
        project(tmp_path).edition("erly")
    assert caught.value.exit_status == 2


def test_the_project_is_found_from_a_folder_inside_it(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "report" / "deep").mkdir()
    assert find_root(tmp_path / "report" / "deep") == tmp_path.resolve()


def test_outside_a_project_the_call_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"no notebooks/brief\.yml here or in any folder"):
        find_root(tmp_path)


def test_a_date_in_an_edition_is_the_text_that_it_was_written_as(tmp_path: Path) -> None:
    project(tmp_path)
    _write(tmp_path, "editions: {whole: {label: All, parameters: {as_of: 2031-05-09}}}")
    assert read_contents(tmp_path).edition(None).parameters == {"as_of": "2031-05-09"}


def test_the_record_begins_with_the_chapter_that_is_named(tmp_path: Path) -> None:
    assert project(tmp_path).record == 3, "none is named: there is no record"
    _write(tmp_path, "record: 3-ledger.ipynb", f"chapters: [{', '.join(WHOLE)}]")
    assert read_contents(tmp_path).record == 2


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("chapters: one", "chapters: found 'one'; accepted: a list"),
        ("chapters: []", "chapters: the list is empty"),
        ("chapters: [1-question.ipynb, 1-question.ipynb]", "1-question.ipynb is listed twice"),
        ("chapters: [1-questoin.ipynb]", "no 1-questoin.ipynb beside it; did you mean"),
        ("chapters: [../1-question.ipynb]", "accepted: the name of a notebook file"),
        ("chapters: [a.py]", "accepted: the name of a notebook file"),
        ("record: 1-question.ipynb", "record: found '1-question.ipynb'; accepted: a chapter after"),
        ("record: 3-ledger.ipynb", "record: found '3-ledger.ipynb'; accepted: a chapter after"),
        ("record: [a]", "record: found"),
        ("default: other", "default: no edition is named 'other'"),
        ("editions: {template: {label: All}}", "found 'template'; accepted: a name of a-z"),
        ("editions: {../up: {label: All}}", "found '../up'; accepted: a name of a-z"),
        ("editions: {whole: 3}", "editions, whole: accepted: a label and parameters"),
        ("editions: {whole: {label: All, params: {}}}", "editions, whole: accepted"),
        ("editions: {whole: {label: All, parameters: 3}}", "editions, whole: accepted"),
        ("edition: {}", "unknown key 'edition'; did you mean 'editions'"),
        ("chapters: [", "line "),
    ],
)
def test_a_malformed_file_is_refused_by_its_place(tmp_path: Path, line: str, found: str) -> None:
    project(tmp_path)
    _write(tmp_path, line)
    with pytest.raises(BriefError) as caught:
        read_contents(tmp_path)
    assert str(caught.value).startswith("notebooks/brief.yml: ")
    assert found in str(caught.value)


@pytest.mark.parametrize("content", ["", "- 1", "chapters: [1-question.ipynb]"])
def test_a_file_without_its_keys_is_refused(tmp_path: Path, content: str) -> None:
    project(tmp_path)
    (tmp_path / "notebooks" / "brief.yml").write_text(content, encoding="utf-8")
    with pytest.raises(BriefError, match="accepted"):
        read_contents(tmp_path)


def test_a_key_that_stands_twice_is_refused_by_its_line(tmp_path: Path) -> None:
    project(tmp_path)
    _write(tmp_path, "default: whole\neditions: {whole: {label: All}}")
    with pytest.raises(BriefError, match=r"line 4: the key 'editions' stands twice; leave one"):
        read_contents(tmp_path)
    _write(tmp_path, "editions: {whole: {label: All, label: Some}}")
    with pytest.raises(BriefError, match=r"line 3: the key 'label' stands twice"):
        read_contents(tmp_path)


def _write(folder: Path, *changed: str) -> None:
    """Write a good brief.yml in which these lines stand for those of the same keys."""
    lines = {
        "chapters": "chapters: [1-question.ipynb]",
        "default": "default: whole",
        "editions": "editions: {whole: {label: All}}",
    }
    lines |= {line.split(":")[0]: line for line in changed}
    (folder / "notebooks" / "brief.yml").write_text("\n".join(lines.values()), encoding="utf-8")
