"""What a kernel of a build displays of an analyst's own objects: whole frames, figures as SVG.

JupyterLab displays them in its own way, in which pandas cuts rows, columns and long texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimbrief.limits import LIMITS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def kernel_settings() -> dict[str, Any]:
    """Return the settings of a kernel: what a cell leaves open is displayed as SVG."""
    return {
        "InlineBackend": {"figure_formats": {"svg"}},
        "IPKernelApp": {"outstream_class": "claimbrief.confined.Printed"},
    }


def register_displays(shell: Any) -> None:
    """Let a kernel display frames, and figures that are drawn without pyplot.

    `%config InlineBackend…` works from the first cell on, as in JupyterLab.
    """
    from matplotlib_inline.config import InlineBackend

    backend: Any = InlineBackend.instance(parent=shell)
    backend.shell = shell
    shell.configurables.append(backend)
    formatters = shell.display_formatter.formatters
    formatters["text/html"].for_type_by_name("pandas", "DataFrame", frame_html)
    formatters["text/html"].for_type_by_name("pandas", "Series", _series_html)
    formatters["image/svg+xml"].for_type_by_name("matplotlib.figure", "Figure", _figure_svg)


def frame_html(frame: pd.DataFrame) -> str:
    """Return the rows and columns of a frame that a brief shows, and how many there are."""
    part = frame.iloc[: LIMITS.rows, : LIMITS.columns]
    table = part.to_html(border=0)
    rows, columns = frame.shape
    total = f'<table data-rows="{rows}" data-columns="{columns}"'
    return table.replace("<table", total, 1)


def _series_html(series: pd.Series) -> str:
    return frame_html(series.to_frame("" if series.name is None else series.name))


def _figure_svg(figure: Figure) -> str:
    """Return a figure as SVG; pyplot, once imported, replaces this function by its own."""
    from IPython.core.pylabtools import print_figure

    print_svg: Any = print_figure  # it has no types
    return str(print_svg(figure, fmt="svg"))
