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


def _told(*paths: Path) -> list[dict[str, Any]]:
    """Return all that the checker has to say of the files."""
    command = [java(), "-jar", str(checker(VNU)), "--format", "json", "--stdout"]
    done = subprocess.run(
        [*command, *map(str, paths)], capture_output=True, text=True, encoding="utf-8", timeout=600
    )
    told: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return told


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    return _told(*PAGES.values())


@pytest.mark.parametrize("edition", PAGES)
def test_a_checker_of_html_has_nothing_to_say(told: list[dict[str, Any]], edition: str) -> None:
    address = PAGES[edition].as_uri().replace("///", "/")
    mine = [one for one in told if one.get("url", address) == address]
    odd = {
        f"{one['type']}, line {one.get('lastLine')}: {one['message']} {one.get('extract', '')}"
        for one in mine
    }
    assert odd == set()


@pytest.mark.parametrize("edition", PAGES)
def test_the_policy_of_a_page_names_the_hash_of_each_style_and_script(edition: str) -> None:
    page = PAGES[edition].read_text(encoding="utf-8")
    found = re.search(r'<meta content="([^"]*)" http-equiv="?Content-Security-Policy', page)
    assert found
    policy = {one.split()[0]: one.split()[1:] for one in unescape(found[1]).split("; ")}
    inline = re.findall(r"<(style|script)(?:\s[^>]*)?>(.*?)</\1>", page, re.S)
    assert "style" in {kind for kind, _ in inline}
    for kind, text in inline:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[f"{kind}-src"], kind


def test_the_checker_of_html_sees_a_fault(tmp_path: Path) -> None:
    page = tmp_path / "faulty.html"
    page.write_text('<!DOCTYPE html><html lang="en"><title>A</title><p id="a"><img src="a" id="a">')
    said = " ".join(one["message"] for one in _told(page) if one["type"] == "error")
    assert "“img” element must have an “alt” attribute" in said and "Duplicate ID “a”" in said
