"""The fonts that Typst sets a PDF with: each of one weight, in a folder, by the name of its family.

Typst sets the text of a chart with fonts of one weight alone, and packages bring fonts that hold
all weights: each weight is made a font of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from claimbrief.faces import (
    CODE,
    READING,
    REGULAR,
    SERIF,
    SIGNS,
    WEIGHTS,
    opened,
    source_face,
    whole,
)
from claimbrief.render.cache import Cache
from claimbrief.render.fonts import fallbacks_of, undrawn
from claimbrief.render.keys import digest, installed, package_digest
from claimbrief.texts import RIGHT_TO_LEFT, Json, pieces_by_direction

_MAKING = Lock()  # PDFs are set side by side: what makes a font makes it once for all
ITALIC = source_face(SERIF, REGULAR, "italic")  # the page slants the upright


def set_by(text: str) -> Json:
    """Return what the theme reads of the text's scripts.

    These are the families that draw what the reading faces lack, in order; patterns of what no font
    draws, with the name of the script; the pattern of what runs from right to left, if any does.
    """
    families = [face.family for face in fallbacks_of(text)]
    missing = [
        {"script": script, "pattern": f"[{signs}](?:[{signs}\\s]*[{signs}])?"}
        for script, signs in undrawn(text).items()
    ]
    return {
        "families": list(dict.fromkeys([*families, SIGNS])),
        "undrawn": missing,
        "right_to_left": RIGHT_TO_LEFT if pieces_by_direction(text)[1:] else "",
    }


@contextmanager
def font_folders(text: str, kept: Cache) -> Iterator[list[str]]:
    """Give folders that hold all fonts which the text is set with; the cache keeps what is made."""
    faces = [face for face in (*READING, ITALIC, *fallbacks_of(text)) if face.weight == REGULAR]
    variable = [face for face in faces if opened(face).has_var_data]
    fixed = {face.path.parent for face in (CODE, *faces) if face not in variable}
    with TemporaryDirectory(prefix="claimbrief-fonts-") as folder:
        for face in variable:
            for weight in WEIGHTS:
                own = replace(face, weight=weight)
                key = digest("whole font", repr(own), package_digest(above=True), installed())
                with _MAKING:
                    font = kept.get_or_make("fonts", key, partial(whole, own))
                Path(folder, f"{own.family} {own.weight} {own.style}.ttf").write_bytes(font)
        yield [folder, *sorted(map(str, fixed))]
