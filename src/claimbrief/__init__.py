"""Who asserts what, on what evidence, since when: from a claims dataset to a brief."""

__version__ = "0.1.0"
