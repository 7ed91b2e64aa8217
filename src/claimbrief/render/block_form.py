"""The parts that a block must have to be drawn, as its class declares them.

A cell can show any JSON, and Python puts anything into a record: what would stop the export, far
from its cell, is found here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import SimpleNamespace, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from claimbrief import blocks
from claimbrief.texts import Json

_FORMS = {form.kind: form for form in get_args(blocks.Block)}
# Parts that stay in the kernel, or that words in the brief's language do without (blocks.neutral).
_NOT_HANDED_OVER = {"drawn", "content", "lang"}
_UNSEEN = {"matplotlib": SimpleNamespace(figure=SimpleNamespace(Figure=object))}  # of `drawn`
_PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


def misfit(block: Any) -> str:
    """Return what is wrong with a block, as "rows[2].cells must be array"; "" if nothing is."""
    from fastjsonschema import JsonSchemaValueException

    kind = block.get("kind") if isinstance(block, dict) else None
    if not isinstance(kind, str) or kind not in _FORMS:
        return f"its kind must be one of {', '.join(_FORMS)}"
    try:
        _check(kind)(block)
    except JsonSchemaValueException as error:
        return str(error.message.replace("data", "it", 1).replace("it.", "", 1))[:200]
    return ""


@cache
def _check(kind: str) -> Callable[[Json], object]:
    import fastjsonschema

    check: Callable[[Json], object] = fastjsonschema.compile(_schema(_FORMS[kind]))
    return check


def _schema(form: Any) -> Json:
    """Return the JSON Schema of a type, written as `blocks.neutral` writes its values."""
    origin, inner = get_origin(form), get_args(form)
    if is_dataclass(form):
        hints = get_type_hints(form, localns=_UNSEEN)
        parts = {it.name: hints[it.name] for it in fields(form) if it.name not in _NOT_HANDED_OVER}
        schemas = {name: _schema(hint) for name, hint in parts.items()}
        return {"type": "object", "properties": schemas, "required": list(schemas)}
    if origin is tuple and inner[-1] is Ellipsis:
        return {"type": "array", "items": _schema(inner[0])}
    if origin is tuple:
        size = len(inner)
        return {
            "type": "array", "items": [*map(_schema, inner)], "minItems": size, "maxItems": size
        }  # fmt: skip
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(it) for it in inner]}
    if origin is Literal:
        return {"enum": list(inner)}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(inner[1])}
    return {"type": _PLAIN[form]} if form in _PLAIN else {}
