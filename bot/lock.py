"""One `coachlog run` for one SQLite file: a lock that dies with its process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.trouble import Misconfigured

_OR_ELSE = "use PostgreSQL, where any number may run"


def file_of(database_url: str) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL or a database in memory."""
    url = make_url(database_url)
    if not url.drivername.startswith("sqlite") or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database)).resolve()


@contextmanager
def sole_runner(database_url: str, *, or_else: str = _OR_ELSE) -> Iterator[None]:
    """Hold the right to run on that database while the block lasts.

    `or_else` is what else can be done than to stop the other one, as the end of a sentence.

    Raises:
        Misconfigured: another process holds it.
    """
    database = file_of(database_url)
    if database is None:
        yield
        return
    path = database.with_name(f"{database.name}.lock")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Misconfigured(
            [f"DATABASE_URL: {database} can't be written ({error.strerror}). Check the folder."]
        ) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(handle, 20, 0).decode(errors="replace").strip()
            process = f" (process {holder})" if holder else ""
            words = (
                f"Another coachlog run{process} uses {database} already. "
                f"Stop it first, or {or_else}."
            )
            raise Misconfigured([words]) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)
