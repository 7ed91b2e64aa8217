"""A batch on a real Dask scheduler with two worker processes, all on the loopback."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import psutil  # type: ignore[import-untyped]
import pytest
from projects import WARM, build_whole, project

from claimbrief.batch.orders import read_batch
from claimbrief.batch.run import Terms, build_on_worker, project_files
from claimbrief.errors import BriefError
from claimbrief.render.editions import read_contents
from claimbrief.render.plan import planned

# A brief for each worker: where one is killed, the other has both.
NAMES = ["2031-05-09", "2031-05-20"]
FILE = f"formats: [html, pdf]\nmatrix:\n  as_of: [{', '.join(NAMES)}]\n"
LIMIT = 600  # seconds: of what takes a second on a machine that is not busy


@dataclass
class Cluster:
    """A running scheduler's address, and its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture(name="cluster", scope="module")
def _cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Return a cluster that the tests share; the last that use it end its workers."""
    folder = tmp_path_factory.mktemp("cluster")
    port = folder / "address.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    local = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(port)]
    scheduler = subprocess.Popen([*dask, "--port", "0", *local], **quiet)
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--no-nanny", "--nthreads", "1"]
    workers = [subprocess.Popen([*worker, *local], **quiet) for _ in range(2)]
    try:
        deadline = time.monotonic() + LIMIT
        while not port.exists() or not port.read_text("utf-8").strip():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield Cluster(_address(port), workers)
    finally:
        for process in (*workers, scheduler):
            process.terminate()
        for process in (*workers, scheduler):
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _address(file: Path) -> str:
    return str(json.loads(file.read_text(encoding="utf-8"))["address"])


def _batch(root: Path, address: str, *options: str) -> subprocess.Popen[str]:
    call = "import sys; from claimbrief.cli import main; main(sys.argv[1:])"
    argv = [sys.executable, "-c", call, "batch", "days.yml", "--scheduler", address, *options]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(argv, cwd=root, text=True, **piped)


def _called(root: Path, address: str, *options: str) -> tuple[int, str, str]:
    process = _batch(root, address, *options)
    out, err = process.communicate(timeout=LIMIT)
    return process.returncode, out, err


def _holds_what_single_builds_give(root: Path, folder: Path) -> None:
    contents = read_contents(root)
    for name in NAMES:
        build_whole(planned(contents, None, (f"as_of={name}",), root), folder / name)
        for file in ("brief.html", "brief.pdf", "brief.png", "numbers.json"):
            single = (folder / name / file).read_bytes()
            assert (root / "days" / name / file).read_bytes() == single, (name, file)


def test_a_brief_that_fails_there_is_reported_as_here(tmp_path: Path, cluster: Cluster) -> None:
    root = tmp_path / "project"
    project(root, ("1-question.ipynb", "a-cell-fails.ipynb"))
    (root / "days.yml").write_text("matrix: {as_of: [2031-05-09]}\n", encoding="utf-8")
    status, out, _ = _called(root, cluster.address)
    assert status == 1
    assert "2031-05-09 failed:\n  a-cell-fails.ipynb, cell 4, line 3, failed" in out
    assert not (root / "days").exists() or not list((root / "days").iterdir())


def test_a_worker_that_is_killed_costs_a_retry_and_no_brief(
    tmp_path: Path, cluster: Cluster
) -> None:
    root = tmp_path / "project"
    project(root)
    (root / "days.yml").write_text(FILE, encoding="utf-8")
    process = _batch(root, cluster.address)
    killed = _kill_a_worker_that_builds(cluster)
    out, err = process.communicate(timeout=LIMIT)
    assert process.returncode == 0, err
    assert out.splitlines()[-1] == "2 briefs: 2 built"
    assert [worker.poll() is None for worker in cluster.workers].count(True) == 1, killed
    _holds_what_single_builds_give(root, tmp_path / "single")
    assert _called(root, cluster.address, "--resume")[1].splitlines()[-1] == "2 briefs: 2 as before"


def _kill_a_worker_that_builds(cluster: Cluster) -> int:
    """Kill the first worker that starts a kernel; return its process id."""
    deadline = time.monotonic() + LIMIT
    before = {worker.pid: _descendants(worker) for worker in cluster.workers}
    while time.monotonic() < deadline:
        for worker in cluster.workers:
            if _descendants(worker) - before[worker.pid]:
                worker.kill()
                worker.wait()
                return worker.pid
        time.sleep(0.05)
    raise AssertionError("no worker began to build")


def _descendants(worker: subprocess.Popen[bytes]) -> set[int]:
    return {child.pid for child in psutil.Process(worker.pid).children(recursive=True)}


def test_workers_that_end_leave_no_process(tmp_path: Path, cluster: Cluster) -> None:
    root = tmp_path / "project"
    project(root, ("1-question.ipynb", "2-voices.ipynb", "3-ledger.ipynb"))
    (root / "days.yml").write_text("formats: [html]\nmatrix: {as_of: [2031-05-09]}\n", "utf-8")
    assert _called(root, cluster.address)[0] == 0
    workers = [worker for worker in cluster.workers if worker.poll() is None]
    children = [it for worker in workers for it in psutil.Process(worker.pid).children(True)]
    assert children, "kernels stay warm between briefs"
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.wait(timeout=LIMIT)
    _, alive = psutil.wait_procs(children, timeout=LIMIT)
    assert alive == []


ASK = """
import json, sys
from click.testing import CliRunner
import claimbrief.batch.run as it
from claimbrief.cli import main
it.TIMEOUT = 1
for address in sys.argv[1:]:
    done = CliRunner().invoke(main, ["batch", "days.yml", "--scheduler", address])
    print(json.dumps([done.exit_code, done.stderr]))
