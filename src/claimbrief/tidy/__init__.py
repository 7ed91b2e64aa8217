"""The house form of a notebook and of a table, as git stores them."""

from __future__ import annotations

from dataclasses import dataclass

from claimbrief.errors import Problem


@dataclass(frozen=True)
class Tidied:
    """A file in the house form, what had to change for it, and what could not be read.

    Where the file as a whole could not be read, `content` is as it was.
    """

    content: bytes
    changes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
