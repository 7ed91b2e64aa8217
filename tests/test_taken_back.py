"""What a side said, or called likely, and later denied: it stands in the record and counts no more.

Worked by hand on the tiny package, in which Velland says on 8 May that a pier is cracked (a1) and
on 12 May that the bridge is very probably unsafe (m1). That the deck fails entails that.
"""

from __future__ import annotations

import pytest
from conftest import Changed
from phrases import answered, found, package, said
from views import cells, plain, real_view, table, tiny_view

from claimbrief.analysis import (
    answers_by_side,
    position_tallies,
    positions_by_day,
    turning_points,
    turns_in_words,
)
from claimbrief.analysis.positions import positions_by_question, sides_with
from claimbrief.view import View

DENIED = said("d1", "velland", "2019-05-20", "pier_cracked", "denies", "CT−", denial="D3")
Rows = list[dict[str, str]]


def taken_back(changed: Changed, *more: dict[str, str], day: str = "2019-05-31") -> list[str]:
    """Return the claims that are taken back by a day, with these statements added."""
    claims = tiny_view(day, folder=package(changed, more=list(more))).statements
    return claims.loc[claims["is_taken_back"], "claim_id"].tolist()


def claim(claim_id: str, actor: str, day: str, proposition: str, how: str) -> dict[str, str]:
    """Return a statement that affirms, calls likely, denies or dismisses something."""
    stances = {
        "so": ("affirms", "CT+", "", ""), "likely": ("affirms_hedged", "PR+", "None", ""),
        "denies": ("denies", "CT−", "", "D3"), "dismisses": ("dismisses", "CT−", "", "D2"),
    }  # fmt: skip
    stance, commitment, hedge, denial = stances[how]
    quote = "None" * bool(hedge)
    return said(claim_id, actor, day, proposition, stance, commitment, quote=quote, hedge=hedge,
                denial=denial)  # fmt: skip


@pytest.mark.parametrize(
    ("more", "ids"),
    [
        ([], []),
        ([claim("d1", "velland", "2019-05-20", "pier_cracked", "denies")], ["a1"]),
        ([claim("d1", "lindqvist", "2019-05-20", "pier_cracked", "dismisses")], ["a1"]),
        ([claim("d1", "velland", "2019-05-20", "bridge_unsafe", "denies")], ["m1"]),
        ([claim("d1", "velland", "2019-05-08", "pier_cracked", "denies")], []),  # of the same day
        ([claim("d1", "velland", "[2019-05-08..2019-05-20]", "pier_cracked", "denies")], []),
        ([claim("d1", "rill", "2019-05-20", "bridge_unsafe", "denies")], []),  # another side
        ([claim("d1", "velland", "2019-05-07", "pier_cracked", "denies"),
          claim("d2", "velland", "2019-05-21", "pier_cracked", "denies")], ["a1"]),
        ([claim("d1", "velland", "2019-05-20", "pier_cracked", "denies"),
          claim("d2", "velland", "2019-05-21", "pier_cracked", "so")], ["a1"]),
    ],
)  # fmt: skip
def test_what_its_side_later_denied_or_dismissed_is_taken_back(
    changed: Changed, more: Rows, ids: list[str]
) -> None:
    assert taken_back(changed, *more) == ids


def test_who_denies_what_follows_from_a_claim_takes_it_back_and_not_the_other_way_round(
    changed: Changed,
) -> None:
    fails = claim("c1", "pell", "2019-05-10", "deck_fails", "so")
    assert taken_back(
        changed, fails, claim("d1", "pell", "2019-05-20", "bridge_unsafe", "denies")
    ) == ["c1"]
    unsafe = claim("c1", "pell", "2019-05-10", "bridge_unsafe", "so")
    assert (
        taken_back(changed, unsafe, claim("d1", "pell", "2019-05-20", "deck_fails", "denies")) == []
    )


def test_a_denial_that_may_come_only_later_takes_nothing_back(changed: Changed) -> None:
    late = claim("d1", "velland", "[2019-05-19..2019-05-21]", "pier_cracked", "denies")
    assert taken_back(changed, late) == ["a1"]
    assert taken_back(changed, late, day="2019-05-20") == []


def test_of_a_side_that_says_so_again_the_later_claim_stands_for_it(changed: Changed) -> None:
    again = claim("d2", "velland", "2019-05-21", "pier_cracked", "so")
    view = tiny_view(folder=package(changed, more=[DENIED, again]))
    rows = positions_by_question(view)
    (row,) = sides_with("says_so", rows[rows["question_id"] == "Q2"]).to_dict("records")
    assert (row["claim_id"], row["is_taken_back"]) == ("d2", False)
    assert f"{row['since']:%d %b}" == "08 May", "since when it can have said so"


