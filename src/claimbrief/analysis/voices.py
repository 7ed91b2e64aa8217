"""Who asserts what: voices by question, words beside glosses, what follows from what."""

from __future__ import annotations

import re

import pandas as pd

from claimbrief.analysis.answers_by_side import answers_of
from claimbrief.analysis.findings import beyond_renderings
from claimbrief.dataset import CONTEXT_QUESTION, NO_RESPONSE, each_row
from claimbrief.lookups import (
    actor_order,
    code_order,
    expected_actors,
    members_of,
    pairs,
    short_names,
    sort_by_keys,
)
from claimbrief.statements import TO_COME, UNSTATED
from claimbrief.view import POSITIONS, View, positions

CELL = ["side", "question_id", "claim_id", "speaker", "when", "certainty"]
CELL += ["stance_label", "claim_text", "bare_quote", "response", "answer", "is_taken_back"]
COLUMNS = ["speaker", "side", "named", "publisher", "gloss_id", "gloss_paraphrase"]
COLUMNS += ["gloss_question", "gloss_stance", "gloss_proposition"]
COLUMNS += ["said_id", "said_quote", "said_language", "said_paraphrase", "said_rendering"]
COLUMNS += ["said_question", "said_content", "said_hedge"]
COLUMNS += ["is_translation", "is_stronger", "is_firmer", "alone_says_what"]


def sides_by_question(view: View) -> pd.DataFrame:
    """Return one row per claim by which a side speaks to a question, the furthest first.

    A side is the topmost body that a speaker belongs to. Columns: side, question_id, claim_id,
    speaker, when, certainty, stance_label, claim_text, bare_quote, response, answer (what it
    answers to the question: one of ANSWERS), is_taken_back, is_expected (whether a
    reader expects to hear the side). By side and question; of a side and question first what
    commits its speaker the furthest (see `furthest_first`), then by date. Context is left out, and
    so is an outlet's own wording. A side that is expected and not heard has a row without a
    question.
    """
    claims = view.statements
    spoken = claims[claims["is_counted"] & (claims["question_id"] != CONTEXT_QUESTION)]
    ranked = furthest_first(view, spoken)
    ranked = sort_by_keys(
        ranked,
        side=ranked["side"].map(actor_order(view.whole)),
        question=ranked["question_id"].map(code_order(view.whole, "question")),
    )
    expected = expected_actors(view.whole)
    position = positions(ranked["stance"], ranked["is_limit"])
    ranked = ranked.assign(answer=answers_of(ranked.assign(position=position)))
    found = ranked[CELL]
    unheard = [actor for actor in expected if actor not in set(ranked["side"])]
    blank = pd.DataFrame("", range(len(unheard)), found.columns, dtype="str")
    blank = blank.assign(side=unheard, is_taken_back=False)
    found = pd.concat([found, blank], ignore_index=True)
    return found.assign(is_expected=found["side"].isin(expected))


def furthest_first(view: View, claims: pd.DataFrame) -> pd.DataFrame:
    """Return rows of `statements`, those that commit their speaker the furthest before the others.

    A speaker's own rendering comes before an outlet's; what is so before what is foretold; what
    its side did not take back before what it did; said to be so, likely, not so, left open; then
    by stance, commitment and question in the vocabulary's order; then in the order of the rows,
    which is that of dates.
    """
    return sort_by_keys(
        claims,
        is_not_counted=~claims["is_counted"],
        is_to_come=claims["content"] == TO_COME,
        is_taken_back=claims["is_taken_back"],
        position=positions(claims["stance"], claims["is_limit"]).map(POSITIONS.index),
        stance=claims["stance"].map(code_order(view.whole, "stance")),
        commitment=claims["commitment"].map(code_order(view.whole, "commitment")),
        question=claims["question_id"].map(code_order(view.whole, "question")),
    )


