"""Commands of the command line; `claimbrief.cli` names the module of each.

They are imported when they are called, so that help comes at once.
"""
