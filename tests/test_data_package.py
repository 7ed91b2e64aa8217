"""The real data: sound, complete, and the article in them free of the errors that discredit.

What the statements of the whole month must be free of is in test_october.py.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from claimbrief.dataset import OUTLET_VOICES, Dataset, read_dataset
from claimbrief.spans import coverage_lines, sentences, texts, unaccounted
from claimbrief.validate import find_problems
from claimbrief.validate.cells import code_problems
from claimbrief.validate.words import span_problems

Changed = Callable[..., Path]
ARTICLE = "aljazeera_2024_10"
ASSERTS = ("affirms", "affirms_hedged")


@pytest.fixture(scope="module")
def dataset(archived: Path) -> Dataset:
    """Return the real data, with the article's text."""
    return read_dataset(archived)


@pytest.fixture(scope="module")
def shipped(real_data: Path) -> Dataset:
    """Return the real data as they are in the repository."""
    return read_dataset(real_data)


@pytest.fixture(scope="module")
def claims(shipped: Dataset) -> pd.DataFrame:
    """Return the article's claims by id, with their propositions."""
    said = shipped.claims[shipped.claims["source_id"] == ARTICLE]
    return said.merge(shipped.propositions, on="proposition_id").set_index("claim_id")


@pytest.fixture(scope="module")
def own(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the article's claims in a speaker's rendering."""
    return claims[~claims["rendering"].isin(OUTLET_VOICES)]


def spoken_by(shipped: Dataset, *actors: str) -> set[str]:
    """Return the utterances of these speakers."""
    speakers = shipped.speakers
    return set(speakers.loc[speakers["actor_id"].isin(actors), "utterance_id"])


# Sound and complete


def test_the_data_are_sound_with_the_article_at_hand(dataset: Dataset) -> None:
    assert find_problems(dataset) == []


def test_the_data_are_sound_as_they_are_shipped(shipped: Dataset) -> None:
    assert find_problems(shipped) == []


def test_every_sentence_of_the_article_is_claimed_or_excluded(dataset: Dataset) -> None:
    text = texts(dataset)[ARTICLE]
    assert len(sentences(text, "en")) == 26
    assert unaccounted(dataset, ARTICLE, text) == []
    assert coverage_lines(dataset) == [
        f"{ARTICLE}: every span and quote verified; 26 of 26 sentences (100 %) claimed or excluded"
    ]


def test_no_sentence_of_the_outlets_is_shipped(dataset: Dataset) -> None:
    text = texts(dataset)[ARTICLE]
    unquoted = re.sub("“[^”]*”", "\n", text)
    long = [s for s in re.split(r"[\n.?]", unquoted) if len(s.split()) > 8]
    title = dataset.sources.set_index("source_id").at[ARTICLE, "title"]
    shipped = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted(dataset.folder.glob("*.csv"))
    ).replace(title, "")
    assert long
    assert [s for s in long if s.strip() in shipped] == []


def test_one_letter_changed_in_any_quote_names_that_quote(
    changed: Changed, archived: Path, claims: pd.DataFrame
) -> None:
    for claim_id, quote in claims.loc[claims["quote"] != "", "quote"].items():
        spoilt = quote.replace("e", "3", 1)
        assert spoilt != quote
        folder = changed("claims", str(claim_id), "quote", spoilt, of=archived)
        found = [(p.where, p.column, p.found) for p in span_problems(read_dataset(folder))]
        assert found == [("claims", "quote", spoilt)]


@pytest.mark.parametrize("column", ["stance", "commitment", "rendering", "response"])
def test_one_letter_more_in_any_code_of_a_claim_names_that_code(
    changed: Changed, real_data: Path, column: str
) -> None:
    spoilt: list[str] = []

    def spoil(content: bytes) -> bytes:
        header, *rows = csv.reader(StringIO(content.decode(), newline=""))
        for row in rows[::5]:
            row[header.index(column)] += "x"
            spoilt.append(row[header.index(column)])
        written = StringIO(newline="")
        csv.writer(written, lineterminator="\n").writerows([header, *rows])
        return written.getvalue().encode()

    folder = changed("claims.csv", raw=spoil, of=real_data)
    found = [(p.where, p.column, p.found) for p in code_problems(read_dataset(folder))]
    assert len(spoilt) > 100
    assert found == [("claims", column, code) for code in spoilt]
