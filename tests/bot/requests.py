"""Requests as Slack signs them, and as it would never send them."""

from __future__ import annotations

import hashlib
import hmac
import json
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"


def signed(body: bytes, *, secret: str, seconds: int, content_type: str = FORM) -> dict[str, str]:
    """The headers of a request that Slack sends at that time."""
    base = f"v0:{seconds}:".encode() + body
    return {
        "content-type": content_type,
        "x-slack-request-timestamp": str(seconds),
        "x-slack-signature": "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest(),
    }


def command(text: str = "", **fields: str) -> bytes:
    """A slash command's body."""
    known = {"command": "/coach", "text": text, "team_id": "T0", "user_id": "U0"}
    return urlencode({**known, **fields}).encode()


def interaction(payload: object) -> bytes:
    """An interaction's body."""
    return urlencode({"payload": json.dumps(payload)}).encode()
