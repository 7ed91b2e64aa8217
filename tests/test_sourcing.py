"""How well each utterance is sourced: the rule, grade by grade."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from phrases import package, said
from views import cells, table, tiny_view

from claimbrief.analysis.record import record, sources, sourcing

LEDGER, BULLETIN, GAZETTE = "ledger_bridge", "bulletin_2019_05_13", "gazette_2019_05_21"


def grade(folder: Path, utterance: str = "minister_radio", **part: object) -> tuple[str, list[str]]:
    """Return the grade and the sources of one utterance."""
    row = sourcing(tiny_view(folder=folder, **part)).set_index("utterance_id").loc[utterance]
    return row["grade"], row["source_ids"]


def also_reported(changed: Changed, source: str, relation: str, of: Path) -> Path:
    """Return a package in which one more source carries the minister's words."""
    row = f"minister_radio,{source},{relation},\n".encode()
    return changed("reports.csv", raw=lambda content: content + row, of=of)


def test_the_minister_alone_is_reported_twice() -> None:
    frame = sourcing(tiny_view())
    alone = ("one_report", [LEDGER])
    said = ["pell_letter", "authority_report", "minister_radio", "builder_denial", "towns_alarm",
            "port_silence", "doran_interview", "article_text"]  # fmt: skip
    twice = ("two_reports", [LEDGER, BULLETIN])
    cited = {"pell_letter": "i1", "authority_report": "a1", "minister_radio": "m1",
             "builder_denial": "b2", "towns_alarm": "w1", "doran_interview": "e1"}  # fmt: skip
    rows = [
        (key, *(twice if key == "minister_radio" else alone), key in cited, cited.get(key, ""))
        for key in said
    ]
    columns = ["utterance_id", "grade", "source_ids", "is_counted", "claim_id"]
    pd.testing.assert_frame_equal(frame, pd.DataFrame(rows, columns=columns))


def test_a_document_has_a_row_with_what_it_is_and_what_comes_from_it() -> None:
    frame = sources(tiny_view())
    assert not frame["wire"].any()
    assert frame.drop(columns=["published_basis", "wire"]).to_numpy().tolist() == [
        ["ledger_bridge", "Northern Ledger", "Is the new Orsa bridge unsafe?", "",
         "[2019-05-13..2019-05-19]", True, 12, 0],
        ["bulletin_2019_05_13", "Evening Bulletin", "Minister on the bridge",
         "https://bulletin.example/2019/05/13/bridge", "2019-05-13", False, 0, 1],
        ["gazette_2019_05_21", "Tarn Gazette", "Photographs of the east pier",
         "https://gazette.example/2019/05/21/pier", "2019-05-21", False, 0, 0],
    ]  # fmt: skip
    assert frame["published_basis"].iloc[1] == "Day shown with the page."


def test_the_record_has_its_documents_and_its_counted_utterances_by_date() -> None:
    found = record(tiny_view("2019-05-12"))
    assert found.documents.to_numpy().tolist() == [
        ["ledger_bridge", "Northern Ledger", "[2019-05-13..2019-05-19]", True, True, False],
        ["bulletin_2019_05_13", "Evening Bulletin", "2019-05-13", False, False, True],
    ], "the Gazette carries no utterance"
    columns = ["utterance_id", "when", "is_possible", "grade", "is_translation"]
    assert found.utterances[columns].to_numpy().tolist() == [
        ["pell_letter", "2019-04-28", False, "one_report", False],
        ["authority_report", "2019-05-08", False, "one_report", False],
        ["minister_radio", "2019-05-12", False, "two_reports", False],
        ["towns_alarm", "[2019-05-11,2019-05-18]", True, "one_report", False],
        ["builder_denial", "[2019-05-01..2019-05-19]", True, "one_report", False],
        ["doran_interview", "[..2019-05-19]", True, "one_report", True],
    ]
    assert found.undated == found.utterances["when"].tolist()[3:]
    assert (found.coders, found.outside_window, found.later) == (2, 0, 4)
    assert (dict(found.resting), found.quoted_in_part) == (
        {"words": 3, "report": 4, "paraphrase": 0},
        1,
    )


AFFIRMED, REPORTED = ("affirms", "CT+"), ("notes_reports", "Uu")
LIKELY, DENIED = ("affirms_hedged", "PR+"), ("denies", "CT−", "D3")


