"""The built page as a parser reads it: every tag closed, every attribute in quotes."""

from __future__ import annotations

from bs4 import BeautifulSoup


def written_out(page: str) -> str:
    """Return a page with the tags and quotation marks that HTML lets one leave out."""
    return str(BeautifulSoup(page, "lxml"))


def told_last(page: str) -> str:
    """Return the text of a page as of its last day, without what it tells on earlier days only."""
    soup = BeautifulSoup(page, "lxml")
    for earlier in soup.select("[data-until]"):
        earlier.decompose()
    return " ".join(soup.get_text().split())