def test_no_government_says_so_any_more_where_the_only_one_took_it_back(changed: Changed) -> None:
    more = [claim("d1", "velland", "2019-05-20", "bridge_unsafe", "denies")]
    view = tiny_view(folder=package(changed, more=more))
    tallies = position_tallies(view).set_index("question_id")
    assert tallies.loc["Q1", "said_by"] == "nobody"
    drawn = positions_by_day(view).query("question_id == 'Q1' and side == 'velland'")
    assert drawn["position"].tolist() == ["says_likely", "not_so"], "both are drawn"
    assert answered(view)[0].endswith(
        " Lindqvist (Velland, 12 May)<m1> reportedly called it likely before, and Velland later "
        "went back on "
        "it."
    )


def test_the_firmer_of_two_claims_that_were_taken_back_is_named(changed: Changed) -> None:
    more = [
        claim("c1", "velland", "2019-05-14", "bridge_unsafe", "so"),
        claim("d1", "velland", "2019-05-20", "bridge_unsafe", "denies"),
    ]
    view = tiny_view(folder=package(changed, more=more))
    words = answered(view)[0]
    assert (
        "Velland (14 May)<c1> reportedly said so before, and Velland later went back on it."
        in words
    )
    assert "called it likely before" not in words
    (move,) = turns_in_words(view).to_dict("records")
    assert (move["before_claim_id"], move["after_claim_id"]) == ("c1", "d1")


def test_a_forecast_that_is_taken_back_is_none_that_it_was_so(changed: Changed) -> None:
    added = {"propositions": "pier_cracks,Q2,A pier of it will crack.,bridge,to_come\n"}
    more = [
        added,
        claim("c1", "pell", "2019-05-14", "pier_cracks", "so"),
        claim("d1", "pell", "2019-05-20", "pier_cracks", "denies"),
    ]
    assert taken_back(changed, *more) == ["c1"]
    view = tiny_view(folder=package(changed, more=more))
    assert "Cracked: one says so" in found(view)
    assert "went back on it" not in " ".join(found(view).values())


def test_where_it_was_only_called_likely_nobody_had_said_so(changed: Changed) -> None:
    left_open = [("claims", "i1", "stance", "notes_reports"), ("claims", "i1", "commitment", "Uu")]

    def heads(how: str) -> list[str]:
        more = [
            claim("c1", "nyra", "2019-05-14", "welders_hurt", how),
            claim("d1", "nyra", "2019-05-20", "welders_hurt", "denies"),
        ]
        return list(found(tiny_view(folder=package(changed, *left_open, more=more))))

    head = "Anybody hurt: nobody says so any more"
    assert head in heads("so")
    assert head not in heads("likely")


def test_what_was_likely_and_is_taken_back_is_no_longer_called_likely(changed: Changed) -> None:
    cells = [
        ("claims", "a1", "proposition_id", "bridge_unsafe"),
        ("claims", "i1", "stance", "notes_reports"),
    ]
    cells += [("claims", "i1", "commitment", "Uu")]
    more = [
        claim("c1", "pell", "2019-05-14", "pier_cracked", "likely"),
        claim("d1", "pell", "2019-05-20", "pier_cracked", "denies"),
    ]
    before = answered(tiny_view("2019-05-15", folder=package(changed, *cells, more=more)))
    after = answered(tiny_view(folder=package(changed, *cells, more=more)))
    called = "called it likely that a pier"
    assert any(called in words for words in before)
    assert not any(called in words for words in after)


def test_who_said_so_first_said_so_first_though_it_took_it_back(changed: Changed) -> None:
    more = [
        claim("c1", "nyra", "2019-05-19", "pier_cracked", "so"),
        claim("c2", "pell", "[2019-05-01..2019-05-10]", "pier_cracked", "so"),
        claim("d1", "pell", "2019-05-21", "pier_cracked", "denies"),
    ]
    words = found(tiny_view(folder=package(changed, more=more)))["Cracked: two say so"]
    assert words.startswith(
        "Roads Authority (Velland, 8 May)<a1>, perhaps with others, reportedly said so first."
    )
    assert words.endswith(
        "Pell (1–10 May)<c2> reportedly said so before, and Pell later went back on it."
    )


def four_that_went_back(changed: Changed, proposition: str) -> View:
    """Return a view in which four sides said something and denied it."""
    more: Rows = []
    for at, actor in enumerate(("pell", "nyra", "doran", "rill")):
        more.append(claim(f"c{at}", actor, "2019-05-14", proposition, "so"))
        more.append(claim(f"d{at}", actor, "2019-05-20", proposition, "denies"))
    return tiny_view(folder=package(changed, more=more))


def test_of_many_that_went_back_three_have_a_row(changed: Changed) -> None:
    block = table("turns_in_words", four_that_went_back(changed, "welders_hurt"))
    assert len(cells(block)) == 3 and plain(block.note) == "The record has one further change."
    assert plain(block.caption) == "Anybody hurt: four sides went back on what they had said"


