"""A person at their Slack client, for tests: acts by the words on the screen, never by ids.

    dana = Person(server.url, "U0DANA")
    await dana.types("/coach @sam")
    modal = await dana.modal()
    await modal.fill("Moment of the call", "03:12")
    await modal.choose("QA criterion", "Discovery")
    modal = await modal.submit()          # the next form, the same with .errors, or None: closed

What a person changes stays in the surface until something is pressed, chosen or submitted, as in
Slack. A label that isn't there is an AssertionError that lists those that are.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp

from playground.testing.reading import Spot, buttons_in, options_of, spots_in, visible_text

Json = dict[str, Any]
PATIENCE_SECONDS = 3.0


class Surface:
    """A modal, a message or a Home: text to read, things to fill in and to press."""

    def __init__(self, person: Person, container: Json, blocks: list[Json], held: Json) -> None:
        self.person = person
        self.container = container
        self.blocks = blocks
        self._held = held
        self._changes: dict[str, dict[str, object]] = {}

    @property
    def text(self) -> str:
        """All that can be read, one line a block or part of one, in order."""
        return "\n".join(visible_text(self.blocks))

    @property
    def labels(self) -> list[str]:
        """The fields, by label, else by the section's text, else by the placeholder."""
        return [spot.label for spot in spots_in(self.blocks)]

    @property
    def buttons(self) -> list[str]:
        """Everything that can be pressed, entries of overflow menus included, in order."""
        return [words for words, _, _ in buttons_in(self.blocks)]

    def value(self, label: str) -> object:
        """What the field holds: text, a date, an option's text, or a list of those; or None."""
        spot = self._spot(label)
        changed = self._changes.get(spot.block_id, {})
        if spot.action_id in changed:
            return changed[spot.action_id]
        held = self._held.get(spot.block_id, {}).get(spot.action_id, {})
        for key, value in held.items():
            if key == "selected_option":
                return value["text"]["text"] if value else None
            if key == "selected_options":
                return [one["text"]["text"] for one in value]
            if key == "value" or key.startswith("selected_"):
                return value
        return None

    async def fill(self, label: str, raw: object) -> None:
        """Type text, a number, a date (YYYY-MM-DD), a time (HH:MM) or an epoch into a field."""
        await self._put(self._spot(label), raw)

    async def choose(self, label: str, *option_texts: str) -> None:
        """Pick by the option's words: a menu, radio button, check boxes, person or type-ahead.

        Check boxes and menus for several take all that are given, and nothing clears them.
        """
        spot = self._spot(label)
        kind = spot.element["type"]
        if kind == "external_select":
            offered = await self.suggestions(label, option_texts[0])
            raw: object = _one(offered, option_texts[0])
        elif kind == "users_select":
            raw = await self.person.id_of(option_texts[0])
        elif kind in {"checkboxes", "multi_static_select"}:
            raw = [_one(options_of(spot.element), text)["value"] for text in option_texts]
        else:
            raw = _one(options_of(spot.element), option_texts[0])["value"]
        await self._put(spot, raw)

    async def suggestions(self, label: str, typed: str) -> list[Json]:
        """What a type-ahead offers for a text: [{text, value}]."""
        spot = self._spot(label)
        answer = await self.person.post("suggest", **self._at(spot), text=typed)
        assert "options" in answer, f"the options did not load: {answer}"
        options: list[Json] = answer["options"]
        return options

    async def press(self, words: str, *, after: str = "") -> Json:
        """Press a button, or an entry of an overflow menu; the answer has `ok`, or what failed.

        `after` picks the first such button at or below the block in which those words stand.
        """
        blocks = self.blocks
        if after:
            found = [n for n, one in enumerate(blocks) if after in "\n".join(visible_text([one]))]
            assert found, f"{after!r} is nowhere in:\n{self.text}"
            blocks = blocks[found[0] :]
        known = [(spot, value) for text, spot, value in buttons_in(blocks) if text == words]
        assert known, f"no button {words!r}; there are {self.buttons}"
        assert after or len(known) == 1, f"{len(known)} buttons say {words!r}: say after what"
        spot, value = known[0]
        return await self._act(spot, value)

    async def press_at(self, place: int) -> Json:
        """Press the button at this place among `buttons`."""
        _, spot, value = buttons_in(self.blocks)[place]
        return await self._act(spot, value)

    async def _put(self, spot: Spot, raw: object) -> None:
        self._changes.setdefault(spot.block_id, {})[spot.action_id] = raw
        if spot.tells_at_once:
            answer = await self._act(spot, raw)
            assert answer["ok"], f"choosing in {spot.label!r} failed: {answer}"

    async def _act(self, spot: Spot, raw: object) -> Json:
        answer = await self.person.post("act", **self._at(spot), value=raw)
        await self.refresh()
        return answer

    async def refresh(self) -> None:
        """See what is there now."""
        self._changes = {}

    def _at(self, spot: Spot) -> Json:
        return {
            "container": self.container,
            "block_id": spot.block_id,
            "action_id": spot.action_id,
            "values": self._changes,
        }

    def _spot(self, label: str) -> Spot:
        found = [spot for spot in spots_in(self.blocks) if spot.label == label]
        assert found, f"no field {label!r}; there are {self.labels}"
        return found[0]


