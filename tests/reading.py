"""What a reader gets of a built page."""

from __future__ import annotations

import base64
import bz2
import re
from collections.abc import Callable

from bs4 import BeautifulSoup, Tag


def record_in(packed: Tag) -> str:
    """Return the HTML of the record that lies packed in the page."""
    zipped = base64.b85decode(packed.get_text().translate(str.maketrans("/,", "<&")))
    return bz2.decompress(zipped[: int(str(packed["data-bytes"]))]).decode("utf-8")


def changed_record(page: str, change: Callable[[str], str]) -> str:
    """Return a page in which the packed record is another."""
    soup = BeautifulSoup(page, "lxml")
    packed = soup.find("template", id="packed")
    assert packed is not None
    zipped = bz2.compress(change(record_in(packed)).encode("utf-8"))
    signs = base64.b85encode(zipped, pad=True).decode("ascii").translate(str.maketrans("<&", "/,"))
    slot = f"<template id=packed data-bytes={len(zipped)}>{signs}</template>"
    return re.sub("<template .*?</template>", lambda _: slot, page, count=1, flags=re.DOTALL)


def whole(page: str) -> BeautifulSoup:
    """Return a page as a browser has it once the script has unpacked the record."""
    soup = BeautifulSoup(page, "lxml")
    packed = soup.find("template", id="packed")
    if packed is not None:
        record = record_in(packed)
        place = packed.parent
        assert place is not None
        place.clear()
        for part in BeautifulSoup(record, "lxml").select("body > *"):
            place.append(part)
    return soup


def written_out(page: str) -> str:
    """Return a whole page with the tags and quotation marks that HTML lets one leave out."""
    return str(whole(page))


def last_words(page: str) -> str:
    """Return the text of a page as of its last day, without what it tells on earlier days only."""
    soup = whole(page)
    for earlier in soup.select("[data-until]"):
        earlier.decompose()
    return " ".join(soup.get_text().split())
