"""Briefs of generated packages: what grows with the record is cut, and the page says so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from reading import whole
from views import chart, real_view

from claimbrief import charts
from claimbrief.limits import LIMITS

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
from packages import write_package

REPO = Path(__file__).parent.parent
LONGEST = 32_767 // 2  # of a PDF's string, in which a sign may take two bytes
COMMAND = Path(sys.executable).parent / "claimbrief"


def _built(folder: Path, claims: int) -> str:
    """Return the page of a package of so many claims."""
    write_package(folder / "package", claims)
    written = ["--output", f"{folder}/out", "--format", "html", "-p", f"dataset={folder}/package"]
    done = subprocess.run(
        [str(COMMAND), "build", *written], cwd=REPO, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    return (folder / "out" / "brief.html").read_text(encoding="utf-8")


def test_of_more_claims_than_the_ledger_holds_each_link_leads_to_one_on_a_card_or_is_none(
    tmp_path: Path,
) -> None:
    claims = LIMITS.cards + 200
    page = whole(_built(tmp_path, claims))
    cards = {str(claim["id"]) for claim in page.select("main article li[id]")}
    assert LIMITS.cards - 20 < len(cards) <= LIMITS.cards
    cited = {str(link["href"])[1:] for link in page.select("main a[href^='#c']")}
    assert {anchor for anchor in cited if re.fullmatch(r"c\d+", anchor)} <= cards
    text = " ".join(page.get_text().split())
    assert re.search(r"Here are the cards of [\w,]+ of [\w,]+ statements: ", text)


@pytest.mark.parametrize("claims", [250, 1000])
def test_what_stands_in_the_pdf_for_a_chart_does_not_grow_with_the_record(
    tmp_path: Path, claims: int
) -> None:
    write_package(tmp_path, claims)
    view = real_view(folder=tmp_path)
    for name in charts.__all__:
        block = chart(name, view)
        assert 40 < len(f"{block.alt} {block.description}") < LONGEST, name
