"""How often somebody is to be coached, and who was not (PRODUCT, section 5)."""

from __future__ import annotations

import datetime as dt

from coaching.people import Membership


def cadence_days(user: str, member: Membership, now: dt.datetime, *, has_target: bool) -> int:
    """Within how many days of the calendar this agent of a team is to have a session.

    What was agreed for them alone comes first, then the shortest for who is new or has a target.
    `member` is their place in the team, `has_target` whether a target of theirs is open.
    """
    policy = member.policy
    own = dict(policy.cadence_of).get(user)
    if own is not None:
        return own
    is_new = member.since is not None and now - member.since < dt.timedelta(policy.new_for_days)
    special = [
        policy.cadence_days_new if is_new else None,
        policy.cadence_days_open if has_target else None,
    ]
    return min((days for days in special if days is not None), default=policy.cadence_days)


def is_late(
    last_session: dt.datetime | None, since: dt.datetime | None, days: int, now: dt.datetime
) -> bool:
    """Whether an agent was not coached for so many days.

    Where there was no session it counts from `since`, when they joined the team; somebody who was
    in it before that was kept is late at once.
    """
    from_then = last_session or since
    return from_then is None or now - from_then >= dt.timedelta(days)
