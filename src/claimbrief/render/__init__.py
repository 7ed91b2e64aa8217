"""From notebooks to a rendered brief; knows notebooks as files only."""
