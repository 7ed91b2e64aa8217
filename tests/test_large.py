"""Of what grows with the record a table shows the part that matters most, and counts the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from types import SimpleNamespace

import pytest
from seen import cells, plain, real_seen

from claimbrief import links
from claimbrief.analysis.findings import findings
from claimbrief.blocks import Table
from claimbrief.links import FIRST_NAMED
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
    monkeypatch.setattr(links, "MOST_TOLD", 10_000)
    whole = make(replace(real_seen()))  # views of their own, so that nothing kept is shown
    monkeypatch.setattr(links, "MOST_TOLD", CUT[make])
    cut = make(replace(real_seen()))
    assert len(whole.rows) > len(cut.rows) == ROOM
    assert "Here are" not in plain(whole.note)
    assert f" Here are three of {number(len(whole.rows))} " in plain(cut.note)
    where = "the dataset’s table" if make is table_proposition_links else "claims.csv, beside"
    assert f"the whole record is in {where}" in plain(cut.note)
    assert cut.numbers == whole.numbers  # what is counted is counted in full


def test_the_rows_that_are_shown_are_those_that_matter_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def levels() -> list[str]:
        rows = cells(table_denial_register(replace(real_seen())))
        return [row[3].partition(":")[0] for row in rows]

    every = levels()
    monkeypatch.setattr(links, "MOST_TOLD", ROOM)
    few = levels()
    assert sorted(few, reverse=True) == sorted(every, reverse=True)[:ROOM]
    assert len(set(few)) > 1
    shown = cells(table_evidence_register(real_seen()))
    assert all("published" in row[4] for row in shown)


def test_of_many_stretches_each_side_heard_most_has_its_first_and_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def by_side(rows: list[list[str]]) -> dict[str, list[list[str]]]:
        return {side: [row for row in rows if row[0] == side] for side in {row[0] for row in rows}}

    def days(rows: list[list[str]]) -> int:
        return sum(int(row[4]) for row in rows)

    monkeypatch.setattr(links, "MOST_TOLD", 10_000)
    whole = by_side(cells(table_stance_paths(replace(real_seen()))))
    monkeypatch.setattr(links, "MOST_TOLD", 8)
    table = table_stance_paths(replace(real_seen()))
    cut = by_side(cells(table))
    assert len(cut) == 4
    for side, rows in cut.items():
        assert rows == (whole[side] if len(whole[side]) < 2 else [whole[side][0], whole[side][-1]])
    assert any(len(whole[side]) > 2 for side in cut)
    fewest = min(days(whole[side]) for side in cut)
    assert fewest >= max(days(rows) for side, rows in whole.items() if side not in cut)
    told = f"Of {sum(map(len, whole.values()))} such stretches of {len(whole)} sides here are"
    assert told in plain(table.note)


def test_an_order_matrix_without_room_shows_the_first_questions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(escalation, "MOST_SHOWN", 10_000)
    whole = table_utterance_order(replace(real_seen()))
    monkeypatch.setattr(escalation, "MOST_SHOWN", 5)
    table = table_utterance_order(replace(real_seen()))
    assert len(table.rows) == 5 and len(table.columns) == 6
    assert f"Of {len(whole.rows)} here are the five on the first questions." in plain(table.note)
    assert table.numbers["pairs"] == whole.numbers["pairs"]


def test_where_much_is_said_by_nobody_the_first_are_named_and_the_rest_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = findings(real_seen("2024-10-23"))
    (limit,) = [one for one in shown.said_by_nobody if one.claim_id == "o53f"]
    said = tuple(
        replace(limit, proposition=f"proposition {place} is so", claim_id=f"c{place}")
        for place in range(20)
    )
    words = plain(key_findings._said_by_nobody(replace(shown, said_by_nobody=said)))
    assert "that proposition 0 is so, which Cho Tae-yong reportedly said is not yet so" in words
    assert words.count(" is so, which ") == FIRST_NAMED and "proposition 19" not in words
    assert words.endswith(f"; {number(20 - FIRST_NAMED)} more.")


def test_where_many_sides_moved_few_of_a_question_are_told_each_with_few_turns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = real_seen()
    monkeypatch.setattr(prose_positions, "MOST_MOVES", 50)
    every = plain(told_turns(seen, findings(seen)))
    assert every.count(" → ") > 5 and "more" not in every
    monkeypatch.setattr(prose_positions, "MOST_MOVES", 5)
    monkeypatch.setattr(prose_positions, "FEW_MOVED", 1)
    few = plain(told_turns(seen, findings(seen)))
    # Taking part in the war, and being sent: the first turn of each, and how many follow it.
    assert few.count(" → ") == 2 and few.count(" more.") == 2
    assert every.startswith(few.partition("; ")[0])


def test_a_gloss_that_alone_says_what_is_meant_is_said_to() -> None:
    gloss = SimpleNamespace(
        said_question="QU", gloss_question="Q2", commitment="CT+", gloss_commitment="CT+"
    )
    told = words._change(real_seen(), gloss)
    assert told == "Alone says what is meant: “Sent to Russia or its forces?”."
