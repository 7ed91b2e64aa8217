"""What is new since the last edition, worked by hand on the tiny package."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from phrases import cited, package, said
from test_front import BANNED, counts, figures_of, own_words
from views import TINY, context_of, plain, real_view, tiny_view, views_by_day

from claimbrief import analysis, prose
from claimbrief.analysis.days import ITEM, STATEMENT
from claimbrief.blocks import Prose
from claimbrief.prose.since_last_edition import LONGEST, _items
from claimbrief.texts import plain as words_of
from claimbrief.view import SAYS_SO, View

NO_SIDE = "No further side is known to say so."
NO_ITEM = "No further evidence is known to have been shown."
NOTHING = "nothing new is known: no statement, no side that newly says so, no evidence newly shown."


def block(view: View) -> Prose:
    """Return what is new in a view, of its own day alone."""
    found = prose.since_last_edition(analysis.since_last_edition(view), context_of(view))
    assert found is not None
    return found


def news(last: str, as_of: str = "2019-05-31", folder: Path = TINY, **part: object) -> str:
    """Return what stands behind the heading, each name with the claim that it links to."""
    view = tiny_view(as_of, folder, last_edition=last, **part)
    (words,) = block(view).paragraphs
    assert words[0].style == "strong"
    return cited(words).partition(" | ")[2].strip()


def rows(view: View) -> list[tuple[str, str, str]]:
    """Return the frame's rows as what is new, of what, and the claim to cite."""
    frame = analysis.since_last_edition(view)
    return list(zip(frame["new"], frame["of"], frame["claim_id"], strict=True))


def test_the_frame_has_a_row_for_each_new_thing_with_the_claim_to_cite() -> None:
    assert rows(tiny_view(last_edition="2019-04-27")) == [
        (STATEMENT, "pell_letter", "i1"),
        (STATEMENT, "authority_report", "a1"),
        (STATEMENT, "minister_radio", "m1"),
        (STATEMENT, "towns_alarm", "w1"),
        (STATEMENT, "builder_denial", "b2"),
        (SAYS_SO, "Q2", "a1"),
        (SAYS_SO, "Q3", "i1"),
        (ITEM, "photo_or_video", "a1"),
    ]


def test_a_brief_says_how_many_statements_are_new_who_newly_says_so_and_what_was_shown() -> None:
    assert news("2019-04-27") == (
        "five statements were made. Cracked: newly said by Velland<a1>; anybody hurt: by Pell<i1>. "
        "Newly shown: one thing (photo or video), cited by Velland<a1>."
    )
    assert plain(block(tiny_view(last_edition="2019-04-27")).paragraphs[0][:1]) == (
        "Since the last edition (27 April)"
    )


def test_what_is_only_possible_on_either_day_is_not_new() -> None:
    """By 12 May the denial, the towns and the interview are possible; by 19 May certain."""
    assert news("2019-05-08", "2019-05-12") == f"one statement was made. {NO_SIDE} {NO_ITEM}"
    assert news("2019-05-12", "2019-05-19") == NOTHING


def test_a_brief_in_which_nothing_is_new_says_so() -> None:
    assert news("2019-05-30") == NOTHING


def test_a_record_of_which_nothing_is_in_view_has_nothing_new() -> None:
    assert news("2019-04-21", "2019-04-27", actors=["karst_works"]) == NOTHING


def test_a_last_edition_before_the_window_makes_all_of_it_new() -> None:
    assert news("2018-12-31").startswith("five statements were made. ")


def test_a_side_that_newly_says_yes_to_the_first_question_comes_first(changed: Changed) -> None:
    more = [said("n9", "rill", "2019-05-20", "bridge_unsafe", "affirms", "CT+")]
    assert news("2019-05-19", folder=package(changed, more=more)) == (
        "one statement was made. Unsafe: newly said by Karst Works<n9>. "
        "Newly shown: one thing (photo or video), cited by Velland<a1>."
    )


def test_a_side_that_may_have_said_so_by_the_last_edition_does_not_newly_say_so(
    changed: Changed,
) -> None:
    folder = package(
        changed,
        ("claims", "b2", "stance", "affirms"),
        ("claims", "b2", "commitment", "CT+"),
        ("claims", "b2", "denial", ""),
    )
    of_may = {"as_of": "2019-05-19", "folder": folder}
    assert "Karst" not in news("2019-04-30", "2019-05-12", folder)
    assert "Karst Works<b2>" in news("2019-04-30", **of_may)  # type: ignore[arg-type]
    assert news("2019-05-01", **of_may) == (  # type: ignore[arg-type]
        "three statements were made. Cracked: newly said by Velland<a1>. " + NO_ITEM
    )


def test_what_may_have_become_public_is_not_newly_shown(changed: Changed) -> None:
    visible = ("pier_photographs", "2019-05-21")
    folder = changed("evidence_status", visible, "as_of", "[2019-05-15..2019-05-21]")
    assert news("2019-05-07", "2019-05-18", folder).endswith(NO_ITEM)
    assert news("2019-05-15", "2019-05-31", folder) == NOTHING


@pytest.mark.parametrize("question", ["Q4", "QU", "Q0"])
def test_what_answers_no_question_makes_nobody_newly_say_so(
    question: str, changed: Changed
) -> None:
    more = [said("n9", "rill", "2019-05-20", "no_photograph", "affirms", "CT+")]
    of = ("propositions", "no_photograph", "question_id", question)
    folder = package(changed, of, more=more)
    assert news("2019-05-19", "2019-05-20", folder) == (
        f"one statement was made. {NO_SIDE} {NO_ITEM}"
    )


