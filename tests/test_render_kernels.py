"""Kernels, warm and cold: one interface, one behaviour, and nothing left behind."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest
from projects import NOTEBOOKS, build_whole, project

from claimbrief.errors import BriefError
from claimbrief.render import kernel_server
from claimbrief.render.kernels import Kernels, kernel_class, kill_kernels
from claimbrief.render.plan import planned
from claimbrief.render.run import Room

WAYS = pytest.mark.parametrize("is_cold", [False, True], ids=["warm", "cold"])


def _with_kernel(
    scratch: Path,
    is_cold: bool,
    act: Callable[[Any, Any], Awaitable[None]],
    chapters: Sequence[Path] = (NOTEBOOKS / "1-question.ipynb",),
) -> None:
    """Start a kernel and act on its manager and client; see that it has ended afterwards."""
    started: list[Any] = []

    async def scenario() -> None:
        manager = managers()
        await manager.start_kernel(cwd=str(NOTEBOOKS))
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=60)
        try:
            await act(manager, client)
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    with Kernels(is_cold=is_cold) as kernels:
        managers = kernel_class(Room(scratch, scratch), started, kernels.server(chapters))
        with ThreadPoolExecutor(1) as aside:  # a browser test leaves a loop running in this one
            aside.submit(asyncio.run, scenario()).result()
        kill_kernels(started)
        (kernel,) = started
        assert not kernel.has_kernel


async def _run(client: Any, code: str) -> dict[str, Any]:
    """Return the kernel's answer to a cell."""
    reply = await client.execute_interactive(code, timeout=30, output_hook=lambda message: None)
    content: dict[str, Any] = reply["content"]
    return content


@WAYS
def test_an_interrupt_ends_a_cell_and_not_its_kernel(tmp_path: Path, is_cold: bool) -> None:
    async def act(manager: Any, client: Any) -> None:
        running = asyncio.create_task(_run(client, "import time; x = 1; time.sleep(60)"))
        await asyncio.sleep(1)
        await manager.interrupt_kernel()
        assert (await running)["ename"] == "KeyboardInterrupt"
        assert (await _run(client, "assert x == 1"))["status"] == "ok"

    _with_kernel(tmp_path, is_cold, act)


@WAYS
def test_a_kernel_that_is_restarted_knows_nothing_of_before(tmp_path: Path, is_cold: bool) -> None:
    async def act(manager: Any, client: Any) -> None:
        await _run(client, "import json; x = json.x = 1")
        before = manager.provisioner.pid
        await manager.restart_kernel(now=True)
        await client.wait_for_ready(timeout=60)
        assert manager.provisioner.pid != before and not psutil.pid_exists(before)
        assert (await _run(client, "x"))["ename"] == "NameError"
        assert (await _run(client, "import json; json.x"))["ename"] == "AttributeError"

    _with_kernel(tmp_path, is_cold, act)


@WAYS
def test_a_kernel_that_dies_is_known_to_be_dead_with_its_status(
    tmp_path: Path, is_cold: bool
) -> None:
    async def act(manager: Any, client: Any) -> None:
        process = manager.provisioner.process
        client.execute("import os; os._exit(7)")
        while await manager.is_alive():
            await asyncio.sleep(0.1)
        assert process.poll() == 7

    _with_kernel(tmp_path, is_cold, act)


@WAYS
def test_a_kernel_takes_what_it_has_started_along(tmp_path: Path, is_cold: bool) -> None:
    code = "import subprocess; child = subprocess.Popen(['sleep', '60'])"

    async def act(manager: Any, client: Any) -> None:
        await _run(client, code)
        kernel = psutil.Process(manager.provisioner.pid)
        (child,) = [it for it in kernel.children() if "sleep" in it.cmdline()]
        await manager.shutdown_kernel(now=True)
        child.wait(timeout=10)

    _with_kernel(tmp_path, is_cold, act)


@WAYS
def test_a_kernel_begins_as_a_python_of_its_own_would(tmp_path: Path, is_cold: bool) -> None:
    code = """
import os, signal, sys
assert sys.argv[1:2] == ["-f"], sys.argv
assert os.getcwd().endswith("notebooks"), os.getcwd()
assert sys.path.count("") == 1 and os.getcwd() not in sys.path, sys.path
assert os.environ["PYTHONHASHSEED"] == "0" and os.environ["TZ"] == "UTC"
assert os.getpgid(0) == os.getpid()
assert not any(name.startswith("claimbrief.render") and "render" in dir() for name in sys.modules)
assert __name__ == "__main__"
"""

    async def act(manager: Any, client: Any) -> None:
        answer = await _run(client, code)
        assert answer["status"] == "ok", answer

    _with_kernel(tmp_path, is_cold, act)