def test_a_denial_of_what_is_to_come_takes_back_that_it_is_so(changed: Changed) -> None:
    to_come = ("propositions", "bridge_unsafe", "phase", "to_come")
    more = [
        claim("c1", "pell", "2019-05-10", "deck_fails", "so"),
        claim("d1", "pell", "2019-05-20", "bridge_unsafe", "denies"),
    ]
    (move,) = turns_in_words(tiny_view(folder=package(changed, to_come, more=more))).to_dict(
        "records"
    )
    assert (move["kind"], move["before_claim_id"], move["after_claim_id"]) == (
        "took_back",
        "c1",
        "d1",
    )


def test_a_side_that_only_said_so_in_between_did_not_come_to_say_so(changed: Changed) -> None:
    more = [
        said("c0", "nyra", "2019-05-01", "pier_cracked", "notes_reports", "Uu"),
        claim("c1", "nyra", "2019-05-14", "pier_cracked", "so"),
        claim("d1", "nyra", "2019-05-20", "pier_cracked", "denies"),
    ]
    kinds = turns_in_words(tiny_view(folder=package(changed, more=more)))["kind"]
    assert kinds.tolist() == ["took_back"]


def test_who_took_it_back_is_not_among_those_that_say_so(changed: Changed) -> None:
    more = [
        claim("c1", "nyra", "2019-05-14", "pier_cracked", "so"),
        claim("d1", "nyra", "2019-05-20", "pier_cracked", "denies"),
        said("c2", "pell", "2019-05-01", "pier_cracked", "notes_reports", "Uu"),
        claim("c3", "pell", "2019-05-16", "pier_cracked", "so"),
    ]
    block = table("turns_in_words", tiny_view(folder=package(changed, more=more)))
    assert plain(block.caption) == "Cracked: one of the two sides that say so first left it open"


def cell(changed: Changed, *more: dict[str, str], name: str = "answers_by_side") -> str:
    """Return the cell of Velland on the first question."""
    block = table(name, tiny_view(folder=package(changed, more=list(more))))
    return next(row[1] for row in cells(block) if row[0] == "Velland").replace("*", "")


def test_what_a_side_calls_likely_after_it_denied_it_stands_alone_in_its_cell(
    changed: Changed,
) -> None:
    more = [
        claim("c1", "velland", "2019-05-14", "bridge_unsafe", "so"),
        claim("d1", "velland", "2019-05-16", "bridge_unsafe", "denies"),
    ]
    assert cell(changed, *more) == "yes, 14 May (taken back); not so, 16 May"
    likely = claim("c2", "velland", "2019-05-18", "bridge_unsafe", "likely")
    assert cell(changed, *more, likely) == "likely, 18 May"


def test_the_record_s_matrix_begins_with_what_stands(changed: Changed) -> None:
    denied = claim("d1", "velland", "2019-05-20", "bridge_unsafe", "denies")
    words = cell(changed, denied, name="sides_by_question")
    assert words.startswith("Velland, 20 May, reportedly states the contrary: The Orsa")
    assert words.endswith("; likely (taken back): Lindqvist (12 May)")


def test_of_many_that_went_back_three_are_cited_and_the_others_counted(changed: Changed) -> None:
    words = answered(four_that_went_back(changed, "bridge_unsafe"))[0]
    assert words.count(" later went back on it.") == 3
    assert words.endswith(" One more side did so too.")


# What is denied of a part alone


def test_a_denial_of_what_entails_another_claim_of_its_question_is_of_a_part(
    changed: Changed,
) -> None:
    said_so = claim("c1", "velland", "2019-05-14", "bridge_unsafe", "so")
    part = claim("d1", "velland", "2019-05-16", "deck_fails", "denies")
    view = tiny_view(folder=package(changed, more=[said_so, part]))
    claims = view.statements
    assert claims.loc[claims["is_partial"], "claim_id"].tolist() == ["d1"]
    assert cell(changed, said_so, part) == "yes, 14 May; in part not so, 16 May"
    heads = list(found(view))
    assert heads[0] == "Unsafe: one says so; reportedly Velland says that a part is not so"
    assert "not_so" not in turning_points(view)["kind"].tolist()


def test_on_the_28th_of_october_ukraine_s_not_yet_is_of_a_part() -> None:
    block = table("answers_by_side", real_view("2024-10-28"))
    (ukraine,) = [row for row in cells(block) if row[0] == "Ukraine"]
    assert ukraine[1].startswith("in part not yet, 28 Oct")
    assert block.numbers["not_yet"]["Q1"] == 2


def test_a_side_of_which_only_a_denial_of_a_part_is_known_has_a_row(changed: Changed) -> None:
    more = [claim("d1", "velland", "2019-05-16", "deck_fails", "denies")]
    view = tiny_view(folder=package(changed, more=more))
    frame = answers_by_side(view).query("claim_id == 'd1'")
    assert [row[:2] for row in cells(table("answers_by_side", view, frame))] == [
        ["Velland", "in part not so, 16 May*"]
    ]
