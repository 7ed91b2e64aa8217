"""The names that the page's script, style sheets, templates, charts and PDF theme share.

Each is written here once, with what it is for. `tests/test_page_contract.py` reads those files and
a built page: it fails for a name that is not here and for a name here that no longer joins two of
them.
"""

from __future__ import annotations

from collections.abc import Mapping

# The PDFs: that of front and brief, and that of the record.
BRIEF_PDF, RECORD_PDF = "brief.pdf", "record.pdf"

# The kinds of blocks (claimbrief.blocks) that block.html.j2 and, but for the days, Typst draw.
KINDS = ("title", "prose", "table", "figure", "picture", "cards", "days", "file")

# Labels of numbered blocks, and the stem of the anchor of each ("t-2" is that of "Table 2").
NUMBERED: Mapping[str, tuple[str, str]] = {
    "table": ("Table", "t"),
    "figure": ("Figure", "f"),
    "picture": ("Figure", "f"),
}

# Ids of the page itself, which no chapter, block or heading may have.
IDS: Mapping[str, str] = {
    "top": "the page, and the first page of the PDF",
    "contents": "the list of chapters",
    "colophon": "how the brief was built",
    "record": "the part of the page that is closed at first",
    "packed": "the record as it lies in the page",
    "daybar": "the bar that moves the day",
    "lookback": "the note in the head that an earlier day is chosen",
    "panel": "the dialog that holds a copy of a card",
    "tip": "the tooltip, which the script adds",
}

# Ids made of an anchor or a number: before it (note-3) or after it (u-nis_18oct-is).
ID_STEMS: Mapping[str, str] = {
    "note-": "a footnote's text",
    "noteref-": "the number that refers to a footnote",
    "-title": "the title of a chapter, of a chart or of the colophon",
    "-desc": "the description of a chart",
}

CLASSES: Mapping[str, str] = {
    # Layout
    "skip": "the link past the contents",
    "kicker": "the line over the question",
    "front": "the first chapter",
    "columns": "the contents and the text",
    "subtitle": "what a table or chart has in it, below what it finds",
    "changed": "a line in the head on how this build or this day differs",
    "text": "a Markdown cell",
    "plain": "a table of a Markdown cell",
    "scroll": "a frame that scrolls sideways",
    "label": "the number of a table or figure",
    "note": "how to read a block",
    "source": "the sources of a block",
    "end": "a cell at the end of its line",
    "center": "a cell in the middle of its line",
    # Blocks
    "block": "any block",
    "prose": "computed sentences",
    "answer": "the sentences that answer the question",
    "headlines": "sentences that each begin with a headline",
    "findings": "computed sentences as a list",
    "slot": "a sentence with a version for each day",
    "table": "a table",
    "limit": "a row of what is said not to be so, or not yet",
    "matrix": "a table whose columns after the first are centred signs",
    "crowded": "a matrix with a number for the head of each column",
    "chart": "a chart",
    "moves": "a chart whose marks hold from the days of their claims",
    "picture": "a picture or a formula that a cell shows by itself",
    "wide": "the drawing of a chart for a wide page, where it has a narrow one too",
    "narrow": "its drawing for a narrow page",
    "longdesc": "the chart in words",
    "mark": "a mark of a chart that links to a card",
    "on-card": "a mark whose words are those of its claim; on the page it is a mark",
    "cards": "the ledger",
    "outlet": "words of an outlet on a card, which are not the speaker's",
    "days": "the table of days",
    "file": "a file beside the page",
    "name": "the name of a file",
    # What the script shows
    "controls": "anything that needs the script",
    "filters": "the fields that filter cards",
    "when": "the buttons and the slider of the bar of days",
    "panel-head": "the first line of the panel",
    "to-ledger": "the link from the panel to the card in the ledger",
    "here": "where the panel holds the card",
    "has-daybar": "the page has more than one day",
    "earlier": "an earlier day is chosen",
    "current": "the row of the chosen day",
    "asked": "the claim for which its card was opened",
    "now": "words of earlier days that hold on the chosen day",
    "still": "the day of a block that does not move with the day",
}

# Data attributes, without "data-".
DATA_ATTRIBUTES: Mapping[str, str] = {
    "since": "the first day on which an element holds, as a position among the days from 0",
    "until": "the last day on which it holds, likewise",
    "day": "the day of a row of the table of days, YYYY-MM-DD",
    "figure": "the key of a figure of the day, on its column and in the bar",
    "step": "how far a button moves the day: -1, 1 or last",
    "facets": "the values of a card's claims for the filters that are lists, in their order",
    "bytes": "how many bytes the packed record has",
    "left-out": "how many statements have no card in the ledger",
}

# The figures of a day that a bar without room for all of them keeps.
DAY_FIGURES = ("utterances", "speakers", "origins", "denials")

# The fields beside those of the ledger's own filters; each is a parameter of the address.
FIELDS: Mapping[str, str] = {"words": "the text searched for", "day": "the day"}


def label_anchor(kind: str, number: int) -> str:
    """Return the anchor of a numbered block's label: "t-2" for the second table."""
    return f"{NUMBERED[kind][1]}-{number}"


def note_anchors(number: int) -> tuple[str, str]:
    """Return the anchors of a footnote and of the number that refers to it."""
    return f"note-{number}", f"noteref-{number}"


def title_id(block_id: str, number: int) -> str:
    """Return the id of the words of a chart's mark, to which its narrow drawing refers."""
    return f"{''.join(word[:2] for word in block_id.split('-'))}-w{number}"
