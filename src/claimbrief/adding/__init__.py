"""One more statement in a dataset: asked for or read from a file, checked, written whole.

The descriptor describes the fields: `statement` (a YAML file) and `questions` (a terminal)
follow it. `tables` puts the rows in their places and checks the whole.
"""
