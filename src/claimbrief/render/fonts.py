"""Which of the fonts draw a text of the brief, and which of its characters none draws.

Fonts of Chinese, Japanese and Korean stand in the PDF alone: in the page, which they would make a
tenth larger, such words have the reader's own font, which whoever reads them has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from claimbrief.faces import CODE, EXTRA, FALLBACKS, OF_READER, READING, Face, codes_of

_OF_EXTRA = {"Han", "Hangul", "Hiragana", "Katakana", "Bopomofo"}
_BLANKS = "\n\t\r"  # a fallback of these alone would be a font without a glyph
_MARKED = re.compile(r"\w[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")
MARKS = frozenset(
    (*range(0x300, 0x370), *range(0x1AB0, 0x1B00), *range(0x1DC0, 0x1E00), *range(0x20D0, 0x2100))
)


@cache
def read_codes() -> frozenset[int]:
    """Return the codes of what both reading faces draw, or either."""
    return codes_of(READING[0]) | codes_of(READING[1])


@lru_cache(maxsize=8)
def fallbacks_of(text: str) -> dict[Face, frozenset[int]]:
    """Return the faces that draw what the reading faces lack, and what each draws, in order.

    A letter goes with the marks on it to the first face that has them all.
    """
    used = used_codes(text)
    lacking = used - read_codes()
    marked = _MARKED.findall(text) if used & MARKS else []
    letters = {frozenset(map(ord, letter)) for letter in marked}
    left = {codes for codes in letters if codes & lacking}
    found: dict[Face, frozenset[int]] = {}
    for face in FALLBACKS:
        whole = {codes for codes in left if codes <= codes_of(face)}
        if codes := (lacking & codes_of(face)).union(*whole):
            found[face] = codes
            lacking, left = lacking - codes, left - whole
    # Of these the language chooses: each draws many characters in the way of its own country.
    for face in (face for face in OF_READER if face.is_installed):
        if codes := lacking & codes_of(face):
            found[face] = codes
    return found


@lru_cache(maxsize=8)
def used_codes(text: str) -> frozenset[int]:
    """Return the codes of the text's characters that can be seen."""
    signs = set(text) - set(_BLANKS)
    return frozenset(ord(sign) for sign in signs if unicodedata.category(sign) != "Cf")


def undrawn(text: str) -> dict[str, str]:
    """Return the characters of the text that no installed font draws, by the name of their script.

    Those of no known script have no name.
    """
    from fontTools import unicodedata as scripts

    drawn = read_codes().union(codes_of(CODE), *fallbacks_of(text).values())
    by_script: dict[str, str] = {}
    for code in sorted(used_codes(text) - drawn):
        script = scripts.script(chr(code))
        name = "" if script.startswith("Z") else scripts.script_name(script)
        by_script[name] = by_script.get(name, "") + chr(code)
    return by_script


def undrawn_notes(text: str) -> Iterable[str]:
    """Yield what a build says of characters that the page and the PDF cannot both show."""
    found = undrawn(text)
    if not found:
        return
    counted = ", ".join(
        f"{len(signs)} of {name or 'no script'} ({signs[:5]}{'…' if signs[5:] else ''})"
        for name, signs in sorted(found.items())
    )
    yield (
        f"note: no font that is installed draws these signs: {counted}; the page leaves them to "
        "the reader’s own fonts, and a PDF says in their place how many it lacks"
    )
    if _OF_EXTRA & set(found):
        yield f'note: pip install "claimbrief[{EXTRA}]" brings Chinese, Japanese and Korean fonts'
