"""Refuses a plan's parameters before a kernel starts; each chapter checks what it loads again."""

from __future__ import annotations

import importlib
import multiprocessing
import signal
import traceback
from contextlib import chdir, suppress
from typing import Any

from claimbrief.errors import BriefError
from claimbrief.render.kernels import Kernels, forks
from claimbrief.render.plan import Plan


def check_plan(plan: Plan, kernels: Kernels) -> None:
    """Call the kernels' check with a plan's parameters; raise the BriefError that it raises.

    It is called in a fork where kernels are warm, as the fork server has imported what it needs.
    """
    if plan.folder() is None or not kernels.check:
        return
    arguments = (str(plan.contents.notebooks), kernels.check, dict(plan.values))
    refusal = _checked_in_fork(*arguments) if kernels.is_warm else _checked(*arguments)
    if refusal is not None:
        raise refusal


def _checked_in_fork(*arguments: Any) -> Exception | None:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    with ours:
        process = forks().Process(target=_send_checked, args=(theirs, *arguments), daemon=True)
        process.start()
        theirs.close()
        # The export needs these modules: imported while the other process is at work.
        import papermill  # noqa: F401

        try:
            refusal: Exception | None = ours.recv()
        except EOFError:
            return BriefError("the process that checks the dataset was killed")
        process.join()
        return refusal


def _send_checked(connection: Any, *arguments: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # left to the build, which ends this process
    with suppress(BrokenPipeError):
        connection.send(_checked(*arguments))


def _checked(folder: str, function: str, values: dict[str, object]) -> Exception | None:
    """Call a function from a folder; return what it raises, in a form that can be sent."""
    module, _, name = function.partition(":")
    try:
        with chdir(folder):
            getattr(importlib.import_module(module), name)(**values)
    except BriefError as error:
        refusal = BriefError(str(error))
        refusal.exit_status = error.exit_status
        return refusal
    except Exception:
        return RuntimeError(traceback.format_exc())
    return None
