"""`claimbrief agreement`: how far two coders agreed, as the method chapter prints it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from conftest import Changed
from views import REAL, TINY

from claimbrief.cli import main


def _said(folder: Path) -> str:
    done = CliRunner().invoke(main, ["agreement", str(folder)])
    assert done.exit_code == 0, done.output
    return done.output


def test_each_variable_has_n_raw_agreement_and_alpha() -> None:
    rows = {line.split()[0]: line.split() for line in _said(REAL).splitlines() if line}
    assert rows["stance"][1:5] == ["192", "0.98", "0.97", "nominal"]
    assert rows["commitment"][4] == "ordinal"
    assert rows["evidence_kind"][3] == "0.59"
    assert "o10a" in " ".join(rows["stance"])


def test_it_says_how_far_this_carries() -> None:
    assert "blind" in _said(REAL)


def test_with_one_coder_it_is_not_measured(changed: Changed) -> None:
    def first_alone(content: bytes) -> bytes:
        return b"".join(
            line for line in content.splitlines(keepends=True) if not line.startswith(b"second,")
        )

    folder = changed("codings.csv", raw=first_alone)
    assert "Not measured" in _said(folder)
    assert "Not measured" not in _said(TINY)
