"""Of what grows with the record a table shows the part that matters most, and counts the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from types import SimpleNamespace

import pandas as pd
import pytest
from seen import cells, plain, real_seen

from claimbrief import links
from claimbrief.analysis.findings import findings
from claimbrief.blocks import Table
from claimbrief.prose import positions as prose_positions
from claimbrief.prose.positions import told_turns
from claimbrief.tables import (
    escalation,
    table_ancestry,
    table_assertions_by_evidence,
    table_context,
    table_denial_register,
    table_evidence_register,
    table_proposition_links,
    table_quotes_beside_glosses,
    table_responses,
    table_sides_by_question,
    table_silences,
    table_stance_paths,
    table_utterance_order,
    table_wording_drift,
    words,
)
from claimbrief.view import View
from claimbrief.wording import number

key_findings = import_module("claimbrief.prose.key_findings")  # there is a function of that name

ROOM = 3
CUT: dict[Callable[[View], Table], int] = {  # what is set, to leave room for three rows
    table_sides_by_question: 2 * ROOM,  # as its rows are tall
    table_denial_register: ROOM,
    table_evidence_register: ROOM,
    table_assertions_by_evidence: ROOM,
    table_ancestry: ROOM,
    table_context: ROOM,
    table_responses: ROOM,
    table_silences: ROOM,
    table_quotes_beside_glosses: ROOM,
    table_wording_drift: ROOM,
    table_proposition_links: ROOM,
}


@pytest.mark.parametrize("make", CUT, ids=lambda make: make.__name__)
def test_a_table_without_room_shows_some_of_its_rows_and_says_of_how_many(
    make: Callable[[View], Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = make(real_seen())
    monkeypatch.setattr(links, "MOST_TOLD", CUT[make])
    cut = make(replace(real_seen()))  # another view, so that nothing kept is shown
    assert len(whole.rows) > len(cut.rows) == ROOM
    assert "Here are" not in plain(whole.note)
    assert f" Here are three of {number(len(whole.rows))} " in plain(cut.note)
    assert "the whole record is in claims.csv" in plain(cut.note)
    assert cut.numbers == whole.numbers  # what is counted is counted in full


def test_the_rows_that_are_shown_are_those_that_matter_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(links, "MOST_TOLD", ROOM)
    levels = [row[3].partition(":")[0] for row in cells(table_denial_register(real_seen()))]
    every = real_seen().record.claims
    highest = max(every.loc[every["stance"].isin(["denies", "dismisses"]), "denial"])
    assert set(levels) == {highest}
    shown = cells(table_evidence_register(real_seen()))
    assert all("published" in row[4] for row in shown)


def test_of_many_stretches_each_side_heard_most_has_its_first_and_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def by_side(rows: list[list[str]]) -> dict[str, list[list[str]]]:
        return {side: [row for row in rows if row[0] == side] for side in {row[0] for row in rows}}

    def days(rows: list[list[str]]) -> int:
        return sum(int(row[4]) for row in rows)

    whole = by_side(cells(table_stance_paths(real_seen())))
    monkeypatch.setattr(links, "MOST_TOLD", 8)
    table = table_stance_paths(real_seen())
    cut = by_side(cells(table))
    assert len(cut) == 4
    for side, rows in cut.items():
        assert rows == (whole[side] if len(whole[side]) < 2 else [whole[side][0], whole[side][-1]])
    assert any(len(whole[side]) > 2 for side in cut)
    fewest = min(days(whole[side]) for side in cut)
    assert fewest >= max(days(rows) for side, rows in whole.items() if side not in cut)
    told = f"Of {sum(map(len, whole.values()))} such stretches of {len(whole)} sides here are"
    assert told in plain(table.note)


def test_an_order_matrix_without_room_shows_the_highest_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = table_utterance_order(real_seen())
    monkeypatch.setattr(escalation, "MOST_SHOWN", 5)
    table = table_utterance_order(real_seen())
    assert len(table.rows) == 5 and len(table.columns) == 6
    assert f"Of {len(whole.rows)} such the five of the highest step are here." in plain(table.note)
    assert table.numbers["pairs"] == whole.numbers["pairs"]


def test_where_much_is_said_by_nobody_those_who_deny_it_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = real_seen()
    shown = findings(seen)
    (whole,) = {one.proposition for one in shown.denied_only}
    assert "which Zelenskyy and Blinken denied [o84a, o90c]" in plain(
        key_findings._said_by_nobody(shown)
    )
    monkeypatch.setattr(key_findings, "FEW", 0)
    told = plain(key_findings._said_by_nobody(shown))
    assert told.endswith(f"that {whole}, which two speakers denied [o84a].")


def test_where_many_sides_moved_few_of_a_question_are_told_each_with_few_turns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = real_seen()
    assert plain(told_turns(seen, findings(seen))).count(" → ") == 7
    monkeypatch.setattr(prose_positions, "MOST_NAMED", 5)
    monkeypatch.setattr(prose_positions, "FEW_MOVED", 1)
    assert plain(told_turns(seen, findings(seen))) == (
        "Who moved? Sent to Russia or its forces: South Korea open (16 Oct) [o12a] → so (18 Oct) "
        "[o22a]; four more. In Kursk, at the front in Russia: the United States open (28 Oct) "
        "[o72c] → so (29 Oct) [o76a]."
    )


def test_a_gloss_that_leaves_the_ladder_is_said_to() -> None:
    gloss = SimpleNamespace(said_rung=2, gloss_rung=pd.NA, commitment="CT+", gloss_commitment="CT+")
    told = words._change(real_seen(), gloss)
    assert told.startswith("Off the ladder: from step 2") and told.endswith("stands on none.")
