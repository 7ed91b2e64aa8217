"""Kernels, warm and cold: one interface, one behaviour, and nothing left behind."""

from __future__ import annotations

import ast
import asyncio
import importlib
import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest
from projects import NOTEBOOKS, WARM, build_whole, project

from claimbrief import preload
from claimbrief.errors import BriefError
from claimbrief.render.kernels import PINNED, Kernels, kernel_class, kill_kernels
from claimbrief.render.plan import check_plan, planned

LIMIT = 600  # seconds: of what takes a second on a machine that is not busy
WAYS = pytest.mark.parametrize("is_cold", [False, True], ids=["warm", "cold"])


@pytest.fixture(name="own_server")
def _own_server() -> Iterator[None]:
    """Let a test start a fork server of its own, with its own environment and preload."""
    with _patched_for_own_server():
        yield


@contextmanager
def _patched_for_own_server() -> Iterator[pytest.MonkeyPatch]:
    own = forkserver.ForkServer()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forkserver, "_forkserver", own)
        for name in ("ensure_running", "connect_to_new_process", "set_forkserver_preload"):
            patch.setattr(forkserver, name, getattr(own, name))
        yield patch
        own._stop()


def _with_kernel(
    scratch: Path,
    is_cold: bool,
    act: Callable[[Any, Any], Awaitable[None]],
    kernels: Kernels | None = None,
) -> None:
    """Start a kernel and act on its manager and client; see that it has ended afterwards."""
    started: list[Any] = []

    async def scenario() -> None:
        manager = managers()
        await manager.start_kernel(cwd=str(NOTEBOOKS))
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=LIMIT)
        try:
            await act(manager, client)
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    kernels = kernels or Kernels(is_cold, WARM.preload)
    kernels.start()
    managers = kernel_class(scratch, scratch, started, kernels)
    with ThreadPoolExecutor(1) as aside:  # a browser test leaves a loop running in this one
        aside.submit(asyncio.run, scenario()).result()
    kill_kernels(started)
    (kernel,) = started
    assert not kernel.has_kernel


async def _run(client: Any, code: str) -> dict[str, Any]:
    """Return the kernel's answer to a cell."""
    reply = await client.execute_interactive(code, timeout=LIMIT, output_hook=lambda message: None)
    content: dict[str, Any] = reply["content"]
    return content


@WAYS
def test_an_interrupt_ends_a_cell_and_not_its_kernel(tmp_path: Path, is_cold: bool) -> None:
    begun = str(tmp_path / "begun")

    async def act(manager: Any, client: Any) -> None:
        running = asyncio.create_task(
            _run(client, f"import time; x = 1; open({begun!r}, 'x'); time.sleep(600)")
        )
        while not Path(begun).exists():
            await asyncio.sleep(0.1)
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
        await client.wait_for_ready(timeout=LIMIT)
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
    code = "import subprocess; child = subprocess.Popen(['sleep', '600'])"

    async def act(manager: Any, client: Any) -> None:
        await _run(client, code)
        kernel = psutil.Process(manager.provisioner.pid)
        (child,) = [it for it in kernel.children() if "sleep" in it.cmdline()]
        await manager.shutdown_kernel(now=True)
        child.wait(timeout=LIMIT)

    _with_kernel(tmp_path, is_cold, act)


# What a kernel is asked that is left as it is by the answer.
ASKED = {
    "begins": """
import os, signal, sys
assert sys.argv[1:2] == ["-f"], sys.argv
assert os.getcwd().endswith("notebooks"), os.getcwd()
assert sys.path.count("") == 1 and os.getcwd() not in sys.path, sys.path
assert os.environ["PYTHONHASHSEED"] == "0" and os.environ["TZ"] == "UTC"
assert os.getpgid(0) == os.getpid()
assert not any(name.startswith("claimbrief.render") and "render" in dir() for name in sys.modules)
assert __name__ == "__main__"
""",
    "is preloaded": "import sys; assert 'claimbrief.tables' in sys.modules",
    "hands over": "from claimbrief import handover; handover.hand_over(b'\\xff', 'a' * 64)",
    "is handed none": "from claimbrief import handover; assert handover.sound == frozenset()",
}


