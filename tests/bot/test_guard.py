from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guard import LARGEST, Json, Refusal, admit, body_of
from tests.bot.requests import FORM, command, interaction, signed

SECRET, NOW = "a signing secret", 1_800_000_000
USER = {"id": "U0"}
JSON_TYPE = "application/json"


def sent(
    body: bytes, *, seconds: int = NOW, content_type: str = FORM, **headers: str
) -> Json | Refusal:
    """What becomes of a well signed request, headers replaced by name."""
    given_headers = signed(body, secret=SECRET, seconds=seconds, content_type=content_type)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return admit({**given_headers, **named}, body, secret=SECRET, now=NOW)


def status(answer: Json | Refusal) -> int:
    return answer.status if isinstance(answer, Refusal) else 200


def test_a_command_is_admitted_with_its_fields() -> None:
    answer = sent(command("quick <@U0DANA|dana>"))
    assert isinstance(answer, dict)
    assert answer["text"] == "quick <@U0DANA|dana>"


def test_the_word_payload_in_a_command_is_a_word() -> None:
    answer = sent(command("show payload"))
    assert isinstance(answer, dict)
    assert answer["command"] == "/coach"


def test_an_interaction_is_admitted_with_its_payload() -> None:
    payload = {
        "type": "block_actions",
        "user": USER,
        "actions": [{"action_id": "coach.more", "block_id": "b"}],
    }
    assert sent(interaction(payload)) == payload


@pytest.mark.parametrize("seconds", [NOW - 301, NOW + 301, 0])
def test_a_request_of_another_time_is_refused(seconds: int) -> None:
    assert status(sent(command(), seconds=seconds)) == 401


@pytest.mark.parametrize("stamp", ["", "now", "-5", "1e9", "9" * 400, "١٨٠٠٠٠٠٠٠٠", "1.5"])
def test_a_timestamp_that_is_no_number_is_refused(stamp: str) -> None:
    assert status(sent(command(), x_slack_request_timestamp=stamp)) == 401


@pytest.mark.parametrize("signature", ["", "v0=", "v0=" + "0" * 64, "é", "\udcff"])
def test_another_signature_is_refused(signature: str) -> None:
    assert status(sent(command(), x_slack_signature=signature)) == 401


def test_a_signature_of_another_body_is_refused() -> None:
    headers = signed(command("drafts"), secret=SECRET, seconds=NOW)
    assert status(admit(headers, command("help"), secret=SECRET, now=NOW)) == 401


def test_without_a_secret_nothing_is_believed() -> None:
    body = command()
    assert status(admit(signed(body, secret="", seconds=NOW), body, secret=None, now=NOW)) == 401


@pytest.mark.parametrize("content_type", ["", "text/plain", "multipart/form-data; boundary=x"])
def test_another_content_type_is_refused(content_type: str) -> None:
    assert status(sent(command(), content_type=content_type)) == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"payload=[]",
        b"payload={",
        b"payload=%22text%22",
        b"payload=" + b"[" * 60_000,
        b"payload=\xff\xfe",
        b"payload=%ff%fe",
        b"text=%ff",
        b"a=1",
        b"&".join(b"a=1" for _ in range(1000)),
        interaction({"type": "block_actions"}),
        interaction({"type": "block_actions", "user": USER, "actions": []}),
        interaction({"type": "block_actions", "user": USER, "actions": [None]}),
        interaction({"type": "block_actions", "user": USER, "actions": [{"action_id": 1}]}),
        interaction({"type": "view_submission", "user": USER}),
        interaction({"type": "view_submission", "user": USER, "view": []}),
        interaction(
            {"type": "view_submission", "user": USER, "view": {"type": "modal", "state": []}}
        ),
        interaction(
            {"type": "view_submission", "user": USER, "view": {"callback_id": "log.write"}}
        ),
        interaction({"type": "view_submission", "user": "U0", "view": {}}),
        interaction({"type": 5, "user": USER}),
        interaction({"type": "shortcut", "user": USER, "callback_id": []}),
        interaction({"type": "shortcut", "user": USER, "callback_id": "a", "team": "T0"}),
        interaction({"type": "block_suggestion", "user": USER, "action_id": "a", "value": {}}),
        interaction({"type": "shortcut", "user": {"id": "\ud800"}, "callback_id": "a"}),
    ],
)
def test_a_form_that_slack_would_not_send_is_a_4xx(body: bytes) -> None:
    assert status(sent(body)) == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 60_000,
        b'{"type": "event_callback"}',
        b'{"type": "event_callback", "event": []}',
        b'{"type": "event_callback", "event": {"type": "x"}, "authorizations": {}}',
        b'{"type": "event_callback", "event": {"type": "x"}, "authorizations": [1]}',
        b'{"type": "url_verification"}',
        b'{"type": 1e999}',
        b"9" * 10_000,
    ],
)
def test_an_event_that_slack_would_not_send_is_a_4xx(body: bytes) -> None:
    assert status(sent(body, content_type=JSON_TYPE)) == 400


