"""What stands on the card of a statement, and how a reader can filter cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from claimbrief.texts import Text


@dataclass(frozen=True)
class Field:
    """A labelled text, on a card or in the head of the brief."""

    label: str
    value: Text


@dataclass(frozen=True)
class Claim:
    """A claim on a card: what was said, in a sentence without its speaker, and how it was coded."""

    anchor: str
    words: Text
    coding: Text


Facets = Mapping[str, tuple[str, ...]]  # the values of a claim, by filter


@dataclass(frozen=True)
class Passage:
    """Words as a source prints them, with the source, and the claims that are read in them.

    Claims that an outlet makes in its own words have `facets` and a first day, `since`, of their
    own; those of the speaker have the card's.
    """

    words: Text
    claims: tuple[Claim, ...]
    facets: tuple[Facets, ...] = ()
    since: str = ""


@dataclass(frozen=True)
class Card:
    """The card of a statement: who spoke, when and where, the words, and what was said in them.

    `passages` are the speaker's words, `others` the same as other sources print them, and
    `of_outlets` what outlets say of it in words of their own. `coding` is what holds for each claim
    that does not say otherwise. `facets` are those of the speaker's claims, each set once, by which
    a reader can filter; `since` is the first day (YYYY-MM-DD) by which the statement had, or may
    have, been made.
    """

    anchor: str
    title: Text
    passages: tuple[Passage, ...] = ()
    others: tuple[Text, ...] = ()
    of_outlets: tuple[Passage, ...] = ()
    fields: tuple[Field, ...] = ()
    coding: Text = ()
    facets: tuple[Facets, ...] = ()
    since: str = ""


@dataclass(frozen=True)
class Filter:
    """A way to filter cards: the name of a facet, its label, and each value with its label."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