@dataclass
class Asked:
    """The answers of one kernel, and the folder of its build."""

    is_cold: bool
    answers: dict[str, dict[str, Any]]
    folder: Path


@pytest.fixture(name="asked", scope="module", params=[False, True], ids=["warm", "cold"])
def _asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    asked = Asked(request.param, {}, tmp_path_factory.mktemp("asked"))

    async def act(manager: Any, client: Any) -> None:
        for name, code in ASKED.items():
            asked.answers[name] = await _run(client, code)

    _with_kernel(asked.folder, request.param, act)
    return asked


def test_a_kernel_begins_as_a_python_of_its_own_would(asked: Asked) -> None:
    assert asked.answers["begins"]["status"] == "ok", asked.answers["begins"]


def test_a_warm_kernel_has_the_preloaded_modules_and_a_cold_kernel_has_not(asked: Asked) -> None:
    assert asked.answers["is preloaded"]["status"] == ("error" if asked.is_cold else "ok")


def test_a_kernel_hands_files_over_into_the_folder_of_its_build(asked: Asked) -> None:
    assert asked.answers["hands over"]["status"] == "ok"
    assert (asked.folder / ("a" * 64)).read_bytes() == b"\xff"


def test_a_kernel_of_no_checked_dataset_is_handed_none(asked: Asked) -> None:
    assert asked.answers["is handed none"]["status"] == "ok", asked.answers["is handed none"]


def test_a_preload_that_cannot_be_imported_is_left_to_the_cell_that_imports_it(
    tmp_path: Path, own_server: None
) -> None:
    async def act(manager: Any, client: Any) -> None:
        assert (await _run(client, "import no_such"))["ename"] == "ModuleNotFoundError"

    _with_kernel(tmp_path, False, act, Kernels(preload="no_such"))


