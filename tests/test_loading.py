"""Loading: a chapter checks what it loads, but for the very dataset that its build has checked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from claimbrief import handover, loading
from claimbrief.dataset import Dataset, read_dataset
from claimbrief.errors import DatasetError, ParameterError
from claimbrief.loading import check, fingerprint, load
from claimbrief.validate import checked

SAID = {"basis": "said"}


@pytest.fixture
def sound(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a dataset that the build of this kernel has found sound."""
    monkeypatch.setattr(handover, "sound", frozenset({check(str(tiny), **SAID)}))
    return tiny


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return a list that gets the folder of each dataset that is checked."""
    folders: list[Path] = []

    def noted(dataset: Dataset) -> Dataset:
        folders.append(dataset.folder)
        return checked(dataset)

    monkeypatch.setattr(loading, "checked", noted)
    return folders


def _spoil(folder: Path) -> None:
    claims = folder / "claims.csv"
    claims.write_bytes(claims.read_bytes().replace(b"b2,builder", b"b2,nobody"))


def test_a_notebook_outside_a_build_checks_what_it_loads(tiny: Path, checks: list[Path]) -> None:
    load(str(tiny), **SAID)
    load(str(tiny), **SAID)
    assert checks == [tiny, tiny]


def test_a_chapter_does_not_check_again_what_its_build_has_checked(
    sound: Path, checks: list[Path]
) -> None:
    view = load(str(sound), **SAID)
    assert checks == []
    assert len(view.statements) > 0


def test_the_same_folder_under_another_name_is_not_checked_again(
    sound: Path, checks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    (sound / "chapters").mkdir()
    monkeypatch.chdir(sound / "chapters")
    load("..", **SAID)
    assert checks == []


def test_a_chapter_with_another_dataset_checks_it_even_if_it_has_the_same_content(
    sound: Path, checks: list[Path], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(sound, other)
    load(str(other), **SAID)
    assert checks == [other]
    _spoil(other)
    with pytest.raises(DatasetError):
        load(str(other), **SAID)


def test_a_table_that_changed_since_the_build_checked_it_is_checked(sound: Path) -> None:
    _spoil(sound)
    with pytest.raises(DatasetError):
        load(str(sound), **SAID)


@pytest.mark.parametrize("text", [b"another text", b""])
def test_a_coded_text_that_changed_since_the_build_checked_it_is_checked(
    sound: Path, text: bytes
) -> None:
    (sound / "archive" / "ledger_bridge.txt").write_bytes(text)
    with pytest.raises(DatasetError):
        load(str(sound), **SAID)


def test_a_coded_text_that_was_put_there_since_is_checked(
    tiny: Path, checks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tiny / "archive" / "ledger_bridge.txt"
    text = path.read_bytes()
    path.unlink()
    monkeypatch.setattr(handover, "sound", frozenset({check(str(tiny), **SAID)}))
    checks.clear()
    path.write_bytes(text)
    load(str(tiny), **SAID)
    assert checks == [tiny]


def test_parameters_are_refused_whether_or_not_the_dataset_was_checked(sound: Path) -> None:
    with pytest.raises(ParameterError):
        load(str(sound), basis="rumoured")


def test_the_check_of_a_build_refuses_what_a_chapter_would(tiny: Path) -> None:
    with pytest.raises(ParameterError):
        check(str(tiny), basis="rumoured")
    assert check(str(tiny), **SAID) == fingerprint(read_dataset(tiny))
    _spoil(tiny)
    with pytest.raises(DatasetError):
        check(str(tiny), **SAID)
