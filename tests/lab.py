"""JupyterLab as `make lab` opens it, on a copy of the project, driven in a browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, ViewportSize

REPO = Path(__file__).parent.parent
COPIED = ("data", "notebooks", "report/template", ".jupyter")
TOKEN = "of-the-tests"
SIZE: ViewportSize = {"width": 1200, "height": 800}
PATIENCE = 600.0  # seconds after which something hangs; nothing is expected to take as long

# What each code cell of the open notebook shows: the JSON of its outputs, and their words.
CELLS = """() => {
  const panel = jupyterapp.shell.currentWidget;
  return panel.content.widgets.filter(cell => cell.model.type === "code").map(cell => ({
    id: cell.model.id,
    outputs: cell.model.outputs.toJSON(),
    words: [...cell.node.querySelectorAll(".jp-OutputArea-output")]
      .map(it => it.textContent).join(" "),
  }));
}"""


def copy_project(folder: Path) -> Path:
    """Return a folder with a copy of what a chapter needs: data, notebooks and the house style."""
    for name in COPIED:
        ignored = shutil.ignore_patterns(".ipynb_checkpoints")
        shutil.copytree(REPO / name, folder / name, ignore=ignored)
    shutil.copy(REPO / "Makefile", folder)
    return folder


@contextmanager
def lab_server(project: Path, scratch: Path) -> Iterator[str]:
    """Run JupyterLab on a project and yield its address; settings of the user are left alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {name: str(scratch / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    own |= {"JUPYTER_RUNTIME_DIR": str(scratch / "runtime"), "IPYTHONDIR": str(scratch / "ipython")}
    options = ["--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0"]
    options += [f"--IdentityProvider.token={TOKEN}", "--LabApp.expose_app_in_browser=True"]
    options += [f"--LabApp.{name}_dir={scratch / name}" for name in ("user_settings", "workspaces")]
    # The environment that runs the tests stands for the one that `make` would set up.
    ready = f"{sys.prefix}/.ready"
    command = ["make", "lab", f"VENV={sys.prefix}", "-o", ready, f"LAB_ARGS={' '.join(options)}"]
    scratch.mkdir(parents=True, exist_ok=True)
    with (scratch / "log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=project, env=os.environ | own, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api?token={TOKEN}", server, scratch / "log")
            yield address
        finally:
            _end(server)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8")[-2000:])


def _end(server: subprocess.Popen[bytes]) -> None:
    """End make and the server that it has started, which ends its kernels, and wait for both."""
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(PATIENCE)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            os.killpg(server.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError("JupyterLab does not end")


class Lab:
    """A page with JupyterLab; `errors` are what its console and its scripts have said."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.page: Page = browser.new_page(viewport=SIZE)
        self.page.set_default_timeout(PATIENCE * 1000)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console",
            lambda message: message.type == "error" and self.errors.append(message.text),
        )
        self.page.goto(f"{address}/lab?token={TOKEN}")
        self.page.wait_for_function("window.jupyterapp?.restored?.then(() => true)")

    def command(self, name: str, **arguments: Any) -> None:
        """Run a command of JupyterLab's and wait for its end."""
        script = "async ([name, given]) => { await jupyterapp.commands.execute(name, given); }"
        self.page.evaluate(script, [name, arguments])

    def open(self, path: str, **arguments: Any) -> None:
        """Open a file of the project; of a notebook, wait for its kernel."""
        self.command("docmanager:open", path=path, **arguments)
        script = "jupyterapp.shell.currentWidget.context.ready"
        self.page.evaluate(script)
        if path.endswith(".ipynb"):
            self.page.evaluate(
                """async () => {
                  const session = jupyterapp.shell.currentWidget.sessionContext;
                  await session.ready;
                  await session.session.kernel.info;
                }"""
            )

    def run_all(self) -> list[dict[str, Any]]:
        """Run every cell of the open notebook and return what each shows."""
        self.command("notebook:run-all-cells")
        self.page.wait_for_function(
            "jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"
        )
        found: list[dict[str, Any]] = self.page.evaluate(CELLS)
        return found

    def type_into(self, cell: str, source: str) -> None:
        """Put a source in the place of that of a cell of the open notebook."""
        self.page.evaluate(
            """([id, source]) => {
              const cells = jupyterapp.shell.currentWidget.content.widgets;
              cells.find(cell => cell.model.id === id).model.sharedModel.setSource(source);
            }""",
            [cell, source],
        )

    def save(self) -> None:
        """Save the open file."""
        self.command("docmanager:save")

    def kernel(self) -> dict[str, str]:
        """Return what another notebook names to be opened with the kernel of the open one."""
        session = "jupyterapp.shell.currentWidget.sessionContext.session"
        found: dict[str, str] = self.page.evaluate(f"{session}.kernel.model")
        return found

    def close(self, *, is_kernel_kept: bool = False) -> None:
        """Close the open file without saving it, and end its kernel."""
        self.page.evaluate(
            """async isKept => {
              const panel = jupyterapp.shell.currentWidget;
              if (!isKept) await panel.sessionContext?.shutdown();
              panel.context.model.dirty = false;
              panel.close();
            }""",
            is_kernel_kept,
        )


@contextmanager
def opened_lab(browser: Browser, project: Path, scratch: Path) -> Iterator[Lab]:
    """Open JupyterLab on a project, with one page."""
    with lab_server(project, scratch) as address:
        lab = Lab(browser, address)
        yield lab
        lab.page.close()