def test_a_statement_that_is_likely_one_of_the_last_edition_is_not_new(changed: Changed) -> None:
    """By 14 May the denial was possible; one of 15 May that it likely is adds no statement."""
    denial = said("n9", "rill", "2019-05-15", "pier_cracked", "denies", "CT−", denial="D3")
    same = ("utterances", "builder_denial", "likely_same_as", "of_n9")
    for cells, count in (((), 1), ((same,), 0)):
        view = tiny_view(folder=package(changed, *cells, more=[denial]), last_edition="2019-05-14")
        assert [new for new, _, _ in rows(view)].count(STATEMENT) == count


def test_what_was_reported_since_is_told_as_reported() -> None:
    words = news("2019-05-12", "2019-05-31", basis="reported")
    assert words.startswith("six statements were reported. ")


def test_where_there_is_less_room_fewer_sides_are_named_and_then_counted(
    changed: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_crack = [("c", actor, "pier_cracked") for actor in ("pell", "nyra", "doran")]
    of_hurt = [("h", actor, "welders_hurt") for actor in ("nyra", "doran", "lindqvist")]
    more = [
        said(f"{letter}{day}", actor, f"2019-05-{day}", proposition, "affirms", "CT+")
        for day, (letter, actor, proposition) in enumerate([*of_crack, *of_hurt], 10)
    ]
    more += [said("u20", "nyra", "2019-05-20", "bridge_unsafe", "affirms", "CT+")]
    view = tiny_view(folder=package(changed, more=more), last_edition="2019-04-27")
    longest = 1_000
    found = []
    for _ in range(7):
        monkeypatch.setattr(sys.modules[prose.since_last_edition.__module__], "LONGEST", longest)
        drawn = block(view)
        (words,) = drawn.paragraphs
        found.append((cited(words).split(". ")[1], drawn.numbers["not_named"]))
        longest = len(words_of(words).split()) - 1
    unsafe = "Unsafe: newly said by Nyra<u20>; "
    cracked, hurt = "cracked: by Velland<a1>", "anybody hurt: by Velland<h15>"
    four, three, two = "by four sides", "and three more", "and two more"
    last: tuple[str, dict[str, int]] = ("Four sides newly say so", {})
    assert found == [
        (
            f"{unsafe}{cracked}, Tarn<c12>, Nyra<c11> and one more; "
            f"{hurt}, Tarn<h14>, Nyra<h13> and one more",
            {"Q2": 1, "Q3": 1},
        ),
        (f"{unsafe}{cracked}, Tarn<c12> {two}; {hurt}, Tarn<h14> {two}", {"Q2": 2, "Q3": 2}),
        (f"{unsafe}{cracked} {three}; {hurt} {three}", {"Q2": 3, "Q3": 3}),
        (
            f"{unsafe}{cracked} {three}; one further question: {four}",
            {"Q2": 3, "questions": 1, "sides_on_these": 4},
        ),
        (f"{unsafe}two further questions: {four}", {"questions": 2, "sides_on_these": 4}),
        last,
        last,
    ]


def test_of_several_sides_that_cite_what_was_shown_the_first_is_named() -> None:
    view = tiny_view(last_edition="2019-04-27")
    frame = analysis.since_last_edition(view)
    (item,) = frame[frame["new"] == ITEM].to_dict("records")
    items = pd.DataFrame([item, item | {"side": "pell", "claim_id": "i1"}])
    words, more = _items(items, context_of(view))
    assert plain(words).endswith(": two things (photo or video), cited by Velland and one more")
    assert more == {"citing_sides": 1}
    assert _items(items[:1], context_of(view))[1] == {}


def test_of_october_what_is_new_since_the_24th_is_said_in_a_few_lines() -> None:
    (words,) = block(real_view(last_edition="2024-10-24")).paragraphs
    assert words_of(words) == (
        "Since the last edition (24 October) 110 statements were made. Fighting: newly said by a "
        "man in a video and one more; four further questions: by 19 sides. Newly shown: three "
        "things (intercept, witness), cited by Ukraine and one more."
    )


@pytest.mark.parametrize("last", ["2024-09-30", "2024-10-10", "2024-10-18", "2024-10-24"])
def test_the_block_is_short_names_certain_claims_and_has_its_figures_in_numbers(last: str) -> None:
    view = real_view(last_edition=last)
    found = block(view)
    (words,) = found.paragraphs
    assert len(words_of(words).split()) <= LONGEST
    assert figures_of(found) <= set(counts(found.numbers))
    certain = view.statements[view.statements["certainty"] == "certain"]
    linked = {run.href[1:] for run in words if run.href}
    assert linked and linked <= set(certain["claim_id"])
    assert not [rule for rule, pattern in BANNED.items() if re.search(pattern, own_words(words))]


def test_a_page_moved_back_shows_what_was_new_by_then_and_nothing_by_the_last_edition() -> None:
    view = tiny_view("2019-05-14", window_start="2019-05-05", last_edition="2019-05-07")
    days = views_by_day(view)
    found = prose.since_last_edition(
        analysis.by_day(analysis.since_last_edition, days), context_of(view)
    )
    assert found is not None and found.paragraphs == block(view).paragraphs
    for day, of_day in days.items():
        at = day.isoformat()
        versions = [version for paragraph in found.versions for version in paragraph]
        words = "".join(
            words_of(version.text)
            for version in versions
            if (version.since or at) <= at <= (version.until or at)
        )
        due = words_of(block(of_day).paragraphs[0]) if day > date(2019, 5, 7) else ""
        assert words == due, day


def test_a_brief_that_names_no_last_edition_says_nothing_of_it() -> None:
    view = tiny_view()
    frame = analysis.by_day(analysis.since_last_edition, views_by_day(view))
    assert frame.empty
    assert prose.since_last_edition(frame, context_of(view)) is None
