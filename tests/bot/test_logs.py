from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot import logs

SECRET = "Gave the cancellation fee without asking why"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log says, as JSON lines; afterwards the logging of the tests is as it was."""
    root, ours = logging.getLogger(), logging.getLogger("coachlog")
    handlers, level, own = list(root.handlers), root.level, ours.level
    stream = io.StringIO()
    logs.configure("json", stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers, root.level, ours.level = handlers, level, own


def lines(written: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def _raise() -> None:
    raise ValueError(SECRET)


def test_our_lines_carry_known_fields_only(written: io.StringIO) -> None:
    logs.logger().info("notice.sent", notice="n1", log="l1", quote=SECRET, body={"text": SECRET})
    (line,) = lines(written)
    assert line.pop("timestamp")
    assert line == {"event": "notice.sent", "level": "info", "notice": "n1", "log": "l1"}


def test_a_librarys_words_stay_outside(written: io.StringIO) -> None:
    logging.getLogger("slack_bolt.App").warning("Unhandled request (%s)", {"text": SECRET})
    logging.getLogger("slack_sdk.web").error("Failed: %s", SECRET)
    first, second = lines(written)
    assert SECRET not in written.getvalue()
    assert first["library"] == "slack_bolt.App"
    assert str(first["source"]).startswith("test_logs:")
    assert second["level"] == "error"


def test_a_librarys_traceback_is_one_line_that_says_where(written: io.StringIO) -> None:
    try:
        _raise()
    except ValueError:
        logging.getLogger("asyncio").exception("Task failed: %s", SECRET)
    (line,) = lines(written)
    assert SECRET not in written.getvalue()
    assert line["error"] == "ValueError"
    assert "_raise" in str(line["where"])


def test_what_libraries_say_below_warnings_is_not_written(written: io.StringIO) -> None:
    logging.getLogger("slack_bolt").info(SECRET)
    logging.getLogger("aiohttp.access").debug(SECRET)
    assert written.getvalue() == ""


def test_text_is_one_line_too(written: io.StringIO) -> None:
    stream = io.StringIO()
    logs.configure("text", stream)
    try:
        _raise()
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\nmore")
    logs.logger().warning("request.refused", status=401, reason="signature")
    first, second = stream.getvalue().splitlines()
    assert "ValueError" in first
    assert "status=401" in second
    assert written.getvalue() == ""
