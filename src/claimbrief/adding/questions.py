"""A statement asked for at a terminal, each answer checked as it is given."""

from __future__ import annotations

from difflib import get_close_matches

import click

from claimbrief.adding.statement import ORDER, Field, Rows, fields, key_column
from claimbrief.adding.tables import cell_problems
from claimbrief.dataset import Dataset
from claimbrief.descriptor import resource
from claimbrief.lookups import pairs
from claimbrief.validate import find_problems
from claimbrief.validate.structure import structure_problems

# The tables of which rows are asked for, once it is known which utterance they are of; rows of
# sources, actors, propositions and evidence are asked for where an answer names a new key.
ASKED = ("speakers", "words", "claims", "claim_evidence", "evidence_status", "lineage", "reports")
MAX_LISTED = 20  # codes or keys that are listed at once
# The column that says, for people, what a key stands for.
LABELS = {
    "sources": "title",
    "actors": "name",
    "propositions": "text",
    "utterances": "venue",
    "evidence": "description",
    "claims": "paraphrase",
}


class Questions:
    """The questions of a statement and the rows that the answers have given so far."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.rows: Rows = {table: [] for table in ORDER}
        self._suggested: dict[str, str] = {}

    def ask(self) -> None:
        """Ask for an utterance, new or known, and for the rows that go with it."""
        click.echo("Enter leaves a cell empty; ? lists what is accepted, ?word searches that list.")
        key = key_column(self.dataset.descriptor, "utterances")
        utterance_id = ""
        while not utterance_id:
            utterance_id = click.prompt("utterance_id, the id of a statement, new or known").strip()
            if utterance_id.startswith("?"):
                _list(self._known("utterances"), utterance_id[1:].strip())
                utterance_id = ""
        is_new = utterance_id not in self._known("utterances")
        if is_new:
            self._ask_row("utterances", {key: utterance_id})
            utterance_id = self.rows["utterances"][0][key]
        self._suggested["child"] = utterance_id
        for table in ASKED:
            while self._is_wanted(table, is_new=is_new):
                self._ask_row(table, {key: utterance_id})

    def _is_wanted(self, table: str, *, is_new: bool) -> bool:
        n_rows = len(self.rows[table])
        default = {
            "speakers": is_new and not n_rows,
            "words": not n_rows,
            "claims": not n_rows,
            "evidence_status": n_rows < len(self.rows["evidence"]),
        }
        what = str(resource(self.dataset.descriptor, table)["description"])
        return click.confirm(
            f"\n{what}\nAdd {'another' if n_rows else 'a'} row of {table}?",
            default=default.get(table, False),
        )

    def _ask_row(self, table: str, given: dict[str, str]) -> None:
        """Ask for the cells of a row, except those that are given."""
        row: dict[str, str] = {}
        self.rows[table].append(row)  # at once, so that no answer is lost where asking ends early
        for field in fields(self.dataset.descriptor, table):
            row[field.name] = given.get(field.name) or self._answer(field, table)
            while not self._is_accepted(table, row, field):
                row[field.name] = self._typed(field)
        if key := key_column(self.dataset.descriptor, table):
            self._suggested[key] = row[key]

    def _answer(self, field: Field, table: str) -> str:
        """Return what is typed for a cell, after what the cell means and what is accepted."""
        need = "" if field.is_required else " (may be empty)"
        click.echo(f"\n{table}, {field.name}: {field.description}{need}")
        accepted = self._accepted(field)
        if len(accepted) <= MAX_LISTED:
            _list(accepted, "")
        return self._typed(field)

    def _typed(self, field: Field) -> str:
        """Return what is typed, having listed what is accepted as often as asked."""
        suggested = self._suggested.get(field.name, "") if field.is_required else ""
        while True:
            typed = click.prompt(field.name, suggested, show_default=bool(suggested)).strip()
            if not typed.startswith("?"):
                return str(typed)
            _list(self._accepted(field), typed[1:].strip())

    def _is_accepted(self, table: str, row: dict[str, str], field: Field) -> bool:
        """Return whether the last answer is accepted; if not, say why."""
        answer, other = row[field.name], field.refers_to
        if other and answer and answer not in self._known(other):
            close = get_close_matches(answer, list(self._known(other)), n=3)
            hint = f" (nearest: {', '.join(close)})" if close else ""
            click.echo(f"  {answer} is not in {other}.csv{hint}")
            key = key_column(self.dataset.descriptor, other)
            if other == table or not click.confirm("  Is it new?", default=False):
                return False
            self._ask_row(other, {key: answer})
            row[field.name] = answer = self.rows[other][-1][key]
        # Later answers may give what the rows of a key lack, so a key is only looked up.
        check = structure_problems if field.is_key or other else find_problems
        refused = cell_problems(self.dataset, self.rows, table, field.name, check)
        for line in refused:
            click.echo(f"  {line}")
        if other:
            self._suggested[field.name] = answer
        return not refused

    def _accepted(self, field: Field) -> dict[str, str]:
        """Return the values that a cell may have, with what they mean; {} if any may stand."""
        if field.kind == "boolean":
            return {"true": "", "false": ""}
        if field.refers_to:
            return self._known(field.refers_to)
        rows = self.dataset.vocabulary[self.dataset.vocabulary["scheme"] == field.scheme]
        meanings = rows["label"] + ": " + rows["definition"]
        return dict(zip(rows["code"].tolist(), meanings.tolist(), strict=True))

    def _known(self, table: str) -> dict[str, str]:
        """Return the keys of a table, new ones too, each with what it stands for."""
        key, label = key_column(self.dataset.descriptor, table), LABELS[table]
        new = {row[key]: row.get(label, "") for row in self.rows[table] if row.get(key)}
        return {**dict(pairs(self.dataset.table(table), key, label)), **new}


def _list(accepted: dict[str, str], word: str) -> None:
    """Print the accepted values that have a word in them, as many as are listed at once."""
    found = [
        f"  {value}  {meaning}"
        for value, meaning in accepted.items()
        if word.casefold() in f"{value} {meaning}".casefold()
    ]
    for line in found[:MAX_LISTED]:
        click.echo(line)
    if len(found) > MAX_LISTED:
        click.echo(f"  and {len(found) - MAX_LISTED} more; ?word lists those that have the word")
    if not found and (accepted or word):
        click.echo("  none has it" if accepted else "  no list: any text may stand")
