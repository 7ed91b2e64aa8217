"""The page: one file, no request, sound structure, readable narrow and wide."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from projects import TEMPLATE, WHOLE, build_whole, built, executed, joined, project
from pypdf import PdfReader
from reading import written_out

from claimbrief.errors import PageError
from claimbrief.render.document import Colophon, document_of
from claimbrief.render.html import html_page
from claimbrief.render.plan import planned


class _Tags(HTMLParser):
    """Collects every start tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(name="page", scope="module")
def _page() -> str:
    return written_out(_raw())


def _raw() -> str:
    return (built() / "brief.html").read_text(encoding="utf-8")


@pytest.fixture(name="tags", scope="module")
def _tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    return _Tags(page).tags


def test_nothing_is_loaded_from_anywhere(tags: list[tuple[str, dict[str, str | None]]]) -> None:
    loading = {"link", "img", "iframe", "object", "embed", "base", "form"}
    assert not [tag for tag, _ in tags if tag in loading]
    assert [given for tag, given in tags if tag == "script"] == [{"type": "module"}]
    for tag, given in tags:
        assert not {"style", "src", "srcset", "xlink:href"} & set(given), tag
        outside = [it for it in ("href", "action") if (given.get(it) or "").startswith("http")]
        assert not outside or tag == "a"


def test_the_policy_allows_style_sheet_and_script_by_their_digests_and_nothing_else() -> None:
    page = _raw()
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (script,) = re.findall(r"<script type=module>(.*?)</script>", page, re.DOTALL)
    own = [
        base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()
        for each in (style, script)
    ]
    assert f"default-src 'none'; style-src 'sha256-{own[0]}'; script-src 'sha256-{own[1]}';" in page
    assert page.count("script-src") == page.count("style-src") == 1
    sources = set(re.findall(r'url\("?([^",]*)', style))
    assert sources == {"data:font/woff2;base64"}


def test_headings_are_in_order_and_the_question_is_the_only_h1(
    tags: list[tuple[str, dict[str, str | None]]],
) -> None:
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_has_a_language_landmarks_and_a_way_past_the_contents(
    tags: list[tuple[str, dict[str, str | None]]],
) -> None:
    names = [tag for tag, _ in tags]
    assert dict(tags)["html"]["lang"] == "en"
    for landmark in ("header", "nav", "main"):
        assert names.count(landmark) == 1
    skip = next(given for _, given in tags if given.get("class") == "skip")
    assert skip["href"] == "#question"


def test_every_link_inside_the_page_has_a_target_and_no_id_stands_twice(
    tags: list[tuple[str, dict[str, str | None]]],
) -> None:
    ids = [given["id"] for _, given in tags if given.get("id")]
    assert len(ids) == len(set(ids))
    inside = {(given.get("href") or "")[1:] for _, given in tags if _is_inside(given)}
    assert inside <= set(ids)
    for _, given in tags:
        assert set((given.get("aria-labelledby") or "").split()) <= set(ids)


def _is_inside(given: dict[str, str | None]) -> bool:
    return (given.get("href") or "").startswith("#")


def test_a_chart_has_a_title_and_a_description_and_links_to_cards(page: str) -> None:
    (svg,) = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert '<title id="figure-timeline-title">Timeline of fifteen statements' in svg
    assert '<desc id="figure-timeline-desc">Each mark is a link' in svg
    assert len(re.findall(r'<a [^>]*href="#c', svg)) == 15


def test_a_card_links_back_to_where_it_is_cited(page: str) -> None:
    card = page[page.index('id="c1"') : page.index('id="c2"')]
    assert (
        '<a href="#findings">Findings</a>; Table <a href="#t-1">1</a>, <a href="#t-2">2</a>' in card
    )
    assert 'id="t-1"' in page


def test_the_colophon_tells_edition_parameters_digest_and_version(page: str) -> None:
    foot = page[page.index('id="colophon"') :]
    for found in ("whole: All that was heard", "2031-05-20", "not set", "sha256", "0.1.0"):
        assert found in foot


def _html(*names: str) -> str:
    brief = joined([(name, executed(name)) for name in names])
    colophon = Colophon("whole", "All", {}, {}, "0", "0")
    return html_page(document_of(brief, colophon), TEMPLATE)


def test_a_chart_with_a_style_of_its_own_is_refused() -> None:
    with pytest.raises(PageError) as caught:
        _html("draws-with-styles.ipynb")
    assert "style= on <path> at #figure-timeline-desc" in str(caught.value)


def test_a_build_goes_on_where_no_font_draws_a_sign_and_says_so(tmp_path: Path) -> None:
    contents = project(tmp_path / "project", ["writes-what-no-font-draws.ipynb"])
    lines: list[str] = []
    build_whole(planned(contents, None, (), tmp_path), tmp_path / "out", say=lines.append)
    assert any("of Tibetan" in line and line.startswith("note: ") for line in lines)
    assert "བོད་ཡིག" in (tmp_path / "out" / "brief.html").read_text(encoding="utf-8")
    assert "that no font here draws" in "".join(
        page.extract_text() for page in PdfReader(tmp_path / "out" / "brief.pdf").pages
    )


def test_what_the_command_line_changed_is_told_in_the_head() -> None:
    brief = joined([(name, executed(name)) for name in WHOLE])
    colophon = Colophon("whole", "All", {"as_of": "2031-05-09"}, {"as_of": "2031-05-09"}, "0", "0")
    page = written_out(html_page(document_of(brief, colophon), TEMPLATE))
    assert '<p class="changed">Built with as_of = 2031-05-09</p>' in page
