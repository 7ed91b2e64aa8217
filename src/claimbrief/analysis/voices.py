"""Who asserts what: voices by question, quotes beside glosses, what follows from what."""

from __future__ import annotations

import re

import pandas as pd

from claimbrief.analysis.paths import FIRST, LEAVES_OPEN, POSITIONS
from claimbrief.analysis.statements import statements
from claimbrief.dataset import CONTEXT, NO_RESPONSE, UNSTATED, each_row
from claimbrief.view import View, members_of


def sides_by_question(view: View) -> pd.DataFrame:
    """Return one row a side and question with what its members say to it, furthest first.

    A side is the topmost body that a speaker belongs to. Columns: side, question_id, claim_id,
    speaker, when, stance, told, words, response (of the claim that commits most: on the ladder
    before what is foretold; said to be so, likely, denied, left open; then by stance and
    commitment in the vocabulary's order, the highest step, the earliest), is_certain, others (list
    of claim ids: what else the side says to the question). Context is left out, and
    so is an outlet's own wording.
    """
    frame = statements(view)
    own = frame[frame["is_counted"] & (frame["question_id"] != CONTEXT)]
    places = {
        scheme: {code: place for place, code in enumerate(view.whole.labels(scheme))}
        for scheme in ("stance", "commitment", "question")
    }
    actors = {actor: place for place, actor in enumerate(view.whole.actors["actor_id"])}
    keys = pd.DataFrame(
        {
            "side": own["side"].map(actors),
            "question": own["question_id"].map(places["question"]),
            "is_expected": own["rung"].isna() & (own["content_role"] != UNSTATED),
            "position": own["stance"].map(POSITIONS).fillna(LEAVES_OPEN).map(FIRST.index),
            "stance": own["stance"].map(places["stance"]),
            "commitment": own["commitment"].map(places["commitment"]),
            "lower": -own["rung"].fillna(0).astype(int),
            "latest": [when.latest for when in own["when"]],
        },
        own.index,
    )
    ranked = own.loc[keys.sort_values(list(keys.columns), kind="stable").index]
    rows = []
    for (side, question), said in ranked.groupby(["side", "question_id"], sort=False):
        first = said.iloc[0]
        kept = ["claim_id", "speaker", "when", "stance", "told", "words", "response"]
        rows.append(
            {
                "side": side,
                "question_id": question,
                **{name: first[name] for name in kept},
                "is_certain": "certain" in set(said["certainty"]),
                "others": list(said["claim_id"].iloc[1:]),
            }
        )
    columns = "side question_id claim_id speaker when stance told words response is_certain others"
    return pd.DataFrame(rows, columns=columns.split())


def context(view: View) -> pd.DataFrame:
    """Return one row a proposition of context and stance, with who said so.

    Columns: proposition, stance, commitment, speakers (list of pairs: speaker, claim id), in order
    of first mention.
    """
    frame = statements(view)
    own = frame[frame["is_counted"] & (frame["question_id"] == CONTEXT)]
    rows = []
    for (proposition, stance), said in own.groupby(["proposition", "stance"], sort=False):
        speakers = list(zip(said["speaker"], said["claim_id"], strict=True))
        rows.append((proposition, stance, said["commitment"].iloc[0], speakers))
    return pd.DataFrame(rows, columns=["proposition", "stance", "commitment", "speakers"])


def responses(view: View) -> pd.DataFrame:
    """Return one row a response to a proposition, with who voices it.

    Columns: response, proposition, stance, speakers (list of triples: speaker, bounds, claim id);
    in the vocabulary's order. A response holds for its proposition and for nothing else.
    """
    frame = statements(view)
    order = {code: place for place, code in enumerate(view.whole.labels("response"))}
    given = frame[frame["is_counted"] & (frame["response"] != NO_RESPONSE)]
    rows = []
    for (response, proposition, stance), said in given.groupby(
        ["response", "proposition", "stance"], sort=False
    ):
        speakers = list(zip(said["speaker"], said["when"], said["claim_id"], strict=True))
        rows.append((response, proposition, stance, speakers))
    table = pd.DataFrame(rows, columns=["response", "proposition", "stance", "speakers"])
    return table.sort_values("response", key=lambda codes: codes.map(order), kind="stable")


