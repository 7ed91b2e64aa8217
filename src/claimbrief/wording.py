"""Numbers, days and lists in words, so that no sentence holds a typed figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from claimbrief.dates import parse

_WORDS = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
]  # fmt: skip
_LOWERED = ("The ", "A ", "An ", "There ")  # first words that begin a clause in small
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip


def clause(proposition: str) -> str:
    """Return a proposition as it stands after "that"."""
    words = proposition.removesuffix(".")
    return words[:1].lower() + words[1:] if words.startswith(_LOWERED) else words


def number(count: int) -> str:
    """Return a count in words up to twelve (none is "no"), in digits from thirteen."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"


def none_or(count: int) -> str:
    """Return a count that stands for a noun: "none" (is so), "one", "two" (are so)."""
    return number(count) if count else "none"


def counted(count: int, singular: str, plural: str = "") -> str:
    """Return a count with its noun: "no speakers", "one speaker", "two speakers"."""
    return f"{number(count)} {singular if count == 1 else plural or singular + 's'}"


def between(low: int, high: int) -> str:
    """Return a range of counts: "one", "one or two", "one to three"; from none "at most two"."""
    if low == 0 < high:
        return f"at most {number(high)}"
    joint = "or" if high - low == 1 else "to"
    return number(low) if low == high else f"{number(low)} {joint} {number(high)}"


def possibly(certain: int, possible: int) -> str:
    """Return a count of which a part is only possible: "three", "three or four", "possibly one"."""
    if not certain and possible:
        return f"possibly {number(possible)}"
    return between(certain, certain + possible)


def figure(low: int | None, high: int | None, qualifier: str = "") -> str:
    """Return a claimed figure: "3,000", "about 3,000", "at least 3,000", "at most 8,000", a range.

    `qualifier` is what the speaker says before it, "about" or "up to"; "" for none.
    """
    bound = "at most" if low is None else "at least" if high is None else ""
    ends = [f"{end:,}" for end in dict.fromkeys((low, high)) if end is not None]
    return " ".join(filter(None, [qualifier or bound, " to ".join(ends)]))


def up_to(words: str) -> str:
    """Return the words of a figure as the higher end of a range: "to 12,000", or "up to 12,000"."""
    return words if "up to " in words else f"to {words}"


def without_article(name: str) -> str:
    """Return a name without the article that it begins with."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in ("the", "an", "a") else name


def capitalised(sentence: str) -> str:
    """Return the sentence with its first letter a capital."""
    return sentence[:1].upper() + sentence[1:]


def listed(words: Sequence[str], last: str = " and ") -> str:
    """Return words as a list: "a", "a and b", "a, b and c"."""
    return "" if not words else last.join(filter(None, [", ".join(words[:-1]), words[-1]]))


def described(parts: Sequence[str], separator: str = ". ") -> str:
    """Return as many parts as a description takes, and how many more there are, as a sentence.

    A PDF's strings may not be longer than 32,767 characters, and nobody listens to so many.
    """
    length, taken = 0, 0
    for part in parts:
        length += len(part) + len(separator)
        if length > LONGEST_DESCRIPTION:
            break
        taken += 1
    more = len(parts) - taken
    words = separator.join(parts[:taken])
    are = "is" if more == 1 else "are"
    rest = f"{separator if taken else ''}{capitalised(number(more))} more {are} left out here"
    return f"{words}{rest if more else ''}."


LONGEST_DESCRIPTION = 10_000  # characters


def bracketed(name: str, *details: str) -> str:
    """Return a name with details in brackets, which join those that the name already ends with."""
    words = ", ".join(details)
    return f"{name[:-1]}, {words})" if name.endswith(")") else f"{name} ({words})"


def day(value: date) -> str:
    """Return a day: "16 May 2019"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def period(first: date, last: date) -> str:
    """Return the days from the first to the last: "1 to 31 May 2019"."""
    if (first.month, first.year) == (last.month, last.year):
        return f"{first.day} to {day(last)}"
    return f"{day(first)} to {day(last)}"


def short_day(value: date, year: int | None) -> str:
    """Return a day with its year, unless it is of the year that needs no saying: "16 May"."""
    words = f"{value.day} {MONTHS[value.month - 1][:3]}"
    return words if value.year == year else f"{words} {value.year}"


def month_day(value: date, year: int | None) -> str:
    """Return a day in full, without its year if that is the year that needs no saying: "16 May"."""
    words = day(value)
    return words.removesuffix(f" {year}") if value.year == year else words


def dated(text: str) -> str:
    """Return a date in EDTF with what is known of it: a day, a day in a range, an open start."""
    when = parse(text)
    if when.is_day:
        return f"on {day(when.latest)}"
    if when.days:
        is_one_month = len({(value.month, value.year) for value in when.days}) == 1
        days = [f"{value.day}" if is_one_month else day(value) for value in when.days[:-1]]
        return f"on {listed([*days, day(when.latest)], ' or ')}"
    if when.earliest is None:
        return f"on or before {day(when.latest)}"
    return f"on a day from {period(when.earliest, when.latest)}"


def short_dated(text: str, year: int | None) -> str:
    """Return a date in EDTF for a narrow column: "16 May", "1–22 May", "by 22 May 2024".

    Days of `year` (see `Viewpoint.year`) are without their year; so is the first of two of a year.
    """
    when = parse(text)
    last = short_day(when.latest, year)
    if when.is_day:
        return last
    if when.earliest is None:
        return f"by {last}"
    earlier = when.days[:-1] or (when.earliest,)
    separator = " or " if when.days else "–"
    if when.earliest.year != when.latest.year:
        return separator.join(short_day(value, None) for value in (*earlier, when.latest))
    is_one_month = all(value.month == when.latest.month for value in earlier)
    days = [f"{value.day}" if is_one_month else short_day(value, value.year) for value in earlier]
    return separator.join([*days, last])
