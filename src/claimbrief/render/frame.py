"""The frame of a page or PDF, which nbconvert exports: all but what fills its cells.

nbconvert converts notebooks, so a frame is made from a notebook: of each cell its kind and what
opens with it. What fills the cells is drawn by page and PDFs and put in there, so that a frame can
be kept while words are edited: to import nbconvert alone takes half a second.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateNotFound

from claimbrief.errors import PageError
from claimbrief.render.cache import Cache
from claimbrief.render.document import Document
from claimbrief.render.keys import digest, files_digest, installed, package_digest
from claimbrief.texts import Json

_PUT_BACK = "put it back as it came with the project"


def frame(
    document: Document, templates: Path, suffix: str, resources: Mapping[str, object], kept: Cache
) -> str:
    """Return what the template of a folder, index and `suffix`, makes of a document's frame.

    It is kept and exported again only when the frame, the templates or a version has changed.
    Raises PageError if a template is not as it was.
    """
    heads: list[Json] = [
        {name: it[name] for name in ("chapter", "notes") if name in it} for it in document.cells
    ]
    kinds = ["code" if "block" in cell else "markdown" for cell in document.cells]
    theme = files_digest(templates, templates.glob("*"))
    versions = (package_digest(above=True), installed())
    key = digest("frame", suffix, dict(resources), document.about, heads, kinds, theme, *versions)

    def exported() -> bytes:
        return _exported(
            _frame_notebook(document.about, heads, kinds), templates, suffix, resources
        )

    return kept.get_or_make("frames", key, exported).decode("utf-8")


def _frame_notebook(about: Json, heads: Sequence[Json], kinds: Sequence[str]) -> Any:
    """Return a notebook with a cell of each kind, its head as metadata, and nothing in it."""
    from nbformat import v4

    new: Any = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell}  # they have no types
    cells = [
        new[kind](id=f"cell-{number}", metadata=head)
        for number, (kind, head) in enumerate(zip(kinds, heads, strict=True), 1)
    ]
    notebook: Any = v4.new_notebook  # nor has this
    return notebook(metadata={"brief": about}, cells=cells)


def _exported(
    notebook: Any, templates: Path, suffix: str, resources: Mapping[str, object]
) -> bytes:
    from nbconvert.exporters import TemplateExporter

    from claimbrief.block_html import turned

    class Exporter(TemplateExporter):
        """An exporter with the templates of this project and of nbconvert, none of the user's."""

        def get_prefix_root_dirs(self) -> list[str]:
            """Return where nbconvert's own templates are: in this environment alone."""
            return [str(Path(sys.prefix) / "share" / "jupyter")]

        def _create_environment(self) -> Any:
            environment = super()._create_environment()  # type: ignore[no-untyped-call]
            environment.autoescape = True
            return environment

    try:
        exporter: Any = Exporter(  # type: ignore[no-untyped-call]
            extra_template_basedirs=[str(templates.parent)],
            template_name=templates.name,
            template_extension=suffix,
            filters={"turned": turned},
            default_preprocessors=[],  # one changes cells, and costs a check of the whole notebook
        )
        assert exporter.template
    except Exception as error:  # nbconvert and Jinja each raise errors of their own
        raise PageError(_template_fault(error)) from error
    with template_faults():
        written, _ = exporter.from_notebook_node(notebook, dict(resources))
    return str(written).encode("utf-8")


@contextmanager
def template_faults() -> Iterator[None]:
    """Raise PageError if a template cannot be read or filled, and say why."""
    try:
        yield
    except (TemplateError, UnicodeDecodeError, OSError) as error:
        raise PageError(_template_fault(error)) from error


def _template_fault(error: Exception) -> str:
    name = getattr(error, "name", None) or getattr(error, "filename", None)
    line = getattr(error, "lineno", None)
    place = f" {name}{f', line {line}' if line else ''}" if name else ""
    is_absent = isinstance(error, TemplateNotFound)
    cause = "no such file" if is_absent else " ".join(str(error).split()) or type(error).__name__
    return f"report/template/: a template{place} cannot be used: {cause}; {_PUT_BACK}"


def template_text(path: Path) -> str:
    """Return the text of a file of the template folder; PageError if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        cause = getattr(error, "strerror", None) or "it is not in UTF-8"
        raise PageError(f"report/template/: {path.name}: {cause}; {_PUT_BACK}") from error
