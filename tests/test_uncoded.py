"""`claimbrief uncoded`: the sentences of a text that no claim and no exclusion covers."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result
from conftest import Changed

from claimbrief.cli import main


def _uncoded(folder: Path, source: str = "ledger_bridge") -> Result:
    return CliRunner().invoke(main, ["uncoded", source, "--dataset", str(folder)])


def test_of_a_coded_text_no_sentence_is_left(tiny: Path) -> None:
    done = _uncoded(tiny)
    assert (done.exit_code, done.stdout) == (
        0,
        "every sentence of ledger_bridge is claimed or excluded\n",
    )


def test_a_sentence_without_claim_or_exclusion_is_printed_with_its_offsets(
    changed: Changed,
) -> None:
    folder = changed("claims.csv", raw=lambda c: b"".join(
        line for line in c.splitlines(keepends=True) if not line.startswith(b"i1,")
    ))  # fmt: skip
    folder = changed(
        "exclusions.csv", raw=lambda c: c.replace(b"ledger_bridge,0,30,headline\n", b""), of=folder
    )
    assert _uncoded(folder).stdout.splitlines() == [
        "0 30  Is the new Orsa bridge unsafe?",
        "500 603  In a letter of 28 April 2019, the retired inspector Jonas Pell wrote: “Three to "
        "five welders were hurt.",
        "604 633  They fell from the main span.",
    ]


def test_a_new_text_is_uncoded_as_a_whole_and_its_row_is_prepared(tiny: Path) -> None:
    (tiny / "archive" / "new_page.txt").write_text("It is new. It is short.", encoding="utf-8")
    lines = _uncoded(tiny, "new_page").stdout.splitlines()
    assert lines[0].startswith("new_page is not in sources.csv yet; of the text here: sha256 ")
    assert lines[1:] == ["0 10  It is new.", "11 23  It is short."]


def test_a_source_without_a_text_is_refused(tiny: Path) -> None:
    done = _uncoded(tiny, "gazette_2019_05_21")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "accepted: its text in archive/gazette_2019_05_21.txt" in done.stderr
