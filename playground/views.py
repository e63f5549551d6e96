"""Modals and Homes that are open: stacks, hashes, external ids, what their fields hold."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field

from playground.clock import Clock
from playground.fields import Fields
from playground.installation import InstalledApp
from playground.surfaces import checked_view
from playground.wire import ApiError, Json, new_id

STACK_MAX = 3


@dataclass(slots=True)
class View:
    """A view as one person has it before them."""

    id: str
    user_id: str
    team_id: str
    app: InstalledApp
    body: Json
    hash: str = ""
    root_id: str = ""
    previous_id: str | None = None
    fields: Fields = field(default_factory=Fields)
    suggested: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def external_id(self) -> str:
        return str(self.body.get("external_id", ""))

    def as_slack(self) -> Json:
        """The view object as every payload and answer carries it."""
        body = self.body
        title = body.get("title", {"type": "plain_text", "text": "View Title", "emoji": True})
        return {
            "id": self.id,
            "team_id": self.team_id,
            "type": body["type"],
            "blocks": self.blocks,
            "private_metadata": body.get("private_metadata", ""),
            "callback_id": body.get("callback_id", ""),
            "state": {"values": self.fields.values},
            "hash": self.hash,
            "title": title,
            "clear_on_close": body.get("clear_on_close", False),
            "notify_on_close": body.get("notify_on_close", False),
            "close": body.get("close"),
            "submit": body.get("submit"),
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id,
            "app_id": self.app.id,
            "external_id": self.external_id,
            "app_installed_team_id": self.team_id,
            "bot_id": self.app.bot_id,
        }

    def as_page(self) -> Json:
        """The view object with what its fields hold beside it, for the page."""
        return self.as_slack() | {"values": self.fields.values, "app_name": self.app.name}


class Views:
    """Every open view in the workspace."""

    def __init__(self, team_id: str, clock: Clock) -> None:
        self._team_id = team_id
        self._clock = clock
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}
        self._awaited: dict[str, list[asyncio.Future[None]]] = {}

    def stack(self, user_id: str) -> list[View]:
        """The person's open modals, the root first."""
        return self._stacks.setdefault(user_id, [])

    def home(self, user_id: str) -> View | None:
        return self._homes.get(user_id)

    def find(self, view_id: str) -> View | None:
        return next((view for view in self._all() if view.id == view_id), None)

    def open(self, app: InstalledApp, user_id: str, given: object) -> View:
        """A new root; whatever modal was open before it is gone."""
        body = checked_view(given, "modal")
        self._claim_external_id(body, None)
        self.stack(user_id).clear()
        return self._add(app, user_id, body)

    def push(self, app: InstalledApp, user_id: str, given: object) -> View:
        if len(self.stack(user_id)) >= STACK_MAX:
            raise ApiError("push_limit_reached")
        body = checked_view(given, "modal")
        self._claim_external_id(body, None)
        return self._add(app, user_id, body)

    def update(self, view: View, given: object, *, given_hash: object = None) -> None:
        """Show another body in an open view; `given_hash` is the one that the app last saw."""
        if given_hash is not None and given_hash != view.hash:
            raise ApiError("hash_conflict")
        body = checked_view(given, view.body["type"])
        self._claim_external_id(body, view)
        self._show(view, body)

    def publish(
        self, app: InstalledApp, user_id: str, given: object, *, given_hash: object = None
    ) -> View:
        home = self._homes.get(user_id)
        if home is not None:
            self.update(home, given, given_hash=given_hash)
            self._tell_published(user_id)
            return home
        if given_hash is not None:
            raise ApiError("hash_conflict")
        body = checked_view(given, "home")
        self._claim_external_id(body, None)
        home = self._new(app, user_id, body)
        self._homes[user_id] = home
        self._tell_published(user_id)
        return home

    def next_publish(self, user_id: str) -> asyncio.Future[None]:
        """Done when the app next publishes the person's Home."""
        published: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._awaited.setdefault(user_id, []).append(published)
        return published

    def _tell_published(self, user_id: str) -> None:
        for published in self._awaited.pop(user_id, ()):
            if not published.done():
                published.set_result(None)

    def named(self, view_id: object, external_id: object) -> View:
        """The open view that an update means."""
        if not view_id and not external_id:
            raise ApiError(
                "invalid_arguments",
                response_metadata={"messages": ["[ERROR] missing required field: view_id"]},
            )
        for view in self._all():
            if view.id == view_id or (not view_id and view.external_id == external_id):
                return view
        raise ApiError("not_found")

    def close(self, view: View) -> None:
        """Close the top view, or with a lower one everything above it too."""
        stack = self.stack(view.user_id)
        del stack[stack.index(view) :]

    def clear(self, user_id: str) -> None:
        self.stack(user_id).clear()

    def _all(self) -> list[View]:
        modals = [view for stack in self._stacks.values() for view in stack]
        return [*modals, *self._homes.values()]

    def _claim_external_id(self, body: Json, owner: View | None) -> None:
        wanted = body.get("external_id")
        if wanted and any(view.external_id == wanted and view is not owner for view in self._all()):
            raise ApiError("duplicate_external_id")

    def _add(self, app: InstalledApp, user_id: str, body: Json) -> View:
        stack = self.stack(user_id)
        view = self._new(app, user_id, body)
        if stack:
            view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        return view

    def _new(self, app: InstalledApp, user_id: str, body: Json) -> View:
        view = View(new_id("V"), user_id, self._team_id, app, body)
        view.root_id = view.id
        self._show(view, body)
        return view

    def _show(self, view: View, body: Json) -> None:
        view.body = body
        view.hash = f"{int(self._clock.epoch())}.{secrets.token_hex(4)}"
        view.fields.show(view.blocks)
