"""A statement more in a dataset: asked for or read from a file, checked, and written whole.

The descriptor is the description of the fields: `statement` (a YAML file) and `questions` (a
terminal) go by it. `tables` puts the rows in their places and checks the whole.
"""
