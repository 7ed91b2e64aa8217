"""Who asserts what: voices by question, quotes beside glosses, what follows from what."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.statements import statements
from claimbrief.dataset import NO_RESPONSE, each_row
from claimbrief.view import View, members_of


def voices_by_question(view: View) -> pd.DataFrame:
    """Return one row a voice, question, stance and response, in the order of actors and codes.

    A voice is a speaker; an outlet's gloss or summary that names a body stands with that body.
    Columns: actor_id, name, role, question_id, stance, response, rendering ("" for the speaker's
    own), publisher, named (whom an outlet's version names, if not the voice), said (list of
    triples: proposition as told, claim id, words), is_certain. Actors who are expected and not
    heard, they or a member, have one row with an empty question_id.
    """
    frame = statements(view)
    frame = frame[frame["rendering"] != "narrator"]
    frame = frame.assign(
        rendering=frame["rendering"].where(frame["is_outlet_voice"], ""),
        said=pd.Series(
            list(zip(frame["told"], frame["claim_id"], frame["words"], strict=True)),
            frame.index,
            dtype=object,
        ),
    )
    rows = view.record.speakers.merge(frame, on="utterance_id")
    rows["actor_id"] = rows["actor_id"].where(~_names_a_body(view, rows), rows["attributed_to"])
    rows = rows.drop_duplicates(["actor_id", "claim_id"])
    names = view.whole.actors.set_index("actor_id")["short_name"]
    other = (rows["attributed_to"] != "") & (rows["attributed_to"] != rows["actor_id"])
    rows["named"] = rows["attributed_to"].map(names).where(other, "")
    keys = ["actor_id", "question_id", "stance", "response", "rendering", "publisher", "named"]
    grouped = rows.groupby(keys, sort=False).agg(
        role=("role", "first"),
        said=("said", list),
        is_certain=("certainty", lambda values: "certain" in set(values)),
    )
    voices = pd.concat([grouped.reset_index(), _not_heard(view, set(rows["actor_id"]))])
    voices["name"] = voices["actor_id"].map(view.whole.actors.set_index("actor_id")["name"])
    return _in_order(view, voices)


def responses(view: View) -> pd.DataFrame:
    """Return one row a counted claim in which a speaker does something about what is said.

    Columns: response, claim_id, speaker, when, certainty, stance, told, words; in the
    vocabulary's order.
    """
    frame = statements(view)
    order = {code: place for place, code in enumerate(view.whole.labels("response"))}
    given = frame[frame["is_counted"] & (frame["response"] != NO_RESPONSE)]
    columns = ["response", "claim_id", "speaker", "when", "certainty", "stance", "told", "words"]
    return given[columns].sort_values("response", key=lambda codes: codes.map(order), kind="stable")


def not_heard(view: View) -> list[str]:
    """Return the ids of the actors who are expected and not heard, neither they nor a member."""
    frame = statements(view)
    own = frame[~frame["is_outlet_voice"]]
    spoken = view.record.speakers
    heard = set(spoken.loc[spoken["utterance_id"].isin(own["utterance_id"]), "actor_id"])
    actors = view.whole.actors
    expected = actors.loc[actors["is_expected"].fillna(False).astype(bool), "actor_id"]
    return [actor for actor in expected if not members_of(actors, [actor]) & heard]


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
    """Return one row a relation between propositions of which the first is in view.

    Columns: a, relation, b, a_text, b_text, note.
    """
    texts = view.whole.propositions.set_index("proposition_id")["text"]
    links = view.whole.proposition_relations
    shown = links[links["a"].isin(view.record.propositions["proposition_id"])]
    return shown.assign(a_text=shown["a"].map(texts), b_text=shown["b"].map(texts))


def _names_a_body(view: View, rows: pd.DataFrame) -> pd.Series:
    """Return whether an outlet's version of a claim names a body in the speaker's place."""
    kinds = view.whole.actors.set_index("actor_id")["kind"]
    return rows["attributed_to"].map(kinds).isin(["state", "institution", "alliance"])


def _not_heard(view: View, named: set[str]) -> pd.DataFrame:
    """Return a row for each actor not heard whom no outlet's version names either."""
    silent = [actor for actor in not_heard(view) if actor not in named]
    empty = dict.fromkeys(
        ["question_id", "stance", "response", "rendering", "publisher", "named"], ""
    )
    rest = {"role": "", "said": [[] for _ in silent], "is_certain": True}
    return pd.DataFrame({"actor_id": silent} | empty | rest)


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
            "voice": frame["rendering"],
        }
    )
    keys.index = pd.RangeIndex(len(frame))
    positions = keys.sort_values(["actor", "question", "voice", "stance"]).index
    return frame.iloc[positions].reset_index(drop=True)
