"""Who asserts what: voices by question, quotes beside glosses, what follows from what."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.statements import statements
from claimbrief.dataset import each_row
from claimbrief.view import View, members_of


def voices_by_question(view: View) -> pd.DataFrame:
    """Return one row a speaker, question and stance, in the order of actors and vocabulary.

    Columns: actor_id, name, role, question_id, stance, response, claim_ids (list),
    is_outlet_voice (the
    outlet's words only, not the speaker's), is_certain. Actors who are expected and not heard,
    they or a member, have one row with an empty question_id.
    """
    spoken = statements(view)[
        [
            "claim_id",
            "utterance_id",
            "question_id",
            "stance",
            "response",
            "rendering",
            "is_outlet_voice",
            "certainty",
        ]
    ]
    spoken = spoken[spoken["rendering"] != "narrator"]
    rows = view.record.speakers.merge(spoken, on="utterance_id")
    keys = ["actor_id", "question_id", "stance", "response", "is_outlet_voice"]
    grouped = rows.groupby(keys, sort=False).agg(
        role=("role", "first"),
        claim_ids=("claim_id", list),
        is_certain=("certainty", lambda values: "certain" in set(values)),
    )
    frame = pd.concat([grouped.reset_index(), _not_heard(view, set(rows["actor_id"]))])
    frame["name"] = frame["actor_id"].map(view.whole.actors.set_index("actor_id")["name"])
    return _in_order(view, frame)


def quotes_beside_glosses(view: View) -> pd.DataFrame:
    """Return one row a gloss or summary beside the claim that it renders.

    Columns: gloss_id, quote_id, speaker, named (whom the outlet names), quote, said (our
    paraphrase of the speaker's claim), said_rendering, glossed (our paraphrase of the outlet's),
    said_rung, gloss_rung, gap (rungs that the outlet adds; missing where the speaker's words
    name no content), stance, gloss_stance, commitment, gloss_commitment.
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
                "stance": said["stance"],
                "gloss_stance": gloss.stance,
                "commitment": said["commitment"],
                "gloss_commitment": gloss.commitment,
            }
        )
    columns = (
        "gloss_id quote_id speaker named quote said said_rendering glossed said_rung gloss_rung "
        "gap stance gloss_stance commitment gloss_commitment"
    )
    return pd.DataFrame(rows, columns=columns.split())


def proposition_links(view: View) -> pd.DataFrame:
    """Return one row a relation between propositions of which the first is in view.

    Columns: a, relation, b, a_text, b_text, note.
    """
    texts = view.whole.propositions.set_index("proposition_id")["text"]
    links = view.whole.proposition_relations
    shown = links[links["a"].isin(view.record.propositions["proposition_id"])]
    return shown.assign(a_text=shown["a"].map(texts), b_text=shown["b"].map(texts))


def _not_heard(view: View, heard: set[str]) -> pd.DataFrame:
    actors = view.whole.actors
    expected = actors.loc[actors["is_expected"].fillna(False).astype(bool), "actor_id"]
    silent = [actor for actor in expected if not members_of(actors, [actor]) & heard]
    return pd.DataFrame(
        {
            "actor_id": silent,
            "question_id": "",
            "stance": "",
            "response": "",
            "is_outlet_voice": False,
            "role": "",
            "claim_ids": [[] for _ in silent],
            "is_certain": True,
        }
    )


def _in_order(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows ordered by body, actor, question and stance."""
    vocabulary = view.whole.vocabulary
    places = dict(zip(view.whole.actors["actor_id"], view.whole.actors.index, strict=True))
    order = {
        scheme: vocabulary[vocabulary["scheme"] == scheme].set_index("code")["order"]
        for scheme in ("question", "stance")
    }
    keys = pd.DataFrame(
        {
            "actor": frame["actor_id"].map(places),
            "question": frame["question_id"].map(order["question"]),
            "stance": frame["stance"].map(order["stance"]),
            "voice": frame["is_outlet_voice"],
        }
    )
    keys.index = pd.RangeIndex(len(frame))
    positions = keys.sort_values(["actor", "question", "voice", "stance"]).index
    return frame.iloc[positions].reset_index(drop=True)
