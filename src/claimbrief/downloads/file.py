"""A file beside the page, as a block with its size and digest."""

from __future__ import annotations

import hashlib

from claimbrief.blocks import Download
from claimbrief.texts import Run, Text, text


def download(
    block_id: str,
    file_name: str,
    media_type: str,
    content: str | bytes,
    description: Text,
    rows: int,
) -> Download:
    """Return a file's block with the size in bytes and the SHA-256 of its content (text: UTF-8)."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    sha256, size = hashlib.sha256(raw).hexdigest(), len(raw)
    facts = text(f"{size:,} bytes, SHA-256 ", Run(sha256, style="code"))
    numbers = {"rows": rows, "bytes": size}
    return Download(
        block_id,
        file_name,
        media_type,
        raw,
        description,
        rows,
        size,
        sha256,
        facts,
        numbers,
    )
