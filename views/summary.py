"""A log as headings and texts, made from the declaration of its elements.

A new field shows up here by itself; only fields that read better together are worded as one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from coaching.criteria import NEW
from coaching.elements import EVIDENCE, FOLLOW_UP, OBSERVATION, TARGET
from coaching.entries import MEANS
from coaching.fields import Content, Element, Field, Kind
from coaching.follow_up import FollowUp, Verdict, follow_up_of, verdict_of
from coaching.log import Log
from views.parts import isolate, moment_line, recording_link
from views.passages import Passage, Told, told_passage
from views.reading import Reading

_AGREED = frozenset({"target", "follow_up_criterion", "decision", "why"})


def in_short(log: Log, reading: Reading) -> list[Told]:
    """What the agent is sent: evidence, observation, target, follow-up and the next step."""
    items = told(log, (EVIDENCE, OBSERVATION, TARGET, FOLLOW_UP), reading)
    step = _next_step(_Telling(log.content, log, reading))
    # The message's first line names the session.
    return [item for item in items if item.key != "session_at"] + ([step] if step else [])


def agreed(items: Iterable[Told]) -> list[Passage]:
    """What was agreed and why it was decided so: the last to be shortened where a text is long."""
    return [told_passage(item) for item in items if item.key in _AGREED]


def told(log: Log, elements: Iterable[Element], reading: Reading) -> list[Told]:
    """What the log says in these elements, in the order of the declaration."""
    return told_of(log.content, log, elements, reading)


def told_of(
    content: Content, log: Log, elements: Iterable[Element], reading: Reading
) -> list[Told]:
    """The same for other content of the log: an earlier revision, a check-in."""
    telling = _Telling(content, log, reading)
    found: list[Told] = []
    done: set[str] = set()
    for element in elements:
        for field in element:
            if field.key in done or field.kind is Kind.PERSON:
                continue
            together = _TOGETHER.get(field.key)
            item = together.made(telling) if together else None
            if together is not None and item is not None:
                done |= together.keys
                found.append(item)
            elif field.key in content:
                done.add(field.key)
                found.append(telling.field(field))
    return found


@dataclass(frozen=True, slots=True)
class _Telling:
    content: Content
    log: Log
    reading: Reading

    def field(self, field: Field) -> Told:
        first = self.reading.first
        heading = field.heading_for(
            agent=first(self.log.agent),
            supervisor=first(self.log.supervisor),
            moment="",
            whose=self.reading.whose(self.log.agent),
        )
        value = self.content[field.key]
        if field.kind is Kind.WHEN and isinstance(value, int):
            at = dt.datetime.fromtimestamp(value, dt.UTC)
            return Told(field.key, heading, self.reading.moment(at))
        return Told(field.key, heading, self._words(field))

    def _words(self, field: Field) -> str:
        value = self.content[field.key]
        first = self.reading.first
        agent, supervisor = first(self.log.agent), first(self.log.supervisor)
        match field.kind:
            case Kind.LINES if isinstance(value, tuple):
                return "\n".join(f"• {isolate(line)}" for line in value)
            case Kind.ANY_OF if isinstance(value, tuple):
                return ", ".join(
                    field.choice_label(key, agent=agent, supervisor=supervisor) for key in value
                )
            case Kind.ONE_OF:
                return field.choice_label(str(value), agent=agent, supervisor=supervisor)
            case Kind.DAY:
                return self.reading.day(dt.date.fromisoformat(str(value)))
            case Kind.CRITERION:
                return self.criterion(str(value))
            case Kind.SCORE:
                return self._score(field, str(value))
            case _:
                return isolate(str(value))

    def criterion(self, value: str) -> str:
        if value.startswith(NEW):
            return isolate(value.removeprefix(NEW))
        known = self.reading.criteria.get(value)
        return isolate(known.name) if known else "a criterion that is gone"

    def _score(self, field: Field, score: str) -> str:
        criterion = self.reading.criteria.get(str(self.content.get(field.scale_of, "")))
        if criterion is None:
            return score
        scale = criterion.scale.of_means if field.key in MEANS else criterion.scale
        return scale.display(score)


@dataclass(frozen=True, slots=True)
class _Together:
    """Fields that read better as one, and how; None where they can't be worded so."""

    keys: frozenset[str]
    made: Callable[[_Telling], Told | None]


