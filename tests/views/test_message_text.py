from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.message_text import as_read, mentioned

NAMES = {"U0DANA": "Dana Whitfield"}


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("<@U0DANA> Discovery 40", "Dana Whitfield Discovery 40"),
        ("<@U0DANA|dana> called", "Dana Whitfield called"),
        ("<@U0OTHER|alex> called", "alex called"),
        ("<@W0OTHER> called", "somebody called"),
        ("see <#C0QA|qa-alerts> and <#C0OPS>", "see #qa-alerts and a channel"),
        ("<https://qa.example/c/9?a=1&amp;b=2|call 9>", "call 9"),
        ("<https://qa.example/c/9?a=1&amp;b=2>", "https://qa.example/c/9?a=1&b=2"),
        ("<mailto:qa@example.com|qa@example.com>", "qa@example.com"),
        ("<mailto:qa@example.com>", "qa@example.com"),
        ("<!here> <!subteam^S1|@quality> <!subteam^S2>", "@here @quality a group"),
        ("<!date^1795516200^{date}|24 November>", "24 November"),
        ("40 &lt;b&gt;&amp;amp;&lt;/b&gt;", "40 <b>&amp;</b>"),
        ("&lt;@U0DANA&gt;", "<@U0DANA>"),
        ("3 < 4", "3 < 4"),
    ],
)
def test_a_message_reads_as_people_see_it(sent: str, read: str) -> None:
    assert as_read(sent, NAMES) == read


def test_who_is_mentioned() -> None:
    sent = "<@U0DANA> and <@U0SAM|sam>, <@U0DANA>, &lt;@U0TOM&gt; <#C0QA> <!here>"
    assert mentioned(sent) == {"U0DANA", "U0SAM"}


@given(st.text(alphabet=st.characters(exclude_characters="<&")))
def test_what_is_not_marked_stays_as_it_is(sent: str) -> None:
    assert as_read(sent, NAMES) == sent
