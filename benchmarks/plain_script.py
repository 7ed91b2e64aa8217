"""The least that can be done: the notebooks' code in one process, with one load.

    python benchmarks/plain_script.py NOTEBOOKS

No kernel, no page and no PDF: what frames, charts and tables themselves cost. The code is read from
the notebooks, so that both do the same.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

ONCE = ("parameters", "imports", "load")  # cells that all chapters share, but for their imports


def main(folder: Path) -> None:
    """Run the first notebook's load, every notebook's imports and every other code cell."""
    os.chdir(folder)
    chapters = [json.loads(path.read_text("utf-8")) for path in sorted(Path().glob("*.ipynb"))]
    cells = [
        (cell["id"], "".join(cell["source"]))
        for notebook in chapters
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]
    names: dict[str, object] = {}
    for wanted in ("parameters", "imports"):
        for source in (source for cell_id, source in cells if cell_id == wanted):
            exec(source, names)
    exec(next(source for cell_id, source in cells if cell_id == "load"), names)
    for source in (source for cell_id, source in cells if cell_id not in ONCE):
        exec(source, names)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
