"""Node.js for tests: an app's packages, installed once for each lock file."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest


def node_path() -> str:
    """Where Node.js is. Skips without it or npm; with CI=true it fails."""
    found = shutil.which("node")
    if not found or not shutil.which("npm"):
        _nothing_tried("NO NODE: node and npm are not on this machine (Debian: apt install npm)")
    return found


def _nothing_tried(why: str) -> NoReturn:
    reason = f"{why}, so no app in JavaScript was tried."
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


async def installed(app: Path) -> Path:
    """A copy of the app's folder with its packages in it, kept until its files change.

    Skips where the packages can't be had, as without a network; with CI=true it fails.
    """
    node_path()
    return await asyncio.to_thread(_installed, app)


def _installed(app: Path) -> Path:
    sources = [one for one in sorted(app.iterdir()) if one.is_file()]
    digest = hashlib.sha256(b"".join(one.read_bytes() for one in sources)).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "playground-node" / digest
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        # Tests in several processes; the first installs.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "installed").exists():
            for one in sources:
                shutil.copy(one, folder)
            command = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            done = subprocess.run(  # noqa: S603 - our own words
                command, cwd=folder, capture_output=True, text=True, check=False
            )
            if done.returncode:
                _nothing_tried(f"NO PACKAGES: npm ci failed ({done.stderr.strip()[-300:]})")
            (folder / "installed").touch()
    return folder
