"""What is to be built: an edition and the value of each parameter, refused here if wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimbrief.render.cache import Cache
from claimbrief.render.editions import CONTENTS, Contents, Edition
from claimbrief.render.parameters import (
    FOLDER,
    declared_parameters,
    parse_overrides,
    typed_values,
)


@dataclass(frozen=True)
class Plan:
    """What is to be built: an edition, the value of each parameter, and how the page writes them.

    `changed` names the parameters that the command line set over the edition's own values.
    """

    contents: Contents
    edition: Edition
    values: Mapping[str, object]
    written: Mapping[str, str]
    changed: tuple[str, ...]

    @property
    def output(self) -> Path:
        """The folder that this edition is written to unless another is asked for."""
        report = self.contents.root / "report"
        is_default = self.edition.name == self.contents.default
        return report if is_default else report / self.edition.name

    def folder(self, name: str = FOLDER) -> Path | None:
        """The folder that a parameter names, as the notebooks see it; None if there is none."""
        value = self.values.get(name)
        return (self.contents.notebooks / str(value)).resolve() if value else None


def planned(
    contents: Contents,
    name: str | None,
    overrides: Sequence[str],
    here: Path,
    cache: Cache | None = None,
) -> Plan:
    """Return the plan for an edition (None: the default one) with `name=value` overrides.

    A folder given as an override is relative to `here`. Raises ParameterError.
    """
    declared = declared_parameters(contents, cache or Cache(None))
    changed = parse_overrides(declared, overrides)
    if FOLDER in changed:
        changed[FOLDER] = str((here / str(changed[FOLDER])).resolve())
    return changed_plan(contents, name, changed, cache)


def changed_plan(
    contents: Contents, name: str | None, changed: Mapping[str, object], cache: Cache | None = None
) -> Plan:
    """Return the plan for an edition (None: the default one) with other values of the right type.

    A folder among them is a whole path, of which the page writes the name alone. Raises
    ParameterError if the edition has an unknown name or an ill-typed value.
    """
    edition = contents.edition(name)
    declared = declared_parameters(contents, cache or Cache(None))
    own = typed_values(declared, edition.parameters, CONTENTS.name)
    defaults = {key: parameter.default for key, parameter in declared.items()}
    values = {**defaults, **own, **changed}
    written = {key: _written(value) for key, value in values.items()}
    if FOLDER in changed:
        written[FOLDER] = Path(str(changed[FOLDER])).name
    return Plan(contents, edition, values, written, tuple(changed))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text or "not set"
