"""The kernel of a chapter of a build: what it may read, print and display.

It reads what the build knows of, and prints no more than a page takes. Of an analyst's own objects
it displays whole frames, and figures as SVG: JupyterLab displays them in its own way, in which
pandas cuts rows, columns and long texts.

A build runs a chapter again when what it reads has changed, so a chapter that read anything else
would count as unchanged when it is not. Such reads are refused in a cell's Python, not in a
program that it starts or in a library that opens files by itself (parquet).
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterable
from functools import partial
from ipaddress import ip_address
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipykernel.iostream import OutStream

import claimbrief
from claimbrief import handover
from claimbrief.errors import ChapterError
from claimbrief.limits import LIMITS
from claimbrief.wording import number

if TYPE_CHECKING:
    import pandas as pd

_SYSTEM = (
    "/usr", "/lib", "/lib64", "/etc", "/proc", "/sys", "/dev", "/opt", "/nix", "/System", "/Library"
)  # fmt: skip
# What a cell leaves open is displayed as SVG.
_SETTINGS = {
    "InlineBackend": {"figure_formats": {"svg"}},
    "IPKernelApp": {"outstream_class": "claimbrief.confined.Printed"},
}
_TODO = "put it into the dataset or beside the notebooks, where the build sees it change"


class Printed(OutStream):
    """Takes what cells print, as far as a message and a page can bear it."""

    letters = 0

    def write(self, string: str) -> int:
        """Pass a text on; ChapterError where a chapter has printed too much."""
        self.letters += len(string)
        if self.letters > LIMITS.printed:
            raise ChapterError(
                f"it prints more than {number(LIMITS.printed)} letters; print less, or into a file"
            )
        super().write(string)
        return len(string)


def run_kernel(
    connection_file: str, handover_folder: str, sound: str, dataset: str, *options: str
) -> None:
    """Run this process as a kernel; it reads none of the user's own IPython files.

    Its own messages are discarded: a build says in which cell its kernel ended.
    """
    from ipykernel.kernelapp import IPKernelApp
    from traitlets.config import Config

    handover.folder, handover.sound = Path(handover_folder), frozenset(sound.split())
    sys.path.insert(0, "")  # a notebook may import what is beside it
    os.environ["IPYTHONDIR"] = str(Path(connection_file).parent / "ipython")
    sys.argv[:] = ["ipykernel", "-f", connection_file, *options]
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of matplotlib's
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        kernel: Any = IPKernelApp.instance(config=Config(_SETTINGS))
        kernel.initialize(sys.argv[1:])
        _register_displays(kernel.shell)
    here = Path.cwd()
    template = here.parent / "report" / "template"
    scratch = Path(connection_file).parent
    _refuse_other_inputs([here, here / dataset, template, scratch, Path(handover_folder)])
    kernel.start()


def _refuse_other_inputs(folders: Iterable[Path]) -> None:
    """Refuse from now on to read files outside these folders, and the network, in this process.

    What is installed, what the process has written itself and hidden files may be read.
    """
    installed = [sys.prefix, sys.base_prefix, str(Path(claimbrief.__file__).parent), *_SYSTEM]
    given = [os.path.abspath(it) for it in (*installed, *map(str, folders))]  # noqa: PTH100 (keeps links)
    roots = tuple(sorted({it.rstrip(os.sep) + os.sep for it in (*given, *map(realpath, given))}))
    written: set[str] = set()

    def opened(path: Any, flags: int) -> None:
        if not isinstance(path, (str, bytes, os.PathLike)):
            return
        near = os.path.abspath(os.fsdecode(path))  # noqa: PTH100
        if near.startswith(roots):
            return
        is_new = bool(flags & os.O_TRUNC) or not os.path.exists(near)  # noqa: PTH110
        far = realpath(near)
        if is_new or flags & os.O_ACCMODE == os.O_WRONLY:
            written.add(far)
        elif far not in written and _is_elsewhere(far, roots):
            raise ChapterError(f"a chapter may not read {far}; {_TODO}")

    def connected(address: object) -> None:
        if isinstance(address, tuple) and address[0] and not _is_this_machine(str(address[0])):
            raise ChapterError(
                f"a chapter may not ask {address[0]}; fetch it to a file, and {_TODO}"
            )

    acts: dict[str, Callable[[Any], None]] = {
        "open": lambda it: opened(it[0], it[2]),
        "sqlite3.connect": lambda it: opened(it[0], os.O_RDONLY),
        "socket.getaddrinfo": connected,
        "socket.connect": lambda it: connected(it[1]),
    }

    def watch(event: str, about: tuple[Any, ...]) -> None:
        if act := acts.get(event):
            act(about)

    sys.addaudithook(watch)


def _is_elsewhere(path: str, roots: tuple[str, ...]) -> bool:
    is_hidden = any(part.startswith(".") for part in Path(path).parts)
    return not is_hidden and not path.startswith(roots) and Path(path).is_file()


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in ("localhost", "")


def _register_displays(shell: Any) -> None:
    """Let a kernel display frames, and figures that are drawn without pyplot.

    `%config InlineBackend…` works from the first cell on, as in JupyterLab.
    """
    from IPython.core.pylabtools import print_figure
    from matplotlib_inline.config import InlineBackend

    backend: Any = InlineBackend.instance(parent=shell)
    backend.shell = shell
    shell.configurables.append(backend)
    formatters = shell.display_formatter.formatters
    formatters["text/html"].for_type_by_name("pandas", "DataFrame", frame_html)
    formatters["text/html"].for_type_by_name(
        "pandas", "Series", lambda it: frame_html(it.to_frame("" if it.name is None else it.name))
    )
    # Pyplot, once imported, puts a function of its own in the place of this one.
    formatters["image/svg+xml"].for_type_by_name(
        "matplotlib.figure", "Figure", partial(print_figure, fmt="svg")
    )


def frame_html(frame: pd.DataFrame) -> str:
    """Return the rows and columns of a frame that a brief shows, and how many there are."""
    part = frame.iloc[: LIMITS.rows, : LIMITS.columns]
    table = part.to_html(border=0)
    rows, columns = frame.shape
    total = f'<table data-rows="{rows}" data-columns="{columns}"'
    return table.replace("<table", total, 1)
