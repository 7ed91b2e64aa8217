"""The check: every problem of a dataset at once, or none.

Structure (columns, types, keys, required cells) is Frictionless's, told by `structure`, where
`sound` does not tell at a glance that all is well. What no table can tell by itself is ours:
`files` (bytes, cells and codes), `meaning` (stances, renderings, actors, figures), `times`
(dates), `provenance` (evidence and lineage), `words` (quotes held against what pages print) and
`claimbrief.spans` (offsets and quotes held against a coded text).
"""

from claimbrief.validate.beside import checked_beside
from claimbrief.validate.whole import checked, find_problems

__all__ = ["checked", "checked_beside", "find_problems"]
