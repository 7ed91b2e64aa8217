"""The committed page by Lighthouse, as on a phone, from a server on the loopback.

What Lighthouse says of speed is of this machine as much as of the page. Of performance the tests
ask for what is the page's own: what it loads, how heavy it is, and that nothing in it jumps.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from checking import REPO, checker, lacking

LIGHTHOUSE = "lighthouse/cli/index.js"
CATEGORIES = ("accessibility", "best-practices")
AUDITS = ("network-requests", "total-byte-weight", "cumulative-layout-shift")  # of performance
LIMIT = 600  # seconds: of what takes half a minute on a machine that is not busy


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """Return the address of the folder of the committed brief."""
    handler = partial(_Quiet, directory=str(REPO / "report"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def report(served: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what Lighthouse says of the page of October."""
    chromium, node = shutil.which("chromium"), shutil.which("node")
    if not chromium or not node:
        lacking("no chromium or no node on this machine: Lighthouse needs both")
    written = tmp_path_factory.mktemp("lighthouse") / "report.json"
    options = ["--quiet", "--output=json", f"--output-path={written}"]
    # It calculates a slow network afterwards; otherwise it waits five seconds for a page's quiet.
    options += ["--throttling-method=simulate", "--disable-full-page-screenshot"]
    options += [f"--only-categories={','.join(CATEGORIES)}", f"--only-audits={','.join(AUDITS)}"]
    options += ["--no-enable-error-reporting"]
    options += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    subprocess.run(
        [node, str(checker(LIGHTHOUSE)), f"{served}/brief.html", *options],
        env=os.environ | {"CHROME_PATH": chromium}, check=True, timeout=LIMIT, capture_output=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(Path(written).read_text(encoding="utf-8"))
    assert "runtimeError" not in found
    return found


@pytest.mark.parametrize("category", ["accessibility", "best-practices"])
def test_accessibility_and_good_practice_score_at_least_95(
    report: dict[str, Any], category: str
) -> None:
    assert report["categories"][category]["score"] >= 0.95


def test_the_page_loads_itself_and_nothing_else(report: dict[str, Any]) -> None:
    requests = report["audits"]["network-requests"]["details"]["items"]
    loaded = [it["url"] for it in requests if not it["url"].startswith("data:")]
    assert [address.rpartition("/")[2] for address in loaded] == ["brief.html"]
    assert report["audits"]["total-byte-weight"]["numericValue"] <= 710_000


def test_nothing_on_the_first_screen_jumps_while_the_page_loads(report: dict[str, Any]) -> None:
    assert report["audits"]["cumulative-layout-shift"]["numericValue"] <= 0.1
