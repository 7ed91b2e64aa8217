"""The committed pages by the W3C's checker of HTML: no error, no warning."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from checking import PAGES, VNU, checker, java


def _reported(*paths: Path) -> list[dict[str, Any]]:
    """Return all that the checker has to say of the files."""
    command = [java(), "-jar", str(checker(VNU)), "--format", "json", "--stdout"]
    done = subprocess.run(
        [*command, *map(str, paths)], capture_output=True, text=True, encoding="utf-8", timeout=600
    )
    reported: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return reported


FAULTY = '<!DOCTYPE html><html lang="en"><title>A</title><p id="a"><img src="a" id="a">'


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """Return what the checker has to say of each page and of a faulty one."""
    faulty = tmp_path_factory.mktemp("faulty") / "faulty.html"
    faulty.write_text(FAULTY, encoding="utf-8")
    pages = {**PAGES, "faulty": faulty}
    found = _reported(*pages.values())
    addresses = {name: path.as_uri().replace("///", "/") for name, path in pages.items()}
    return {
        name: [it for it in found if it.get("url", address) == address]
        for name, address in addresses.items()
    }


@pytest.mark.parametrize("edition", PAGES)
def test_a_checker_of_html_has_nothing_to_say(
    reported: dict[str, list[dict[str, Any]]], edition: str
) -> None:
    odd = {
        f"{it['type']}, line {it.get('lastLine')}: {it['message']} {it.get('extract', '')}"
        for it in reported[edition]
    }
    assert odd == set()


@pytest.mark.parametrize("edition", PAGES)
def test_the_policy_of_a_page_names_the_hash_of_each_style_and_script(edition: str) -> None:
    page = PAGES[edition].read_text(encoding="utf-8")
    found = re.search(r'<meta content="([^"]*)" http-equiv="?Content-Security-Policy', page)
    assert found
    policy = {it.split()[0]: it.split()[1:] for it in unescape(found[1]).split("; ")}
    inline = re.findall(r"<(style|script)(?:\s[^>]*)?>(.*?)</\1>", page, re.S)
    assert "style" in {kind for kind, _ in inline}
    for kind, text in inline:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[f"{kind}-src"], kind


def test_the_checker_of_html_sees_a_fault(reported: dict[str, list[dict[str, Any]]]) -> None:
    said = " ".join(it["message"] for it in reported["faulty"] if it["type"] == "error")
    assert "“img” element must have an “alt” attribute" in said and "Duplicate ID “a”" in said
