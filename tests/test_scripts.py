"""Words in scripts other than Latin: drawn by a font that has them, or said to lack one."""

from __future__ import annotations

import datetime
import io
import json
import re

import pymupdf
import pytest
from projects import TEMPLATE
from pypdf import PdfReader

from claimbrief.block_html import block_html
from claimbrief.charts.canvas import axes_in_points, blank_figure, cut_to_width, text_width
from claimbrief.charts.svg import svg_inside
from claimbrief.faces import Face
from claimbrief.house import house_style
from claimbrief.render.cache import Cache
from claimbrief.render.fonts import fallbacks_of, font_rules, undrawn, undrawn_notes, used_codes
from claimbrief.render.pdf import theme_inputs, typeset, with_texts_apart

# By language: words, and the font that draws them in a PDF.
SAMPLES = {
    "ko": ("북한군이 싸우고 있다", "NotoSansKR"),
    "ja": ("北朝鮮の兵士が直接に", "NotoSansJP"),
    "zh-Hans": ("朝鲜士兵正在作战", "NotoSansSC"),
    "zh-TW": ("北韓士兵正在作戰", "NotoSansTC"),
    "ar": ("قال الناطق إن 12 جنديا", "IBMPlexSansArabic"),
    "he": ("הדובר אמר כי החיילים", "NotoSansHebrew"),
    "hi": ("उत्तर कोरियाई सैनिक क्षेत्र में", "NotoSansDevanagari"),
    "vi": ("cầu không an toàn: Z͑", "DejaVuSans"),
}
NAMES = "אבא (4), אמא (3)"
TIBETAN = "བོད་ཡིག"
DAY = datetime.datetime(2031, 5, 20, 12, tzinfo=datetime.UTC)


def _run(words: str, language: str = "", style: str = "") -> dict[str, str]:
    return {"text": words, "href": "", "style": style, "lang": language}


def _pdf(*runs: dict[str, str], body: str = "#for run in brief { par(runs((run,))) }") -> bytes:
    source = f"""#import "words.typ": *
#import "blocks.typ": chart-text
#set document(title: "Words")
#set text(font: serif)
#show: by-script
#let brief = json(bytes(sys.inputs.brief))
{body}"""
    return typeset(
        source.encode(), theme_inputs(json.dumps(runs, ensure_ascii=False)), TEMPLATE, DAY
    )


def _text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def _fonts(pdf: bytes) -> set[str]:
    with pymupdf.open(stream=pdf) as document:
        named = [font[3] for page in document for font in page.get_fonts()]
    return {re.split(r"[+-]", name)[-1 if "+" not in name else 1] for name in named}


def _places(pdf: bytes) -> dict[str, float]:
    """Return how far from the left each word of a PDF's first page begins."""
    with pymupdf.open(stream=pdf) as document:
        return {word[4]: word[0] for word in document[0].get_text("words")}


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return _pdf(*(_run(words, lang, "quote") for lang, (words, _) in SAMPLES.items()))


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Face, "is_installed", property(lambda face: "pylopdf" not in face.package))


# The PDF


def test_the_codes_of_a_text_are_those_that_can_be_seen() -> None:
    assert used_codes("aé\n\t 한\u200b\U0001f642") == {*map(ord, "aé 한\U0001f642")}
    assert used_codes("") == frozenset()


@pytest.mark.parametrize("language", SAMPLES)
def test_the_words_of_each_script_stand_in_the_pdf_in_a_font_that_draws_them(
    pdf: bytes, language: str
) -> None:
    words, font = SAMPLES[language]
    assert font in _fonts(pdf)
    assert set(words) - {"\u200d"} <= set(_text(pdf)) | {" "}


def test_only_the_glyphs_that_are_used_are_in_the_pdf(pdf: bytes) -> None:
    assert len(pdf) < 100_000  # the fonts of these scripts have 30 MB


def test_names_from_right_to_left_leave_the_order_of_a_list_as_it_is() -> None:
    places = _places(_pdf(_run(NAMES)))
    (first, four), (second, three) = (
        (next(x for word, x in places.items() if name in word), places[count])
        for name, count in (("אבא", "(4),"), ("אמא", "(3)"))
    )
    assert first < four < second < three


def test_a_quotation_from_right_to_left_begins_at_the_right() -> None:
    places = _places(_pdf(_run("אבא 12 NATO אמא", "he", "quote")))
    first, last = (next(x for word, x in places.items() if it in word) for it in ("אב", "אמ"))
    assert last < places["NATO"] < first


def test_signs_that_no_font_draws_are_counted_in_their_place() -> None:
    text = _text(_pdf(_run(f"He said {TIBETAN}.")))
    assert re.search(r"He said \[\d signs of Tibetan that no font here draws\]\.", text)


@pytest.mark.usefixtures("without_extra")
def test_without_the_extra_a_pdf_says_how_many_signs_it_lacks() -> None:
    assert "[1 sign of Hangul that no font here draws]" in _text(_pdf(_run("한", "ko", "quote")))


# What a build says


@pytest.mark.usefixtures("without_extra")
def test_a_note_counts_the_signs_and_names_the_extra_that_has_them() -> None:
    first, second = undrawn_notes("한국 in Korean, 北")
    assert "2 of Hangul (국한)" in first and "1 of Han (北)" in first
    assert 'pip install "claimbrief[scripts]"' in second


