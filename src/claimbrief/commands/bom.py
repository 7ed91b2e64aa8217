"""`claimbrief bom`: what a brief is built with, as a bill of materials in CycloneDX."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import click

import claimbrief
from claimbrief.errors import BriefError
from claimbrief.render.editions import find_root
from claimbrief.render.keys import LOCK

_PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)(?: ; ([^\\\n]+?))?(?: \\)?\n", re.M)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@click.command()
def bom() -> None:
    """Print the bill of materials of the lock: CycloneDX 1.6, JSON.

    Each package has its version, its address in the registry (purl) and the hashes of its files.
    The same lock gives the same bytes: there is neither a time nor a serial number.
    """
    try:
        lock = (find_root() / LOCK).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BriefError(f"{LOCK} cannot be read: {error}; `make lock` writes it anew") from error
    click.echo(bill_of_materials(lock), nl=False)


def bill_of_materials(lock: str) -> str:
    """Return the packages of a lock as a bill of materials in CycloneDX."""
    own = {"type": "application", "name": "claimbrief", "version": claimbrief.__version__}
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**own, "bom-ref": "claimbrief"}},
        "components": list(_components(lock)),
    }
    return json.dumps(bill, ensure_ascii=False, indent=1) + "\n"


def _components(lock: str) -> Iterator[dict[str, Any]]:
    _, *parts = _PIN.split(lock)
    for name, version, marker, hashes in zip(*(parts[place::4] for place in range(4)), strict=True):
        purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
        component: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name}
        component |= {"version": version, "purl": purl}
        component["hashes"] = [
            {"alg": "SHA-256", "content": content} for content in _HASH.findall(hashes)
        ]
        if marker:
            component["properties"] = [{"name": "claimbrief:only-where", "value": marker}]
        yield component
