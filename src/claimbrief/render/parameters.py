"""The parameters that chapters declare, and the values that a build gives them.

Everything is refused here, before a notebook runs: papermill itself would only warn of a misspelt
name and then run on the default.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimbrief.errors import ParameterError
from claimbrief.render.editions import Contents, nearest
from claimbrief.render.notebook import read_notebook

# The parameter that names a folder: on the command line it is relative to the working folder.
FOLDER = "dataset"

_TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool, "list": list}
_ACCEPTED = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "list": "texts",
}
_SPELT = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True)
class Parameter:
    """A declared parameter; `kind` is str, int, float, bool or list."""

    name: str
    kind: str
    default: object
    help: str


def declared_parameters(contents: Contents) -> dict[str, Parameter]:
    """Return the parameters that every chapter declares, in the order of the first chapter.

    Raises ParameterError if a chapter declares none, or if two chapters disagree.
    """
    first, *others = contents.chapters
    declared = _declared(first)
    for chapter in others:
        _agree(first.name, declared, chapter.name, _declared(chapter))
    return declared


def literal_path(path: Path) -> str:
    """Return the path as papermill takes it, which would read braces as parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _declared(chapter: Path) -> dict[str, Parameter]:
    """Return what the cell tagged 'parameters' sets, by name."""
    cells = read_notebook(chapter)["cells"]
    tagged = [it["source"] for it in cells if "parameters" in it["metadata"].get("tags", [])]
    source = "".join(tagged)  # there are no two such cells
    try:
        parameters = [
            _parameter(chapter.name, it, source.splitlines())
            for it in ast.parse(source).body
            if isinstance(it, ast.Assign | ast.AnnAssign) and it.value
        ]
    except SyntaxError as error:
        cause = f"line {error.lineno}: {error.msg}"
        raise ParameterError(f"{chapter.name}: the cell tagged 'parameters', {cause}") from error
    if not parameters:
        raise ParameterError(
            f"{chapter.name} declares no parameters; give it a cell tagged 'parameters' with "
            'annotated, commented lines such as: as_of: str = ""  # the day of the brief'
        )
    return {it.name: it for it in parameters}


def _parameter(
    chapter: str, assigned: ast.Assign | ast.AnnAssign, lines: Sequence[str]
) -> Parameter:
    if isinstance(assigned, ast.AnnAssign):
        name, kind = ast.unparse(assigned.target), ast.unparse(assigned.annotation)
    else:
        name, kind = ast.unparse(assigned.targets[0]), "None"
    kind, written = kind.partition("[")[0], ast.unparse(assigned.value) if assigned.value else ""
    if kind not in _TYPES:
        known = ", ".join(_TYPES)
        raise ParameterError(f"{chapter}: parameter {name} is annotated {kind!r}, not as {known}")
    try:
        default = ast.literal_eval(written)
    except (ValueError, TypeError) as error:  # a list as a key is of the wrong type
        raise ParameterError(
            f"{chapter}: the default of {name} is {written}, not a plain value"
        ) from error
    last_line = lines[(assigned.end_lineno or 0) - 1].encode()
    comment = last_line[assigned.end_col_offset :].decode().lstrip("# ")
    return Parameter(name, kind, _checked(name, kind, default, f"{chapter}: "), comment)


def _agree(
    first: str, there: Mapping[str, Parameter], chapter: str, here: Mapping[str, Parameter]
) -> None:
    if set(here) != set(there):
        alone = ", ".join(sorted(set(here) ^ set(there)))
        raise ParameterError(f"{first} and {chapter} declare different parameters: {alone}")
    for name, parameter in here.items():
        if (parameter.kind, parameter.default) != (there[name].kind, there[name].default):
            raise ParameterError(
                f"{first} and {chapter} disagree on the parameter {name}: "
                f"{there[name].kind} = {there[name].default!r} and "
                f"{parameter.kind} = {parameter.default!r}; accepted: the same default in all. "
                f"To set it for all chapters, use `claimbrief build -p {name}=…` or an edition "
                "in notebooks/brief.yml"
            )


def parse_overrides(declared: Mapping[str, Parameter], written: Sequence[str]) -> dict[str, object]:
    """Return the values of `name=value` texts by name.

    Raises ParameterError for a text without "=", an unknown or repeated name or an ill-typed value.
    """
    values: dict[str, object] = {}
    for text in written:
        name, equals, value = text.partition("=")
        if not equals:
            raise ParameterError(f"-p {text}: accepted: name=value")
        _known(name, declared)
        if name in values:
            raise ParameterError(f"-p {name} is given twice")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ParameterError(f"{name}: found {value!r}; accepted: text in UTF-8") from None
        values[name] = _parsed(name, declared[name].kind, value)
    return values


def typed_values(
    declared: Mapping[str, Parameter], chosen: Mapping[str, object], where: str
) -> dict[str, object]:
    """Return values that a file, named by `where`, gives by name.

    Raises ParameterError for an unknown name or an ill-typed value.
    """
    named = {str(name): value for name, value in chosen.items()}
    for name in named:
        _known(name, declared)
    return {
        name: _checked(name, declared[name].kind, value, f"{where}: ")
        for name, value in named.items()
    }


def _known(name: str, declared: Mapping[str, Parameter]) -> None:
    if name not in declared:
        raise ParameterError(f"no parameter is named {name!r}{nearest(name, declared)}")


def _parsed(name: str, kind: str, text: str) -> object:
    """Return the value that a text on the command line means.

    A text stays as it was typed: YAML would make a date of 2024-10-10.
    """
    if kind == "str":
        return text
    if kind == "list":
        return [item.strip() for item in text.split(",") if item.strip()]
    if kind == "bool" and text.lower() in _SPELT:
        return _SPELT[text.lower()]
    try:
        return {"int": int, "float": float}[kind](text)
    except (KeyError, ValueError):
        raise ParameterError(f"{name}: found {text!r}; accepted: {_ACCEPTED[kind]}") from None


def _checked(name: str, kind: str, value: object, where: str) -> object:
    """Return the value if it is of this kind (an int will do for a float)."""
    if kind == "float" and type(value) is int:
        return float(value)
    is_texts = not isinstance(value, list) or all(isinstance(item, str) for item in value)
    if type(value) is not _TYPES[kind] or not is_texts:
        raise ParameterError(f"{where}{name}: found {value!r}; accepted: {_ACCEPTED[kind]}")
    return value
