"""The store: everything that is kept, behind one object. It hands out frozen values only."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import uuid4

from coaching.change import Change
from coaching.criteria import Criterion
from coaching.digest.facts import Facts, Span
from coaching.fields import Content
from coaching.log import Log, State
from coaching.people import Person, Role
from coaching.policy import Policy
from coaching.worktime import Week
from storage import (
    audit,
    changes,
    criteria,
    digests,
    hours,
    logs,
    migration,
    people,
    teams,
)
from storage.audit import Broken
from storage.changes import Stale
from storage.claims import Claimed
from storage.engine import Database
from storage.letters import Carried
from storage.logs import AgentFigures, Revision
from storage.mapping import Unreadable
from storage.outbox import NoticeRow
from storage.outlook import Outlook, Trouble
from storage.people import Profile
from storage.teams import ImportResult, TeamRow
from storage.telling import Telling
from storage.timetables import TeamToPlan, Timetable
from storage.unreached import Unreached

__all__ = [
    "AgentFigures",
    "Broken",
    "Carried",
    "Claimed",
    "ImportResult",
    "NoticeRow",
    "Outlook",
    "Profile",
    "Revision",
    "Stale",
    "Store",
    "TeamRow",
    "TeamToPlan",
    "Timetable",
    "Trouble",
    "Unreached",
    "Unreadable",
]


def _uuid() -> str:
    return uuid4().hex


def _salt() -> bytes:
    return secrets.token_bytes(16)


class Store(Telling):
    """Reads and saves; each method that reads is one statement."""

    def __init__(
        self, database: Database, new_id: Callable[[], str], new_salt: Callable[[], bytes]
    ) -> None:
        super().__init__(database, new_id)
        self._new_salt = new_salt
        self._catalogue = criteria.Catalogue(database)

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        new_id: Callable[[], str] = _uuid,
        new_salt: Callable[[], bytes] = _salt,
    ) -> Store:
        """Open the database at a `sqlite:///…` or `postgresql://…` address and ask it one thing.

        It does not migrate. Raises NotADatabase for an address of another kind, and what the
        driver raises where the database doesn't answer.
        """
        store = cls(Database(url), new_id, new_salt)
        try:
            await store.ping()
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        """Close the database; the store is of no use afterwards."""
        await self.database.close()

    async def ping(self) -> None:
        """Raises what the driver raises where the database doesn't answer."""
        await self.database.ping()

    async def is_migrated(self) -> bool:
        """Whether the database has the tables that this program expects.

        Raises LaterVersion where they are past those.
        """
        return await migration.is_current(self.database)

    # People

    async def people(self, workspace: str, users: Iterable[str]) -> dict[str, Person]:
        """Those people with their roles; who is not known is absent."""
        return await people.by_user(self.database, workspace, users)

    async def remember(self, workspace: str, profiles: Sequence[Profile], now: dt.datetime) -> None:
        """Keep what Slack says about people, and when it was asked."""
        await people.remember(self.database, workspace, profiles, now)

    async def members(
        self, workspace: str, teams: Iterable[str] | None, roles: Iterable[Role]
    ) -> list[Person]:
        """The people with one of the roles in one of the teams (by ID), also who left, by name.

        In any team where `teams` is None.
        """
        return await people.members(self.database, workspace, teams, roles)

    async def admins(self, workspace: str) -> list[Person]:
        """Those who keep the teams (`Person.keeps_teams`), by name."""
        return await people.admins(self.database, workspace)

    async def leads_of(self, workspace: str, agent: str) -> list[Person]:
        """The active leads of the teams that this person is an agent of now, by name."""
        return await people.leads_of(self.database, workspace, agent)

    async def import_teams(
        self,
        workspace: str,
        rows: Sequence[TeamRow],
        actor: str,
        now: dt.datetime,
        *,
        whole: bool = False,
        held: Iterable[str] = (),
    ) -> ImportResult:
        """Add a file's teams and roles, and end what it is against; again, it changes nothing.

        `whole` and `held` are as in `storage.teams.TeamChange`.
        """
        change = teams.TeamChange(rows, whole=whole, held=frozenset(held))
        return await teams.import_rows(
            self.database, workspace, change, actor=actor, now=now, new_id=self._new_id
        )

    async def set_hours(
        self,
        workspace: str,
        user: str,
        week: Week | None,
        leave: frozenset[dt.date],
        *,
        actor: str,
        now: dt.datetime,
    ) -> bool:
        """Keep somebody's own hours (None for their team's) and leave; whether that is new."""
        is_new = await hours.set_hours(
            self.database, workspace, user, week, leave, actor=actor, now=now
        )
        self.woken.set()
        return is_new

    async def set_policy(
        self, workspace: str, team: str, policy: Policy, *, actor: str, now: dt.datetime
    ) -> bool:
        """Keep what a team (by ID) agreed on; whether that is new."""
        is_new = await hours.set_policy(
            self.database, workspace, team, policy, actor=actor, now=now
        )
        self.woken.set()
        return is_new

    async def plan_again(
        self, workspace: str, users: Iterable[str], teams: Iterable[str], now: dt.datetime
    ) -> None:
        """Have what those people, their teams and those teams are reminded of planned anew."""
        await hours.plan_again(self.database, workspace, users, teams, now)
        self.woken.set()

    # Criteria

    async def criteria(self, workspace: str) -> Mapping[str, Criterion]:
        """The criteria by ID; what another process added is seen after a second at most."""
        return await self._catalogue.of(workspace)

    async def add_criteria(
        self, workspace: str, criteria_: Sequence[Criterion], actor: str, now: dt.datetime
    ) -> None:
        """Add criteria; those whose name is there already are left as they are."""
        try:
            await criteria.add(self.database, workspace, criteria_, actor, now)
        finally:
            self._catalogue.forget(workspace)

    # Logs

    async def log(self, workspace: str, log_id: str) -> Log | None:
        """The log of that ID, drafts included."""
        return await logs.by_id(self.database, workspace, log_id)

    async def logs(self, workspace: str, log_ids: Iterable[str]) -> dict[str, Log | Unreadable]:
        """Those logs by ID, drafts included."""
        return await logs.by_ids(self.database, workspace, log_ids)

    async def references(self, workspace: str, log_ids: Iterable[str]) -> dict[str, str]:
        """The references of those logs by ID, in their order; of unreadable ones as well."""
        return await logs.references(self.database, workspace, log_ids)

    async def log_numbered(self, workspace: str, number: int) -> Log | None:
        """The log of that number, drafts included."""
        return await logs.numbered(self.database, workspace, number)

    async def drafts(
        self, workspace: str, supervisor: str, agent: str | None = None, limit: int = 50
    ) -> list[Log]:
        """A supervisor's drafts, newest first; with `agent` those about that agent."""
        return await logs.drafts(self.database, workspace, supervisor, agent, limit)

    async def follow_on_drafts(self, workspace: str, agents: Iterable[str]) -> list[Log]:
        """The drafts that go on with a target of those agents, whoever writes them."""
        return await logs.follow_on_drafts(self.database, workspace, agents)

    async def open_logs(self, workspace: str, agents: Iterable[str]) -> list[Log]:
        """The open logs of those agents, due ones included, the earliest due first."""
        return await logs.open_of(self.database, workspace, agents)

    async def history(
        self, workspace: str, agent: str, *, before: int | None = None, limit: int = 10
    ) -> list[Log]:
        """An agent's logs that were ever shared, by number downwards from below `before`."""
        return await logs.history(self.database, workspace, agent, before, limit)

    async def latest(self, workspace: str, agents: Iterable[str]) -> dict[str, Log]:
        """For each of those agents the log of their last session; voided ones don't count."""
        return await logs.latest(self.database, workspace, agents)

    async def team_figures(
        self, workspace: str, agents: Iterable[str]
    ) -> Mapping[str, AgentFigures]:
        """How it stands with each of those agents."""
        return await logs.figures(self.database, workspace, agents)

    async def digest_facts(self, workspace: str, agents: Iterable[str], span: Span) -> Facts:
        """What the digest of those agents and that week is worked out from; six statements."""
        return await digests.facts(self.database, workspace, agents, span)

    async def awaiting_acknowledgement(self, workspace: str, supervisor: str) -> list[Log]:
        """A supervisor's logs whose newest revision the agent hasn't acknowledged, oldest first."""
        return await logs.awaiting_acknowledgement(self.database, workspace, supervisor)

    async def unread(self, workspace: str, agents: Iterable[str]) -> list[Log]:
        """The logs whose newest revision those agents haven't acknowledged."""
        return await logs.unread(self.database, workspace, agents)

    async def promised(self, workspace: str, user: str, agents: Iterable[str] = ()) -> list[Log]:
        """The logs with a next step that this person promised and hasn't done, by its day.

        Those as well where anybody but the agent promised one in a log of these agents.
        """
        return await logs.promised(self.database, workspace, user, agents)

    async def awaiting_answer(self, workspace: str, agents: Iterable[str]) -> list[Log]:
        """Those agents' logs where a disagreement or an escalation waits for a lead."""
        return await logs.awaiting_answer(self.database, workspace, agents)

    async def chain(self, workspace: str, log_id: str) -> list[Log]:
        """The logs of one continued target, oldest first; of drafts only the one asked for."""
        return await logs.chain(self.database, workspace, log_id)

    async def revision(self, workspace: str, log_id: str, number: int) -> Content | None:
        """A log's content as it was in that revision."""
        found = await logs.revisions_of(self.database, workspace, log_id, number)
        return found[0].content if found else None

    async def revisions(self, workspace: str, log_id: str) -> list[Revision]:
        """All revisions of a log, the first one first."""
        return await logs.revisions_of(self.database, workspace, log_id)

    async def save(self, *stored: Change) -> list[Log]:
        """Store changes of different logs whole or not at all; answers with the logs as stored.

        Raises Stale, with nothing written, where a log was saved or a criterion added since, or
        another target opened for the agent.
        """
        adds_criteria = any(change.added_criteria for change in stored)
        try:
            saved = await changes.save(
                self.database, stored, new_id=self._new_id, new_salt=self._new_salt
            )
        finally:
            if adds_criteria:
                self._catalogue.forget(stored[0].log.workspace)
        if any(log.state is not State.DRAFT for log in saved):
            self.woken.set()
        return saved

    # Audit

    async def verify(self, workspace: str) -> Broken | None:
        """Check the audit trail, and the logs against it; None where all of it holds."""
        return await audit.verify(self.database, workspace)