def _listened_to(telling: _Telling) -> Told | None:
    words = moment_line(telling.content, telling.reading.criteria)
    link = recording_link(telling.content)
    return Told("call", "What we listened to", words, link=link) if words else None


def _how_we_know(telling: _Telling) -> Told | None:
    plan = follow_up_of(telling.content, telling.reading.criteria)
    if plan is None:
        return None
    return Told(
        "follow_up_criterion", "How we will know", plan.sentence(telling.reading.today.year)
    )


def _next_step(telling: _Telling) -> Told | None:
    what = telling.content.get("step_what")
    if what is None:
        return None
    log = telling.log
    noted_by = [noted.by for noted in log.check_ins if noted.content == telling.content]
    promised_by_agent = telling.content.get("step_who") == "agent"
    who = log.agent if promised_by_agent else (*noted_by, log.supervisor)[0]
    words = f"{telling.reading.first(who)}: {isolate(str(what))}"
    if "step_by" in telling.content:
        day = dt.date.fromisoformat(str(telling.content["step_by"]))
        words += f", by {telling.reading.day(day)}"
    if any(step.done and (step.who, step.what) == (who, what) for step in log.steps):
        words += " (done)"
    return Told("step_who", "Next step", words)


def _how_it_went(telling: _Telling) -> Told | None:
    words = verdict_words(telling.content, telling.reading)
    return Told("looked_at", "How it went", words) if words else None


_GROUPS = (
    _Together(frozenset({"call", "moment", "criterion", "score"}), _listened_to),
    _Together(
        frozenset({"follow_up_criterion", "threshold", "calls", "calls_reaching", "review_by"}),
        _how_we_know,
    ),
    _Together(frozenset({"step_who", "step_what", "step_by"}), _next_step),
    _Together(frozenset({"looked_at", "reached"}), _how_it_went),
)
_TOGETHER: Mapping[str, _Together] = {key: group for group in _GROUPS for key in group.keys}


def verdict_words(content: Content, reading: Reading) -> str:
    """The figures and the verdict: ``Discovery: reached, 7 of 8 calls at 80 % or more``."""
    plan = follow_up_of(content, reading.criteria)
    verdict = verdict_of(content, reading.criteria)
    if plan is None or verdict is None:
        return ""
    looked_at, reached = content["looked_at"], content["reached"]
    reaching = plan.criterion.scale.at_least(plan.threshold)
    calls = "call" if looked_at == 1 else "calls"
    figures = f"{reached} of {looked_at} {calls} {reaching}"
    match verdict:
        case Verdict.MET:
            return f"{plan.criterion.name}: reached, {figures}"
        case Verdict.NOT_MET:
            return f"{plan.criterion.name}: not reached, {figures}; {plan.reaching} were agreed"
        case Verdict.TOO_FEW:
            has_time = plan.review_by > reading.today and "decision" not in content
            until = f"; time until {reading.day(plan.review_by)}" if has_time else ""
            said = "too few calls to say yet" if has_time else "too few calls to say"
            return f"{plan.criterion.name}: {said}; {so_far(plan, content)}{until}"


def so_far(plan: FollowUp, content: Content) -> str:
    """Figures that say nothing yet: ``2 of 10 looked at, 1 of them at 80 % or more``."""
    looked_at, reached = content.get("looked_at", 0), content.get("reached", 0)
    reaching = plan.criterion.scale.at_least(plan.threshold)
    them = f", {reached or 'none'} of them {reaching}" if looked_at else ""
    return f"{looked_at} of {plan.calls} looked at{them}"


def progress_words(content: Content, reading: Reading) -> str:
    """How far an open target is: ``5 calls at 80 % or more so far, 7 needed; 3 of 10 not …``."""
    plan = follow_up_of(content, reading.criteria)
    looked_at, reached = content.get("looked_at"), content.get("reached")
    if plan is None or not isinstance(looked_at, int) or not isinstance(reached, int):
        return ""
    calls = "call" if reached == 1 else "calls"
    reaching = plan.criterion.scale.at_least(plan.threshold)
    words = f"{reached} {calls} {reaching} so far, {plan.reaching} needed"
    left = plan.calls - looked_at
    return f"{words}; {left} of {plan.calls} not scored yet" if left > 0 else words
