"""Somebody who presses and types whatever comes to hand, sometimes sense and sometimes nonsense."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from playground.testing.person import Message, Modal, Person, Surface
from playground.testing.reading import Spot, options_of, spots_in
from tests.flows.center import Center

COMMANDS = (
    *("", "@dana", "quick", "quick @dana", "due", "drafts", "team", "help", "history @dana"),
    "digest",
    *("evidence @dana", "observation", "target CL-1", "summary @marco", "follow-up CL-2"),
    *("outcome @dana", "outcome CL-1", "show CL-1", "show CL-2", "show CL-9", "quik"),
)
SENSE = ("Ask why before naming the fee", "No, it was not so", "One\nTwo\nThree")
NONSENSE = (
    "",
    "   ",
    "x" * 3000,
    "*b* <!channel> &lt; `c`",
    "שלום 👩‍💻",
    "https://example.com/1",
    "-1",
)
RARELY = {"Void…": 0.1, "See all of it": 0.2, "History": 0.2}
"""How often these are pressed when they come up: the one ends a log, the others change nothing."""


class Anybody:
    """One person, and what they did last."""

    def __init__(self, center: Center, user: str, dice: random.Random) -> None:
        self.center = center
        self.person: Person = center.person(user)
        self.dice = dice
        self.did: list[str] = []

    async def does_something(self) -> None:
        """One step; AssertionError where Slack would have shown trouble."""
        if await self.person.has_modal():
            await self._at(await self.person.modal())
        elif self.dice.random() < 0.2:
            text = f"/coach {self.dice.choice(COMMANDS)}"
            self.did.append(text)
            answer = await self.person.types(text)
            assert answer.get("ok", True), (answer, self.did[-10:])
        elif self.dice.random() < 0.85:
            messages = [message for message in await self.person.messages() if message.buttons]
            if messages:
                await self._press(self.dice.choice(messages[-8:]))
        else:
            await self._press(await self.person.home())

    async def _at(self, modal: Modal) -> None:
        throw = self.dice.random()
        if throw < 0.1:
            self.did.append(f"close {modal.title}")
            await modal.close(everything=self.dice.random() < 0.5)
            return
        await self._fill(modal)
        if throw < 0.7 and modal.submit_text:
            self.did.append(f"submit {modal.title}")
            answer = await modal.try_submit()
            assert "error" not in answer, (answer, self.did[-10:])
        else:
            await self._press(modal)

    async def _press(self, surface: Surface) -> None:
        if not surface.buttons:
            return
        place = self.dice.randrange(len(surface.buttons))
        words = surface.buttons[place]
        if self.dice.random() > RARELY.get(words, 1):
            return
        self.did.append(f"press {words}")
        try:
            answer = await surface.press_at(place)
        except AssertionError as gone:
            # A message may have followed its log since they looked; then they look again.
            if not isinstance(surface, Message) or "element_not_found" not in str(gone):
                raise
        else:
            assert answer["ok"], (answer, self.did[-10:])

    async def _fill(self, modal: Modal) -> None:
        makes_sense = self.dice.random() < 0.7
        for label in list(modal.labels):
            # Choosing in one field may have taken another away.
            spot = next((one for one in spots_in(modal.blocks) if one.label == label), None)
            if spot is not None and self.dice.random() < 0.85:
                await self._fill_in(modal, spot, makes_sense=makes_sense)

    async def _fill_in(self, modal: Modal, spot: Spot, *, makes_sense: bool) -> None:
        kind, label = spot.element["type"], spot.label
        if kind == "plain_text_input":
            words = self._words(label) if makes_sense else self.dice.choice(NONSENSE)
            await modal.fill(label, words[: spot.element.get("max_length", 3000)])
        elif kind == "number_input":
            await modal.fill(label, self.dice.choice(("10", "7", "3")))
        elif kind == "datepicker":
            days = self.dice.choice((3, 10, 30) if makes_sense else (-3, 0, 900))
            await modal.fill(label, (self.center.today + dt.timedelta(days=days)).isoformat())
        elif kind == "datetimepicker":
            then = self.center.now + dt.timedelta(days=self.dice.choice((-2, 0, 3)))
            await modal.fill(label, int(then.timestamp()))
        elif kind == "external_select":
            offered = await modal.suggestions(label, self.dice.choice(("D", "Ho", "New")))
            if offered:
                await modal.choose(label, _text(self.dice.choice(offered)))
        elif kind == "users_select":
            await modal.choose(label, self.dice.choice(("dana", "marco", "tom", "sam")))
        else:
            await modal.choose(label, _text(self.dice.choice(options_of(spot.element))))

    def _words(self, label: str) -> str:
        known: dict[str, Callable[[], str]] = {
            "Moment of the call": lambda: "03:12",
            "Score": lambda: self.dice.choice(("55", "not scored")),
            "Threshold score": lambda: "80",
        }
        if "alls" in label:
            return self.dice.choice(("10", "7", "3"))
        return known.get(label, lambda: self.dice.choice(SENSE))()


def _text(option: dict[str, object]) -> str:
    text = option["text"]
    return str(text["text"] if isinstance(text, dict) else text)
