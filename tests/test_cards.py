"""The card of an utterance, part by part."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from conftest import Changed
from test_figures import qualified
from views import card_fields, cards_of, claims_of, marked, plain, tiny_view

from claimbrief import tables
from claimbrief.cards import Card
from claimbrief.limits import LIMITS
from claimbrief.view import View

TITLE = "“Is the new Orsa bridge unsafe?”"
TITLES = {
    "pell_letter": "Pell, 28 April 2019: Letter, addressee not named",
    "authority_report": "Roads Authority, 8 May 2019: Statement of the authority",
    "minister_radio": "Lindqvist, 12 May 2019: Public radio",
    "towns_alarm": "Nyra and Tolm, 11 or 18 May 2019: Joint letter of two towns",
    "article_text": "Northern Ledger, on a day from 13 to 19 May 2019: in its own words",
    "builder_denial": "Rill, on a day from 1 to 19 May 2019: Remarks to reporters",
    "doran_interview": "Doran, on or before 19 May 2019: Interview with the Northern Ledger",
    "port_silence": "Port of Orsa, on or before 19 May 2019",
}
SAID = {  # what the speaker said, below the words in which it was read
    "pell_letter": [
        ("Three to five welders were hurt. They fell from the main span.", [
            "<i1> says that it is so: Welders were hurt at the bridge.",
        ]),
    ],
    "authority_report": [
        ("In our words: A storm has left the east pier cracked.", [
            "<a1> reportedly says that it is so: There is a crack in the east pier.",
        ]),
    ],
    "minister_radio": [
        ("very likely … must be closed", [
            "<m1> reportedly says that it is likely: The Orsa bridge is unsafe. (in our words: The "
            "bridge is very probably not safe and should be shut)",
        ]),
    ],
    "towns_alarm": [
        ("In our words: Two towns are worried by what is said of the bridge.", [
            "<w1> reportedly speaks of others’ reports: The Orsa bridge is unsafe.",
        ]),
    ],
    "builder_denial": [
        ("There is no crack in the east pier", [
            "<b2> states the contrary: There is a crack in the east pier.",
        ]),
    ],
    "doran_interview": [
        ("We can’t exclude that it is unsafe in high wind", [
            "<e1> holds it possible: The Orsa bridge is unsafe.",
        ]),
        ("In our words: If the deck gave way, boats would be needed.", [
            "<e2> reportedly reasons on the supposition: The deck of the Orsa bridge fails.",
        ]),
    ],
    "port_silence": [
        ("In our words: The port itself has made no such statement.", [
            "<p1> is reported not to claim it: The Orsa bridge is unsafe.",
        ]),
    ],
    "article_text": [],
}  # fmt: skip
OF_OUTLETS = {
    "minister_radio": (
        "In our words: Velland says that the bridge is unsafe.",
        ["<m2> Northern Ledger’s summary, naming Velland: says that it is so: The Orsa bridge is "
         "unsafe."],
    ),
    "article_text": (
        "In our words: The public has seen no picture of the crack.",
        ["<n1> Northern Ledger, in its own words, speaks about claims or evidence: No photograph "
         "of the crack is public."],
    ),
    "builder_denial": (
        "In our words: The builder rejects the story.",
        ["<b1> Northern Ledger’s gloss, naming Karst Works: calls it false or unserious: There is "
         "a crack in the east pier."],
    ),
    "doran_interview": (
        "In our words: More than one engineer holds it possible.",
        ["<e0> Northern Ledger’s gloss, naming Engineers, not named: holds it possible: The Orsa "
         "bridge is unsafe."],
    ),
}  # fmt: skip
FIELDS = {
    "pell_letter": {
        "Who": "Jonas Pell, Retired inspector",
        "When": "From 28 April 2019.",
        "Relation to others": "derived from an unknown source (The letter does not say how he "
        "knows)",
    },
    "minister_radio": {
        "Who": "Åsa Lindqvist, Transport minister of Velland",
        "When": "From on Sunday of last week; Evening Bulletin: on 12 May 2019. The Bulletin of "
        "Monday 13 May 2019 has the words on the day before.",
        "Relation to others": "derived from Roads Authority (Velland, 8 May)<a1> (She names the "
        "authority’s statement)",
        "Also reported by": "Evening Bulletin",
    },
    "towns_alarm": {
        "Who": "Town of Nyra, Town; Town of Tolm, Town",
        "When": "From on Saturday. The Saturday before the article: 18 May if it is of the 18th or "
        "19th, else 11 May.",
        "Relation to others": "comments on an unknown source (Whose talk is not said)",
    },
    "builder_denial": {
        "Who": "Tomas Rill, Spokesman of Karst Works",
        "When": "From earlier this month; Tarn Gazette: on 10 May 2019. The month is May, from the "
        "dated words beside it; the end is the last day of the article. The Gazette gives 10 May, "
        "but the article does not say that it means that day.",
        "Relation to others": "responds to Roads Authority (Velland, 8 May)<a1> (He speaks of the "
        "same pier)",
    },
    "article_text": {},
}
CODING = {
    "i1": "i1: Commitment: certain; rests on the speaker’s words; figure: 3 to 5.",
    "a1": "a1: Commitment: certain; rests on a source’s report; cites Photographs of the crack, "
    "taken by the authority.",
    "m1": "m1: Response: calls on others to act; hedge: very likely. Two stretches are quoted; "
    "“unsafe” is the outlet’s word.",
    "m2": "m2: Commitment: certain; renders Lindqvist (Velland, 12 May)<m1>. The summary drops the "
    "hedge of <m1>.",
    "b2": "b2: Denial: states the contrary.",
    "b1": "b1: Rests on a source’s report; denial: dismisses; renders Rill (Karst Works, 1–19 "
    "May)<b2>.",
    "e1": "e1: Rests on the speaker’s words; hedge: can’t exclude; offers The argument that a "
    "bridge of this kind sways in high wind.",
    "e2": "e2: Commitment: none. A supposition; she does not say that the deck fails.",
    "n1": "n1: Commitment: not applicable; rests on a source’s report. The outlet’s own sentence; "
    "it holds for the article’s day.",
}
USUAL = {
    "pell_letter": "Sourcing: one report.",
    "article_text": "",
    "minister_radio": "Sourcing: two independent reports. Unless said otherwise, commitment: "
    "probable; rests on a source’s report.",
    "builder_denial": "Sourcing: one report. Unless said otherwise, commitment: certainly not; "
    "rests on the speaker’s words.",
    "doran_interview": "Sourcing: one report. Unless said otherwise, commitment: possible; rests "
    "on a source’s report.",
}


@cache
def tiny_cards() -> dict[str, Card]:
    return cards_of(tiny_view())


def with_words(changed: Changed, row: str) -> dict[str, Card]:
    """Return the cards of the tiny package with one more row of words."""
    folder = changed("words.csv", raw=lambda content: content + f"{row}\n".encode())
    return cards_of(tiny_view(folder=folder))


# What stands on a card


def test_the_title_says_who_spoke_when_and_where() -> None:
    assert {key: plain(card.title) for key, card in tiny_cards().items()} == TITLES


def test_the_words_come_first_and_below_them_what_was_said_in_them() -> None:
    said = {
        key: [
            (plain(it.words).partition(" (Northern Ledger")[0],
             [f"<{claim.anchor}> {marked(claim.words)}" for claim in it.claims])
            for it in card.passages
        ]
        for key, card in tiny_cards().items()
    }  # fmt: skip
    assert said == SAID


def test_only_words_that_a_source_prints_are_in_quotation_marks() -> None:
    styles = {key: [it.words[0].style for it in tiny_cards()[key].passages] for key in SAID}
    assert styles["builder_denial"] == ["quote"] and styles["doran_interview"] == ["quote", ""]


def test_what_an_outlet_says_in_its_own_words_stands_apart_and_is_the_outlets() -> None:
    found = {}
    for key, card in tiny_cards().items():
        for it in card.of_outlets:
            words = plain(it.words).partition(" (Northern Ledger")[0]
            found[key] = (words, [f"<{each.anchor}> {plain(each.words)}" for each in it.claims])
    assert found == OF_OUTLETS
    own = [each.anchor for it in tiny_cards().values() for p in it.passages for each in p.claims]
    assert not {"m2", "b1", "e0", "n1"} & set(own)


@pytest.mark.parametrize("key", FIELDS)
def test_each_field_of_a_card_is_as_a_hand_reads_it_from_the_tables(key: str) -> None:
    assert card_fields(tiny_cards()[key]) == FIELDS[key]
    assert list(card_fields(tiny_cards()[key])) == list(FIELDS[key]), "in this order"


def test_how_each_claim_was_coded_is_in_words_and_names_what_is_not_as_usual_on_its_card() -> None:
    coding = {
        each.anchor: marked(each.coding) for it in tiny_cards().values() for each in claims_of(it)
    }
    assert {claim: coding[claim] for claim in CODING} == CODING


def test_a_figure_is_coded_with_the_word_that_qualifies_it(changed: Changed) -> None:
    (claim,) = claims_of(cards_of(tiny_view(folder=qualified(changed, "nearly")))["pell_letter"])
    assert marked(claim.coding).endswith("; figure: nearly 3 to 5.")
    assert {key: plain(tiny_cards()[key].coding) for key in USUAL} == USUAL


def test_a_source_is_linked_once_and_named_at_each_passage() -> None:
    first, second = tiny_cards()["doran_interview"].passages
    assert plain(first.words).endswith(f" (Northern Ledger, {TITLE})")
    assert plain(second.words).endswith(" (Northern Ledger)")


# Filters and days


def test_a_card_is_filtered_by_the_sides_questions_stances_and_evidence_of_its_claims() -> None:
    assert tiny_cards()["doran_interview"].facets == (
        {"side": ("tarn_university",), "question": ("Q1",), "stance": ("holds_possible",),
         "evidence": ("expert_reasoning",)},
        {"side": ("tarn_university",), "question": ("Q1",), "stance": ("supposes",),
         "evidence": ()},
    )  # fmt: skip


def test_what_only_an_outlet_says_is_filtered_by_its_own_values() -> None:
    builder = tiny_cards()["builder_denial"]
    assert [values["stance"] for values in builder.facets] == [("denies",)]
    assert [values["stance"] for values in builder.of_outlets[0].facets] == [("dismisses",)]


def test_what_a_claim_only_speaks_of_is_no_evidence_to_filter_by(changed: Changed) -> None:
    folder = changed("claim_evidence", "a1", "relation", "speaks_of")
    card = cards_of(tiny_view(folder=folder))["authority_report"]
    assert card.facets[0]["evidence"] == ()
    assert "; speaks of Photographs" in plain(claims_of(card)[0].coding)


def test_a_card_is_there_from_the_first_day_by_which_its_words_may_have_been_said() -> None:
    since = {key: card.since for key, card in tiny_cards().items()}
    assert since == {
        "pell_letter": "2019-04-28", "authority_report": "2019-05-08",
        "minister_radio": "2019-05-12", "towns_alarm": "2019-05-11",
        "builder_denial": "2019-05-01", "doran_interview": "2019-04-20",
        "port_silence": "2019-04-20", "article_text": "2019-05-13",
    }  # fmt: skip
    outlets = {it.since for card in tiny_cards().values() for it in card.of_outlets}
    assert outlets == {"2019-05-13"}, "the article's first day"


# Words, sources and dates in more cases


def test_each_passage_names_the_source_that_its_claims_are_coded_from(quoted: Path) -> None:
    ledger, bulletin = cards_of(tiny_view(folder=quoted))["minister_radio"].passages
    assert plain(ledger.words).endswith(f" (Northern Ledger, {TITLE})")
    assert plain(bulletin.words).endswith(" (Evening Bulletin)")
    assert [run.href for run in bulletin.words if run.href] == [
        "https://bulletin.example/2019/05/13/bridge"
    ]
    assert [claim.anchor for claim in bulletin.claims] == ["m3"]


def test_a_claim_coded_from_a_report_has_no_report_of_its_own_source(quoted: Path) -> None:
    alone = tiny_view(folder=quoted, sources=["bulletin_2019_05_13"])
    assert "Also reported by" not in card_fields(cards_of(alone)["minister_radio"])


@pytest.mark.parametrize(
    ("relation", "note", "reported"),
    [
        ("independent", "by telephone", "by telephone: Evening Bulletin"),
        ("same_wire", "", "same wire: Evening Bulletin"),
        ("same_wire", "Reuters", "same wire, Reuters: Evening Bulletin"),
    ],
)
def test_how_a_report_is_not_independent_stands_before_who_reports(
    changed: Changed, relation: str, note: str, reported: str
) -> None:
    folder = changed("reports", "minister_radio", "relation", relation)
    folder = changed("reports", "minister_radio", "note", note, of=folder)
    fields = card_fields(cards_of(tiny_view(folder=folder))["minister_radio"])
    assert fields["Also reported by"] == reported


def when(view: View, key: str) -> str:
    return card_fields(cards_of(view)[key])["When"]


def test_what_is_only_possible_by_the_day_is_called_so() -> None:
    view = tiny_view("2019-05-14")
    said = "Possibly by the day of this brief; from on Saturday. The Saturday before"
    assert when(view, "towns_alarm").startswith(said)
    assert "ossibly" not in when(view, "authority_report")


def test_an_utterance_that_is_likely_the_same_as_another_says_so(changed: Changed) -> None:
    folder = changed("utterances", "pell_letter", "likely_same_as", "doran_interview")
    assert when(tiny_view(folder=folder), "pell_letter") == (
        "From 28 April 2019; in all likelihood the same as Doran (Tarn, by 19 May)<e1>, and not "
        "counted beside it."
    )


def test_a_day_that_a_carrier_settles_is_named_as_its_own(changed: Changed) -> None:
    row = b"builder_denial,gazette_2019_05_21,independent,\n"
    folder = changed("reports.csv", raw=lambda content: content + row)
    view = tiny_view(folder=folder)
    said = "From earlier this month; the day is Tarn Gazette’s. The month is May"
    assert when(view, "builder_denial").startswith(said)
    assert plain(cards_of(view)["builder_denial"].title).startswith("Rill, 10 May 2019: ")


def test_words_that_are_not_followed_stand_after_those_that_are_with_why(changed: Changed) -> None:
    row = "w2,minister_radio,bulletin_2019_05_13,The bridge is unsafe.,en,false,excerpt,false,"
    card = with_words(changed, f"{row}It drops the hedge of m1.")["minister_radio"]
    assert [marked(words) for words in card.others] == [
        "As Evening Bulletin prints it: The bridge is unsafe. (It drops the hedge of Lindqvist "
        "(Velland, 12 May)<m1>)"
    ]
    assert card_fields(card)["Also reported by"] == "Evening Bulletin"
    linked = [run.href for words in card.others for run in words if run.href.startswith("http")]
    assert linked == ["https://bulletin.example/2019/05/13/bridge"]


def test_words_of_a_source_that_claims_are_read_in_are_also_printed_by_it(changed: Changed) -> None:
    row = "w2,builder_denial,ledger_bridge,No crack at all.,en,false,excerpt,false,A caption."
    (words,) = with_words(changed, row)["builder_denial"].others
    assert marked(words) == "Northern Ledger also prints: No crack at all. (A caption)"


def test_a_quotation_stands_in_all_the_words_that_its_source_prints(changed: Changed) -> None:
    whole = "There is no crack in the east pier. It is sound"
    row = f"w2,builder_denial,ledger_bridge,{whole},en,false,excerpt,true,"
    (passage,) = with_words(changed, row)["builder_denial"].passages
    assert plain(passage.words).startswith(f"{whole} (Northern Ledger")


def test_words_in_another_language_stand_beside_ours(changed: Changed) -> None:
    row = (
        "w_pell,pell_letter,ledger_bridge,Three to five welders were hurt. They fell from the main "
        "span.,fr,false,whole_page,true,"
    )
    (passage,) = with_words(changed, row)["pell_letter"].passages
    assert passage.words[0].lang == "fr"
    assert plain(passage.claims[0].words).endswith(
        " (in our words: Between three and five welders fell and were hurt)"
    )


def test_the_place_and_the_outlets_own_words_are_small_in_a_title() -> None:
    radio, article = (tiny_cards()[key].title for key in ("minister_radio", "article_text"))
    assert radio[-1].style == "small" and radio[-1].text == "Public radio"
    assert {run.style for run in radio[:-1]} == {run.style for run in article[:-1]} == {""}
    assert article[-1].style == "small" and article[-1].text == "in its own words"


def test_a_place_is_told_unless_neither_it_nor_the_channel_is_stated(changed: Changed) -> None:
    folder = changed("utterances", "port_silence", "venue", "On the quay")
    assert plain(cards_of(tiny_view(folder=folder))["port_silence"].title).endswith(": On the quay")
    folder = changed("utterances", "minister_radio", "channel", "not_stated")
    radio = cards_of(tiny_view(folder=folder))["minister_radio"]
    assert plain(radio.title).endswith(": Public radio")


def test_the_source_of_a_passage_leads_to_its_page_once(changed: Changed) -> None:
    folder = changed("sources", "ledger_bridge", "url", "https://ledger.example/bridge")
    card = cards_of(tiny_view(folder=folder))["doran_interview"]
    passages = [*card.passages, *card.of_outlets]
    links = [[run.href for run in it.words if run.href] for it in passages]
    assert links[0] == ["https://ledger.example/bridge"] and links[1] == []


def test_reasons_that_hold_for_several_quotations_stand_after_the_last(changed: Changed) -> None:
    row = "w{},minister_radio,bulletin_2019_05_13,It is {}.,{},false,excerpt,false,{}"
    rows = [
        row.format(2, "unsafe", "fr", "It is short"),
        row.format(3, "shut", "en", "It is short"),
        row.format(4, "old", "en", "It is a caption"),
    ]
    folder = changed("words.csv", raw=lambda content: content + "\n".join(rows).encode() + b"\n")
    (words,) = cards_of(tiny_view(folder=folder))["minister_radio"].others
    assert plain(words) == (
        "As Evening Bulletin prints it: It is unsafe. It is shut. (It is short) It is old. (It is "
        "a caption)"
    )
    assert [(run.text, run.lang) for run in words if run.style == "quote"] == [
        ("It is unsafe.", "fr"), ("It is shut.", ""), ("It is old.", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("links", "last"),
    [
        (2, "As Tarn Gazette prints it: It is shut. (It is short)"),
        (1, "One more source prints other words."),
        (0, "Two more sources print other words."),
    ],
)
def test_of_many_sources_of_other_words_some_are_named_and_the_others_counted(
    changed: Changed, monkeypatch: pytest.MonkeyPatch, links: int, last: str
) -> None:
    monkeypatch.setattr(tables.ledger, "LIMITS", replace(LIMITS, links=links))
    row = "w{},minister_radio,{},It is shut.,en,false,excerpt,false,It is short."
    sources = ("bulletin_2019_05_13", "gazette_2019_05_21")
    rows = [row.format(at, source) for at, source in enumerate(sources, 2)]
    folder = changed("words.csv", raw=lambda content: content + "\n".join(rows).encode() + b"\n")
    report = b"minister_radio,gazette_2019_05_21,independent,\n"
    folder = changed("reports.csv", raw=lambda content: content + report, of=folder)
    others = cards_of(tiny_view(folder=folder))["minister_radio"].others
    assert plain(others[-1]) == last and len(others) == min(links + 1, 2)