def context(view: View) -> pd.DataFrame:
    """Return one row per proposition of context and stance, with who said so.

    Columns: proposition, stance, speakers (list), claim_ids (list, of the same length), in order
    of first mention.
    """
    claims = view.statements
    rows = claims[claims["is_counted"] & (claims["question_id"] == CONTEXT_QUESTION)]
    groups = rows.groupby(["proposition", "stance"], sort=False)
    return groups.agg(speakers=("speaker", list), claim_ids=("claim_id", list)).reset_index()


def responses(view: View) -> pd.DataFrame:
    """Return one row per response to a proposition, with who voices it.

    Columns: response, proposition, stance, speakers, whens (EDTF) and claim_ids (lists of the same
    length); in the vocabulary's order. A response holds for its proposition and for nothing else.
    """
    claims = view.statements
    rows = claims[claims["is_counted"] & (claims["response"] != NO_RESPONSE)]
    groups = rows.groupby(["response", "proposition", "stance"], sort=False)
    found = groups.agg(
        speakers=("speaker", list), whens=("when", list), claim_ids=("claim_id", list)
    ).reset_index()
    order = found["response"].map(code_order(view.whole, "response"))
    return sort_by_keys(found, response=order).reset_index(drop=True)


def silences(view: View) -> pd.DataFrame:
    """Return one row per actor whom a reader expects to hear.

    Columns: actor_id, name, heard_when (EDTF date of the first utterance by it or a
    member, "" if not heard), heard_claim (of that utterance, "" if none), utterances, speakers
    (counts), unanswered (claim ids: heard, but not on the proposition).
    """
    claims, voices, actors = view.statements, view.record.speakers, view.whole.actors
    is_said = claims["is_counted"] & (claims["question_id"] != CONTEXT_QUESTION)
    is_unanswered = claims["stance"] == "not_addressed"
    rows = []
    for actor_id in expected_actors(view.whole):
        own = voices[voices["actor_id"].isin(members_of(actors, [actor_id]))]
        is_own = claims["utterance_id"].isin(own["utterance_id"])
        said = claims[is_own & is_said]
        first = next(each_row(said[["when", "claim_id"]]), None)
        speakers = own.loc[own["utterance_id"].isin(said["utterance_id"]), "actor_id"]
        rows.append(
            {
                "actor_id": actor_id,
                "heard_when": first.when if first else "",
                "heard_claim": first.claim_id if first else "",
                "utterances": said["utterance_id"].nunique(),
                "speakers": speakers.nunique(),
                "unanswered": claims.loc[is_own & is_unanswered, "claim_id"].tolist(),
            }
        )
    columns = ["actor_id", "heard_when", "heard_claim", "utterances", "speakers", "unanswered"]
    found = pd.DataFrame(rows, columns=columns).astype({"actor_id": "str"})
    return actors[["actor_id", "name"]].merge(found, on="actor_id")


def wording_drift(view: View) -> pd.DataFrame:
    """Return one row per use of a word for the people, words in order of first use.

    Columns: term (in lower case if it is ever written so), speaker, when, claim_id, use ("quoted":
    the word stands in the speaker's quoted words; "paraphrased": in a paraphrase of them; "outlet":
    an outlet's own wording), headlines (list: publishers of coded texts in whose headline the word
    stands).
    """
    claims = view.statements
    used = claims[claims["people_term"] != ""]
    terms = used["people_term"]
    used = used.assign(term=terms.groupby(terms.str.lower()).transform("max"))
    is_quoted = [term.lower() in quote.lower() for term, quote in pairs(used, "term", "quote")]
    use = pd.Series("paraphrased", used.index, dtype="str")
    use = use.mask(pd.Series(is_quoted, used.index, dtype=bool), "quoted")
    found = used.assign(use=use.mask(used["is_outlet_voice"], "outlet"))
    texts = view.record.sources[view.record.sources["sha256"] != ""]
    headlines = {}
    for term in used["term"].unique():
        has_term = texts["title"].str.contains(rf"(?i)\b{re.escape(term)}\b")
        headlines[term] = texts.loc[has_term, "publisher"].tolist()
    found = found.assign(headlines=found["term"].map(headlines))
    found = found[used["is_outlet_voice"] | used["is_counted"]]
    found = sort_by_keys(found, term=found["term"].map(list(headlines).index))
    found = found.reset_index(drop=True)
    return found[["term", "speaker", "when", "claim_id", "use", "headlines"]]


