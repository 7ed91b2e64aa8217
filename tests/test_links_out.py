"""Links out of a dataset's folder: refused wherever the dataset is named, and never followed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from projects import project

from claimbrief import cli
from claimbrief.batch.orders import read_batch
from claimbrief.dataset import read_dataset
from claimbrief.errors import DatasetError
from claimbrief.render import keys
from claimbrief.render.plan import planned

NAMES = ["datapackage.json", "claims.csv", "archive", "archive/ledger_bridge.txt"]


def _moved_out(folder: Path, name: str) -> None:
    """Put a file or folder of a dataset beside it, and a link in its place."""
    outside = folder.parent / "outside"
    shutil.move(folder / name, outside)
    (folder / name).symlink_to(outside)


def _refused(folder: Path) -> list[str]:
    with pytest.raises(DatasetError) as caught:
        read_dataset(folder)
    assert {it.found for it in caught.value.problems} == {
        "a link that leads out of the dataset’s folder"
    }
    return [it.where for it in caught.value.problems]


@pytest.mark.parametrize("name", NAMES)
def test_a_link_out_is_refused_by_name_whatever_it_leads_to(tiny: Path, name: str) -> None:
    _moved_out(tiny, name)
    assert _refused(tiny) == [f"./{name}"]
    done = CliRunner().invoke(cli.main, ["check", str(tiny)])
    assert done.exit_code == 1
    assert f"./{name}: found a link that leads out of the dataset’s folder" in done.stderr


def test_a_folder_that_is_no_dataset_is_refused_as_such_whatever_links_it_has(tiny: Path) -> None:
    _moved_out(tiny, NAMES[0])
    (tiny / "datapackage.json").unlink()
    with pytest.raises(DatasetError) as caught:
        read_dataset(tiny)
    assert [(it.where, it.found) for it in caught.value.problems] == [
        ("datapackage.json", f"no such file in {tiny.name}")
    ]


@pytest.mark.parametrize("target", ["..", "/", "/dev/zero", "../nowhere", "archive/../../x"])
def test_a_link_out_is_refused_though_no_table_is_read_from_it(tiny: Path, target: str) -> None:
    (tiny / "archive" / "more").symlink_to(os.path.relpath(target, "archive"))
    (tiny / "more").symlink_to(target)
    assert "./more" in _refused(tiny)


def test_of_many_links_out_a_part_is_listed(tiny: Path) -> None:
    for number in range(1000):
        (tiny / f"{number}.txt").symlink_to("/dev/null")
    assert len(_refused(tiny)) == 20


@pytest.mark.parametrize(
    "put",
    [
        lambda tiny: (tiny / "again.csv").symlink_to("claims.csv"),
        lambda tiny: (tiny / "texts").symlink_to("archive"),
        lambda tiny: (tiny / "round").symlink_to("."),
        lambda tiny: (tiny / ".hidden").symlink_to("/"),
        lambda tiny: (tiny / "itself").symlink_to("itself"),
    ],
    ids=["a file", "a folder", "the folder itself", "hidden", "a link to itself"],
)
def test_a_link_within_the_folder_is_none_out(tiny: Path, put: Callable[[Path], None]) -> None:
    put(tiny)
    read_dataset(tiny)


def test_a_folder_may_be_reached_by_a_link(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(tiny)
    assert read_dataset(tmp_path / "linked").digest == read_dataset(tiny).digest


@pytest.mark.parametrize(
    ("named", "target"),
    [
        (".", "../outside.csv"), (".", "/dev/null"), (".", "../nowhere"),
        ("claims.csv", "../outside.csv"), ("claims.csv", "/dev/null"),
    ],
)  # fmt: skip
def test_tidy_reads_no_table_that_is_a_link_out_and_leaves_it(
    tiny: Path, named: str, target: str
) -> None:
    (tiny.parent / "outside.csv").write_bytes(b"secret;of;another\r\n")
    table = tiny / "claims.csv"
    table.unlink()
    table.symlink_to(target)
    done = CliRunner().invoke(cli.main, ["tidy", str(tiny / named)])
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert "claims.csv: found a link that leads out of the dataset’s folder" in line
    assert "secret" not in done.output and table.is_symlink()


def test_a_build_and_a_batch_refuse_a_link_out_before_they_follow_any(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = project(tmp_path / "project", ("declares-a-dataset.ipynb",))
    shutil.move(tiny, contents.root / "data")
    _moved_out(contents.root / "data", "archive")
    monkeypatch.setattr(keys, "files_in", None)
    with pytest.raises(DatasetError, match="leads out of the dataset’s folder"):
        planned(contents, None, (), tmp_path)
    (tmp_path / "days.yml").write_text("matrix: {dataset: [project/data]}\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="leads out of the dataset’s folder"):
        read_batch(tmp_path / "days.yml", contents, is_daily=False, output=None)
