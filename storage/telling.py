"""What is to be told: the part of the store that planning and delivery work with."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from coaching.log import Log
from coaching.notices import Notice
from storage import claims, letters, outbox, outlook, starting, timetables, unreached
from storage.claims import LEASE, Claimed
from storage.engine import Database
from storage.letters import Carried
from storage.mapping import Unreadable
from storage.outbox import NoticeRow
from storage.outlook import Outlook, Trouble
from storage.timetables import TeamToPlan, Timetable
from storage.unreached import Unreached


class Telling:
    """Notices, reminders and letters.

    Attributes:
        woken: set after each commit that wrote or changed notices; who waits for it clears it.
    """

    def __init__(self, database: Database, new_id: Callable[[], str]) -> None:
        self.database = database
        self.woken = asyncio.Event()
        self._new_id = new_id

    async def claim(
        self,
        now: dt.datetime,
        *,
        limit: int = 50,
        lease: dt.timedelta = LEASE,
        without: Collection[str] = (),
    ) -> list[Claimed]:
        """Take due notices and stale messages, for the time of the lease.

        `without` names workspaces whose notices are left alone.
        """
        return await claims.claim(self.database, now, limit=limit, lease=lease, without=without)

    async def sending(
        self, claimed: Claimed, now: dt.datetime, *, lease: dt.timedelta = LEASE
    ) -> Claimed | None:
        """Keep that it is about to be posted, with a new lease; None where it must not be."""
        return await claims.sending(self.database, claimed, now, lease=lease)

    async def found(self, claimed: Claimed, *, channel: str, ts: str, now: dt.datetime) -> Claimed:
        """Keep that it was posted by an earlier try; its message is to be updated now."""
        return await claims.found(self.database, claimed, channel=channel, ts=ts, now=now)

    async def sent(
        self, claimed: Claimed, *, channel: str, ts: str, shown: str, now: dt.datetime
    ) -> bool:
        """Keep where the message is; whether a change of the log since makes it due again."""
        return await claims.sent(
            self.database, claimed, channel=channel, ts=ts, shown=shown, now=now
        )

    async def lost(self, claimed: Claimed, until: dt.datetime | None, now: dt.datetime) -> None:
        """Keep that nobody knows whether it was posted; looked at again then, with None never."""
        await claims.lost(self.database, claimed, until, now)

    async def put_off(
        self, claimed: Claimed, until: dt.datetime, *, has_failed: bool = True
    ) -> None:
        """Try again at that time; counts as a failed attempt unless told otherwise."""
        await claims.put_off(self.database, claimed, until, has_failed=has_failed)

    async def postpone(self, claimed: Claimed, until: dt.datetime) -> None:
        """Let it fall due then, since this is not its hour."""
        await claims.postpone(self.database, claimed, until)

    async def at_fault(self, claimed: Claimed, until: dt.datetime, *, why: str, most: int) -> bool:
        """Count a failure by its own fault; whether it is parked, as it was the last of `most`.

        `why` is kept, without names or words.
        """
        return await claims.at_fault(self.database, claimed, until, why=why, most=most)

    async def drop(self, claimed: Claimed, why: str) -> bool:
        """Don't send it, or don't update it again; whether a change of the log makes it due again.

        `why` is kept, without names or words.
        """
        return await claims.drop(self.database, claimed, why)

    async def unreached(
        self, claimed: Claimed, why: str, tell: Iterable[str], now: dt.datetime
    ) -> None:
        """Keep that Slack hands the receiver no messages, and have those others told, once.

        Until a letter arrives again. `why` is Slack's word for it.
        """
        if await unreached.mark(self.database, claimed, why, tell, now, new_id=self._new_id):
            self.woken.set()

    async def unreached_among(self, workspace: str, receivers: Iterable[str]) -> dict[str, str]:
        """Those of the receivers whom no message reaches, with Slack's word for it."""
        return await unreached.among(self.database, workspace, receivers)

    async def all_unreached(self, now: dt.datetime) -> list[Unreached]:
        """Whom no message reaches, over all workspaces."""
        return await unreached.everywhere(self.database, now)

    async def release(self, claimed: Sequence[Claimed]) -> None:
        """Give back what was claimed and not begun, so that others may take it at once."""
        await claims.release(self.database, claimed)

    async def unpark(self) -> int:
        """Try again what was parked; how many there were."""
        return await starting.unpark(self.database)

    async def tell(self, workspace: str, notices: Sequence[Notice]) -> None:
        """Tell people what no change of a log causes; what is there already stays as it is."""
        await outbox.add(self.database, workspace, notices, new_id=self._new_id)
        self.woken.set()

    async def look_again(
        self, workspace: str, agents: Iterable[str], users: Iterable[str], now: dt.datetime
    ) -> None:
        """Make messages again that `users` have about those agents' logs, or others about theirs.

        For when teams changed, so that others may see those logs.
        """
        await outbox.look_again(self.database, workspace, agents, users, now)
        self.woken.set()

    async def release_leases(self) -> int:
        """Free all leases: for a starting process that is the only one; how many there were."""
        return await starting.release_leases(self.database)

    async def outlook(self, now: dt.datetime) -> Outlook:
        """How delivery stands, over all workspaces; cheap whatever waits."""
        return await outlook.outlook(self.database, now)

    async def troubles(self) -> list[Trouble]:
        """What delivery has given up for now, over all workspaces."""
        return await outlook.troubles(self.database)

    async def next_due(self, after: dt.datetime) -> dt.datetime | None:
        """When the next notice or reminder that was not sent yet falls due after that time."""
        return await outbox.next_due(self.database, after)

    async def notices_of(self, workspace: str, log_id: str) -> list[NoticeRow]:
        """All notices of a log, earliest due first."""
        return await outbox.notices_of(self.database, workspace, log_id)

    # Reminders

    async def has_plans(self, now: dt.datetime) -> bool:
        """Whether any timetable is to be made: one cheap look for a tick at which there is none."""
        return await timetables.is_any_due(self.database, now)

    async def is_planning(self, workspace: str, now: dt.datetime) -> bool:
        """Whether any process is making timetables of that workspace, or is about to."""
        return await timetables.is_under_way(self.database, workspace, now)

    async def prompted(
        self, workspace: str, occurrences: Mapping[str, str]
    ) -> Mapping[str, Mapping[str, dt.datetime]]:
        """When the outcome prompt of that occurrence was sent for each log, by its receiver."""
        return await timetables.prompted(self.database, workspace, occurrences)

    async def logs_to_plan(
        self, now: dt.datetime, *, limit: int
    ) -> list[tuple[Log | Unreadable, dt.datetime]]:
        """Take logs that changed since their timetable was made, each with the end of its lease."""
        return await timetables.claim_logs(self.database, now, limit=limit)

    async def teams_to_plan(self, now: dt.datetime, *, limit: int) -> list[TeamToPlan]:
        """Take teams whose timetable is to be made (again)."""
        return await timetables.claim_teams(self.database, now, limit=limit)

    async def settle(self, made: Sequence[Timetable], now: dt.datetime) -> None:
        """Make the reminders that wait the same as those timetables; nothing for newer logs."""
        if await timetables.settle(self.database, made, now, new_id=self._new_id):
            self.woken.set()

    async def plan_logs_again(
        self, workspace: str, log_ids: Iterable[str], now: dt.datetime
    ) -> None:
        """Have the timetables of those logs made anew."""
        await timetables.again(self.database, workspace, log_ids, now)
        self.woken.set()

    async def plan_later(self, failed: TeamToPlan | Log | Unreadable, until: dt.datetime) -> None:
        """Make a timetable later, since it failed this time."""
        await timetables.put_off(self.database, failed, until)

    async def unplanned(self, now: dt.datetime) -> list[str]:
        """The references of logs whose timetable could not be made, over all workspaces."""
        return await timetables.failing(self.database, now)

    async def gather(
        self, letter: Claimed, *, until: dt.datetime, now: dt.datetime
    ) -> list[Carried] | None:
        """Put all that is due for the letter's receiver by then into it.

        None where an older letter of theirs is still to be sent, which takes it.
        """
        return await letters.gather(self.database, letter, until=until, now=now)

    async def after_older(self, letter: Claimed, now: dt.datetime) -> dt.datetime:
        """When to look for what an older letter to the same person has left, in UTC."""
        return await letters.after_older(self.database, letter, now)

    async def carried(self, workspace: str, letter: str, receiver: str) -> list[Carried]:
        """What a letter (by ID) to that person tells; nothing where it is somebody else's."""
        return await letters.carried(self.database, workspace, letter, receiver)

    async def digest_to_come(
        self, letter: Claimed, *, after: dt.datetime, by: dt.datetime
    ) -> dt.datetime | None:
        """When the letter's receiver gets a digest after the one time and by the other, in UTC."""
        return await letters.digest_to_come(self.database, letter, after=after, by=by)

    async def renew(self, letter: Claimed, reminder: str, occurrence: str) -> bool:
        """Let a reminder (by ID) tell of something later instead; False where that was told."""
        return await letters.renew(self.database, letter, reminder, occurrence)

    async def give_up(self, letter: Claimed, reminders: Sequence[str]) -> None:
        """Cancel reminders (by ID) of a letter, whose reason is gone."""
        await letters.give_up(self.database, letter, reminders)

    async def not_shown(self, letter: Claimed, reminders: Sequence[str]) -> None:
        """Keep that a letter tells reminders (by ID) of logs that can't be shown.

        They are told again once the timetables of those logs can be made.
        """
        await letters.not_shown(self.database, letter, reminders)

    async def snooze(
        self, workspace: str, reminder: str, receiver: str, until: dt.datetime, now: dt.datetime
    ) -> bool:
        """Tell a reminder (by ID) again then; False where that person has no such reminder."""
        snoozed = await letters.snooze(
            self.database,
            workspace,
            reminder,
            receiver,
            until=until,
            now=now,
            new_id=self._new_id,
        )
        self.woken.set()
        return snoozed