def silences(view: View) -> pd.DataFrame:
    """Return one row an actor whom a reader expects to hear.

    Columns: actor_id, name, heard_when (bounds of the first utterance by it or a member, None if
    not heard), heard_claim (of that utterance, "" if none), utterances, speakers (counts),
    unanswered (claim ids: heard, but not on the proposition).
    """
    frame = statements(view)
    own = frame[frame["is_counted"] & (frame["question_id"] != CONTEXT)]
    rows = []
    actors = view.whole.actors
    expected = actors[actors["is_expected"].fillna(False).astype(bool)]
    for actor in each_row(expected):
        spoken = view.record.speakers
        members = members_of(actors, [actor.actor_id])
        by_it = set(spoken.loc[spoken["actor_id"].isin(members), "utterance_id"])
        said = own[own["utterance_id"].isin(by_it)]
        silent = frame[frame["utterance_id"].isin(by_it) & (frame["stance"] == "not_addressed")]
        heard = set(spoken.loc[spoken["utterance_id"].isin(said["utterance_id"]), "actor_id"])
        rows.append(
            {
                "actor_id": actor.actor_id,
                "name": actor.name,
                "heard_when": said["when"].iloc[0] if len(said) else None,
                "heard_claim": said["claim_id"].iloc[0] if len(said) else "",
                "utterances": said["utterance_id"].nunique(),
                "speakers": len(heard & members),
                "unanswered": list(silent["claim_id"]),
            }
        )
    columns = "actor_id name heard_when heard_claim utterances speakers unanswered"
    return pd.DataFrame(rows, columns=columns.split())


def wording_drift(view: View) -> pd.DataFrame:
    """Return one row a word for the people, in order of first use.

    Columns: term (lower case), quoted, paraphrased (lists of triples: speaker, bounds, claim id:
    the word stands in the speaker's quoted words, or in a paraphrase of them), outlets (claim ids:
    an outlet's own wording), headlines (publishers of coded texts in whose headline it stands).
    """
    frame = statements(view)
    used = frame[frame["personnel_term"] != ""]
    used = used.assign(term=used["personnel_term"].str.lower())
    is_quoted = [
        term in quote.lower() for term, quote in zip(used["term"], used["quote"], strict=True)
    ]
    used = used.assign(is_quoted=is_quoted)
    coded = view.record.sources[view.record.sources["sha256"] != ""]
    rows = []
    for term, said in used.groupby("term", sort=False):
        own = said[said["is_counted"]]
        triples = list(zip(own["speaker"], own["when"], own["claim_id"], strict=True))
        cited = own.assign(cite=pd.Series(triples, own.index, dtype=object))
        pattern = rf"\b{re.escape(str(term))}\b"
        in_headline = coded["title"].str.contains(pattern, case=False, regex=True)
        rows.append(
            {
                "term": term,
                "quoted": list(cited.loc[cited["is_quoted"], "cite"]),
                "paraphrased": list(cited.loc[~cited["is_quoted"], "cite"]),
                "outlets": list(said.loc[said["is_outlet_voice"], "claim_id"]),
                "headlines": list(coded.loc[in_headline, "publisher"]),
            }
        )
    return pd.DataFrame(rows, columns=["term", "quoted", "paraphrased", "outlets", "headlines"])


def quotes_beside_glosses(view: View) -> pd.DataFrame:
    """Return one row a gloss or summary beside the claim that it renders.

    Columns: gloss_id, quote_id, speaker, named (whom the outlet names), quote, said (our
    paraphrase of the speaker's claim), said_rendering, glossed (our paraphrase of the outlet's),
    said_rung, gloss_rung, gap (rungs that the outlet adds; missing where the speaker's words
    name no content), rendering, publisher, note, stance, gloss_stance, commitment,
    gloss_commitment.
    """
    frame = statements(view)
    own = frame.set_index("claim_id")
    names = view.whole.actors.set_index("actor_id")["short_name"]
    rows = []
    for gloss in each_row(frame[frame["rendering"].isin(["gloss", "summary"])]):
        said = own.loc[gloss.renders]
        rows.append(
            {
                "gloss_id": gloss.claim_id,
                "quote_id": gloss.renders,
                "speaker": gloss.speaker,
                "named": names.get(gloss.attributed_to, gloss.speaker),
                "quote": said["quote"],
                "said": said["paraphrase"],
                "said_rendering": said["rendering"],
                "glossed": gloss.paraphrase,
                "said_rung": said["rung"],
                "gloss_rung": gloss.rung,
                "gap": gloss.rung - said["rung"],
                "rendering": gloss.rendering,
                "publisher": gloss.publisher,
                "note": gloss.note,
                "stance": said["stance"],
                "gloss_stance": gloss.stance,
                "commitment": said["commitment"],
                "gloss_commitment": gloss.commitment,
            }
        )
    columns = (
        "gloss_id quote_id speaker named quote said said_rendering glossed said_rung gloss_rung "
        "gap rendering publisher note stance gloss_stance commitment gloss_commitment"
    )
    return pd.DataFrame(rows, columns=columns.split())


def proposition_links(view: View) -> pd.DataFrame:
    """Return one row a relation between propositions in view.

    Columns: a, relation, b, a_text, b_text, note.
    """
    texts = view.whole.propositions.set_index("proposition_id")["text"]
    links = view.whole.proposition_relations
    in_view = view.record.propositions["proposition_id"]
    shown = links[links["a"].isin(in_view) & links["b"].isin(in_view)]
    return shown.assign(a_text=shown["a"].map(texts), b_text=shown["b"].map(texts))
