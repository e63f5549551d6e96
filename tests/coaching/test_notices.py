from __future__ import annotations

import pytest

from coaching.notices import UNREPEATED, NoticeKind, again_when_unknown


@pytest.mark.parametrize(
    "kind", ["shared", "revised", "decided", "reopened", "voided", "disagreement", "escalated"]
)
def test_what_nothing_follows_up_is_better_told_twice_than_never(kind: str) -> None:
    assert again_when_unknown(NoticeKind(kind))


@pytest.mark.parametrize(
    "kind",
    [
        "finish",
        "acknowledge",
        "half_way",
        "step",
        "outcome_due",
        "overdue",
        "unanswered",
        "no_session",
        "digest",
        "orphaned",
        "letter",
    ],
)
def test_a_reminder_is_better_left_out_than_sent_twice(kind: str) -> None:
    assert kind not in {told.value for told in UNREPEATED}
