"""What charts are drawn of: marks that link, words that fit, boxes, lines, lanes."""

from __future__ import annotations

from claimbrief.charts.canvas import cut_to_width, text_width


def test_signs_that_the_house_s_face_lacks_are_as_wide_as_their_kind() -> None:
    assert text_width("橋", 10) == 10, "an em"
    assert text_width("橋橋", 10) == 20
    assert text_width("क", 10) == 6, "somewhat more than half"
    assert text_width("कं", 10) == 6, "a sign above another takes no room of its own"


def test_a_sign_is_cut_with_what_stands_above_it() -> None:
    assert cut_to_width("कं" * 9, 10, text_width("कंकं…", 10)) == "कंकं…"
    assert cut_to_width("कं" * 9, 10, text_width("कंकं…", 10) - 1) == "कं…"
