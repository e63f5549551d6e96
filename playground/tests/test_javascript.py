"""A Bolt for JavaScript app in the workspace, by request URL and by Socket Mode."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from playground import Channel, Clock, InstalledApp, Team, User, Workspace, serve
from playground.testing.node import installed, node_path
from playground.testing.person import Person
from playground.tests.processes import program
from playground.tests.toy import Json

MANIFEST: Json = {
    "display_information": {"name": "Orders"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/order"}],
        "shortcuts": [
            {"name": "Order now", "type": "global", "callback_id": "order_now"},
            {"name": "Order this", "type": "message", "callback_id": "order_this"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "im:history", "users:read"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]}},
}
ADA = User(id="U0ADA", name="ada", real_name="Ada Moreau")


@asynccontextmanager
async def orders(*, by_socket: bool) -> AsyncIterator[Person]:
    """The JavaScript app, started and reached, and Ada."""
    folder = await installed(Path(__file__).parent / "javascript")
    ws = Workspace(team=Team("T0SHOP", "Shop", "shop"), clock=Clock())
    ws.add_user(ADA)
    ws.add_channel(Channel(id="C0SHOP", name="shop", members=(ADA.id,)))
    async with serve(ws) as served:
        settings = MANIFEST["settings"] | {"socket_mode_enabled": by_socket}

        def install(request_url: str | None) -> None:
            ws.install(
                InstalledApp.from_manifest(
                    MANIFEST | {"settings": settings},
                    app_id="A0ORDERS",
                    bot_token="xoxb-orders",
                    signing_secret="orders-secret",
                    app_token="xapp-orders",
                    request_url=request_url,
                )
            )

        environment = {
            "SLACK_API_URL": served.api_url,
            "SLACK_BOT_TOKEN": "xoxb-orders",
            "SLACK_SIGNING_SECRET": "orders-secret",
        } | ({"SLACK_APP_TOKEN": "xapp-orders"} if by_socket else {})
        install(None)
        async with program(node_path(), "app.js", environment=environment, folder=folder) as app:
            port = (await app.says("started ")).split()[-1]
            if not by_socket:
                install(f"http://127.0.0.1:{port}/slack/events")
            yield Person(served.url, ADA.id)
            # Where it said so, Bolt met something that it did not expect.
            assert "ERROR" not in app.said, app.said
            assert "WARN" not in app.said, app.said


@pytest.mark.parametrize("by_socket", [False, True], ids=["request URL", "Socket Mode"])
async def test_a_bolt_for_javascript_app_works_as_in_slack(*, by_socket: bool) -> None:
    async with orders(by_socket=by_socket) as ada:
        assert (await ada.types("/order"))["ok"]
        form = await ada.modal()
        await form.fill("What", "Te")
        await form.choose("Size", "Large")
        await form.fill("Day", "2026-12-24")
        refused = await form.submit()
        assert refused is not None
        assert refused.errors == {"What": "Say more."}
        await refused.fill("What", "Tea and cake")
        assert await refused.submit() is None

        order = await ada.message("Tea and cake, large, 2026-12-24")
        assert (await order.press("Done"))["ok"]
        done = await ada.message("Done: Tea")
        assert done.body["ts"] == order.body["ts"]
        assert done.buttons == []

        assert (await ada.home()).text == "Home of Ada Moreau"

        assert (await ada.shortcut("Order now"))["ok"]
        assert await (await ada.modal()).close() is None
        assert (await ada.types("Is there tea?"))["ok"]
        tea = await ada.message("Tea for <@U0ADA>")
        assert (await ada.message_shortcut("Order this", tea))["ok"]
        form = await ada.modal()
        await form.fill("What", "One more")
        await form.choose("Size", "Small")
        await form.fill("Day", "2026-12-25")
        assert await form.submit() is None
        assert "for Tea for <@U0ADA>" in (await ada.message("One more")).text

        await ada.types("/order help")
        help_ = await ada.message("Type /order")
        assert help_.is_private
