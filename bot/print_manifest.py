"""`coachlog manifest`."""

from __future__ import annotations

import json
import re

from bot import settings
from bot.manifest import manifest
from bot.trouble import Misconfigured


def printed(*, url: str | None, socket: bool) -> str:
    """The manifest as JSON; the command's name comes from COACHLOG_COMMAND.

    Raises:
        Misconfigured: the address is none that Slack would take.
    """
    if url is not None and socket:
        raise Misconfigured(["--url and --socket exclude each other: leave one out."])
    if url is not None and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise Misconfigured(["--url is not a web address. Write https://coachlog.example.com."])
    made = manifest(command=settings.read().coachlog_command, url=url, socket=socket)
    return json.dumps(made, indent=2, ensure_ascii=False)