@pytest.mark.parametrize(
    ("first", "second", "cited"),
    [
        (("pier_cracked", *AFFIRMED), ("bridge_unsafe", *AFFIRMED), "c2"),
        (("bridge_unsafe", *DENIED), ("pier_cracked", *LIKELY), "c2"),
        (("bridge_unsafe", *REPORTED), ("pier_cracked", *AFFIRMED), "c2"),
        (("bridge_unsafe", *REPORTED), ("pier_cracked", *DENIED), "c2"),
        (("bridge_unsafe", *REPORTED), ("pier_cracked", "not_yet", "CT−"), "c2"),
        (("no_photograph", *AFFIRMED), ("pier_cracked", *REPORTED), "c2"),  # context
        (("pier_cracked", *AFFIRMED), ("pier_cracked", *LIKELY), "c1"),
    ],
)
def test_of_an_utterance_what_is_said_to_be_so_is_cited_before_the_contrary_and_the_rest(
    changed: Changed, first: tuple[str, ...], second: tuple[str, ...], cited: str
) -> None:
    """What is not so goes before the rest, and of two of a kind that on the earlier question."""
    more = []
    for claim, (proposition, stance, commitment, *denial) in (("c1", first), ("c2", second)):
        of = {"utterance": "of_c1"} if claim == "c2" else {}
        coded = (claim, "pell", "2019-05-20", proposition, stance, commitment)
        more.append(said(*coded, denial="".join(denial), **of))
    folder = package(changed, ("propositions", "no_photograph", "question_id", "Q0"), more=more)
    frame = sourcing(tiny_view(folder=folder)).set_index("utterance_id")
    assert frame.loc["of_c1", "claim_id"] == cited


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("independent", "two_reports"),
        ("same_wire", "same_wire"),
        ("same_origin", "same_origin"),
        ("repeats", "one_report"),
        ("translation", "one_report"),
    ],
)
def test_only_an_independent_report_makes_two(
    changed: Changed, relation: str, expected: str
) -> None:
    folder = changed("reports", "minister_radio", "relation", relation)
    assert grade(folder) == (expected, [LEDGER, BULLETIN])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("primary_transcript", "primary"),
        ("primary_release", "primary"),
        ("broadcaster_interview", "primary"),
        ("mirror_of_primary", "primary_copy"),
        ("mirror", "two_reports"),
    ],
)
def test_a_text_of_the_speakers_side_goes_before_the_number_of_reports(
    changed: Changed, kind: str, expected: str
) -> None:
    folder = changed("sources", BULLETIN, "kind", kind)
    assert grade(folder)[0] == expected
    assert grade(folder, "authority_report")[0] == "one_report", "another utterance"


def test_the_text_itself_goes_before_a_copy_of_it(changed: Changed) -> None:
    folder = changed("sources", LEDGER, "kind", "mirror_of_primary")
    assert grade(folder)[0] == "primary_copy"
    assert grade(changed("sources", BULLETIN, "kind", "primary_release", of=folder))[0] == "primary"


def test_the_best_of_several_relations_counts(changed: Changed, tiny: Path) -> None:
    folder = also_reported(changed, GAZETTE, "same_wire", tiny)
    assert grade(folder) == ("two_reports", [LEDGER, BULLETIN, GAZETTE])
    folder = changed("reports", ("minister_radio", BULLETIN), "relation", "same_origin", of=folder)
    assert grade(folder)[0] == "same_wire"


def test_a_report_that_the_brief_may_not_use_makes_no_second(tiny: Path) -> None:
    assert grade(tiny, sources=[LEDGER]) == ("one_report", [LEDGER])


def test_the_table_counts_the_utterances_of_each_grade() -> None:
    block = table("sourcing", tiny_view())
    assert block.numbers == {
        "primary": 0, "primary_copy": 0, "two_reports": 1, "same_wire": 0, "same_origin": 0,
        "one_report": 5,
    }  # fmt: skip
    rule = " Derived by rule from sources and reports."
    rows = [[*row[:2], row[2].removesuffix(rule), row[3]] for row in cells(block)]
    assert rows == [
        [
            "The speaker’s own side’s text", "0",
            "A transcript or release of the speaker’s own side, or the interview as its own "
            "broadcaster gives it, is among the sources.", "–",
        ],
        [
            "A copy of such a text", "0",
            "A copy, elsewhere, of a text of the speaker’s own side is among the sources.", "–",
        ],
        [
            "Two independent reports", "1",
            "Two reports at least that do not rest on one another.", "Lindqvist (Velland, 12 May)",
        ],
        ["One agency’s text only", "0", "Several pages with the text of the same agency.", "–"],
        [
            "One interview or release, several pages", "0",
            "Several pages on the same single interview or release.", "–",
        ],
        [
            "One report", "5", "One page, or pages that repeat it.",
            "Pell (28 Apr), Roads Authority (Velland, 8 May), Rill (Karst Works, 1–19 May), "
            "Nyra and Tolm (11 or 18 May), Doran (Tarn, by 19 May)",
        ],
    ]  # fmt: skip


def test_many_utterances_of_a_grade_are_counted_and_not_linked() -> None:
    view = tiny_view()
    frame = pd.concat([sourcing(view)] * 5, ignore_index=True)
    rows = cells(table("sourcing", view, frame))
    assert rows[2][1::2] == ["5", "Lindqvist (Velland, 12 May)"]
    assert rows[5][1::2] == ["25", "on their cards"]


def test_the_table_of_a_part_counts_the_part_and_of_nothing_counts_none() -> None:
    view = tiny_view()
    part = table("sourcing", view, sourcing(view).query("utterance_id == 'minister_radio'"))
    assert [row[1] for row in cells(part)] == ["0", "0", "1", "0", "0", "0"]
    nothing = table("sourcing", tiny_view("2019-05-12", basis="reported"))
    assert {(row[1], row[3]) for row in cells(nothing)} == {("0", "–")}