@WAYS
def test_a_warm_kernel_has_what_its_notebooks_import_and_a_cold_one_has_not(
    tmp_path: Path, is_cold: bool
) -> None:
    async def act(manager: Any, client: Any) -> None:
        answer = await _run(client, "import sys; assert 'colorsys' in sys.modules")
        assert answer["status"] == ("error" if is_cold else "ok")

    text = (NOTEBOOKS / "prints.ipynb").read_text(encoding="utf-8")
    notebook = tmp_path / "imports.ipynb"
    notebook.write_text(text.replace("print(", "import colorsys\\nprint("), encoding="utf-8")
    _with_kernel(tmp_path, is_cold, act, [notebook])


def test_where_nothing_can_be_forked_kernels_are_cold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not kernel_server.can_fork()
    with Kernels() as kernels:
        assert kernels.server([NOTEBOOKS / "1-question.ipynb"]) is None


def test_warm_and_cold_kernels_give_the_same_bytes(tmp_path: Path) -> None:
    plan = planned(project(tmp_path / "project"), None, (), tmp_path)
    build_whole(plan, tmp_path / "warm")
    build_whole(plan, tmp_path / "cold", is_cold=True)
    names = sorted(path.name for path in (tmp_path / "warm").iterdir())
    assert names == ["brief.html", "brief.pdf", "numbers.json"]
    for name in names:
        warm, cold = ((tmp_path / way / name).read_bytes() for way in ("warm", "cold"))
        assert warm == cold, name


def test_a_module_that_cannot_be_imported_is_left_to_the_cell_that_needs_it(
    tmp_path: Path,
) -> None:
    notebook = tmp_path / "broken.ipynb"
    text = (NOTEBOOKS / "prints.ipynb").read_text(encoding="utf-8")
    notebook.write_text(text.replace("print(", "import no_such_module\\nprint("), encoding="utf-8")
    assert "no_such_module" in notebook.read_text(encoding="utf-8")
    with Kernels() as kernels:
        server = kernels.server([notebook])
        assert server is not None
        assert server.fork(["python", "-m", "this"], dict(os.environ), str(tmp_path)).pid > 0


def refuses(**values: object) -> None:
    raise BriefError(f"refused {values['dataset']}")


def breaks(**values: object) -> None:
    raise ZeroDivisionError


@WAYS
def test_what_a_preparation_refuses_is_told_as_it_told_it(
    tmp_path: Path, is_cold: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    plan = planned(project(tmp_path, ("declares-a-dataset.ipynb",)), None, (), tmp_path)
    with (
        Kernels(is_cold=is_cold, preparation="test_render_kernels:refuses") as kernels,
        pytest.raises(BriefError, match=r"^refused .*data$"),
    ):
        kernels.prepare([plan])


def test_a_bug_in_a_preparation_keeps_its_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    plan = planned(project(tmp_path, ("declares-a-dataset.ipynb",)), None, (), tmp_path)
    with (
        Kernels(preparation="test_render_kernels:breaks") as kernels,
        pytest.raises(RuntimeError, match="ZeroDivisionError"),
    ):
        kernels.prepare([plan])


def test_the_server_ends_with_the_chapters_of_the_last_plan_that_it_was_prepared_for(
    tmp_path: Path,
) -> None:
    contents = project(tmp_path, ("declares-a-dataset.ipynb",))
    plan = planned(contents, None, (), tmp_path)
    other = planned(contents, None, ("dataset=other",), tmp_path)
    for is_kept in (False, True):
        with Kernels(is_kept=is_kept) as kernels:
            kernels.prepare([plan, other])
            server = kernels.server(contents.chapters)
            assert server is not None
            kernels.release(plan)
            kernels.release(plan)  # not prepared for any more
            assert server.process.poll() is None
            kernels.release(other)
            assert (server.process.poll() is None) == is_kept
            assert (kernels.server(contents.chapters) is server) == is_kept


@WAYS
def test_a_kernel_that_dies_before_it_answers_is_told_of_at_once(
    tmp_path: Path, is_cold: bool
) -> None:
    async def scenario() -> None:
        manager = managers()
        await manager.start_kernel(cwd=str(NOTEBOOKS))
        manager.provisioner.process.kill()
        client = manager.client()
        client.start_channels()
        with pytest.raises(RuntimeError, match="it died before it answered"):
            await client.wait_for_ready(timeout=60)
        client.stop_channels()
        await manager.shutdown_kernel(now=True)

    with Kernels(is_cold=is_cold) as kernels:
        server = kernels.server([NOTEBOOKS / "1-question.ipynb"])
        managers = kernel_class(Room(tmp_path, tmp_path), [], server)
        with ThreadPoolExecutor(1) as aside:
            aside.submit(asyncio.run, scenario()).result(timeout=30)


@WAYS
def test_a_kernel_that_is_late_is_not_waited_for(tmp_path: Path, is_cold: bool) -> None:
    async def act(manager: Any, client: Any) -> None:
        with pytest.raises(RuntimeError, match="it did not answer in 0 s"):
            await client.wait_for_ready(timeout=0)

    _with_kernel(tmp_path, is_cold, act)
