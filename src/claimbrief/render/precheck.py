"""Refuses a plan's parameters, and its dataset, before a kernel starts.

A chapter checks again what it loads, but for the very dataset that was found sound here.
"""

from __future__ import annotations

import importlib
import multiprocessing
import signal
import traceback
from contextlib import chdir, suppress
from dataclasses import replace
from typing import Any

from claimbrief.errors import BriefError
from claimbrief.render.kernels import Kernels, forks
from claimbrief.render.plan import Plan


def check_plan(plan: Plan, kernels: Kernels) -> Kernels:
    """Call the kernels' check with a plan's parameters; raise the BriefError that it raises.

    Returns the kernels with what the check returned, the fingerprint of a dataset that is sound.
    It is called in a fork where kernels are warm, as the fork server has imported what it needs.
    """
    if plan.folder() is None or not kernels.check:
        return kernels
    kernels.start()  # else the check would start a fork server without what kernels need
    arguments = (str(plan.contents.notebooks), kernels.check, dict(plan.values))
    found = _checked_in_fork(*arguments) if kernels.is_warm else _checked(*arguments)
    if isinstance(found, Exception):
        raise found
    return replace(kernels, sound=(*kernels.sound, found))


def _checked_in_fork(*arguments: Any) -> Exception | str:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    with ours, theirs:
        process = forks().Process(target=_send_checked, args=(theirs, *arguments), daemon=True)
        try:
            process.start()
            theirs.close()
            # The export needs these modules: imported while the other process is at work.
            import papermill  # noqa: F401

            found: Exception | str = ours.recv()
        except (EOFError, ConnectionError):  # of this process, or of the server that forks it
            return BriefError("the process that checks the dataset was killed; build again")
        process.join()
        return found


def _send_checked(connection: Any, *arguments: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # left to the build, which ends this process
    with suppress(BrokenPipeError):
        connection.send(_checked(*arguments))


def _checked(folder: str, function: str, values: dict[str, object]) -> Exception | str:
    """Call a function from a folder; return what it returns, or raises in a form to be sent."""
    module, _, name = function.partition(":")
    try:
        with chdir(folder):
            return str(getattr(importlib.import_module(module), name)(**values))
    except BriefError as error:
        refusal = BriefError(str(error))
        refusal.exit_status = error.exit_status
        return refusal
    except Exception:
        return RuntimeError(traceback.format_exc())
