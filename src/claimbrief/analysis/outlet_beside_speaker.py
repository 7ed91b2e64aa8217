"""Where an outlet's own words go beyond the words of the speaker whom it reports."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.findings import beyond_renderings
from claimbrief.analysis.voices import quotes_beside_glosses
from claimbrief.lookups import pairs
from claimbrief.view import View

# How an outlet goes beyond: it answers a question that the words do not, it drops a hedge, or it
# alone says what the words are about.
STRONGER, FIRMER, CONTENT = "stronger_glosses", "firmer_glosses", "content_only_in_glosses"

COLUMNS = ["speaker", "side", "named", "publisher", "gloss_id", "gloss_paraphrase"]
COLUMNS += ["gloss_question", "gloss_stance", "gloss_proposition"]
COLUMNS += ["said_id", "said_quote", "said_language", "said_paraphrase", "said_rendering"]
COLUMNS += ["said_question", "said_content", "said_hedge"]
COLUMNS += ["is_stronger", "is_firmer", "alone_says_what"]


def outlet_beside_speaker(view: View) -> pd.DataFrame:
    """Return one row a gloss or summary that goes beyond what it renders, the plainest cases first.

    Those are plainest that go beyond in the most ways, and of these those that answer a question.
    Columns: speaker, side, named (whom the outlet names), publisher; of the gloss gloss_id,
    gloss_paraphrase, gloss_question, gloss_stance and gloss_proposition (its text); of what was
    said said_id, said_quote, said_language (of the quote; "" for the dataset's own),
    said_paraphrase, said_rendering, said_question, said_content and said_hedge (in the speaker's
    words, "" if none); and whether the outlet is_stronger, is_firmer and alone_says_what (see
    `beyond_renderings`).
    """
    beside = quotes_beside_glosses(view)
    found = {how: set(glosses) for how, glosses in beyond_renderings(beside).items()}
    claims = view.statements
    ids = beside["gloss_id"]
    rows = beside.assign(
        side=beside["said_id"].map(dict(pairs(claims, "claim_id", "side"))),
        gloss_proposition=ids.map(dict(pairs(claims, "claim_id", "proposition"))),
        said_hedge=beside["said_id"].map(dict(pairs(claims, "claim_id", "hedge"))),
        said_language=beside["said_id"].map(dict(pairs(claims, "claim_id", "language"))),
        is_stronger=ids.isin(found[STRONGER]),
        is_firmer=ids.isin(found[FIRMER]),
        alone_says_what=ids.isin(found[CONTENT]),
    )
    rows = rows.assign(ways=rows[["is_stronger", "is_firmer", "alone_says_what"]].sum(axis=1))
    order = ["ways", "is_stronger", "is_firmer", "gap"]
    ranked = rows[rows["ways"] > 0].sort_values(order, ascending=False, kind="stable")
    return ranked[COLUMNS].reset_index(drop=True)