def test_no_note_is_made_of_what_is_drawn_and_no_extra_named_that_does_not_help() -> None:
    assert list(undrawn_notes("".join(words for words, _ in SAMPLES.values()) + "\U0001f98a")) == []
    (note,) = undrawn_notes(TIBETAN)
    assert "of Tibetan" in note


def test_a_sign_that_unicode_may_get_some_day_stops_nothing() -> None:
    assert undrawn("a\u0378") == {"": "\u0378"}


# The page


@pytest.mark.parametrize(("language", "is_cut"), [("he", 1), ("ar", 1), ("hi", 1), ("ko", 0)])
def test_the_page_embeds_what_a_script_needs_and_leaves_the_large_ones_to_the_reader(
    language: str, is_cut: int
) -> None:
    words, _ = SAMPLES[language]
    rules = [it for it in font_rules(words, Cache(None)).splitlines() if '"Scripts"' in it]
    assert len(rules) == is_cut
    for rule in rules:
        ranges = re.findall(r"U\+(\w+)(?:-(\w+))?", rule.partition("src:")[0])
        codes = {code for a, b in ranges for code in range(int(a, 16), int(b or a, 16) + 1)}
        assert codes == {ord(sign) for sign in words if ord(sign) > 0x7F}
        assert len(rule) < 20_000


def test_a_letter_goes_with_the_mark_on_it_to_one_font() -> None:
    ((face, codes),) = fallbacks_of("AZ͑").items()
    assert face.family == "DejaVu Sans" and codes == set(map(ord, "Z͑"))


def test_squares_are_drawn_by_the_face_that_draws_them_large() -> None:
    assert [face.family for face in fallbacks_of("3 ■■□")] == ["DejaVu Sans"]


def test_words_from_right_to_left_stand_apart_in_the_page() -> None:
    def paragraph(*runs: dict[str, str]) -> str:
        block = {"kind": "prose", "block_id": "it", "look": "", "is_list": False, "versions": []}
        return block_html({**block, "paragraphs": [runs]}, is_page=True)

    assert "<bdi>אבא</bdi> (4), <bdi>אמא</bdi> (3)" in paragraph(_run(NAMES))
    assert '<bdi lang="he">אבא &lt;12&gt; NATO</bdi>' in paragraph(_run("אבא <12> NATO", "he"))
    assert "<bdi>אבא (בע״מ)</bdi> (4)" in paragraph(_run("אבא (בע״מ) (4)"))
    assert "bdi" not in paragraph(_run("<b> in Kyiv, 12 May"), _run("한", "ko"))


# Charts


@pytest.mark.parametrize("language", SAMPLES)
def test_words_of_each_script_are_drawn_in_a_chart_as_text(language: str) -> None:
    words, _ = SAMPLES[language]
    with house_style():
        figure = blank_figure(200, 50)
        axes_in_points(figure, 200, 50).text(5, 5, f"{words} (4)", ha="right", weight=600)
        svg = svg_inside(figure, "figure-it")
    assert re.sub("<[^>]*>", "", svg) == f"{words} (4)"
    assert ('unicode-bidi="plaintext"' in svg) == (language in ("ar", "he"))
    assert "direction=" not in svg  # it would move the whole text to the other side of its place
    block = with_texts_apart({"svg": svg})
    if language != "vi":
        assert "<text" not in block["svg"]
    (text,) = block["texts"]
    assert (text["text"], text["weight"], text["shift"]) == (f"{words} (4)", 600, 1)
    drawn = _pdf(body=f"#chart-text(json(bytes({json.dumps(json.dumps(text))})), 1pt)")
    assert drawn.startswith(b"%PDF")


def test_a_sign_that_no_font_draws_is_a_square_in_a_chart_which_has_no_room_for_more() -> None:
    look = {"x": 5, "y": 5, "size": 8, "weight": 400, "fill": "#000000", "shift": 0, "turn": 0}
    text = json.dumps({"text": f"{TIBETAN} (4)", **look}, ensure_ascii=False)
    drawn = _text(_pdf(_run(TIBETAN), body=f"#chart-text(json(bytes({json.dumps(text)})), 1pt)"))
    assert re.fullmatch(r"□+ \(4\)", drawn.strip())


@pytest.mark.parametrize("language", SAMPLES)
def test_words_of_each_script_are_measured_and_cut_to_a_width(language: str) -> None:
    words, _ = SAMPLES[language]
    assert 5 * len(words) * 0.4 < text_width(words, 10) < 10.5 * len(words)
    cut = cut_to_width(words, 10, 40)
    assert cut.endswith("…") and text_width(cut, 10) <= 40


def test_a_letter_is_cut_with_its_marks() -> None:
    cut = cut_to_width("को" * 9, 10, 40)
    assert cut.rstrip("…") == "को" * (len(cut) // 2)


def test_a_figure_of_an_analyst_s_own_has_the_faces_of_every_script_and_the_house_s_weights() -> (
    None
):
    with house_style():
        figure = blank_figure(300, 200)
        axes = axes_in_points(figure, 300, 200)
        for row, (words, _) in enumerate(SAMPLES.values()):
            axes.text(5, 20 * row, words)
        for row, weight in enumerate((400, 600, 700)):
            axes.text(200, 20 * row, "a", weight=weight)
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg")  # warns of a letter that no face has
    names = set(re.findall(r'id="([\w%]+(?:-\w+)?)-[0-9a-f]+"', drawn.getvalue()))
    wanted = {"SourceSans3-Regular", "SourceSans3-SemiBold", "SourceSans3-Bold"}
    assert wanted <= names and len(names) > 8
