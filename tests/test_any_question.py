"""The code serves any question: words and columns of the first live in its package alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import REPO, Changed
from views import claims_of, ledger, plain, tiny_view

from claimbrief.dataset import read_dataset
from claimbrief.downloads.claims_csv import COLUMNS, claims_table
from claimbrief.validate import find_problems

# What the question in data/ is of. The fonts are of scripts, and a month is a month.
WORDS = re.compile(
    r"troop|soldier|personnel|korea|russia|ukrain|moscow|kyiv|kremlin|kursk|seoul|pyongyang|"
    r"front ?line|\b(?:at|from|near|to) the front\b|battle|fight|weapon|\bwars?\b|military|"
    r"october|dprk",
    re.IGNORECASE,
)
ALLOWED = {
    "faces.py": re.compile("Korean"),  # the script
    "fonts.py": re.compile("Korean"),
    "wording.py": re.compile(r'"October",'),
}
FILES = sorted(
    path
    for path in [*(REPO / "src" / "claimbrief").rglob("*"), *(REPO / "notebooks").glob("*.ipynb")]
    if path.is_file() and path.suffix != ".pyc"
)


def test_the_files_of_the_code_and_the_notebooks_are_found() -> None:
    assert {"rules.csv", "block.html.j2", "wording.py", "1-front.ipynb"} <= {
        path.name for path in FILES
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_code_and_no_notebook_speaks_of_the_question_in_data(path: Path) -> None:
    allowed = ALLOWED.get(path.name, re.compile("(?!)"))
    for line in path.read_text(encoding="utf-8").splitlines():
        assert not WORDS.search(allowed.sub("", line)), line


# Columns that only one package has


def with_column(changed: Changed, name: str, cell: str, **field: object) -> Path:
    """Return the tiny package with one more column of claims, filled for i1 alone."""

    def describe(content: bytes) -> bytes:
        package = json.loads(content)
        (claims,) = (table for table in package["resources"] if table["name"] == "claims")
        claims["schema"]["fields"].append({"name": name, "type": "string", **field})
        return json.dumps(package, ensure_ascii=False).encode()

    def fill(content: bytes) -> bytes:
        header, *rows = content.decode().splitlines()
        ends = [f"{row},{cell if row.startswith('i1,') else ''}" for row in rows]
        return "\n".join([f"{header},{name}", *ends, ""]).encode()

    folder = changed("datapackage.json", raw=describe)
    return changed("claims.csv", raw=fill, of=folder)


def coding(folder: Path, claim_id: str) -> str:
    cards = ledger(tiny_view(folder=folder)).cards
    claims = {claim.anchor: claim for card in cards for claim in claims_of(card)}
    return plain(claims[claim_id].coding)


def test_a_column_that_a_package_adds_to_claims_is_on_the_card_by_its_title(
    changed: Changed,
) -> None:
    folder = with_column(changed, "hours_lost", "40", title="hours of work lost")
    assert "; hours of work lost: 40" in coding(folder, "i1")
    assert "hours of work lost" not in coding(folder, "a1")


def test_an_added_column_without_a_title_is_on_the_card_by_its_name(changed: Changed) -> None:
    assert "; hours_lost: 40" in coding(with_column(changed, "hours_lost", "40"), "i1")


def test_a_code_in_an_added_column_is_on_the_card_by_its_label(changed: Changed) -> None:
    folder = with_column(changed, "seen_from", "east_pier", vocabulary="location")
    assert f"; seen_from: {read_dataset(folder).labels('location')['east_pier']}" in coding(
        folder, "i1"
    )


def test_an_added_column_is_in_the_file_of_claims_as_it_is_written(changed: Changed) -> None:
    folder = with_column(changed, "hours_lost", "40", title="hours of work lost")
    table = claims_table(tiny_view(folder=folder)).set_index("claim_id")
    assert list(table.columns) == [*COLUMNS[1:], "own_hours_lost"]
    assert table["own_hours_lost"].to_dict() == {
        claim_id: "40" if claim_id == "i1" else "" for claim_id in table.index
    }


@pytest.mark.parametrize(
    "name", ["speaker", "venue", "certainty", "when", "class", "2019", "of you"]
)
def test_an_added_column_may_have_any_name_and_puts_nothing_out_of_place(
    changed: Changed, name: str
) -> None:
    folder = with_column(changed, name, "north", title="wind")
    assert "; wind: north" in coding(folder, "i1")
    assert "wind" not in coding(folder, "a1")
    without = claims_table(tiny_view())
    assert claims_table(tiny_view(folder=folder))[COLUMNS].equals(without)


@pytest.mark.parametrize(
    ("cell", "field", "accepted"),
    [
        ("quay", {"vocabulary": "location"}, "use a code of location"),
        ("forty", {"constraints": {"pattern": "[0-9]+"}}, "write it so"),
        (" 40", {}, "remove the blanks"),
    ],
)
def test_an_added_column_is_held_to_what_its_package_says_of_it(
    changed: Changed, cell: str, field: dict[str, object], accepted: str
) -> None:
    problems = find_problems(read_dataset(with_column(changed, "added", cell, **field)))
    (problem,) = problems
    assert (problem.where, problem.column, problem.row) == ("claims", "added", 7)
    assert problem.todo.startswith(accepted)