@given(st.binary(max_size=200), st.sampled_from([FORM, JSON_TYPE]))
def test_no_body_makes_it_stumble(body: bytes, content_type: str) -> None:
    assert 200 <= status(sent(body, content_type=content_type)) < 500


_KEYS = st.sampled_from(
    ["type", "user", "id", "team", "view", "state", "values", "actions", "action_id", "event"]
)
_ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)
_TYPES = st.sampled_from(["block_actions", "view_submission", "block_suggestion", "shortcut"])


@given(st.dictionaries(_KEYS, _ANY_JSON), _TYPES)
def test_no_payload_makes_it_stumble(payload: Json, kind: str) -> None:
    assert 200 <= status(sent(interaction({**payload, "type": kind}))) < 500
    assert 200 <= status(sent(json.dumps(payload).encode(), content_type=JSON_TYPE)) < 500


async def _in_parts(part: bytes, count: int, taken: list[int]) -> AsyncIterator[bytes]:
    for number in range(count):
        taken.append(number)
        yield part


async def test_a_body_is_put_together() -> None:
    assert await body_of(_in_parts(b"abc", 3, []), {}) == b"abcabcabc"


async def test_an_endless_body_is_not_taken_to_its_end() -> None:
    taken: list[int] = []
    part = b"a" * 65536
    assert await body_of(_in_parts(part, 1000, taken), {}) == Refusal(413, "too large")
    assert len(taken) == LARGEST // len(part) + 1


async def test_a_body_that_announces_its_size_is_refused_unread() -> None:
    taken: list[int] = []
    for size in (str(LARGEST + 1), "9" * 300):
        answer = await body_of(_in_parts(b"a", 1, taken), {"content-length": size})
        assert answer == Refusal(413, "too large")
    assert not taken


_PRESS = {"type": "block_actions", "user": USER}
_BUTTON = {"action_id": "coach.show", "block_id": "b"}


@pytest.mark.parametrize(
    "payload",
    [
        {**_PRESS, "actions": [{**_BUTTON, "value": "a\x00"}]},
        {**_PRESS, "actions": [{**_BUTTON, "selected_option": "a"}]},
        {**_PRESS, "actions": [_BUTTON], "view": {"private_metadata": "\x00"}},
        {"type": "block_actions", "user": {"id": "U\x00"}, "actions": [_BUTTON]},
        {**_PRESS, "actions": [_BUTTON], "team": {"id": "T\x00"}},
        {"type": "workflow_step_edit", "user": USER},
    ],
)
def test_what_slack_never_sends_is_refused(payload: Json) -> None:
    assert status(sent(interaction(payload))) == 400


@pytest.mark.parametrize(
    "event",
    [
        {"type": "user_change", "user": "U0"},
        {"type": "user_change", "user": {"id": "U0", "profile": []}},
        {"type": "app_home_opened"},
        {"type": "app_home_opened", "user": {}},
    ],
)
def test_an_event_has_the_shape_of_its_type(event: Json) -> None:
    body = json.dumps({"type": "event_callback", "team_id": "T0", "event": event}).encode()
    assert status(sent(body, content_type=JSON_TYPE)) == 400


def test_text_that_was_typed_may_hold_anything() -> None:
    typed = {**_BUTTON, "type": "plain_text_input", "value": "a\x00b"}
    assert status(sent(interaction({**_PRESS, "actions": [typed]}))) == 200
