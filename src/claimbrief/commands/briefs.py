"""The commands on built briefs and what they are built with: diff, verify and bom."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

import claimbrief
from claimbrief.commands.reading import FOLDER
from claimbrief.errors import LISTED, BriefError
from claimbrief.render.editions import find_root, read_contents
from claimbrief.render.keys import LOCK

_PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)(?: ; ([^\\\n]+?))?(?: \\)?\n", re.M)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "face",
    type=click.Choice(["text", "markdown"]),
    default="text",
    help="Output format. [default: text]",
)
@click.option(
    "--dataset",
    type=FOLDER,
    metavar="DIR",
    help="Dataset of an OLD or NEW that is a day. [default: data/ of the project]",
)
def diff(old: str, new: str, face: str, dataset: Path | None) -> None:
    """Print what changed from OLD to NEW: statements, codes, sides, evidence, figures, sentences.

    Each is a dataset (a folder with datapackage.json), a built brief (a folder with numbers.json),
    a day (2024-10-18) or a git revision of the project.
    """
    from claimbrief.compare.changes import changes, lead, tables
    from claimbrief.compare.faces import FACES
    from claimbrief.compare.snapshot import snapshots

    before, after = snapshots(old, new, find_root(), dataset)
    found = changes(before, after)
    title = f"What changed from {before.name} to {after.name}"
    parts = (lead(found, before, after), tables(found, before, after))
    click.echo(FACES[face](title, *parts), nl=False)


@click.command()
@click.argument("folder", type=FOLDER)
@click.option(
    "--dataset", type=FOLDER, metavar="DIR", help="The dataset of the brief, if not the project's."
)
@click.pass_context
def verify(ctx: click.Context, folder: Path, dataset: Path | None) -> None:
    """Build the brief in FOLDER again and say whether it is the same, byte for byte.

    It is built with the edition and the parameters that its page states, in a temporary folder,
    and only if the lock, version and dataset match the page. What differs is listed by file and
    block, with exit status 1.
    """
    from claimbrief.compare.rebuild import differences, plan_of, refuse_other_ground, stated
    from claimbrief.render.kernels import Kernels

    about = stated(folder)
    plan = plan_of(about, read_contents(find_root()), dataset)
    refuse_other_ground(about, plan)
    files, found = differences(folder, plan, Kernels(), lambda line: click.echo(line, err=True))
    for name, parts in found.items():
        more = f" and {len(parts) - LISTED} more" if len(parts) > LISTED else ""
        listed = f": {', '.join(parts[:LISTED])}{more}" if parts else ""
        click.echo(f"{name} differs{listed}")
    if not found:
        click.echo(f"same: {', '.join(files)}")
    ctx.exit(int(bool(found)))


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
