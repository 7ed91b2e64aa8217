"""The command line: parse, call, print, exit status.

What is heavy (pandas, papermill, nbconvert, Typst) is imported by the command that needs it, so
that help comes at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import claimbrief
from claimbrief import console
from claimbrief.commands import briefs, reading, tidy, writing
from claimbrief.errors import BriefError

if TYPE_CHECKING:
    from claimbrief.render.editions import Contents
    from claimbrief.render.kernels import Kernels

_CACHE = ".cache"  # in the project's folder: results of earlier builds
_Folder = click.Path(file_okay=False, path_type=Path)
_WAYS = (
    click.option("--fresh", "is_fresh", is_flag=True, help="Use nothing of earlier builds."),
    click.option("--cold", "is_cold", is_flag=True, help="Start each chapter's kernel anew."),
    click.option(
        "--time-limit",
        type=click.IntRange(1),
        default=600,
        show_default=True,
        metavar="S",
        help="Seconds that a cell may run.",
    ),
)


def _with_ways(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_WAYS):
        command = option(command)
    return command


@contextmanager
def _errors_as_exits() -> Iterator[None]:
    """Print an error and end with its status, though standard error may take nothing."""
    try:
        yield
    except BriefError as error:
        console.say(f"claimbrief: {error}")
        raise click.exceptions.Exit(error.exit_status) from error
    except click.ClickException as error:
        with suppress(OSError):
            error.show()
        raise click.exceptions.Exit(error.exit_code) from error


class _BriefGroup(click.Group):
    """A group of commands that prints a BriefError, or what a system refuses, in a line."""

    def make_context(self, *args: Any, **settings: Any) -> click.Context:
        with _errors_as_exits():
            return super().make_context(*args, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        with _errors_as_exits(), console.signals_as_exits():
            return super().invoke(ctx)

    def main(self, *args: Any, **settings: Any) -> Any:
        console.open_closed_streams()
        with console.any_text():
            try:
                return super().main(*args, **settings)
            except OSError as error:
                console.say(f"claimbrief: {console.refusal(error)}")
                sys.exit(1)
            finally:
                console.forget_output()


@click.group(cls=_BriefGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(claimbrief.__version__, prog_name="claimbrief")
def main() -> None:
    """Who asserts what, on what evidence, since when: a brief from a claims dataset.

    Exit status: 0 fine; 1 the data, a notebook or a page is at fault; 2 wrong usage.
    """


@main.command()
@click.argument("edition", required=False)
@click.option(
    "-p", "written", multiple=True, metavar="NAME=VALUE", help="Set a parameter; may be repeated."
)
@click.option(
    "--output",
    type=_Folder,
    metavar="DIR",
    help="Write here. [default: report/, or report/EDITION/ for another than the default edition; "
    "with -p dataset=FOLDER, report/ and the name of FOLDER]",
)
@click.option("--all", "is_all", is_flag=True, help="Build every edition, each into its folder.")
@click.option(
    "--format", "only", type=click.Choice(["html", "pdf"]), help="Write this one. [default: both]"
)
@_with_ways
def build(
    edition: str | None,
    written: tuple[str, ...],
    output: Path | None,
    is_all: bool,
    only: str | None,
    is_fresh: bool,
    is_cold: bool,
    time_limit: int,
) -> None:
    """Build an EDITION of the brief: brief.html, brief.pdf, numbers.json and the data.

    The editions are those of notebooks/brief.yml. Only what has changed since an earlier build is
    done again. Nothing is written unless all went well.
    """
    from claimbrief.render import build as building
    from claimbrief.render.cache import Cache
    from claimbrief.render.plan import check_plan, day_note, planned

    if is_all and (edition or output):
        raise click.UsageError("--all builds each edition into its own folder; name neither")
    contents = _contents()
    cache = Cache(contents.root / _CACHE, is_read=not is_fresh)
    formats = (only,) if only else building.FORMATS
    kernels = _kernels(contents.root, is_cold, time_limit)
    if cache.is_empty:
        kernels.start()  # it imports while the call is looked at
    names = contents.editions if is_all else [edition]
    plans = [planned(contents, name, written, Path.cwd()) for name in names]
    works = [building.work_for(plan, output or plan.output, formats) for plan in plans]
    for work in filter(lambda it: building.has_chapters_to_run(it, cache), works):
        kernels = check_plan(work.plan, kernels)
    for work in works:
        console.say(f"building {work.plan.edition.name}: {work.plan.edition.label}")
        if note := day_note(work.plan.values):
            console.say(note)
        files = building.build(work, cache, kernels, console.say)
        folder = output or work.output.relative_to(contents.root)
        for line in [f"wrote {folder / it.name}" for it in files] or [f"unchanged: {folder}"]:
            click.echo(line)


@main.command()
@click.argument("file", metavar="FILE.yml", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--daily", "is_daily", is_flag=True, help="One brief for each day of the window.")
@click.option("--output", type=_Folder, metavar="DIR", help="Write here. [default: as FILE says]")
@click.option("--resume", "is_resumed", is_flag=True, help="Build only what is not there.")
@click.option("--workers", type=click.IntRange(1), help="Processes. [default: one a core]")
@click.option("--scheduler", metavar="ADDRESS", help="Build on the Dask cluster at this address.")
@_with_ways
@click.pass_context
def batch(ctx: click.Context, /, file: Path, **asked: Any) -> None:
    """Build many editions at once: each combination of the values that FILE.yml lists.

    FILE.yml may have: edition, output (a folder), formats, parameters (that all share) and matrix
    (a list of values for each parameter). What fails is listed at the end, and the rest is built.
    """
    from claimbrief.batch.orders import read_batch
    from claimbrief.batch.run import Terms, build_batch, summary

    contents = _contents()
    ordered = read_batch(file, contents, is_daily=asked["is_daily"], output=asked["output"])
    terms = Terms(
        ordered.formats,
        _kernels(contents.root, asked["is_cold"], asked["time_limit"]),
        cache=contents.root / _CACHE,
        is_fresh=asked["is_fresh"],
    )
    console.say(f"building {len(ordered.orders)} briefs into {ordered.output}")
    outcomes = build_batch(
        ordered,
        terms,
        console.say,
        is_resumed=asked["is_resumed"],
        workers=asked["workers"] or _cores(),
        scheduler=asked["scheduler"],
    )
    for line in summary(outcomes):
        click.echo(line)
    ctx.exit(int(any(outcome.failure for outcome in outcomes)))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@main.command()
def parameters() -> None:
    """List the parameters (name, type, default, help) and the editions."""
    from claimbrief.render.parameters import declared_parameters

    contents = _contents()
    declared = declared_parameters(contents)
    width = max(map(len, declared))
    for name, it in declared.items():
        click.echo(f"{name:<{width}}  {it.kind:<5}  {it.default!r}")
        if it.help:
            click.echo(f"{'':<{width}}  {it.help}")
    click.echo("\neditions")
    for edition in contents.editions.values():
        mark = " (default)" if edition.name == contents.default else ""
        listed = ", ".join(f"{name} = {value!r}" for name, value in edition.parameters.items())
        chosen = f" ({listed})" if listed else ""
        click.echo(f"  {edition.name}{mark}: {edition.label}{chosen}")


def _kernels(root: Path, is_cold: bool, time_limit: int) -> Kernels:
    from claimbrief.render.kernels import Kernels

    console.refuse_few_files()
    console.refuse_other_names(root)
    return Kernels(is_cold, time_limit=time_limit)


def _contents() -> Contents:
    from claimbrief.render.editions import find_root, read_contents

    return read_contents(find_root())


for _command in (
    *(reading.agreement, reading.check, reading.locate, reading.uncoded),
    *(writing.add, writing.new, tidy.tidy, briefs.bom, briefs.diff, briefs.verify),
):
    main.add_command(_command)
