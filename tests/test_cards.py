"""The card of a claim, field by field."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from conftest import Changed
from views import card_fields, card_links, ledger, plain, tiny_view

from claimbrief.blocks import Card
from claimbrief.view import View

LEDGER = "Northern Ledger, “Is the new Orsa bridge unsafe?”, characters"
OF_ARTICLE = "as old as the source: on a day from 13 to 19 May 2019."
TITLES = {
    "i1": "i1 Pell, on 28 April 2019, says that it is so: Welders were hurt at the bridge.",
    "a1": "a1 Roads Authority, on 8 May 2019, reportedly says that it is so: There is a crack in "
    "the east pier.",
    "m1": "m1 Lindqvist, on 12 May 2019, reportedly says that it is likely: The Orsa bridge is "
    "unsafe.",
    "m2": "m2 Northern Ledger’s summary, naming Velland: says that it is so: The Orsa bridge is "
    "unsafe.",
    "w1": "w1 Nyra, Tolm, on 11 or 18 May 2019, reportedly speaks of others’ reports: The Orsa "
    "bridge is unsafe.",
    "n1": "n1 Northern Ledger, in its own words, speaks about claims or evidence: No photograph of "
    "the crack is public.",
    "b2": "b2 Rill, on a day from 1 to 19 May 2019, states the contrary: There is a crack in the "
    "east pier.",
    "b1": "b1 Northern Ledger’s gloss, naming Karst Works: calls it false or unserious: There is a "
    "crack in the east pier.",
    "e1": "e1 Doran, on or before 19 May 2019, holds it possible: The Orsa bridge is unsafe.",
    "e2": "e2 Doran, on or before 19 May 2019, reportedly reasons on the supposition: The deck of "
    "the Orsa bridge fails.",
    "e0": "e0 Northern Ledger’s gloss, naming Engineers, not named: holds it possible: The Orsa "
    "bridge is unsafe.",
    "p1": "p1 Port of Orsa, on or before 19 May 2019, is reported not to claim it: The Orsa bridge "
    "is unsafe.",
}
FIELDS = {
    "i1": {
        "Speaker": "Jonas Pell, Retired inspector",
        "Where": "Letter, addressee not named",
        "Date": "On 28 April 2019, from 28 April 2019. ",
        "Coding": "says that it is so (affirms), "
        "certain (CT+); in quotation marks; question: Anybody hurt?; people: "
        "people; rests on the speaker’s words; place: main span; figure: 3 to 5; people: welders.",
        "Comes from": "derived from an unknown origin (The letter does not say how he knows.)",
        "Source": f"{LEDGER} 571 to 633. One report",
    },
    "a1": {
        "Speaker": "Velland Roads Authority, Authority",
        "Where": "Statement of the authority",
        "Date": "On 8 May 2019, from on 8 May 2019. ",
        "Coding": "says that it is so (affirms), "
        "certain (CT+); paraphrase; question: Cracked?; people: the bridge; "
        "rests on a source’s report; place: east pier.",
        "Evidence named": "cites Photographs of the crack, taken by the authority.",
        "Comes from": "derived from Photographs of the crack, taken by the authority. (The "
        "authority names its photographs.)",
        "Source": f"{LEDGER} 31 to 155. One report",
    },
    "m1": {
        "In our words": "The bridge is very probably not safe and should be shut.",
        "Speaker": "Åsa Lindqvist, Transport minister of Velland",
        "Where": "Public radio",
        "Date": "On 12 May 2019, from on Sunday of last week; Evening Bulletin: on 12 May 2019. "
        "The Bulletin of Monday 13 May 2019 has the words on the day before.",
        "Coding": "says that it is likely (affirms_hedged), "
        "probable (PR+); quoted words in a paraphrase; question: "
        "Unsafe?; people: the bridge; rests on a source’s report; response: calls on others to act "
        "(A3); hedge: very likely.",
        "Comes from": "derived from a1 (She names the authority’s statement.)",
        "Why so coded": "Two stretches are quoted; “unsafe” is the outlet’s word.",
        "Source": f"{LEDGER} 156 to 300. Two independent reports",
        "Also reported by": "Evening Bulletin (independent report)",
    },
    "m2": {
        "Speaker": "Northern Ledger",
        "Named by the outlet": "Velland",
        "Date": OF_ARTICLE,
        "Coding": "says that it is so (affirms), "
        "certain (CT+); the outlet’s summary; question: Unsafe?; people: the "
        "bridge; rests on a source’s report.",
        "Renders": "m1",
        "Why so coded": "The summary drops the hedge of m1.",
        "Source": f"{LEDGER} 340 to 348",
    },
    "w1": {
        "Speaker": "Town of Nyra, Town; Town of Tolm, Town",
        "Where": "Joint letter of two towns",
        "Date": "On 11 or 18 May 2019, from on Saturday. The Saturday before the article: 18 May "
        "if it is of the 18th or 19th, else 11 May.",
        "Coding": "speaks of others’ reports (notes_reports), "
        "none (Uu); paraphrase; question: Unsafe?; people: the bridge; "
        "rests on a source’s report; response: voices concern (A1).",
        "Comes from": "comments on an unknown origin (Whose talk is not said.)",
        "Why so coded": "Alarm at talk; no accusation.",
        "Source": f"{LEDGER} 635 to 721. One report",
    },
    "b2": {
        "Speaker": "Tomas Rill, Spokesman of Karst Works",
        "Where": "Remarks to reporters",
        "Date": "On a day from 1 to 19 May 2019, from earlier this month; Tarn Gazette: on 10 May "
        "2019. The month is May, from the dated words beside it; the end is the last day of the "
        "article. The Gazette gives 10 May, but the article does not say that it means that day.",
        "Coding": "states the contrary (denies), "
        "certainly not (CT−); in quotation marks; question: Cracked?; people: "
        "the bridge; rests on the speaker’s words; denial: states the contrary (D3); place: east "
        "pier.",
        "Comes from": "responds to a1 (He speaks of the same pier.)",
        "Source": f"{LEDGER} 413 to 447. One report",
    },
    "e1": {
        "Speaker": "Inès Doran, Engineer, Tarn University",
        "Where": "Interview with the Northern Ledger",
        "Date": "On or before 19 May 2019, from told the Ledger. Only the tense places it before "
        "the article.",
        "Coding": "holds it possible (holds_possible), "
        "possible (PS+); in quotation marks; question: Unsafe?; people: "
        "the bridge; rests on the speaker’s words; hedge: can’t exclude.",
        "Evidence named": "offers The argument that a bridge of this kind sways in high wind.",
        "Source": f"{LEDGER} 845 to 892. One report",
    },
    "e2": {
        "Utterance": "as on e1",
        "Coding": "reasons on the supposition (supposes), "
        "none (Uu); paraphrase; question: Unsafe?; people: the bridge; rests "
        "on a source’s report.",
        "Why so coded": "A supposition; she does not say that the deck fails.",
        "Source": f"{LEDGER} 942 to 1015",
    },
    "n1": {
        "Speaker": "Northern Ledger",
        "Date": OF_ARTICLE,
        "Coding": "speaks about claims or evidence (meta), "
        "not applicable (NA); the outlet itself; question: State of the evidence; "
        "rests on a source’s report.",
        "Why so coded": "The outlet’s own sentence; it holds for the article’s day.",
        "Source": f"{LEDGER} 1016 to 1072",
    },
}


def cards_of(view: View) -> dict[str, Card]:
    return {card.anchor: card for card in ledger(view).cards}


@cache
def tiny_cards() -> dict[str, Card]:
    return cards_of(tiny_view())


# One card


@pytest.mark.parametrize("claim_id", FIELDS)
def test_each_field_of_a_card_is_as_a_hand_reads_it_from_the_tables(claim_id: str) -> None:
    assert card_fields(tiny_cards()[claim_id]) == FIELDS[claim_id]
    assert list(card_fields(tiny_cards()[claim_id])) == list(FIELDS[claim_id]), "in this order"


def test_the_title_says_who_said_what_when_and_an_outlets_words_are_the_outlets() -> None:
    assert {anchor: plain(card.title) for anchor, card in tiny_cards().items()} == TITLES


def test_a_card_has_the_quoted_words_or_else_the_paraphrase() -> None:
    quotes = {anchor: card.quote for anchor, card in tiny_cards().items()}
    assert [run.style for run in quotes["b2"]] == ["quote"]
    assert plain(quotes["b2"]) == "There is no crack in the east pier"
    assert plain(quotes["a1"]) == "Paraphrase: A storm has left the east pier cracked."
    assert plain(quotes["b1"]) == "Paraphrase: The builder rejects the story."


def test_a_claim_is_filtered_by_its_side_question_stance_and_evidence() -> None:
    assert tiny_cards()["a1"].facets == {
        "side": ("velland",),
        "question": ("Q2",),
        "stance": ("affirms",),
        "evidence": ("photo_or_video",),
    }
    assert tiny_cards()["m1"].facets["evidence"] == ()


def test_what_a_claim_only_speaks_of_is_no_evidence_to_filter_by(changed: Changed) -> None:
    folder = changed("claim_evidence", "a1", "relation", "speaks_of")
    card = cards_of(tiny_view(folder=folder))["a1"]
    assert card.facets["evidence"] == ()
    assert card_fields(card)["Evidence named"].startswith("speaks of Photographs")


def test_a_card_is_there_from_the_first_day_by_which_its_claim_may_have_been_made() -> None:
    since = {anchor: card.since for anchor, card in tiny_cards().items()}
    assert since == {
        "i1": "2019-04-28", "a1": "2019-05-08", "m1": "2019-05-12", "w1": "2019-05-11",
        "b2": "2019-05-01", "e1": "2019-04-20", "e2": "2019-04-20", "p1": "2019-04-20",
        "m2": "2019-05-13", "b1": "2019-05-13", "e0": "2019-05-13", "n1": "2019-05-13",
    }  # fmt: skip


def test_links_lead_to_the_card_of_the_parent_of_what_is_rendered_and_of_the_utterance() -> None:
    cards = tiny_cards()
    assert card_links(cards["m1"], "Comes from") == card_links(cards["b2"], "Comes from") == ["#a1"]
    assert card_links(cards["m2"], "Renders") == ["#m1"]
    assert card_links(cards["e2"], "Utterance") == ["#e1"]


def test_a_report_stands_on_the_cards_of_its_utterance_and_on_no_other() -> None:
    with_report = [
        key for key, card in tiny_cards().items() if "Also reported by" in card_fields(card)
    ]
    assert with_report == ["m1"]
    assert card_links(tiny_cards()["m1"], "Also reported by") == [
        "https://bulletin.example/2019/05/13/bridge"
    ]


def test_each_card_names_the_source_that_its_own_claim_is_coded_from(quoted: Path) -> None:
    cards = cards_of(tiny_view(folder=quoted))
    assert card_fields(cards["m1"])["Source"] == FIELDS["m1"]["Source"]
    assert card_links(cards["m1"], "Source") == []
    assert card_fields(cards["m3"])["Source"] == "Evening Bulletin"
    assert card_links(cards["m3"], "Source") == ["https://bulletin.example/2019/05/13/bridge"]
    assert card_fields(cards["m3"])["Utterance"] == "as on m1"


def test_a_claim_coded_from_a_report_has_no_report_of_its_own_source(quoted: Path) -> None:
    alone = tiny_view(folder=quoted, sources=["bulletin_2019_05_13"])
    assert "Also reported by" not in card_fields(cards_of(alone)["m3"])


def test_a_note_on_a_report_stands_beside_its_relation(changed: Changed) -> None:
    folder = changed("reports", "minister_radio", "note", "by telephone")
    reported = card_fields(cards_of(tiny_view(folder=folder))["m1"])["Also reported by"]
    assert reported == "Evening Bulletin (independent report; by telephone)"


def test_what_is_only_possible_by_the_day_is_called_so() -> None:
    cards = cards_of(tiny_view("2019-05-14"))
    assert card_fields(cards["w1"])["Date"].startswith(
        "On 11 or 18 May 2019 (possibly by the day of this brief), from on Saturday."
    )
    assert "possibly" not in card_fields(cards["a1"])["Date"]


def test_an_utterance_that_is_likely_the_same_as_another_says_so(changed: Changed) -> None:
    folder = changed("utterances", "pell_letter", "likely_same_as", "doran_interview")
    card = cards_of(tiny_view(folder=folder))["i1"]
    assert card_fields(card)["Date"] == (
        "On 28 April 2019, from 28 April 2019; in all likelihood the same as e1, and not counted "
        "beside it. "
    )
    assert card_links(card, "Date") == ["#e1"]


def test_a_day_that_a_carrier_settles_is_named_as_its_own(changed: Changed) -> None:
    row = b"builder_denial,gazette_2019_05_21,independent,\n"
    folder = changed("reports.csv", raw=lambda content: content + row)
    date = card_fields(cards_of(tiny_view(folder=folder))["b2"])["Date"]
    assert date.startswith("On 10 May 2019, from earlier this month; the day is Tarn Gazette’s. ")


def test_words_that_are_not_followed_stand_beside_why(changed: Changed) -> None:
    row = (
        "w_minister_2,minister_radio,bulletin_2019_05_13,The bridge is unsafe.,en,false,excerpt,"
        "false,It drops the hedge.\n"
    )
    folder = changed("words.csv", raw=lambda content: content + row.encode())
    unnamed = changed(
        "datapackage.json", raw=lambda json: json.replace(b'  "language": "en",\n', b""), of=folder
    )
    card = cards_of(tiny_view(folder=folder))["m1"]
    assert cards_of(tiny_view(folder=unnamed))["m1"] == card, "without a language it is English"
    printed = card_fields(card)["Also printed as"]
    assert printed == "The bridge is unsafe. (Evening Bulletin; It drops the hedge)"


def test_words_in_another_language_stand_beside_ours(changed: Changed) -> None:
    row = (
        "w_pell,pell_letter,ledger_bridge,Three to five welders were hurt. They fell from the main "
        "span.,fr,false,whole_page,true,\n"
    )
    folder = changed("words.csv", raw=lambda content: content + row.encode())
    card = cards_of(tiny_view(folder=folder))["i1"]
    assert card_fields(card)["In our words"] == "Between three and five welders fell and were hurt."