def quotes_beside_glosses(view: View) -> pd.DataFrame:
    """Return one row per gloss or summary beside the claim that it renders.

    Columns: speaker, named (whom the outlet names), publisher, note; of the gloss
    gloss_id, gloss_paraphrase, gloss_rendering, gloss_question, gloss_content, gloss_stance,
    gloss_commitment, gloss_proposition, gloss_side, gloss_hedge, gloss_quote and gloss_language; of
    what was said said_id, said_paraphrase, said_rendering, said_question, said_content,
    said_stance, said_commitment, said_proposition, said_side, said_hedge, said_quote and
    said_language; gap (by how many places of the vocabulary's order the outlet's question comes
    before the speaker's; 0 where the speaker's words name no content).
    """
    names, order = short_names(view.whole), code_order(view.whole, "question")
    claims = view.statements.rename(columns={"question_id": "question"})
    own = ["claim_id", "paraphrase", "rendering", "question", "content", "stance", "commitment"]
    own += ["proposition", "side", "hedge", "quote", "language"]
    said = claims[own].rename(columns={"claim_id": "id"}).add_prefix("said_")
    glosses = claims[claims["rendering"].isin(["gloss", "summary"])]
    of_gloss = glosses[own].rename(columns={"claim_id": "id"}).add_prefix("gloss_")
    beside = glosses[["renders", "speaker", "attributed_to", "publisher", "note"]]
    found = beside.join(of_gloss).merge(said, left_on="renders", right_on="said_id", how="left")
    gap = found["said_question"].map(order) - found["gloss_question"].map(order)
    named = found["attributed_to"].map(names).fillna(found["speaker"])
    return found.drop(columns=["renders", "attributed_to"]).assign(
        named=named.astype("str"), gap=gap.where(found["said_content"] != UNSTATED, 0).astype(int)
    )


def proposition_links(view: View) -> pd.DataFrame:
    """Return one row per relation between propositions in view.

    Columns: a, relation, b, a_text, b_text, note.
    """
    texts = view.whole.propositions.set_index("proposition_id")["text"]
    links = view.whole.proposition_relations
    in_view = view.record.propositions["proposition_id"]
    kept = links[links["a"].isin(in_view) & links["b"].isin(in_view)]
    return kept.assign(a_text=kept["a"].map(texts), b_text=kept["b"].map(texts))


def outlet_beside_speaker(view: View) -> pd.DataFrame:
    """Return one row per gloss or summary that goes beyond what it renders, plainest first.

    Those are plainest that go beyond in the most ways, and of these those that answer a question.
    Columns: speaker, side, named (whom the outlet names), publisher; of the gloss gloss_id,
    gloss_paraphrase, gloss_question, gloss_stance and gloss_proposition (its text); of what was
    said said_id, said_quote, said_language (of the quote; "" for the dataset's own),
    said_paraphrase, said_rendering, said_question, said_content and said_hedge (in the speaker's
    words, "" if none); is_translation (whether the words are a translation); and whether the
    outlet is_stronger, is_firmer and alone_says_what (see `beyond_renderings`).
    """
    beside = quotes_beside_glosses(view)
    beyond = beyond_renderings(beside)
    claims, utterances = view.statements, view.record.utterances
    is_translation = utterances["is_translation"].fillna(False)
    translated = utterances.loc[is_translation, "utterance_id"]
    in_translation = claims.loc[claims["utterance_id"].isin(translated), "claim_id"]
    rows = beside.assign(
        side=beside["said_side"],
        is_translation=beside["said_id"].isin(in_translation),
        ways=pd.DataFrame(beyond).sum(axis=1),
        **beyond,
    )
    order = ["ways", "is_stronger", "is_firmer", "gap"]
    ranked = rows[rows["ways"] > 0].sort_values(order, ascending=False, kind="stable")
    return ranked[COLUMNS].reset_index(drop=True)
