"""The workspace's QA criteria, kept in memory for at most a second."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coaching.criteria import Criterion, key_of
from storage import audit
from storage.engine import Database
from storage.mapping import criterion_of_row
from storage.tables import criteria
from storage.upsert import insert_if_new

STALENESS = 1.0
"""Seconds after which an addition by another process is seen at the latest."""

_ALL = select(criteria).where(criteria.c.workspace == bindparam("of")).order_by(criteria.c.name_key)


class Catalogue:
    """Reads criteria, and remembers them until they may have changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, tuple[float, Mapping[str, Criterion]]] = {}
        self._written: dict[str, int] = {}

    async def of(self, workspace: str) -> Mapping[str, Criterion]:
        """The criteria by ID, in the order of their names."""
        clock = asyncio.get_running_loop().time
        until, known = self._known.get(workspace, (0.0, None))
        if known is not None and clock() < until:
            return known
        begun, written = clock(), self._written.get(workspace, 0)
        rows = await self._database.rows(_ALL, {"of": workspace})
        read = MappingProxyType({row.id: criterion_of_row(row) for row in rows})
        if written == self._written.get(workspace, 0):
            self._known[workspace] = (begun + STALENESS, read)
        return read

    def forget(self, workspace: str) -> None:
        """Read anew the next time, also where a read is under way."""
        self._known.pop(workspace, None)
        self._written[workspace] = self._written.get(workspace, 0) + 1


async def add(
    database: Database, workspace: str, added: Sequence[Criterion], actor: str, now: dt.datetime
) -> None:
    """Add criteria; those whose name is there already are left as they are."""

    async def work(connection: AsyncConnection) -> None:
        new = [item for item in added if await insert_criterion(connection, workspace, item)]
        if new:
            await audit.append(connection, workspace, [entry(item, actor, now) for item in new])

    await database.transact(work)


async def insert_criterion(
    connection: AsyncConnection, workspace: str, criterion: Criterion
) -> bool:
    """Insert a criterion unless its ID or its name (by `key_of`) is taken; whether it was new."""
    row = {
        "workspace": workspace,
        "id": criterion.id,
        "name": criterion.name,
        "name_key": key_of(criterion.name),
        "kind": criterion.scale.kind.value,
        "best": criterion.scale.best,
    }
    return await insert_if_new(connection, criteria, row)


def entry(criterion: Criterion, actor: str, now: dt.datetime) -> audit.Entry:
    """What the audit trail says of an added criterion."""
    return audit.Entry(at=now, actor=actor, action="criterion.added", subject=criterion.id)
