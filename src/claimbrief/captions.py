"""What the captions of charts and tables share: counts in words, days, and their length."""

from __future__ import annotations

from claimbrief.analysis.counts import Count
from claimbrief.context import Context
from claimbrief.wording import capitalised, possibly

LONGEST = 14  # words


def in_words(count: Count) -> str:
    """Return a count of which a part is only possible: "three or four", "possibly one"."""
    return possibly(count.certain, count.possible)


def by_the_day(context: Context) -> str:
    """Return the day of the brief as the end of what a caption tells: "by 16 May"."""
    return f"by {context.month_day(context.at.as_of)}"


def no_assertion(context: Context) -> str:
    """Return the caption of what shows that nobody says that anything is so."""
    return capitalised(f"{by_the_day(context)} nobody had said that anything of this is so")


def first_that_fits(*captions: str) -> str:
    """Return the first of these captions that is no longer than LONGEST words, or else the last."""
    fitting = (caption for caption in captions if len(caption.split()) <= LONGEST)
    return capitalised(next(fitting, captions[-1]))