"""


def test_where_no_scheduler_answers_the_call_is_refused(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "days.yml").write_text(FILE, encoding="utf-8")
    held: list[socket.socket] = []

    def answer(server: socket.socket, said: bytes) -> None:
        with suppress(OSError):  # once it is closed
            while True:
                held.append(server.accept()[0])
                held[-1].sendall(said)

    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        socket.create_server(("127.0.0.1", 0)) as another,
    ):
        Thread(target=answer, args=(silent, b""), daemon=True).start()
        said = b"HTTP/1.0 400 Bad Request\r\n\r\n" * 9
        Thread(target=answer, args=(another, said), daemon=True).start()
        ports = (9, *(server.getsockname()[1] for server in (silent, another)))
        addresses = [f"tcp://127.0.0.1:{port}" for port in ports]
        done = subprocess.run(
            [sys.executable, "-c", ASK, *addresses],
            cwd=tmp_path, capture_output=True, text=True, timeout=LIMIT, check=True,
        )  # fmt: skip
    refusals = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(refusals) == len(addresses)
    for address, (status, err) in zip(addresses, refusals, strict=True):
        assert status == 2
        (line,) = [line for line in err.splitlines() if not line.startswith("building ")]
        begins = f"claimbrief: --scheduler {address}: no scheduler answers there; start"
        assert line.startswith(begins)


def test_all_that_a_brief_is_made_from_travels_and_nothing_else(tmp_path: Path) -> None:
    contents = project(tmp_path, ("declares-a-dataset.ipynb",))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "claims.csv").write_text("claim_id\n", encoding="utf-8")
    other = tmp_path / "elsewhere"
    shutil.copytree(tmp_path / "data", other)
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "kept").write_text("old", encoding="utf-8")
    (tmp_path / "notebooks" / "__pycache__").mkdir()
    (tmp_path / "notebooks" / "__pycache__" / "bridge.pyc").write_text("", encoding="utf-8")
    file = tmp_path / "both.yml"
    file.write_text("matrix: {dataset: [data, elsewhere]}\n", encoding="utf-8")
    batch = read_batch(file, contents, is_daily=False, output=None)
    names = set(project_files(batch.orders))
    assert "data/claims.csv" in names and "elsewhere/claims.csv" in names
    assert {"notebooks/brief.yml", "notebooks/bridge.py", "requirements.lock"} <= names
    assert "report/template/typst/theme.typ" in names
    assert not [name for name in names if "cache" in name or name.startswith("both")]


def test_a_worker_with_other_code_builds_nothing(tmp_path: Path) -> None:
    contents = project(tmp_path)
    (tmp_path / "days.yml").write_text(FILE, encoding="utf-8")
    batch = read_batch(tmp_path / "days.yml", contents, is_daily=False, output=None)
    files = project_files(batch.orders)
    with pytest.raises(BriefError, match="this worker has other versions"):
        build_on_worker(batch.orders[0], Terms(("html",), WARM), files, "another digest")
