"""Commands of the command line that have a module each: `NAME.py` holds the click command `NAME`.

They are imported when they are called, so that help comes at once.
"""
