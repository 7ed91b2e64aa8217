"""`claimbrief diff`: what changed from a dataset, day, revision or brief to another."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import REPO, Changed, change_cell
from projects import project
from views import TINY, real_view

from claimbrief.cli import main
from claimbrief.compare import snapshot
from claimbrief.compare.changes import changes
from claimbrief.compare.files import page_of, sentences_in
from claimbrief.compare.snapshot import Snapshot, of_brief, of_view, snapshots
from claimbrief.view import View

GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]


@pytest.fixture(autouse=True, scope="module")
def _each_view_stated_once() -> Iterator[None]:
    """Find once for all tests what a brief of the same data and viewpoint states."""
    stated: dict[object, Snapshot] = {}

    def found(view: View, name: str) -> Snapshot:
        key = view.whole.digest, view.at
        stated[key] = stated.get(key) or of_view(view, name)
        return replace(stated[key], name=name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot, "of_view", found)
        yield


def _diff(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def _section(printed: str, caption: str) -> list[str]:
    """Return the lines below a caption."""
    lines = printed.partition(f"{caption}\n{'-' * len(caption)}\n")[2].splitlines()
    return lines[: lines.index("")] if "" in lines else lines


@pytest.fixture(name="recoded", scope="module")
def _recoded(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Return the comparison of the tiny package with one in which a code is another."""
    folder = shutil.copytree(TINY, tmp_path_factory.mktemp("recoded") / "tiny")
    change_cell(folder / "claims.csv", "m1", "stance", "affirms")
    return _diff(TINY, folder)


def test_a_code_that_changed_is_given_in_the_words_of_the_vocabulary(recoded: Result) -> None:
    done = recoded
    assert done.exit_code == 0, done.output
    (line,) = _section(done.stdout, "Claims changed in a cell")
    assert line == (
        "Åsa Lindqvist (12 May 2019), m1, stance: says that it is likely → says that it is so"
    )


def test_what_follows_from_a_code_is_given_with_it(recoded: Result) -> None:
    done = recoded
    assert _section(done.stdout, "Sides whose position moved") == [
        "Velland, Unsafe?: likely, 12 May* → yes, 12 May*"
    ]
    assert "answer.say_so: 0 → 1" in _section(done.stdout, "Figures")
    sentences = _section(done.stdout, "Sentences of the front")
    assert any(line.startswith("+ ") and "says" in line for line in sentences)


def test_a_claim_is_added_to_a_statement_or_taken_from_it(quoted: Path) -> None:
    added = _section(_diff(TINY, quoted).stdout, "Statements added")
    assert len(added) == 2 and "(added to a statement)" in added[0]
    assert added[1] == "+ says that it is likely: The Orsa bridge is unsafe."
    removed = _section(_diff(quoted, TINY).stdout, "Statements removed")
    assert removed[1] == added[1] and "(of a statement kept)" in removed[0]


def test_two_days_give_what_was_said_and_shown_between_them() -> None:
    before, after = (of_view(real_view(day), day) for day in ("2024-10-18", "2024-10-31"))
    found = changes(before, after)
    assert len(found["added"]) == 1145 - 225
    assert found["removed"].empty
    public = found["items"][found["items"]["after"] == "published"]
    assert "intercepted audio of 23 October, vouched for by Ukraine’s intelligence alone" in set(
        public["description"]
    )
    moved = found["answers"].set_index(["side", "question"])
    assert moved.loc[("NATO", "Sent to Russia or its forces?"), "after"] == "yes, 23 Oct"
    assert set(found["cells"]["column"]) == {"certainty"}, "no day changes how a claim is coded"
    figures = found["figures"].set_index("figure")
    assert tuple(figures.loc["answer.governments_and_organisations"])[2:] == ("2", "16")


def test_days_are_those_of_the_dataset_that_is_named() -> None:
    done = _diff("2019-05-12", "2019-05-31", "--dataset", TINY)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("What changed from 12 May 2019 to 31 May 2019\n")
    assert any("certainty: possible → certain" in line for line in done.stdout.splitlines())


def test_a_page_has_the_sentences_and_answers_that_the_view_of_its_day_has() -> None:
    brief = of_brief(REPO / "report", "report")
    view = of_view(real_view(), "data")
    assert brief.sentences == view.sentences
    assert "No government in this record says" in brief.sentences[0]
    for side, answers in brief.answers.items():
        assert answers == view.answers.get(side, {}), side
    assert not any(map(len, changes(view, brief).values()))


def test_two_built_briefs_are_compared_by_their_files() -> None:
    article = REPO / "report" / "article"
    done = _diff(article, REPO / "report")
    assert "1,114 claims added" in done.stdout
    figures = _section(done.stdout, "Figures")
    assert "table-deflation.claim_rows: [31, 31] → [1145, 1145]" in figures
    assert "Nothing changed." in _diff(article, article).stdout


def test_a_sentence_of_an_earlier_day_is_not_read_as_the_pages_own(tmp_path: Path) -> None:
    page = tmp_path / "brief.html"
    page.write_text(
        "<div id=front><div id=answer><p class=slot><span data-until=3>Nobody says</span>"
        "<span data-since=4>Two say</span> so<sup>1</sup>.<p class=slot hidden>Gone.</div><div "
        "id=findings><ol><li><strong>Denials: one</strong> Rill: <q>No</q>.</ol></div></div>",
        encoding="utf-8",
    )
    assert list(sentences_in(page_of(page))) == ["Two say so.", "Denials: one", "Rill: “No”."]


