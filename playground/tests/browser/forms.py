"""What the toy app shows: a form with each kind of element, and the message that follows."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

LETTERS = ("Alpha", "Beta", "Gamma", "Alphabet")
MEETING = 1_795_600_800  # 2026-11-25T10:00 in London, 15:30 in Kolkata
HOSTILE = '<img src=x onerror="document.title=1"> *bold* &amp; <!channel>'


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def options(*texts: str) -> list[Json]:
    return [{"text": plain(text), "value": text.lower()} for text in texts]


def field(block_id: str, label: str, element: Json, **more: object) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "it", **element},
        **more,
    }


def modal(title: str, blocks: list[Json], submit: str | None = "Next", **more: object) -> Json:
    view: Json = {"type": "modal", "title": plain(title), "close": plain("Close"), "blocks": blocks}
    return view | ({"submit": plain(submit)} if submit else {}) | more


def word(**more: object) -> Json:
    return field(
        "word", "Word", {"type": "plain_text_input", **more}, hint=plain("One word will do.")
    )


def every_element() -> Json:
    """One input of each kind, and the elements that stand outside of inputs."""
    return modal(
        "Everything (1 of 2)",
        [
            {"type": "header", "block_id": "head", "text": plain("All that can be asked")},
            {"type": "alert", "block_id": "alert", "level": "info", "text": mrkdwn("Take *care*.")},
            word(placeholder=plain("A word")),
            field("lines", "Lines", {"type": "plain_text_input", "multiline": True}, optional=True),
            field("number", "Number", {"type": "number_input", "is_decimal_allowed": False}),
            field("mail", "E-mail", {"type": "email_text_input"}, optional=True),
            field("link", "Link", {"type": "url_text_input"}, optional=True),
            field("pick", "Pick", {"type": "static_select", "options": options("Red", "Blue")}),
            field("letter", "Letter", {"type": "external_select", "min_query_length": 1}),
            field("person", "Person", {"type": "users_select"}),
            field("some", "Some", {"type": "checkboxes", "options": options("Salt", "Oil")}),
            field("one", "One", {"type": "radio_buttons", "options": options("Yes", "No")}),
            field(
                "many",
                "Many",
                {"type": "multi_static_select", "options": options("Mon", "Tue", "Wed")},
                optional=True,
            ),
            field("day", "Day", {"type": "datepicker", "initial_date": "2026-12-24"}),
            field("hour", "Hour", {"type": "timepicker", "initial_time": "09:30"}),
            field("moment", "Moment", {"type": "datetimepicker", "initial_date_time": MEETING}),
            {
                "type": "section",
                "block_id": "mode",
                "text": mrkdwn("Which *mode*?"),
                "accessory": {
                    "type": "static_select",
                    "action_id": "mode",
                    "placeholder": plain("Mode"),
                    "options": options("Short", "Long"),
                },
            },
            {
                "type": "actions",
                "block_id": "more",
                "elements": [{"type": "button", "action_id": "push", "text": plain("Look closer")}],
            },
        ],
        callback_id="everything",
    )


def with_mode(mode: str) -> Json:
    """The same form once a mode was chosen: one line more, another hint, same fields."""
    view = every_element()
    view["blocks"][0]["text"] = plain(f"The {mode} way")
    view["blocks"][2]["hint"] = plain(f"A {mode} one.")
    view["blocks"].insert(1, {"type": "context", "block_id": "new", "elements": [mrkdwn("New")]})
    return view


def second(first_word: str) -> Json:
    """The second step: the word goes on as it is, the number begins anew under another id."""
    return modal(
        "Everything (2 of 2)",
        [
            word(initial_value="ignored"),
            field(
                "number#2",
                "Number",
                {"type": "number_input", "is_decimal_allowed": False, "initial_value": "7"},
            ),
        ],
        submit="Send",
        callback_id="second",
        private_metadata=first_word,
    )


def closer() -> Json:
    return modal(
        "Closer",
        [{"type": "section", "block_id": "text", "text": mrkdwn("You see more here.")}],
        submit=None,
    )


def letter(who: str) -> list[Json]:
    """A message with all that can be pressed."""
    return [
        {"type": "header", "block_id": "head", "text": plain("A letter")},
        {
            "type": "section",
            "block_id": "facts",
            "fields": [mrkdwn(f"*From*\n<@{who}>"), mrkdwn("*When*\n<!date^0^{date_num}|then>")],
        },
        {
            "type": "actions",
            "block_id": "press",
            "elements": [
                {
                    "type": "button",
                    "action_id": "agree",
                    "text": plain("Acknowledge"),
                    "style": "primary",
                    "value": "17",
                },
                {
                    "type": "button",
                    "action_id": "void",
                    "text": plain("Void"),
                    "style": "danger",
                    "confirm": {
                        "title": plain("Void it?"),
                        "text": mrkdwn("This *stays* in the history."),
                        "confirm": plain("Void it"),
                        "deny": plain("Keep it"),
                    },
                },
                {
                    "type": "overflow",
                    "action_id": "later",
                    "options": options("Tomorrow", "Next week"),
                },
            ],
        },
        {"type": "context", "block_id": "small", "elements": [mrkdwn("Read, not *agreed*.")]},
    ]


def home(presses: int) -> Json:
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "block_id": "head", "text": plain("Waiting for you")},
            {
                "type": "section",
                "block_id": "row",
                "text": mrkdwn(f"Pressed *{presses}* times"),
                "accessory": {"type": "button", "action_id": "count", "text": plain("Count up")},
            },
        ],
    }


def hostile() -> list[Json]:
    """User text in each place that takes text, as a careless app would put it there."""
    return [
        {"type": "header", "block_id": "h", "text": plain(HOSTILE)},
        {"type": "section", "block_id": "s", "text": {**mrkdwn(HOSTILE), "verbatim": True}},
        {
            "type": "actions",
            "block_id": "a",
            "elements": [
                {"type": "button", "action_id": "b", "text": plain(HOSTILE)},
                {
                    "type": "static_select",
                    "action_id": "c",
                    "placeholder": plain(HOSTILE),
                    "options": [{"text": plain(HOSTILE), "value": "x"}],
                },
            ],
        },
        {
            "type": "section",
            "block_id": "l",
            "text": mrkdwn("<javascript:alert(1)|press me> and <https://example.com|fine>"),
        },
    ]
