"""The audit trail: append-only entries, chained by hash per workspace.

An entry holds IDs and a hash salted per log, never words or names.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coaching.log import Log
from storage.engine import Database, compact
from storage.mapping import canonical, log_of_row
from storage.tables import audit_entries, audit_heads, logs
from storage.upsert import insert_into

GENESIS = "0" * 64
"""What the first entry of a workspace names as its predecessor."""
# A trail of any length is read with the memory of a thousand rows.
_IN_BATCHES = {"yield_per": 1000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is to be written down; `subject` is the ID of the log, person or team it is about.

    `state_hash` is empty where the change is not one of a log.
    """

    at: dt.datetime
    actor: str
    action: str
    subject: str = ""
    state_hash: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the trail and the data part: the entry's number, its subject, and what is wrong."""

    seq: int
    subject: str
    why: str


def state_hash(log: Log, salt: bytes) -> str:
    """The hash of a log as it is stored; without the salt it says nothing of the log."""
    return hashlib.sha256(salt + canonical(log)).hexdigest()


async def append(connection: AsyncConnection, workspace: str, entries: Sequence[Entry]) -> None:
    """Write entries as the last thing in a transaction: the head's row stays locked to its end."""
    inserting = insert_into(audit_heads, connection)
    taking = inserting.on_conflict_do_update(
        index_elements=["workspace"],
        set_={"seq": audit_heads.c.seq + inserting.excluded.seq},
    ).returning(audit_heads.c.seq, audit_heads.c.hash)
    start = {"workspace": workspace, "seq": len(entries), "hash": GENESIS}
    head = (await connection.execute(taking, start)).one()
    previous, rows = head.hash, []
    for seq, entry in enumerate(entries, head.seq - len(entries) + 1):
        row = {
            "workspace": workspace,
            "seq": seq,
            "at": entry.at,
            "actor": entry.actor,
            "action": entry.action,
            "subject": entry.subject,
            "state_hash": entry.state_hash,
            "previous": previous,
        }
        previous = row["hash"] = _hash_of(row)
        rows.append(row)
    await connection.execute(audit_entries.insert(), rows)
    await connection.execute(_MOVE_HEAD, {"of": workspace, "hash": previous})


_MOVE_HEAD = update(audit_heads).where(audit_heads.c.workspace == bindparam("of"))


def _hash_of(row: dict[str, Any]) -> str:
    stated = [
        row["workspace"],
        row["seq"],
        row["at"].astimezone(dt.UTC).isoformat(),
        row["actor"],
        row["action"],
        row["subject"],
        row["state_hash"],
        row["previous"],
    ]
    return hashlib.sha256(compact(stated).encode()).hexdigest()


async def verify(database: Database, workspace: str) -> Broken | None:
    """Read the whole trail, and each log beside its newest entry; None where all of it holds."""
    async with database.snapshot() as connection:
        return await _broken_chain(connection, workspace) or await _altered_log(
            connection, workspace
        )


async def _broken_chain(connection: AsyncConnection, workspace: str) -> Broken | None:
    query = (
        select(audit_entries)
        .where(
            audit_entries.c.workspace == workspace,
        )
        .order_by(audit_entries.c.seq)
    )
    seq, previous = 0, GENESIS
    async with connection.stream(query, execution_options=_IN_BATCHES) as rows:
        async for row in rows.mappings():
            seq += 1
            if row["seq"] != seq:
                return Broken(seq, "", "The entry is missing.")
            if row["previous"] != previous:
                return Broken(seq, row["subject"], "It does not follow the entry before it.")
            previous = row["hash"]
            if previous != _hash_of(dict(row)):
                return Broken(seq, row["subject"], "The entry was altered.")
    kept = select(audit_heads.c.seq, audit_heads.c.hash).where(audit_heads.c.workspace == workspace)
    head = (await connection.execute(kept)).one_or_none()
    if head is None:
        return Broken(seq, "", "The head of the trail is missing.") if seq else None
    if (head.seq, head.hash) != (seq, previous):
        return Broken(seq + 1, "", "Entries are missing at the end.")
    return None


async def _altered_log(connection: AsyncConnection, workspace: str) -> Broken | None:
    newest = (
        select(
            audit_entries.c.subject,
            func.max(audit_entries.c.seq).label("seq"),
        )
        .where(audit_entries.c.workspace == workspace, audit_entries.c.state_hash != "")
        .group_by(audit_entries.c.subject)
        .subquery()
    )
    entries = select(newest.c.subject, newest.c.seq, audit_entries.c.state_hash).join(
        audit_entries,
        (audit_entries.c.workspace == workspace) & (audit_entries.c.seq == newest.c.seq),
    )
    last = entries.subquery()
    missing = (
        select(last.c.subject, last.c.seq)
        .outerjoin(logs, (logs.c.workspace == workspace) & (logs.c.id == last.c.subject))
        .where(logs.c.id.is_(None))
        .order_by(last.c.seq)
        .limit(1)
    )
    gone = (await connection.execute(missing)).one_or_none()
    if gone is not None:
        return Broken(gone.seq, gone.subject, "The log is missing.")
    query = (
        select(logs, last.c.seq, last.c.state_hash)
        .outerjoin(last, last.c.subject == logs.c.id)
        .where(logs.c.workspace == workspace)
        .order_by(logs.c.number)
    )
    async with connection.stream(query, execution_options=_IN_BATCHES) as rows:
        async for row in rows:
            if row.seq is None:
                return Broken(0, row.id, "The log was written past the trail.")
            # Without its salt an erased log can't be compared, and need not be.
            if row.salt is not None and state_hash(log_of_row(row), row.salt) != row.state_hash:
                return Broken(row.seq, row.id, "The log was altered after this entry.")
    return None
