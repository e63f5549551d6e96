"""Letters: one message for all that is due for one person at one time.

A reminder waits without a worker; its letter is claimed like any notice and gathers, in one
statement, what is due for its receiver. A person has one letter under way at a time: after an
outage the oldest takes everything, and the others find nothing left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Update, func, literal, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coaching.notices import REMINDERS, SNOOZED, NoticeKind, alike
from storage.claims import UNTOLD, Claimed
from storage.engine import Database
from storage.outbox import PENDING, NoticeState, new_row, touching
from storage.tables import UtcDateTime, notices
from storage.upsert import insert_into

UNSHOWN = "unreadable"
"""Why a reminder was told without its log; it is told again when that can be read."""
_SOON = dt.timedelta(seconds=60)
_A_MOMENT = dt.timedelta(seconds=0.5)
_n = notices.c
_OF_THINGS = (NoticeKind.STEP, NoticeKind.UNANSWERED)
_KINDS = sorted(kind.value for kind in REMINDERS)


class Post(NamedTuple):
    """That somebody gets a letter at that time (UTC)."""

    receiver: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A reminder in a letter; `snoozed_until` is to when its receiver put it off."""

    id: str
    kind: NoticeKind
    subject: str
    occurrence: str
    due_at: dt.datetime
    snoozed_until: dt.datetime | None


async def post_letters(
    connection: AsyncConnection,
    workspace: str,
    posts: Iterable[Post],
    now: dt.datetime,
    *,
    new_id: Callable[[], str],
) -> None:
    """See to it that a letter goes out at each of those times, or now where that is past."""
    wanted = set()
    for post in posts:
        wanted.add((post.receiver, max(post.at, now)))
        if now < post.at < now + _SOON:
            # A letter of that time may be on its way already, without what is being written.
            wanted.add((post.receiver, post.at + _SOON))
    rows = [
        new_row(
            new_id,
            workspace=workspace,
            kind=NoticeKind.LETTER.value,
            subject="",
            receiver=receiver,
            occurrence=at.astimezone(dt.UTC).isoformat(),
            due_at=at,
            wake_at=at,
        )
        for receiver, at in sorted(wanted)
    ]
    if rows:
        await connection.execute(insert_into(notices, connection).on_conflict_do_nothing(), rows)


async def gather(
    database: Database, letter: Claimed, *, until: dt.datetime, now: dt.datetime
) -> list[Carried] | None:
    """What is due for the letter's receiver by then; None where an older letter is to take it."""

    async def work(connection: AsyncConnection) -> list[Carried] | None:
        oldest = (await connection.execute(_oldest(letter, now))).first()
        if oldest is not None and oldest.id != letter.id:
            return None
        # What an earlier try took and has moved or been cancelled since is not in this one.
        mine = (_n.workspace == letter.workspace, _n.carried_by == letter.id)
        leaving = update(notices).where(*mine, _n.state.in_(UNTOLD))
        await connection.execute(leaving.values(carried_by=null()))
        taking = (
            update(notices)
            .where(
                _n.workspace == letter.workspace,
                _n.receiver == letter.receiver,
                _n.state == NoticeState.NEW,
                _n.wake_at.is_(None),
                _n.kind.in_(_KINDS),
                # Not less than at its time, should the clock have been set back since.
                _n.due_at <= max(until, letter.due_at),
                or_(_n.carried_by.is_(None), _n.carried_by.not_in(_under_way(letter))),
            )
            .values(carried_by=letter.id, reason=null())
            .returning(*notices.c)
        )
        return _in_order((await connection.execute(taking)).all())

    return await database.transact(work)


async def digest_to_come(
    database: Database, letter: Claimed, *, after: dt.datetime, by: dt.datetime
) -> dt.datetime | None:
    """When the first digest to the receiver is due, after the one time and by the other."""
    query = select(func.min(_n.due_at)).where(
        _n.workspace == letter.workspace,
        _n.receiver == letter.receiver,
        _n.state == NoticeState.NEW,
        _n.wake_at.is_(None),
        _n.kind == NoticeKind.DIGEST,
        _n.due_at > after,
        _n.due_at <= by,
    )
    due_at: dt.datetime | None = (await database.rows(query))[0][0]
    return due_at


def _under_way(letter: Claimed) -> Any:
    """Other letters to the same person that are being posted, or perhaps were."""
    other = notices.alias("other")
    return select(other.c.id).where(
        *_waiting(letter, other.c),
        other.c.state.in_([NoticeState.SENDING, NoticeState.UNKNOWN]),
        other.c.id != letter.id,
    )


async def after_older(database: Database, letter: Claimed, now: dt.datetime) -> dt.datetime:
    """When to look for what an older letter to the same person has left, in UTC.

    Soon while that is being sent; else once it was tried again.
    """
    tried: list[dt.datetime] = [
        oldest.wake_at
        for oldest in await database.rows(_oldest(letter, now))
        if oldest.leased_until is None or oldest.leased_until <= now
    ]
    return max(now, *tried) + _A_MOMENT if tried else now + _A_MOMENT


def _oldest(letter: Claimed, now: dt.datetime) -> Any:
    """The letter to the same person that was due first and is still to be sent."""
    return (
        select(_n.id, _n.wake_at, _n.leased_until)
        .where(*_waiting(letter, _n), _n.ts.is_(None), _n.due_at <= now)
        .order_by(_n.due_at, _n.id)
        .limit(1)
    )


def _waiting(letter: Claimed, columns: Any) -> Iterator[ColumnElement[bool]]:
    """That it is a letter to the same person which a worker is still to look at.

    In the words of the index: not one of their many letters of before is read.
    """
    yield columns.workspace == letter.workspace
    yield columns.receiver == letter.receiver
    yield columns.subject == ""
    yield columns.wake_at.is_not(None)


