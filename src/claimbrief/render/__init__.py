"""From notebooks, known as files only, to one brief in HTML and in PDF."""