class Modal(Surface):
    """The modal on top. After `press`, look again with `refresh` or `person.modal()`."""

    def __init__(self, person: Person, view: Json, problems: dict[str, str]) -> None:
        super().__init__(person, {"view_id": view["id"]}, view["blocks"], view["values"])
        self._problems = problems
        self._take(view)

    def _take(self, view: Json) -> None:
        self.view = view
        self.blocks = view["blocks"]
        self._held = view["values"]
        self._changes = {}

    @property
    def title(self) -> str:
        return str(self.view["title"]["text"])

    @property
    def submit_text(self) -> str | None:
        return self.view["submit"]["text"] if self.view["submit"] else None

    @property
    def errors(self) -> dict[str, str]:
        """What stands under the fields, by label."""
        labels = {spot.block_id: spot.label for spot in spots_in(self.blocks)}
        return {labels.get(block_id, block_id): text for block_id, text in self._problems.items()}

    async def refresh(self) -> None:
        """See the same view as it is now; where it is gone, the last sight of it stays."""
        for view in (await self.person.get("views"))["views"]:
            if view["id"] == self.view["id"]:
                self._take(view)
        self._changes = {}

    async def submit(self) -> Modal | None:
        """Press the submit button: the modal that is then on top, with `.errors`, or None.

        AssertionError when Slack would show trouble instead.
        """
        answer = await self.try_submit()
        assert "error" not in answer, f"submitting {self.title!r} met trouble: {answer}"
        views = answer["views"]
        return Modal(self.person, views[-1], answer.get("errors", {})) if views else None

    async def try_submit(self) -> Json:
        """The same, giving back the whole answer, trouble included."""
        view_id = self.view["id"]
        return await self.person.post("submit", view_id=view_id, values=self._changes)

    async def close(self, *, everything: bool = False) -> Modal | None:
        """Cancel this modal, or with `everything` press the x: what is then on top."""
        view_id = self.view["id"]
        views = (await self.person.post("close", view_id=view_id, all=everything))["views"]
        return Modal(self.person, views[-1], {}) if views else None


class Message(Surface):
    """A message in the direct messages with the app, or in a channel."""

    def __init__(self, person: Person, channel: str, body: Json) -> None:
        place = {"channel": channel, "ts": body["ts"]}
        super().__init__(person, place, body.get("blocks", []), {})
        self.body = body

    @property
    def text(self) -> str:
        return super().text if self.blocks else self.fallback

    @property
    def fallback(self) -> str:
        """What the notification says."""
        return str(self.body.get("text", ""))

    @property
    def is_private(self) -> bool:
        """Whether only this person sees it."""
        return bool(self.body.get("ephemeral"))

    async def refresh(self) -> None:
        """See the message as it is now; where it is gone, the last sight of it stays."""
        for message in await self.person.messages(self.container["channel"]):
            if message.body["ts"] == self.body["ts"]:
                self.body, self.blocks = message.body, message.blocks
        self._changes = {}


