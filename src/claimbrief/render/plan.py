"""What is to be built: an edition and the value of each parameter, refused here if wrong.

The dataset is checked before a kernel starts. A chapter checks again what it loads, but for the
very dataset that was found sound here.
"""

from __future__ import annotations

import importlib
import multiprocessing
import signal
import traceback
from collections.abc import Mapping, Sequence
from contextlib import chdir, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from claimbrief.descriptor import DAYS, LABEL, read_descriptor, refuse_links_out, with_declared_days
from claimbrief.errors import BriefError
from claimbrief.render.editions import CONTENTS, Contents, Edition
from claimbrief.render.kernels import FORKS, Kernels
from claimbrief.render.parameters import FOLDER, declared_parameters, parse_overrides, typed_values


@dataclass(frozen=True)
class Plan:
    """What is to be built: an edition, the value of each parameter, and how the page writes them.

    `changed` names the parameters that the command line set over the edition's own values,
    `dataset` the dataset as its descriptor does ("" where the notebooks declare no days), and
    `output` is the folder that the brief is written to unless another is asked for.
    """

    contents: Contents
    edition: Edition
    values: Mapping[str, object]
    written: Mapping[str, str]
    changed: tuple[str, ...]
    dataset: str
    output: Path

    def folder(self) -> Path | None:
        """The dataset's folder, as the notebooks see it; None if no parameter names it."""
        return _folder(self.contents, self.values)


def planned(contents: Contents, name: str | None, overrides: Sequence[str], here: Path) -> Plan:
    """Return the plan for an edition (None: the default one) with `name=value` overrides.

    A folder given as an override is relative to `here`. Raises ParameterError.
    """
    declared = declared_parameters(contents)
    changed = parse_overrides(declared, overrides)
    if FOLDER in changed:
        changed[FOLDER] = str((here / str(changed[FOLDER])).resolve())
    return changed_plan(contents, name, changed)


def changed_plan(contents: Contents, name: str | None, changed: Mapping[str, object]) -> Plan:
    """Return the plan for an edition (None: the default one) with other values of the right type.

    A folder among them is a whole path, of which the page writes the name alone. Days that are
    empty are those that the dataset declares. Raises ParameterError if the edition has an unknown
    name or an ill-typed value, DatasetError if a dataset cannot be read or declares no days.
    """
    edition = contents.edition(name)
    declared = declared_parameters(contents)
    own = typed_values(declared, edition.parameters, CONTENTS.name)
    defaults = {key: parameter.default for key, parameter in declared.items()}
    values = {**defaults, **own, **changed}
    folder = _folder(contents, values)
    about: Mapping[str, Any] = {}
    if folder is not None:
        refuse_links_out(folder)
    if folder is not None and set(DAYS) <= set(values):
        about = read_descriptor(folder)[0]
        values = with_declared_days(values, about)
    written = {key: _written(value) for key, value in values.items()}
    if FOLDER in changed:
        written[FOLDER] = Path(str(changed[FOLDER])).name
    is_other = folder is not None and folder != _folder(contents, {**defaults, **own})
    output = _output(contents, edition, folder if is_other else None)
    dataset = str(about.get("name", ""))
    if about and is_other and edition.name == contents.default:
        edition = replace(edition, name=dataset, label=str(about.get("label", LABEL)))
    return Plan(contents, edition, values, written, tuple(changed), dataset, output)


def day_note(values: Mapping[str, object]) -> str:
    """Return the words that say that the brief's day lies outside its window; "" if it does not."""
    if not set(DAYS) <= set(values):
        return ""
    start, end, as_of = (str(values[name]) for name in DAYS)
    if start <= as_of <= end:
        return ""
    side = "before" if as_of < start else "after"
    return f"note: as_of {as_of} lies {side} the window, {start} to {end}"


def _folder(contents: Contents, values: Mapping[str, object]) -> Path | None:
    value = values.get(FOLDER)
    return (contents.notebooks / str(value)).resolve() if value else None


def _output(contents: Contents, edition: Edition, other: Path | None) -> Path:
    """Return where an edition goes; that of another dataset into a folder named as the dataset's.

    So no brief is ever written over one of another dataset unless it is asked for.
    """
    report = contents.root / "report"
    if other is not None:
        report /= other.name
    return report if edition.name == contents.default else report / edition.name


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text or "not set"


def check_plan(plan: Plan, kernels: Kernels) -> Kernels:
    """Call the kernels' check with a plan's parameters; raise the BriefError that it raises.

    Returns the kernels with what the check returned, the fingerprint of a dataset that is sound.
    It is called in a fork where kernels are warm, as the fork server has imported what it needs.
    """
    if plan.folder() is None:
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
        process = FORKS.Process(target=_send_checked, args=(theirs, *arguments), daemon=True)
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
