"""The record inside the page: closed, packed, and unpacked by the page's script.

A record of hundreds of statements is some megabytes of HTML; packed it is a fifth of that. Gzip,
which a browser has, finds repeats only within 32 kB; bzip2's output is a quarter smaller. Without
scripts the page lists in its place what the rest of it links to, each with its place in the PDF.
"""

from __future__ import annotations

import base64
import bz2
import re
from collections.abc import Collection, Mapping

from markupsafe import escape

from claimbrief.render.anchors import RECORD_PDF

BEGINS, ENDS = "<!--record begins-->", "<!--record ends-->"
_OTHERS = str.maketrans("<&", "/,")
_HREF = re.compile(r'<a[^>]*?\shref="?#([^\s">]+)"?[^>]*>(.*?)</a>', re.DOTALL)
_WHO = re.compile(r"^([^()]+\([^)]*\)) .*$")  # who and when, before what was said
_TAG = re.compile(r"<[^>]*>")
_SLOT = '<template id="packed">record</template>'


def cut(page: str) -> tuple[str, str]:
    """Return the page without the record, with a slot in its place, and the record's HTML."""
    before, found, rest = page.partition(BEGINS)
    if not found:
        return page, ""
    record, _, after = rest.partition(ENDS)
    return before + _SLOT + after, record


def packed(record: str) -> str:
    """Return the HTML of a record, packed by bzip2, in characters that a page can hold."""
    small = bz2.compress(record.encode("utf-8"))
    # Five signs for four bytes (RFC 1924), with others for the two that HTML would read as its own.
    signs = base64.b85encode(small, pad=True).decode("ascii").translate(_OTHERS)
    return f"<template id=packed data-bytes={len(small)}>{signs}</template>"


def filled(page: str, packed: str, ids: Collection[str], destinations: Mapping[str, str]) -> str:
    """Return a page, minified or not, with the packed record, if there is one, in its slot.

    `ids` are those in the record.
    """
    if not packed:
        return page
    slot = re.compile(r'<template id="?packed"?>record</template>')
    filled_slot = packed + _without_scripts(page, set(ids), destinations)
    return slot.sub(lambda _: filled_slot, page, count=1)


def _without_scripts(page: str, ids: Collection[str], destinations: Mapping[str, str]) -> str:
    """Return what stands in the place of the record where no script runs."""
    words: dict[str, str] = {}  # the shortest words that link to each place in the PDF
    places: dict[str, list[str]] = {}  # the anchors that are found there
    for anchor, inner in _HREF.findall(page):
        if anchor not in ids:
            continue
        place = destinations.get(anchor, RECORD_PDF)
        if found := " ".join(_TAG.sub(" ", inner).split()):
            found = _WHO.sub(r"\1", found)
            words[place] = min(words.get(place, found), found, key=len)
        anchors = places.setdefault(place, [])
        if anchor not in anchors:
            anchors.append(anchor)
    items = "".join(
        f"<li id={first}>{''.join(f'<i id={other}></i>' for other in others)}"
        f'<a href="{escape(place)}">{words.get(place, first)}</a>'
        for place, (first, *others) in places.items()
    )
    return (
        "<noscript><p>This page opens its record by a script. Without scripts the record is "
        f"<a href={RECORD_PDF}>{RECORD_PDF}</a>, beside this page; what the page links to is there:"
        f"</p><ul>{items}</ul></noscript>"
    )
