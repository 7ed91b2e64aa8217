"""Prose, tables, charts and cards: their content, their links and their numbers."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from seen import article_seen, cells, plain, real_seen, sentences, tiny_seen

from claimbrief import charts, prose, tables
from claimbrief.blocks import Figure, Prose, Table, hrefs, neutral
from claimbrief.charts.layout import lanes, text_width
from claimbrief.dates import parse
from claimbrief.view import View

PROSE = (
    prose.key_findings,
    prose.limits_of_record,
    prose.outlet_and_speaker,
    prose.order_of_denials,
    prose.coverage_sentences,
    prose.coder_agreement,
)
DAYS = tables.table_days  # a block of its own kind
TABLES = [getattr(tables, name) for name in tables.__all__ if name.startswith("table_")]
TABLES.remove(DAYS)
CHARTS = [getattr(charts, name) for name in charts.__all__]
# Charts without an axis: where they have no row to draw, they draw nothing.
ROWS_ONLY = {"chart-figures-claimed", "chart-lineage", "chart-stance-paths"}
VIEWS = {
    "tiny, all certain": lambda: tiny_seen(),
    "tiny, half possible": lambda: tiny_seen("2019-05-12"),
    "tiny, nothing said": lambda: tiny_seen("2019-04-27", actors=["karst_works"]),
    "article": lambda: article_seen(),
    "article, as of 10 October": lambda: article_seen("2024-10-10"),
    "article, nothing reported": lambda: article_seen("2024-10-10", basis="reported"),
    "October": lambda: real_seen(),
    "October, as of 10 October": lambda: real_seen("2024-10-10"),
    "October, as of 18 October": lambda: real_seen("2024-10-18"),
    "October, reported by 10 October": lambda: real_seen("2024-10-10", basis="reported"),
    "October, reported by 24 October": lambda: real_seen("2024-10-24", basis="reported"),
}


@pytest.fixture(params=VIEWS, scope="module")
def seen(request: pytest.FixtureRequest) -> View:
    return VIEWS[request.param]()


def test_every_link_leads_to_a_card_of_a_claim_in_view(seen: View) -> None:
    anchors = {card.anchor for card in tables.claim_cards(seen).cards}
    for show in (*PROSE, *TABLES, *CHARTS, tables.claim_cards):
        links = {href for href in hrefs(neutral(show(seen))) if href.startswith("#")}
        assert {link[1:] for link in links} <= anchors, show.__name__


def test_every_row_of_a_table_has_a_cell_for_each_column(seen: View) -> None:
    for show in TABLES:
        block: Table = show(seen)
        assert all(len(row.cells) == len(block.columns) for row in block.rows), show.__name__


def test_every_sentence_ends_and_begins_as_a_sentence(seen: View) -> None:
    for show in PROSE:
        for sentence in sentences(show(seen)):
            assert (sentence[0].isupper() or sentence[0].isdigit()) and sentence[-1] in ".”", (
                sentence
            )
            assert "  " not in sentence and " ." not in sentence and ".." not in sentence, sentence


def test_every_digit_in_computed_prose_stands_in_the_data_or_the_numbers(seen: View) -> None:
    texts = " ".join(
        " ".join(map(str, frame.to_numpy().ravel()))
        for frame in (seen.whole.propositions, seen.whole.claims, seen.whole.evidence)
    )
    days = {str(day) for when in seen.record.utterances["when"] for day in _digits(when)}
    days |= {str(day) for when in seen.record.sources["when"] if when for day in _digits(when)}
    days |= {str(part) for part in (seen.at.as_of.day, seen.at.as_of.year)}
    days |= {str(int(text[8:10])) for text in seen.record.utterances["outside_date"] if text}
    for show in PROSE:
        block: Prose = show(seen)
        numbers = {str(value) for value in _flat(list(block.numbers.values()))}
        for sentence in sentences(block):
            plain_words = re.sub(r"\[[^\]]*\]", "", sentence).replace(",", "")
            for digits in re.findall(r"\d+", plain_words):
                assert digits in numbers | days or digits in texts, (digits, sentence)


def _digits(when: object) -> list[int]:
    days = [getattr(when, "latest"), getattr(when, "earliest")]  # noqa: B009
    return [part for day in days if day for part in (day.day, day.year)]


def _flat(values: object) -> list[object]:
    if isinstance(values, list):
        return [one for value in values for one in _flat(value)]
    return [values]


def test_every_chart_has_alt_text_from_its_own_frame_and_a_description(seen: View) -> None:
    for show in CHARTS:
        block: Figure = show(seen)
        assert block.alt.endswith(".") and len(block.alt) > 40
        assert block.description.endswith(".")


def test_charts_are_plain_svg_with_ids_of_their_own_and_text_as_text(seen: View) -> None:
    for show in CHARTS:
        block: Figure = show(seen)
        root = ElementTree.fromstring(f"<svg>{block.svg}</svg>")
        short = "".join(word[0] for word in block.block_id.split("-"))
        ids = [one.attrib["id"] for one in root.iter() if "id" in one.attrib]
        assert all(re.fullmatch(rf"{short}-\d+", one) for one in ids) and len(set(ids)) == len(ids)
        assert not [one for one in root.iter() if "style" in one.attrib or one.tag == "style"]
        drawn = [one for one in root.iter() if one.tag == "text"]
        assert drawn or (block.block_id in ROWS_ONLY and not any(block.numbers.values()))
        assert "http" not in block.svg


def test_marks_lie_inside_the_chart_and_say_who_when_and_what(seen: View) -> None:
    for show in CHARTS:
        for mark in show(seen).marks:
            assert -0.02 <= mark.x and mark.x + mark.width <= 1.02, (show.__name__, mark)
            assert -0.001 <= mark.y and mark.y + mark.height <= 1.001, (show.__name__, mark)
    for mark in charts.chart_claim_timeline(seen).marks:
        assert re.match(r"[^,]+, .*on (or before |a day )?.*: ", mark.label), mark.label


def test_a_mark_opens_one_of_the_claims_that_it_names(seen: View) -> None:
    in_view = set(seen.record.claims["claim_id"])
    for show in CHARTS:
        for mark in show(seen).marks:
            opened = mark.label.rsplit("Open ", 1)[1].split(", ")
            assert mark.href in {f"#{one}" for one in opened}, (show.__name__, mark)
            assert set(opened) <= in_view, (show.__name__, mark)


def test_labels_of_marks_do_not_overlap(seen: View) -> None:
    marks = charts.chart_claim_timeline(seen).marks
    for one in marks:
        for other in marks:
            if one is not other and abs(one.y - other.y) < 1e-4:
                apart = one.x + one.width <= other.x + 0.02 or other.x + other.width <= one.x + 0.02
                assert apart, (one, other)


def test_the_timeline_draws_every_counted_claim_off_the_lowest_step() -> None:
    block = charts.chart_claim_timeline(article_seen())
    opened = {one for mark in block.marks for one in mark.label.rsplit("Open ", 1)[1].split(", ")}
    assert {"k1", "z1", "z2", "z6", "p2", "h1", "h4", "h5", "f1", "u1"} <= opened
    assert not {"p1", "h0", "z4", "s1", "s2", "n1", "u2"} & opened


def test_nothing_later_than_its_day_is_in_a_brief() -> None:
    seen = article_seen("2024-10-10")
    shown = " ".join(
        plain(run)
        for block in (prose.key_findings(seen), prose.order_of_denials(seen))
        for run in block.paragraphs
    )
    assert "Zelenskyy" not in shown and "Flynn" not in shown
    assert "Zelenskyy" not in charts.chart_claim_timeline(seen).description
    matrix = " ".join(cell for row in cells(tables.table_sides_by_question(seen)) for cell in row)
    assert "Kim Yong-hyun" in matrix
    assert "Zelenskyy" not in matrix and "Flynn" not in matrix


def test_no_card_is_of_a_statement_that_was_made_only_later(seen: View) -> None:
    dates = seen.whole.utterances.set_index("utterance_id")["date"].map(parse)
    spoken = seen.whole.claims.set_index("claim_id")["utterance_id"]
    for card in tables.claim_cards(seen).cards:
        earliest = dates[spoken[card.anchor.removeprefix("")]].earliest
        assert earliest is None or earliest <= seen.at.as_of, card.anchor


def test_an_outside_day_later_than_the_brief_is_not_told() -> None:
    words = " ".join(sentences(prose.key_findings(article_seen("2024-10-09"))))
    assert "Peskov" in words and "Moscow Times" not in words
    assert "(Moscow Times: 10 October 2024)" in " ".join(
        sentences(prose.key_findings(article_seen("2024-10-10")))
    )


def test_a_day_of_a_source_that_carries_the_words_is_the_day() -> None:
    words = " ".join(sentences(prose.key_findings(real_seen("2024-10-10"))))
    assert "TASS" not in words
    rows = cells(tables.table_denial_register(real_seen("2024-10-10")))
    assert {row[1] for row in rows if row[0].startswith("Peskov")} == {"10 Oct"}


def test_a_stance_that_takes_no_side_is_told_as_one() -> None:
    words = " ".join(sentences(prose.key_findings(article_seen())))
    case = "reportedly reasoned from the case that"
    assert f"Howell {case} North Korea is not sending foot soldiers [h3]" in words
    assert f"Flynn {case} North Korean personnel are involved" in words
    assert "the United States reportedly spoke of reports that" in words
    assert "Flynn said" not in words and "United States said" not in words


def test_page_one_puts_no_gloss_into_a_speakers_mouth() -> None:
    words = " ".join(sentences(prose.key_findings(article_seen())))
    assert "by Al Jazeera’s gloss, that North Korean personnel are in Russia [p1]" in words
    assert "[z4]" not in words  # the outlet's wording of z6 is another question's
    assert "Peskov dismissed" not in words


def test_the_deflation_table_prints_ranges_where_the_origin_is_unknown() -> None:
    counts = {row[0]: row[1] for row in cells(tables.table_deflation(article_seen()))}
    assert counts["Independent origins behind these"] == "1–3"
    assert counts["Items of evidence that this record shows as public"] == "0"


def test_the_matrix_prints_not_heard_and_leaves_the_outlets_words_out() -> None:
    block = tables.table_sides_by_question(article_seen())
    rows = {row[0]: row for row in cells(block)}
    assert set(rows["North Korea"][1:]) == {"not heard"}
    assert set(rows["Russia"][1:]) == {
        "not heard",
        "Peskov, 1–19 Oct, said: This seems like yet another fake news story [p2]",
    }
    linked = {href for href in hrefs(neutral(block)) if href.startswith("#")}
    assert "#p2" in linked and "#k1" in linked
    assert not {f"#{one}" for one in ("p1", "h0", "z4", "s1", "s2", "n1")} & linked
    assert "condemn" not in " ".join(cell for row in rows.values() for cell in row)


def test_the_denial_register_draws_no_order_that_the_dates_do_not_give() -> None:
    (row,) = cells(tables.table_denial_register(article_seen()))
    assert row[1] == "1–19 Oct (Moscow Times: 10 Oct)"
    assert row[-3:] == ["none", "k1, z6, z1, z2", "none"]


def test_every_claim_in_view_has_one_card_with_words_and_source(seen: View) -> None:
    cards = tables.claim_cards(seen).cards
    assert len({card.anchor for card in cards}) == len(cards) == len(seen.record.claims)
    of_utterance = seen.record.claims.set_index("claim_id")["utterance_id"]
    with_date: dict[str, str] = {}  # the card that tells speaker and date, by utterance
    for card in cards:
        fields = {field.label: field.value for field in card.fields}
        utterance = of_utterance[card.anchor.removeprefix("")]
        assert card.quote and {"Coding", "Source"} <= set(fields)
        if "Utterance" in fields:
            assert {"Speaker", "Date"}.isdisjoint(fields)
            assert fields["Utterance"][-1].href == f"#{with_date[utterance]}"
        else:
            assert {"Speaker", "Date"} <= set(fields)
            with_date.setdefault(utterance, card.anchor)


def test_the_reasoning_of_a_date_stands_once_and_is_linked_from_the_other_cards() -> None:
    seen = article_seen()
    fields = [field for card in tables.claim_cards(seen).cards for field in card.fields]
    dates = [plain(field.value) for field in fields if field.label == "Date"]
    note = seen.record.utterances.set_index("utterance_id").loc["zelenskyy_sunday", "date_note"]
    assert sum(note in date for date in dates) == 1
    others = [plain(field.value) for field in fields if field.label == "Utterance"]
    assert sum(other == "as on z5" for other in others) == 6  # z6 to z11
    assert len(others) > 5


def test_lanes_keep_extents_apart_and_use_the_first_that_is_free() -> None:
    assert lanes([(0, 10), (5, 15), (11, 20), (0, 3)]) == [1, 0, 1, 0]
    assert lanes([]) == []


def test_text_width_grows_with_text_and_size() -> None:
    assert 0 == text_width(" ", 8) < text_width("a", 8) < text_width("aa", 8) < text_width("aa", 9)