async def carried(database: Database, workspace: str, letter: str, receiver: str) -> list[Carried]:
    """What a letter to that person tells; nothing where it is somebody else's."""
    query = select(notices).where(
        _n.workspace == workspace,
        _n.carried_by == letter,
        _n.receiver == receiver,
        _n.state != NoticeState.CANCELLED,
    )
    return _in_order(await database.rows(query))


async def renew(database: Database, letter: Claimed, reminder: str, occurrence: str) -> bool:
    """Let a reminder of a letter tell of something later instead; False where that was told."""
    other = notices.alias("other")
    key = ("workspace", "subject", "kind", "receiver")
    is_there = select(other.c.id).where(
        *(other.c[name] == _n[name] for name in key), other.c.occurrence == occurrence
    )
    renewing = (
        _one(letter.workspace, reminder)
        .where(_n.state == NoticeState.NEW, ~is_there.exists())
        .values(occurrence=occurrence)
        .returning(_n.id)
    )
    return bool(await database.write(renewing))


async def give_up(database: Database, letter: Claimed, reminders: Sequence[str]) -> None:
    """Cancel reminders of a letter whose reason is gone; it may come back."""
    if not reminders:
        return
    cancelling = (
        update(notices)
        .where(
            _n.workspace == letter.workspace,
            _n.id.in_(sorted(reminders)),
            _n.state.in_(UNTOLD),
        )
        .values(state=NoticeState.CANCELLED.value, carried_by=null())
        .returning(_n.id)
    )
    await database.write(cancelling)


async def not_shown(database: Database, letter: Claimed, reminders: Sequence[str]) -> None:
    """Keep that a letter tells those reminders without what they are about."""
    if not reminders:
        return
    marking = (
        update(notices)
        .where(
            _n.workspace == letter.workspace,
            _n.id.in_(sorted(reminders)),
            _n.carried_by == letter.id,
            _n.state.in_(UNTOLD),
        )
        .values(reason=UNSHOWN)
        .returning(_n.id)
    )
    await database.write(marking)


async def snooze(
    database: Database,
    workspace: str,
    reminder: str,
    receiver: str,
    *,
    until: dt.datetime,
    now: dt.datetime,
    new_id: Callable[[], str],
) -> bool:
    """Tell one reminder again then, and nothing of its kind about its subject before.

    False where that person has no such reminder. Putting it off again moves it.
    """

    async def work(connection: AsyncConnection) -> bool:
        query = select(notices).where(
            _n.workspace == workspace, _n.id == reminder, _n.receiver == receiver
        )
        row = (await connection.execute(query)).one_or_none()
        if row is None or row.kind not in _KINDS:
            return False
        asked = row.occurrence.partition(SNOOZED)[0]
        # A log may hold several next steps, and a disagreement beside an escalation.
        of_thing = f"{asked.partition('/')[0]}/" if row.kind in _OF_THINGS else ""
        same = (
            _n.workspace == workspace,
            _n.subject == row.subject,
            _n.kind.in_(sorted(kind.value for kind in alike(NoticeKind(row.kind)))),
            _n.receiver == receiver,
            _n.occurrence.startswith(of_thing, autoescape=True),
        )
        waiting = (_n.state == NoticeState.NEW, _n.wake_at.is_(None))
        # Who changes their mind is asked once, on the day that they said last: the day before it
        # must not come back with the next timetable, as what is cancelled does.
        is_again = _n.occurrence.startswith(f"{asked}{SNOOZED}", autoescape=True)
        dropping = update(notices).where(*same, *waiting, is_again)
        await connection.execute(dropping.values(state=NoticeState.DROPPED.value))
        later = literal(until, UtcDateTime())
        # Not the one that was pressed: its letter is there, though perhaps not marked as sent yet.
        moving = update(notices).where(*same, *waiting, _n.id != row.id, _n.due_at < until)
        await connection.execute(moving.values(due_at=later, snoozed_until=later))
        again = new_row(
            new_id,
            workspace=workspace,
            kind=row.kind,
            subject=row.subject,
            receiver=receiver,
            occurrence=f"{asked}{SNOOZED}{until.date().isoformat()}",
            due_at=until,
        )
        inserting = insert_into(notices, connection)
        adding = inserting.on_conflict_do_update(
            index_elements=["workspace", "subject", "kind", "receiver", "occurrence"],
            set_={"state": NoticeState.NEW.value, "due_at": later},
            where=or_(_n.state == NoticeState.CANCELLED, _n.state == NoticeState.DROPPED),
        )
        await connection.execute(adding, again)
        await connection.execute(_one(workspace, row.id).values(snoozed_until=later))
        if row.carried_by is not None:
            redrawing = _one(workspace, row.carried_by).where(_n.state.in_(PENDING))
            was_sent = _n.state == NoticeState.SENT
            await connection.execute(redrawing.values(touching(was_sent, now)))
        await post_letters(connection, workspace, [Post(receiver, until)], now, new_id=new_id)
        return True

    return await database.transact(work)


def _one(workspace: str, notice: str) -> Update:
    return update(notices).where(_n.workspace == workspace, _n.id == notice)


def _in_order(rows: Iterable[Row[Any]]) -> list[Carried]:
    found = [
        Carried(
            id=row.id,
            kind=NoticeKind(row.kind),
            subject=row.subject,
            occurrence=row.occurrence,
            due_at=row.due_at,
            snoozed_until=row.snoozed_until,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.due_at, one.subject, one.kind, one.id))
