"""Commands of the command line; what is heavy they import when they are called."""