@pytest.fixture(name="first", scope="module")
def _first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small project under git, with the tiny dataset as its data in one commit."""
    folder = tmp_path_factory.mktemp("first")
    project(folder)
    shutil.copytree(TINY, folder / "data")
    subprocess.run(["git", "init", "-q"], check=True, cwd=folder)
    _commit("first", folder)
    return folder


@pytest.fixture(name="repository")
def _repository(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of that project, which is the working folder."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _commit(message: str, folder: Path | None = None) -> None:
    subprocess.run(["git", "add", "-A"], check=True, cwd=folder)
    subprocess.run([*GIT, "commit", "-q", "-m", message], check=True, cwd=folder)


def test_two_revisions_are_compared_and_the_working_folder_stays_as_it_is(
    repository: Path, changed: Changed
) -> None:
    shutil.copy(changed("claims", "m1", "stance", "affirms") / "claims.csv", "data")
    _commit("second")
    done = _diff("HEAD~1", "HEAD")
    assert done.exit_code == 0, done.output
    assert len(_section(done.stdout, "Claims changed in a cell")) == 1
    assert "Nothing changed." in _diff("HEAD", "data").stdout
    status = subprocess.run(["git", "status", "--porcelain"], capture_output=True, text=True)
    assert status.stdout == ""


def test_a_revision_gives_the_figures_that_it_has_published_of_its_data(repository: Path) -> None:
    digest = snapshots("data", "data", repository, None)[0].digest
    published = {"table-parameters": {"digest": digest}, "chart-of-its-own": {"marks": 7}}
    (repository / "report" / "brief.html").write_text("<p>", encoding="utf-8")
    for marks in (7, 8):
        published["chart-of-its-own"]["marks"] = marks
        (repository / "report" / "numbers.json").write_text(json.dumps(published))
        _commit(f"{marks} marks")
    assert "chart-of-its-own.marks: 7 → 8\n" in _diff("HEAD~1", "HEAD").stdout
    published["table-parameters"]["digest"] = "of other data"
    (repository / "report" / "numbers.json").write_text(json.dumps(published))
    _commit("not built again")
    assert "chart-of-its-own.marks" not in _diff("HEAD~2", "HEAD").stdout


@pytest.mark.parametrize(
    ("old", "message"),
    [
        ("nowhere", "found 'nowhere'; accepted: a folder with datapackage.json or numbers.json"),
        ("notebooks", "found 'notebooks'; accepted: a folder with datapackage.json"),
        ("2019-02-30", "2019-02-30: found '2019-02-30'; accepted: a day of the calendar"),
        ("HEAD~9", "found 'HEAD~9'; accepted: "),
    ],
)
def test_what_cannot_be_compared_is_refused(repository: Path, old: str, message: str) -> None:
    done = _diff(old, "data")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"claimbrief: {message}") and not done.stdout


def test_a_dataset_with_problems_is_refused_by_its_name(changed: Changed) -> None:
    folder = changed("claims", "m1", "stance", "afirms")
    done = _diff(TINY, folder)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"claimbrief: {folder}: 1 problem in the dataset\n")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("numbers.json", b"{"),
        ("numbers.json", b"[" * 100_000),
        ("numbers.json", b"[]"),
        ("claims.csv", b""),
        ("claims.csv", b"a,b\n\x00\xff,2\n"),
        ("claims.csv", None),
        ("claims.csv", b"claim_id\nz1\n"),
        ("claims.jsonld", b"null"),
        ("claims.jsonld", b'{"@graph": 7}'),
        ("claims.jsonld", b'{"@graph": [{"@id": "#evidence-a", "claimbrief:state": [{}]}]}'),
        ("claims.jsonld", b'{"@graph": [{"@id": "#evidence-a", "claimbrief:state": [7]}]}'),
    ],
)
def test_a_file_that_no_build_wrote_is_named(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    for file in ("numbers.json", "claims.csv", "claims.jsonld"):
        shutil.copy(REPO / "report" / "article" / file, tmp_path)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    done = _diff(tmp_path, tmp_path)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"claimbrief: {tmp_path / name} cannot be read: ")
    assert len(done.stderr.splitlines()) == 1


def test_no_face_takes_words_for_marks_of_its_own(tmp_path: Path) -> None:
    hostile = "\x1b[31m|<b onclick=x>*@team*</b>\u202e"
    folders = [tmp_path / "old", tmp_path / "new"]
    for folder, words in zip(folders, ("plain", hostile), strict=True):
        folder.mkdir()
        with (REPO / "report" / "article" / "claims.csv").open(encoding="utf-8-sig") as file:
            rows = list(csv.reader(file))
        rows[1][rows[0].index("note")] = words
        with (folder / "claims.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        (folder / "numbers.json").write_text("{}", encoding="utf-8")
    text, markdown = (_diff(*folders, "--format", face).stdout for face in ("text", "markdown"))
    assert not [sign for sign in text + markdown if sign in "\x1b\u202e"]
    assert r"\[31m\|\<b onclick=x\>\*\@team\*\</b\>" in markdown
