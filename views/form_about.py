"""What a form needs to know beside the values in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from coaching.criteria import Criterion
from coaching.entries import Hint
from coaching.fields import Field, Value
from coaching.people import Person
from views.parts import Block, clip, short_name
from views.rich import Bold, rich

_FULL_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAbout:
    """Whom and what a form is about.

    Attributes:
        criteria: the workspace's catalogue by ID.
        reference: ``CL-142``; empty for a log that isn't saved.
        intro, outro: plain lines above and below the fields.
        unsaved: by field key, text that was typed and not saved, quoted above its field.
        hints: doubts and refusals, shown under their fields.
        suggestions: values for fields that have none.
        required: keys of the fields without which the form is always refused; Slack refuses it
            itself then, and calls the others optional. A button asks for none of them.
        buttons: button elements for a row above the fields.
        today: the writer's day, from which days are counted; None where the form has no day.
        told_at: when the agent gets what is shared now, in UTC; None for at once.
        fixed_agent: whether the agent is known, and so stands there as text.
    """

    agent: Person | None
    supervisor: Person
    criteria: Mapping[str, Criterion]
    reference: str = ""
    intro: tuple[str, ...] = ()
    outro: tuple[str, ...] = ()
    unsaved: Mapping[str, str] = field(default_factory=dict)
    hints: tuple[Hint, ...] = ()
    suggestions: Mapping[str, Value] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    buttons: tuple[Block, ...] = ()
    today: dt.date | None = None
    told_at: dt.datetime | None = None
    fixed_agent: bool = False

    @property
    def agent_name(self) -> str:
        """The agent's first name for labels; empty where nobody is picked."""
        return short_name(self.agent)

    @property
    def supervisor_name(self) -> str:
        return short_name(self.supervisor)

    def agent_block(self, declared: Field) -> Block:
        """The agent as text, where the form doesn't ask for one."""
        name = clip(self.agent.name, _FULL_NAME) if self.agent else "Nobody yet"
        return rich(Bold(declared.label), "\n", name)
