"""From notebooks to a rendered brief; knows notebooks as files only."""

import sys

# jsonschema, which nbformat brings, would build a grammar of internationalised addresses for a
# check that no notebook needs: 0.8 s in every process.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
