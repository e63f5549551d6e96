"""The rich_text block: sections, lists, quotes and preformatted text.

Limits: docs.slack.dev/reference/block-kit/blocks/rich-text-block.
"""

from __future__ import annotations

from playground.findings import Check
from playground.shapes import boolean, by_type, integer, list_of, one_of, record, string, typed

# Slack states no length for a piece of text; a message's own limit bounds it.
_LONGEST = 40_000
_MANY = 1_000

_STYLE = record({}, {"bold": boolean, "italic": boolean, "strike": boolean, "code": boolean})

PIECES: dict[str, Check] = {
    "text": typed({"text": string(_LONGEST)}, {"style": _STYLE}),
    "link": typed(
        {"url": string(3000)},
        {"text": string(_LONGEST), "unsafe": boolean, "style": _STYLE},
    ),
    "user": typed({"user_id": string(255)}, {"style": _STYLE}),
    "emoji": typed({"name": string(255)}, {"unicode": string(255), "style": _STYLE}),
    "date": typed(
        {"timestamp": integer(0, 9_999_999_999), "format": string(255)},
        {"url": string(3000), "fallback": string(255), "style": _STYLE},
    ),
}

_PIECES = list_of(by_type(PIECES), _MANY, 0)
_SECTION = typed({"elements": _PIECES})

KINDS: dict[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_list": typed(
        {
            "style": one_of("bullet", "ordered"),
            "elements": list_of(by_type({"rich_text_section": _SECTION}), _MANY),
        },
        {"indent": integer(0, 8), "offset": integer(0, 10_000), "border": integer(0, 1)},
    ),
    "rich_text_quote": typed({"elements": _PIECES}, {"border": integer(0, 1)}),
    "rich_text_preformatted": typed(
        {"elements": _PIECES}, {"border": integer(0, 1), "language": string(255)}
    ),
}

PARTS: Check = list_of(by_type(KINDS), _MANY)
