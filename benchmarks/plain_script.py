"""The least that can be done: load once, call what the notebooks call once, in one process.

    python benchmarks/plain_script.py NOTEBOOKS

No kernel, no page and no PDF: what the charts and tables themselves cost. The calls are read from
the notebooks, so that both do the same.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path


def main(folder: Path) -> None:
    """Run the first notebook's load and every cell that shows something."""
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
    for source in (source for cell_id, source in cells if cell_id.startswith("show-")):
        eval(source, names)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