def test_a_style_sheet_that_may_not_be_read_is_left_to_the_chapter_that_draws(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(here: Path) -> None:
        raise PermissionError

    monkeypatch.setattr("claimbrief.house._sheet", refused)
    monkeypatch.setattr("gc.freeze", lambda: None)
    importlib.reload(preload)


@pytest.fixture(name="found", scope="module", params=[False, True], ids=["warm", "cold"])
def _found(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Return what a kernel finds whose caller has start-up files, settings and variables.

    Of the names that those give a value the error that the kernel answers with; and its variables.
    """
    folder, found = tmp_path_factory.mktemp("settings"), dict[str, Any]()
    profile = folder / "home" / ".ipython" / "profile_default"
    (profile / "startup").mkdir(parents=True)
    (profile / "startup" / "first.py").write_text("x = 1\n", encoding="utf-8")
    settings = "c.InteractiveShellApp.exec_lines = ['y = 1']\n"
    for name in ("ipython_config.py", "ipython_kernel_config.py"):
        (profile / name).write_text(settings, encoding="utf-8")
    (folder / "home" / "python.py").write_text("z = 1\n", encoding="utf-8")

    async def act(manager: Any, client: Any) -> None:
        for name in "xyz":
            found[name] = (await _run(client, name)).get("ename")
        said: list[Any] = []
        code = "import os; {name: os.environ[name] for name in os.environ}"
        await client.execute_interactive(code, timeout=LIMIT, output_hook=said.append)
        (text,) = (it["content"]["data"]["text/plain"] for it in said if "data" in it["content"])
        found["variables"] = ast.literal_eval(text)

    with _patched_for_own_server() as patch:
        for name in ("SECRET_TOKEN", "LANG", "TERM", "PAGER", "HTTP_PROXY", *PINNED):
            patch.setenv(name, "the caller's")
        patch.setenv("USER", "someone")
        patch.setenv("HOME", str(folder / "home"))
        patch.setenv("IPYTHONDIR", str(profile.parent))
        patch.setenv("PYTHONSTARTUP", str(folder / "home" / "python.py"))
        _with_kernel(folder, request.param, act)
    return found


def test_a_kernel_reads_no_start_up_file_and_no_settings_of_the_user(found: dict[str, Any]) -> None:
    assert [found[name] for name in "xyz"] == ["NameError"] * 3


def test_a_kernel_sees_no_variable_of_the_caller_but_those_of_a_short_list(
    found: dict[str, Any],
) -> None:
    there = found["variables"]
    assert "the caller's" not in there.values()
    assert PINNED.items() <= there.items() and there["USER"] == "someone"


def test_where_nothing_can_be_forked_kernels_are_cold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not Kernels().is_warm


def test_in_a_folder_too_deep_for_a_socket_kernels_are_cold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Kernels().is_warm
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / ("x" * 100)))
    assert not Kernels().is_warm


def test_warm_and_cold_kernels_give_the_same_bytes(tmp_path: Path) -> None:
    plan = planned(project(tmp_path / "project"), None, (), tmp_path)
    build_whole(plan, tmp_path / "warm")
    build_whole(plan, tmp_path / "cold", is_cold=True)
    names = sorted(path.name for path in (tmp_path / "warm").iterdir())
    assert names == ["brief.html", "brief.pdf", "brief.png", "numbers.json"]
    for name in names:
        warm, cold = ((tmp_path / way / name).read_bytes() for way in ("warm", "cold"))
        assert warm == cold, name


def _check(folder: Path, function: str, is_cold: bool) -> Kernels:
    """Check a plan by a function of `checks`."""
    plan = planned(project(folder, ("declares-a-dataset.ipynb",)), None, (), folder)
    return check_plan(plan, Kernels(is_cold, sound=("before",), check=f"checks:{function}"))


def test_a_check_runs_in_the_server_that_kernels_need(tmp_path: Path, own_server: None) -> None:
    plan = planned(project(tmp_path, ("declares-a-dataset.ipynb",)), None, (), tmp_path)
    check_plan(plan, replace(WARM, check="checks:is_in_a_pinned_process"))


@WAYS
def test_what_a_check_has_found_sound_is_handed_to_each_kernel(
    tmp_path: Path, is_cold: bool
) -> None:
    kernels = replace(_check(tmp_path, "finds_sound", is_cold), preload=WARM.preload)
    assert kernels.sound == ("before", "abc")
    code = "from claimbrief import handover; assert handover.sound == {'before', 'abc'}"

    async def act(manager: Any, client: Any) -> None:
        assert (await _run(client, code))["status"] == "ok"

    _with_kernel(tmp_path, is_cold, act, kernels)


@WAYS
def test_a_check_refuses_a_plan_with_its_own_message_and_exit_status(
    tmp_path: Path, is_cold: bool
) -> None:
    with pytest.raises(BriefError, match=r"^refused .*data$") as caught:
        _check(tmp_path, "refuses", is_cold)
    assert caught.value.exit_status == 2


@WAYS
def test_a_check_runs_in_the_folder_of_the_notebooks_and_the_build_stays_in_its_own(
    tmp_path: Path, is_cold: bool
) -> None:
    before = Path.cwd()
    _check(tmp_path, "is_beside_notebooks", is_cold)
    assert Path.cwd() == before


@WAYS
def test_a_bug_in_a_check_keeps_its_traceback(tmp_path: Path, is_cold: bool) -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        _check(tmp_path, "breaks", is_cold)


def test_a_check_that_is_killed_is_reported(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="the process that checks the dataset was killed"):
        _check(tmp_path, "dies", is_cold=False)


@pytest.mark.parametrize("error", [EOFError, ConnectionRefusedError, BrokenPipeError])
def test_a_fork_server_that_is_killed_before_the_check_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def killed(*_: object) -> None:
        raise error

    monkeypatch.setattr(forkserver, "connect_to_new_process", killed)
    with pytest.raises(BriefError, match="the process that checks the dataset was killed; build"):
        _check(tmp_path, "finds_sound", is_cold=False)


@WAYS
def test_a_kernel_that_dies_before_it_answers_is_reported(tmp_path: Path, is_cold: bool) -> None:
    async def scenario() -> None:
        manager = managers()
        await manager.start_kernel(cwd=str(NOTEBOOKS))
        kill_kernels([manager])
        client = manager.client()
        client.start_channels()
        with pytest.raises(RuntimeError, match="Kernel died before replying"):
            await client.wait_for_ready(timeout=LIMIT)
        client.stop_channels()
        await manager.shutdown_kernel(now=True)

    managers = kernel_class(tmp_path, tmp_path, [], Kernels(is_cold))
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, scenario()).result()
