"""The smallest Bolt for Python app: a request URL at PORT, or Socket Mode with an app token."""

from __future__ import annotations

import os
import sys
import threading

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

web = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
app = App(client=web)


@app.command("/hello")
def hello(ack: Ack) -> None:
    ack("Hello from Python")


if __name__ == "__main__":
    if "SLACK_APP_TOKEN" in os.environ:
        SocketModeHandler(app).connect()  # type: ignore[no-untyped-call] # Bolt left it without types
        sys.stdout.write("connected\n")
        sys.stdout.flush()
        threading.Event().wait()
    else:
        app.start(port=int(os.environ["PORT"]))
