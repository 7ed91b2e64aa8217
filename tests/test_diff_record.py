"""The packed record of a published page, as `claimbrief diff` reads it, of each version."""

from __future__ import annotations

import base64
import bz2
import gzip
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from claimbrief.compare import files
from claimbrief.errors import BriefError
from claimbrief.render import packing


def _page_with(zipped: bytes, **data: int) -> BeautifulSoup:
    signs = base64.b85encode(zipped, pad=True).decode().translate(str.maketrans("<&", "/,"))
    of_record = " ".join(f"data-{name}={value}" for name, value in data.items())
    slot = f"<template id=packed data-bytes={len(zipped)} {of_record}>{signs}</template>"
    return BeautifulSoup(slot, "lxml")


RECORD = "<p>the same words twice, the same words twice over</p>" * 2
EARLIER = f"the same words twice\n{RECORD.replace('the same words twice', chr(0xE000))}"


@pytest.mark.parametrize(
    "page",
    [
        BeautifulSoup(packing.packed(RECORD), "lxml"),
        _page_with(gzip.compress(EARLIER.encode()), pieces=1),
        _page_with(gzip.compress(RECORD.encode())),
    ],
    ids=["as now", "of 4.7.0", "of before"],
)
def test_a_published_record_is_read_in_full_and_one_of_an_earlier_version_too(
    page: BeautifulSoup,
) -> None:
    assert files.record_in(page, Path("brief.html")) == RECORD


@pytest.mark.parametrize(
    "page",
    [
        BeautifulSoup(packing.packed("<p>a phrase that recurs and recurs</p>" * 50), "lxml"),
        _page_with(gzip.compress(f"{'a phrase ' * 10}\n{chr(0xE000) * 50}".encode()), pieces=1),
    ],
    ids=["as now", "of 4.7.0"],
)
def test_a_record_that_grows_beyond_all_measure_is_not_read(
    page: BeautifulSoup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 1000)
    with pytest.raises(BriefError, match=r"brief.html cannot be read: .*unpacked \(.*too large\)"):
        files.record_in(page, Path("brief.html"))


def test_a_record_that_is_cut_short_is_not_read() -> None:
    whole = bz2.compress(RECORD.encode())
    with pytest.raises(BriefError, match=r"brief.html cannot be read: .*unpacked \(cut short"):
        files.record_in(_page_with(whole[:-8]), Path("brief.html"))
