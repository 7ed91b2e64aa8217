"""What differs between two briefs, and whether a published brief can be built again.

A `Snapshot` is what a brief states at one time, from its dataset or from its files; `changes` finds
what differs between two, and `tables` puts that into words. `rebuild` builds a brief again.
"""
