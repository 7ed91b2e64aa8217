"""Another dataset than the project's own: its days, its label, its folder, and two years."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from conftest import REPO, Changed
from phrases import answered, evidence, found
from pypdf import PdfReader
from reading import written_out
from second_question import TITLE, write_second
from views import VIEWS, cells, real_view, sentences, table, tiny_view

from claimbrief import analysis, prose
from claimbrief.batch.orders import read_batch
from claimbrief.cli import main
from claimbrief.dataset import read_dataset
from claimbrief.errors import DatasetError, ParameterError
from claimbrief.loading import load
from claimbrief.render.editions import Contents, read_contents
from claimbrief.render.plan import changed_plan
from claimbrief.validate import find_problems
from claimbrief.view import View


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_second(tmp_path_factory.mktemp("another") / "marrow")


@pytest.fixture(scope="module")
def view(second: Path) -> View:
    return load(str(second), basis="said")


def _project(folder: Path) -> Contents:
    """Return a copy of this project whose own dataset is the tiny one."""
    for name in ("notebooks", "report/template"):
        shutil.copytree(REPO / name, folder / name)
    shutil.copytree(REPO / "tests" / "tiny", folder / "data")
    shutil.copy(REPO / "requirements.lock", folder)
    return read_contents(folder)


def _build(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", *arguments])


# The days of a brief are its dataset's


def test_a_brief_takes_its_days_from_its_dataset(view: View) -> None:
    assert view.at.window_start.isoformat() == "2030-12-16"
    assert view.at.window_end.isoformat() == view.at.as_of.isoformat() == "2031-01-15"


def test_a_day_that_is_given_stands_over_the_datasets(second: Path) -> None:
    at = load(str(second), basis="said", as_of="2030-12-31", window_start="").at
    assert (at.as_of.isoformat(), at.window_end.isoformat()) == ("2030-12-31", "2031-01-15")
    at = load(str(second), basis="said", window_end="2031-01-02").at
    assert at.as_of.isoformat() == "2031-01-02", "the last day of the window"


WRONG = {
    "no window": (None, "no window"),
    "no day of the calendar": ({"start": "2019-04-31", "end": "2019-05-31"}, "'2019-04-31'"),
    "out of order": ({"start": "2019-05-31", "end": "2019-05-01"}, "2019-05-31, after 2019-05-01"),
    "half": ({"start": "2019-05-01"}, '{"start": "2019-05-01"}'),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_window_that_is_none_is_refused_by_the_check_and_the_build(
    changed: Changed, name: str
) -> None:
    window, found = WRONG[name]

    def declare(content: bytes) -> bytes:
        about = json.loads(content) | ({"window": window} if window else {})
        return json.dumps(about if window else _without(about, "window")).encode()

    folder = changed("datapackage.json", raw=declare)
    (problem,) = find_problems(read_dataset(folder))
    assert (problem.where, problem.column, problem.found) == ("datapackage.json", "window", found)
    with pytest.raises(DatasetError, match="declare the first and the last day"):
        changed_plan(read_contents(REPO), None, {"dataset": str(folder)})


def _without(about: Mapping[str, object], key: str) -> dict[str, object]:
    return {name: value for name, value in about.items() if name != key}


def test_the_chapters_of_the_project_name_no_day_of_their_own() -> None:
    for path in (REPO / "notebooks").glob("*.ipynb"):
        assert not re.search(r"\d{4}-\d\d-\d\d", path.read_text(encoding="utf-8")), path


def test_a_batch_by_day_takes_the_window_of_the_dataset_that_it_names(
    second: Path, tmp_path: Path
) -> None:
    shutil.copytree(second, tmp_path / "lake")
    file, contents = tmp_path / "days.yml", read_contents(REPO)
    file.write_text("parameters: {dataset: lake}\n", encoding="utf-8")
    batch = read_batch(file, contents, is_daily=True, output=None)
    days = [order.name for order in batch.orders]
    assert (days[0], days[-1], len(days)) == ("2030-12-16", "2031-01-15", 31)
    file.write_text("matrix: {dataset: [lake, lake]}\n", encoding="utf-8")
    with pytest.raises(ParameterError, match="name one in parameters"):
        read_batch(file, contents, is_daily=True, output=None)


# A brief goes into a folder of its own


def test_a_plan_of_another_dataset_has_its_name_label_days_and_folder(second: Path) -> None:
    contents = read_contents(REPO)
    own, other = (changed_plan(contents, None, named) for named in ({}, {"dataset": str(second)}))
    assert (own.edition.name, own.output) == ("october", REPO / "report")
    assert own.edition.label.startswith("October 2024")
    assert own.written["as_of"] == "2024-10-31"
    assert (other.edition.name, other.edition.label) == ("marrow", "All sources of this dataset")
    assert other.output == REPO / "report" / "marrow"
    assert other.written["as_of"] == other.written["window_end"] == "2031-01-15"
    article = changed_plan(contents, "article", {"dataset": str(second)})
    assert article.output == REPO / "report" / "marrow" / "article"


def test_a_label_that_the_dataset_declares_is_that_of_its_brief(changed: Changed) -> None:
    folder = changed(
        "datapackage.json",
        raw=lambda c: c.replace(b'"name": "orsa', b'"label": "May", "name": "orsa', 1),
    )
    plan = changed_plan(read_contents(REPO), None, {"dataset": str(folder)})
    assert plan.edition.label == "May"


@pytest.fixture(scope="module")
def built(second: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project in which the second question was built, without an --output."""
    root = tmp_path_factory.mktemp("project")
    _project(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        done = _build("-p", f"dataset={second}")
    assert done.exit_code == 0, done.output
    assert "wrote report/marrow/brief.html" in done.stdout
    return root


def test_the_default_edition_is_not_written_over_by_another_dataset(built: Path) -> None:
    assert sorted(path.name for path in (built / "report").iterdir()) == ["marrow", "template"]
    numbers = json.loads((built / "report" / "marrow" / "numbers.json").read_bytes())
    assert numbers["table-parameters"]["dataset"] == "marrow"


def test_an_output_with_a_brief_of_another_dataset_is_refused_with_the_way_out(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built)
    before = {path: path.read_bytes() for path in (built / "report" / "marrow").iterdir()}
    done = _build("--output", "report/marrow")
    assert done.exit_code == 2
    assert "holds a brief of the dataset 'marrow', and this build is of 'orsa-bridge-may-2019'" in (
        done.stderr
    )
    assert "name another folder with --output, or delete the brief that is there" in done.stderr
    assert {path: path.read_bytes() for path in (built / "report" / "marrow").iterdir()} == before


def test_the_page_of_the_second_question_has_its_days_with_their_years(built: Path) -> None:
    page = written_out((built / "report" / "marrow" / "brief.html").read_text(encoding="utf-8"))
    page = re.sub(r"<(style|script|template)\b.*?</\1>", "", page, flags=re.S)
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert TITLE in words and "All sources of this dataset" in words
    assert "16 December 2030 to 15 January 2031" in words
    assert "2031-01-15" in words and "October" not in words and "2024" not in words
    without = re.findall(r"\b\d{1,2} (?:Dec|Jan)\b(?! \d{4})", words)
    assert without == [], "a short date without its year"
    assert len(re.findall(r"\b\d{1,2} (?:Dec 2030|Jan 2031)\b", words)) > 20


def test_the_pdf_of_the_second_question_has_its_days_with_their_years(built: Path) -> None:
    first = PdfReader(built / "report" / "marrow" / "brief.pdf").pages[0].extract_text()
    words = re.sub(r"\s+", " ", first)
    assert TITLE in words
    assert "Marrow Dairy (22 Dec 2030) denied that the water" in words
    assert "Ada Verrin (Tolland, 3 Jan 2031) said" in words


# What the sentences say


def test_the_answer_to_the_second_question_is_that_worked_by_hand(view: View) -> None:
    first, nearest, *_ = answered(view)
    assert first.startswith("One government in this record says that ")
    assert first.endswith(
        " Marrow Dairy (22 Dec 2030)<d1> denied that the water of Lake Marrow is unsafe to drink."
    )
    assert nearest == (
        "Ada Verrin (Tolland, 3 Jan 2031)<m2> said that the water of Lake Marrow is unsafe to "
        "drink; Lakeside Residents (18 Dec 2030)<r1>, people who live at the lake, called it "
        "likely."
    )


def test_the_findings_of_the_second_question_are_those_worked_by_hand(view: View) -> None:
    assert found(view) == {
        "Unsafe to drink: one says so; one says that it is not so": (
            "Marrow Dairy (22 Dec 2030)<d1>: “The water is safe to drink”. Tolland (3 Jan "
            "2031)<m2> said so."
        ),
        "Bacteria in the lake: one says so": (
            "Water Board (29 Dec 2030–2 Jan 2031)<b1> said so. Ilse Kanto<k1> left it open."
        ),
    }, "the Dairy denies nothing but the first question"
    assert cells(evidence(view))[0] == ["Water Board", "■", "shown: document"]


def test_a_range_over_the_turn_of_the_year_has_both_years(view: View) -> None:
    dates = {row[0].partition(" [")[0]: row[2] for row in cells(table("dates", view))}
    assert dates["Water Board"] == "29 Dec 2030–2 Jan 2031"
    assert dates["Marrow Dairy"] in ("22 Dec 2030", "9 Jan 2031")


def test_the_days_on_the_charts_have_their_years(built: Path) -> None:
    page = (built / "report" / "marrow" / "brief.html").read_text(encoding="utf-8")
    for figure in BeautifulSoup(page, "lxml").select("figure:has(svg)"):
        words = [word.get_text() for word in figure.select("svg text")]
        days = [word for word in words if re.match(r"\d{1,2} (?:Dec|Jan)\b", word)]
        assert all(re.search(r" (?:2030|2031)\b", day) for day in days), days
        if figure["id"] != "chart-figures-claimed":
            assert days, figure["id"]


# What the record holds and a brief leaves out


def _limits(view: View) -> str:
    (words,) = sentences(prose.limits_in_full(analysis.record(view)))
    return words


def test_a_statement_outside_the_window_is_counted_and_said(view: View) -> None:
    window = "the window, 16 December 2030 to 15 January 2031"
    assert f"One further statement lies outside {window}: not in this brief." in _limits(view)
    assert prose.limits_in_full(analysis.record(view)).numbers["outside_window"] == 1


def test_statements_later_than_the_day_are_counted_and_said(second: Path) -> None:
    words = _limits(load(str(second), basis="said", as_of="2030-12-31"))
    assert (
        "One further statement lies outside the window, 16 December 2030 to 15 January 2031; "
        "three were said only after 31 December 2030: not in this brief."
    ) in words
    words = _limits(
        load(str(second), basis="reported", as_of="2031-01-09", window_end="2031-02-28")
    )
    assert "Two further statements were reported only after 9 January 2031: not in" in words


@pytest.mark.parametrize("name", VIEWS)
def test_of_a_record_that_is_in_view_as_a_whole_nothing_is_said_to_be_left_out(name: str) -> None:
    view = VIEWS[name]()
    record = analysis.record(view)
    assert (record.outside_window + record.later > 0) == ("not in this brief" in _limits(view))
    if name in ("October", "tiny, all certain", "article"):
        assert "not in this brief" not in _limits(view)


def test_a_brief_that_shows_nothing_says_that_the_record_holds_something(second: Path) -> None:
    view = load(str(second), basis="said", window_start="2031-03-01", window_end="2031-03-31")
    assert answered(view) == [
        "By 31 March 2031 the record holds no dated statement on the question. What it holds was "
        "said later, or lies outside 1 to 31 March 2031."
    ]
    assert "Eight further statements lie outside the window, 1 to 31 March 2031" in _limits(view)


def test_only_an_empty_record_is_said_to_hold_nothing() -> None:
    assert answered(tiny_view("2019-05-31", actors=["drivers_union"])) == [
        "By 31 May 2019 the record holds no dated statement on the question."
    ]


def test_october_says_no_year_where_there_is_but_one() -> None:
    assert real_view().at.year == 2024
