"""Who asserts what: voices by question, quotes beside glosses, what follows from what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from claimbrief.analysis.lasting import (
    FORETOLD,
    UNSTATED,
    bodies,
    pairs,
    places,
    places_of_codes,
    short_names,
    speakers,
)
from claimbrief.analysis.paths import FIRST, position
from claimbrief.analysis.statements import each_statement
from claimbrief.dataset import CONTEXT, NO_RESPONSE
from claimbrief.dates import When
from claimbrief.view import View

TOLD_FIRST = ["claim_id", "speaker", "when", "stance", "stance_words", "told", "words", "response"]


def sides_by_question(view: View) -> pd.DataFrame:
    """Return one row a side and question with what its members say to it, furthest first.

    A side is the topmost body that a speaker belongs to. Columns: side, question_id, claim_id,
    speaker, when, stance, stance_words, told, words, response (of the claim that commits most: what
    is so before what is foretold; said to be so, likely, not so, left open; then by stance and
    commitment in the vocabulary's order, the earliest), is_certain, others (list
    of claim ids: what else the side says to the question). Context is left out, and
    so is an outlet's own wording.
    """
    rows = [
        (
            side,
            question,
            *(getattr(said[0], name) for name in TOLD_FIRST),
            any(claim.certainty == "certain" for claim in said),
            [claim.claim_id for claim in said[1:]],
        )
        for (side, question), said in said_by_side_and_question(view).items()
    ]
    columns = ["side", "question_id", *TOLD_FIRST, "is_certain", "others"]
    return pd.DataFrame(rows, columns=columns)


def said_by_side_and_question(view: View) -> dict[tuple[str, str], list[Any]]:
    """Return what each side says to each question, what commits most first."""
    orders = {
        scheme: {code: place for place, code in enumerate(view.whole.labels(scheme))}
        for scheme in ("stance", "commitment", "question")
    }
    sides = places(view.whole)

    def rank(claim: Any) -> tuple[object, ...]:
        return (
            sides[claim.side],
            orders["question"][claim.question_id],
            claim.content == FORETOLD,
            FIRST.index(position(claim)),
            orders["stance"][claim.stance],
            orders["commitment"][claim.commitment],
        )  # then by date, as they come

    found: dict[tuple[str, str], list[Any]] = {}
    for claim in sorted(_on_the_questions(view), key=rank):
        found.setdefault((claim.side, claim.question_id), []).append(claim)
    return found


def _on_the_questions(view: View) -> list[Any]:
    """Return the counted claims that speak to a question: those that are no context."""
    said = each_statement(view)
    return [claim for claim in said if claim.is_counted and claim.question_id != CONTEXT]


def context(view: View) -> pd.DataFrame:
    """Return one row a proposition of context and stance, with who said so.

    Columns: proposition, stance, commitment, speakers (list of pairs: speaker, claim id), in order
    of first mention.
    """
    found: dict[tuple[str, str], list[Any]] = {}
    for claim in each_statement(view):
        if claim.is_counted and claim.question_id == CONTEXT:
            found.setdefault((claim.proposition, claim.stance), []).append(claim)
    rows = [
        (
            proposition,
            stance,
            said[0].commitment,
            [(claim.speaker, claim.claim_id) for claim in said],
        )
        for (proposition, stance), said in found.items()
    ]
    return pd.DataFrame(rows, columns=["proposition", "stance", "commitment", "speakers"])


def responses(view: View) -> pd.DataFrame:
    """Return one row a response to a proposition, with who voices it.

    Columns: response, proposition, stance, speakers (list of triples: speaker, bounds, claim id);
    in the vocabulary's order. A response holds for its proposition and for nothing else.
    """
    order = list(view.whole.labels("response"))
    found: dict[tuple[str, str, str], list[Any]] = {}
    for claim in each_statement(view):
        if claim.is_counted and claim.response != NO_RESPONSE:
            found.setdefault((claim.response, claim.proposition, claim.stance), []).append(claim)
    rows = [
        (*found_for, [(claim.speaker, claim.when, claim.claim_id) for claim in said])
        for found_for, said in sorted(found.items(), key=lambda one: order.index(one[0][0]))
    ]
    return pd.DataFrame(rows, columns=["response", "proposition", "stance", "speakers"])


def silences(view: View) -> pd.DataFrame:
    """Return one row an actor whom a reader expects to hear.

    Columns: actor_id, name, heard_when (bounds of the first utterance by it or a member, None if
    not heard), heard_claim (of that utterance, "" if none), utterances, speakers (counts),
    unanswered (claim ids: heard, but not on the proposition).
    """
    rows = [
        {
            "actor_id": one.actor_id,
            "name": one.name,
            "heard_when": one.said[0].when if one.said else None,
            "heard_claim": one.said[0].claim_id if one.said else "",
            "utterances": len({claim.utterance_id for claim in one.said}),
            "speakers": len(one.speakers),
            "unanswered": [claim.claim_id for claim in one.unanswered],
        }
        for one in heard_of_expected(view)
    ]
    columns = "actor_id name heard_when heard_claim utterances speakers unanswered"
    return pd.DataFrame(rows, columns=columns.split())


@dataclass(frozen=True, eq=False)
class Heard:
    """An actor whom a reader expects to hear, and what it or its members say, as statements."""

    actor_id: str
    name: str
    said: list[Any]
    speakers: set[str]
    unanswered: list[Any]


def heard_of_expected(view: View) -> list[Heard]:
    """Return the actors whom a reader expects to hear, in the order of their table."""
    actors, groups, spoken = view.whole.actors, bodies(view.whole), speakers(view.whole)
    expected = {
        actor: Heard(actor, name, [], set(), [])
        for actor, name, is_expected in zip(
            actors["actor_id"], actors["name"], actors["is_expected"].tolist(), strict=True
        )
        if is_expected is True
    }
    for claim in each_statement(view):
        is_said = claim.is_counted and claim.question_id != CONTEXT
        if not is_said and claim.stance != "not_addressed":
            continue
        by = [(one, group) for one in spoken[claim.utterance_id] for group in groups[one]]
        for group in dict.fromkeys(group for _, group in by if group in expected):
            heard = expected[group]
            if is_said:
                heard.said.append(claim)
                heard.speakers.update(one for one, body in by if body == group)
            if claim.stance == "not_addressed":
                heard.unanswered.append(claim)
    return list(expected.values())


def wording_drift(view: View) -> pd.DataFrame:
    """Return one row a word for the people, in order of first use.

    Columns: term (lower case), quoted, paraphrased (lists of triples: speaker, bounds, claim id:
    the word stands in the speaker's quoted words, or in a paraphrase of them), outlets (claim ids:
    an outlet's own wording), headlines (publishers of coded texts in whose headline it stands).
    """
    words: dict[str, list[Any]] = {}
    for claim in each_statement(view):
        if claim.personnel_term:
            words.setdefault(claim.personnel_term.lower(), []).append(claim)
    sources = view.record.sources
    coded = sources[sources["sha256"] != ""]
    headlines = list(pairs(coded, "title", "publisher"))
    rows = []
    for term, said in words.items():
        cites: dict[bool, list[tuple[str, When, str]]] = {True: [], False: []}
        for claim in said:
            if claim.is_counted:
                cite = (claim.speaker, claim.when, claim.claim_id)
                cites[term in claim.quote.lower()].append(cite)
        pattern = re.compile(rf"\b{re.escape(term)}\b", re.IGNORECASE)
        rows.append(
            {
                "term": term,
                "quoted": cites[True],
                "paraphrased": cites[False],
                "outlets": [claim.claim_id for claim in said if claim.is_outlet_voice],
                "headlines": [who for title, who in headlines if pattern.search(title)],
            }
        )
    return pd.DataFrame(rows, columns=["term", "quoted", "paraphrased", "outlets", "headlines"])


def quotes_beside_glosses(view: View) -> pd.DataFrame:
    """Return one row a gloss or summary beside the claim that it renders.

    Columns: gloss_id, quote_id, speaker, named (whom the outlet names), quote, said (our paraphrase
    of the speaker's claim), said_rendering, glossed (our paraphrase of the outlet's),
    said_question, gloss_question, gap (by how many places of the vocabulary's order the outlet's
    question comes before the speaker's; 0 where the speaker's words name no content), rendering,
    publisher, note, stance, gloss_stance, commitment, gloss_commitment.
    """
    names, order = short_names(view.whole), places_of_codes(view.whole, "question")
    rows = [
        (
            gloss.claim_id,
            gloss.renders,
            gloss.speaker,
            names.get(gloss.attributed_to, gloss.speaker),
            said.quote,
            said.paraphrase,
            said.rendering,
            gloss.paraphrase,
            said.question_id,
            gloss.question_id,
            0 if said.content == UNSTATED else order[said.question_id] - order[gloss.question_id],
            gloss.rendering,
            gloss.publisher,
            gloss.note,
            said.stance,
            gloss.stance,
            said.commitment,
            gloss.commitment,
        )
        for gloss, said in glosses(view)
    ]
    columns = (
        "gloss_id quote_id speaker named quote said said_rendering glossed said_question "
        "gloss_question gap rendering publisher note stance gloss_stance commitment "
        "gloss_commitment"
    )
    return pd.DataFrame(rows, columns=columns.split())


def glosses(view: View) -> list[tuple[Any, Any]]:
    """Return each gloss or summary with the claim that it renders, as statements."""
    said = {claim.claim_id: claim for claim in each_statement(view)}
    return [
        (claim, said[claim.renders])
        for claim in said.values()
        if claim.rendering in ("gloss", "summary")
    ]


def proposition_links(view: View) -> pd.DataFrame:
    """Return one row a relation between propositions in view.

    Columns: a, relation, b, a_text, b_text, note.
    """
    texts = view.whole.propositions.set_index("proposition_id")["text"]
    links = view.whole.proposition_relations
    in_view = view.record.propositions["proposition_id"]
    shown = links[links["a"].isin(in_view) & links["b"].isin(in_view)]
    return shown.assign(a_text=shown["a"].map(texts), b_text=shown["b"].map(texts))
