"""What a table, a chart or a sentence needs besides its frame: day, labels, names, colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from claimbrief.analysis.days import days_of
from claimbrief.analysis.escalation import covered_until
from claimbrief.dataset import Dataset, each_row
from claimbrief.house import house
from claimbrief.limits import LIMITS
from claimbrief.lookups import abbreviations, pairs, short_names, sides, speakers
from claimbrief.texts import Run, Text, joined, text
from claimbrief.view import View
from claimbrief.viewpoint import Viewpoint
from claimbrief.wording import bracketed, counted, month_day, short_dated, short_day

SOURCES_NAMED = 3  # how many sources are named below a table or chart
CODING = "Coded by us."
_CITED = ["claim_id", "utterance_id", "side", "speaker", "publisher", "when", "is_outlet_voice"]


@dataclass(frozen=True)
class Cited:
    """The words that cite a claim: "Blinken (US, 31 Oct)", and without the side "Blinken (31 Oct)".

    If a speaker has several utterances on a day, the channel of each is named. An outlet's own
    words are cited as the outlet's: "Al Jazeera on Zelenskyy (13 Oct)".
    """

    utterance_id: str
    full: str
    short: str


@dataclass(frozen=True)
class Context:
    """The viewpoint of a brief and how its codes, actors and sources are called.

    `days` are the days that a page can be moved back to, the last its own; `labels` holds for each
    scheme of the codebook its codes with their labels, in order, `definitions` the same with their
    definitions; `names`
    the short names of the actors by id, in the order of their table; `full_names` their names;
    `colours` a colour for each side by id; `abbreviations` how each actor is called in brackets, by
    id; `short_questions` and `clauses` each question in a few words ("In the harbour") and what
    somebody says who says yes to it, by code; `cited` the words that cite each claim in view, by
    id; `source` the line that names the sources in view;
    `events` the events that statements speak of (frame: date in EDTF, label); `covered_until` the
    last day that a source can have covered (None: no source has a known day); `descriptor` what the
    dataset says of itself, and `digest` its SHA-256.
    """

    at: Viewpoint
    days: tuple[date, ...]
    labels: Mapping[str, Mapping[str, str]]
    definitions: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]
    full_names: Mapping[str, str]
    colours: Mapping[str, str]
    abbreviations: Mapping[str, str]
    short_questions: Mapping[str, str]
    clauses: Mapping[str, str]
    cited: Mapping[str, Cited]
    source: Text
    events: pd.DataFrame
    covered_until: date | None
    descriptor: Mapping[str, object]
    digest: str

    def __repr__(self) -> str:
        return (
            f"as of {self.at.as_of}, basis: {self.at.basis}\n"
            f"days: {len(self.days)}, codes with labels: {', '.join(self.labels)}\n"
            f"actors with names: {len(self.names):,}, sides with colours: {len(self.colours):,}, "
            f"events: {len(self.events):,}\n"
            f"dataset: {self.descriptor['name']}, digest {self.digest[:12]}"
        )

    @property
    def questions(self) -> Mapping[str, str]:
        """The label of each question."""
        return self.labels["question"]

    def short_dated(self, when: str) -> str:
        """Return a date in EDTF for a narrow column (see `claimbrief.wording.short_dated`)."""
        return short_dated(when, self.at.year)

    def short_day(self, value: date) -> str:
        """Return a day, without the year of the window: "16 May"."""
        return short_day(value, self.at.year)

    def month_day(self, value: date) -> str:
        """Return a day in full, without the year of the window: "16 May"."""
        return month_day(value, self.at.year)

    def question_within(self, code: str) -> str:
        """Return a question in a few words as they stand inside a sentence: "in the harbour".

        A name, or an abbreviation, that comes first keeps its capital; without a code it is "".
        """
        short = self.short_questions.get(code, "")
        first = short.partition(" ")[0].removesuffix("’s")
        names = {word for name in self.full_names.values() for word in name.split()}
        is_name = first in names or first[1:] != first[1:].lower()
        return short if is_name else short[:1].lower() + short[1:]


def context_of(view: View) -> Context:
    """Return what the tables, charts and sentences of a view need besides their frames."""
    dataset = view.whole
    schemes = dataset.vocabulary.groupby("scheme", sort=False)
    return Context(
        at=view.at,
        days=tuple(days_of(view)),
        labels=dataset.codes,
        definitions={
            str(scheme): dict(pairs(rows, "code", "definition")) for scheme, rows in schemes
        },
        names=short_names(dataset),
        abbreviations=abbreviations(dataset),
        **_short_words(dataset),
        cited=_cited(view),
        full_names=dict(pairs(dataset.actors, "actor_id", "name")),
        colours=_colours(view),
        source=_source_line(view),
        events=view.record.events,
        covered_until=covered_until(view),
        descriptor=dataset.descriptor,
        digest=dataset.digest,
    )


def _short_words(dataset: Dataset) -> dict[str, dict[str, str]]:
    """Return each question in a few words and as a clause, by code.

    Where the vocabulary gives none, they are made: the few words of the label, and of a definition
    such as "Whether the bridge is unsafe. …" the clause "the bridge is unsafe". Of any other
    definition nothing can be made that stands after "that": then the clause names the label.
    """
    questions = dataset.vocabulary[dataset.vocabulary["scheme"] == "question"]
    short, clauses = {}, {}
    for question in each_row(questions):
        meant = question.definition.partition(". ")[0].removesuffix(".")
        short[question.code] = question.short or question.label.removesuffix("?")
        clause = f"the answer to “{question.label}” is yes"
        if meant.startswith("Whether "):
            clause = meant.removeprefix("Whether ")
        clauses[question.code] = question.clause or clause
    return {"short_questions": short, "clauses": clauses}


def _cited(view: View) -> dict[str, Cited]:
    claims = view.statements
    names, year = abbreviations(view.whole), view.at.year
    channels = dict(pairs(view.record.utterances, "utterance_id", "channel"))
    occasions, short = _occasions(view.whole), short_names(view.whole)
    voices = speakers(view.whole)
    speaker_days = claims[["utterance_id", "speaker", "when"]].drop_duplicates()
    is_repeated = speaker_days.duplicated(["speaker", "when"], keep=False)
    several = set(speaker_days.loc[is_repeated, "utterance_id"])
    days = {when: short_dated(when, year) for when in claims["when"].unique()}
    found = {}
    for claim in each_row(claims[_CITED]):
        side, day = names[claim.side], days[claim.when]
        if claim.utterance_id in several:
            channel = channels[claim.utterance_id]
            day = f"{day}, {occasions.get(channel, channel)}"
        if claim.is_outlet_voice:
            of = "" if claim.speaker == claim.publisher else f" on {claim.speaker}"
            voice = bracketed(f"{claim.publisher}{of}", day)
            found[claim.claim_id] = Cited(claim.utterance_id, voice, voice)
            continue
        bare = bracketed(claim.speaker, day)
        names_side = claim.speaker in (side, short[claim.side])
        names_side |= claim.speaker.startswith(f"{short[claim.side]}’s ")
        is_bare = names_side or len(voices[claim.utterance_id]) > 1
        full = bare if is_bare else bracketed(claim.speaker, side, day)
        found[claim.claim_id] = Cited(claim.utterance_id, full, bare)
    return found


def _occasions(dataset: Dataset) -> dict[str, str]:
    """Return the words for each channel that stand in brackets: the short ones, where given."""
    channels = dataset.vocabulary[dataset.vocabulary["scheme"] == "channel"]
    return {it.code: it.short or it.label for it in each_row(channels)}


def _colours(view: View) -> dict[str, str]:
    """Return a colour for each side, by its place among all sides heard in the dataset.

    The last colour is shared by all sides that come after those with one of their own.
    """
    side_of, colours = sides(view.whole), house().colours
    heard = {side_of[actor] for actor in view.whole.speakers["actor_id"].unique()}
    in_order = [actor for actor in view.whole.actors["actor_id"] if actor in heard]
    return {side: colours[min(place, len(colours) - 1)] for place, side in enumerate(in_order)}


def _source_line(view: View) -> Text:
    """Return the line below a table or chart that names the sources in view, with addresses.

    Many sources are only counted; each is in the table of sources or, if very many, in
    claims.jsonld.
    """
    record = view.record
    carried = pd.concat([record.claims["source_id"], record.reports["source_id"]])
    used = record.sources[record.sources["source_id"].isin(carried)]
    if used.empty:
        return ()
    if len(used) > SOURCES_NAMED:
        is_whole = len(used) <= LIMITS.short_rows
        place = "the table of sources" if is_whole else "claims.jsonld"
        return text(f"Source: {counted(len(used), 'document')}, each named in {place}. ", CODING)
    names = [text(Run(f"{it.publisher}, “{it.title}”", str(it.url))) for it in each_row(used)]
    return (Run("Source: "), *joined(names, "; "), Run(f". {CODING}"))