class Person:
    """One person in a workspace that is served at `server_url`."""

    def __init__(
        self, server_url: str, user_id: str, patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        self.id = user_id
        self._url = server_url
        self._patience_seconds = patience_seconds

    async def types(self, text: str, channel: str | None = None) -> Json:
        """Type a message or slash command, in the direct messages with the app by default."""
        return await self.post("say", channel=channel or await self._direct(), text=text)

    async def modal(self) -> Modal:
        """The modal on top, waiting a moment for one to open."""
        async for _ in self._patience():
            views = (await self.get("views"))["views"]
            if views:
                return Modal(self, views[-1], {})
        raise AssertionError("no modal is open")

    async def has_modal(self) -> bool:
        return bool((await self.get("views"))["views"])

    async def messages(self, channel: str | None = None) -> list[Message]:
        """The direct messages with the app, or a channel; newest last."""
        place = channel or await self._direct()
        found = (await self.get("messages", channel=place))["messages"]
        return [Message(self, place, body) for body in found]

    async def message(self, words: str) -> Message:
        """The newest message in which the words stand, waiting a moment for it to come."""
        seen: list[str] = []
        async for _ in self._patience():
            messages = await self.messages()
            for message in reversed(messages):
                if words in message.text:
                    return message
            seen = [message.text for message in messages]
        raise AssertionError(f"no message says {words!r}; there are {seen}")

    async def said_privately(self) -> list[Message]:
        """What only this person sees in their direct messages with the app, newest last."""
        return [message for message in await self.messages() if message.is_private]

    async def home(self) -> Surface:
        """Open the app's Home."""
        view = (await self.post("home"))["view"]
        assert view is not None, "the app published no Home"
        return Surface(self, {"home": True}, view["blocks"], view["values"])

    async def opens_messages(self) -> None:
        """Look at the direct messages with the app, of which it is told."""
        await self.post("open")

    async def shortcut(self, name: str) -> Json:
        """Pick a global shortcut by its name."""
        return await self.post("shortcut", callback_id=await self._shortcut_id(name))

    async def message_shortcut(self, name: str, message: Message) -> Json:
        """Pick a shortcut from a message's menu."""
        callback_id = await self._shortcut_id(name)
        return await self.post("shortcut", callback_id=callback_id, **message.container)

    async def id_of(self, name: str) -> str:
        """The id of the person with this short or real name."""
        people = (await self.get(""))["users"]
        for person in people:
            if name in {person["name"], person["real_name"]}:
                return str(person["id"])
        raise AssertionError(f"nobody is called {name!r}: {[one['name'] for one in people]}")

    async def get(self, path: str, **query: str) -> Json:
        """Ask the workspace; AssertionError when the client could not have asked that."""
        return await self._call("GET", path, params={"user": self.id, **query})

    async def post(self, path: str, **body: object) -> Json:
        return await self._call("POST", path, json={"user": self.id, **body})

    async def _call(self, method: str, path: str, **how: Any) -> Json:
        url = f"{self._url}/_workspace/{path}".rstrip("/")
        async with aiohttp.request(method, url, **how) as response:
            answer: Json = await response.json()
            assert response.status == 200, f"{method} {path}: {answer}"
            return answer

    async def _patience(self) -> AsyncIterator[None]:
        """Another look every so often, until there is no patience left."""
        until = time.monotonic() + self._patience_seconds
        while True:
            yield None
            if time.monotonic() > until:
                return
            await asyncio.sleep(0.02)

    async def _direct(self) -> str:
        return str((await self.get("conversations"))["conversations"][0]["id"])

    async def _shortcut_id(self, name: str) -> str:
        shortcuts = (await self.get(""))["shortcuts"]
        for one in shortcuts:
            if one["name"] == name:
                return str(one["callback_id"])
        raise AssertionError(f"no shortcut {name!r}: {[one['name'] for one in shortcuts]}")


def _one(options: list[Json], words: str) -> Json:
    """The option that says exactly this, else the only one that contains it."""
    exact = [one for one in options if _words(one) == words]
    near = exact or [one for one in options if words.lower() in _words(one).lower()]
    offered = [_words(one) for one in options]
    assert len(near) == 1, f"{len(near)} options say {words!r}; there are {offered}"
    return near[0]


def _words(option: Json) -> str:
    text = option["text"]
    return str(text["text"] if isinstance(text, dict) else text)
