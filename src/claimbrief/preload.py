"""What the chapters of a brief import, loaded once in the process that kernels are forked from."""

from __future__ import annotations

import gc
import importlib
from contextlib import suppress

import ipykernel.ipkernel
import ipykernel.kernelapp

from claimbrief import analysis, charts, confined, downloads, loading, prose, tables
from claimbrief.charts.canvas import axes_in_points, blank_figure
from claimbrief.charts.svg import svg_inside
from claimbrief.errors import PageError
from claimbrief.house import page_style

__all__ = [
    "analysis", "charts", "confined", "downloads", "ipykernel", "loading", "prose", "tables"
]  # fmt: skip

# What each kernel imports while it starts and with its first cells, if it is installed.
OF_EACH_KERNEL = (
    "click IPython.core.completerlib IPython.core.pylabtools IPython.extensions.storemagic "
    "email.parser ipykernel.debugger pandas.io.formats.html pandas.io.formats.string psutil "
    "sqlite3 tornado.platform.asyncio tornado.queues"
)
SIDE = 72.0  # points


for name in OF_EACH_KERNEL.split():
    with suppress(ImportError):
        importlib.import_module(name)
# There may be no style sheet, or none that may be read; the chapter that draws says so.
# Drawing a figure loads the style, the fonts and the SVG writer.
with suppress(PageError, OSError), page_style():
    figure = blank_figure(SIDE, SIDE)
    axes = axes_in_points(figure, SIDE, SIDE)
    axes.text(SIDE / 2, SIDE / 2, "first")
    axes.plot([0, SIDE], [0, SIDE])
    svg_inside(figure, "first")
gc.freeze()  # so that no kernel's collections walk, and copy, what it shares with this process
