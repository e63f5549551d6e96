"""How text is shown: Slack's mrkdwn, its dates, and wall clocks of other zones."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from playground.tests.browser.toy import Toy

pytestmark = pytest.mark.browser

SHOW = """async ([text, verbatim]) => {
  const { mrkdwn } = await import("/static/mrkdwn.js");
  const scene = {
    people: new Map([["U1", { real_name: "Dana Whitfield" }]]), channels: new Map([["C1", "qa"]]),
    viewer: { id: "U2", tz: "Asia/Kolkata" }, now: () => 1795600800,
  };
  const holder = document.createElement("div");
  holder.append(...mrkdwn(text, scene, { verbatim }));
  holder.querySelectorAll("[class],[rel],[target]").forEach((node) => {
    node.removeAttribute("class"); node.removeAttribute("rel"); node.removeAttribute("target");
  });
  return holder.innerHTML;
}"""

AS_SLACK = {
    "*bold* _it_ ~gone~": "<strong>bold</strong> <em>it</em> <s>gone</s>",
    "*bold _both_*": "<strong>bold <em>both</em></strong>",
    "2*3*4 and snake_case_name": "2*3*4 and snake_case_name",
    "* not bold*": "* not bold*",
    "*not\nbold*": "*not\nbold*",
    "`a *b* &lt;c&gt;`": "<code>a *b* &lt;c&gt;</code>",
    "```\nx = *1*\n```after": "<pre>x = *1*</pre>after",
    "&gt; said\n> twice\nplain": "<blockquote>said\ntwice</blockquote>plain",
    "&lt;!channel&gt; &amp;amp;": "&lt;!channel&gt; &amp;amp;",
    "<@U1> <@U9> <#C1> <#C2|other>": (
        "<span>@Dana Whitfield</span> <span>@U9</span> <span>#qa</span> <span>#other</span>"
    ),
    "<!here> <!subteam^S1|@leads>": "<span>@here</span> <span>@leads</span>",
    "<https://example.com/a_b_c|a *b*>": '<a href="https://example.com/a_b_c">a *b*</a>',
    "see https://example.com/a?b=1&amp;c=2.": (
        'see <a href="https://example.com/a?b=1&amp;c=2">https://example.com/a?b=1&amp;c=2</a>.'
    ),
    "<javascript:alert(1)|go>": "<span>go</span>",
    "*<https://example.com|bold>*": '<strong><a href="https://example.com/">bold</a></strong>',
    ":tada: :no_such_thing: 10:30:45": (
        '<span role="img" aria-label="tada">🎉</span> :no_such_thing: 10:30:45'
    ),
    "<!date^1795600800^{date_short_pretty} at {time}|then>": "<time>Today at 15:30</time>",
    "<!date^1795514400^On {date_pretty}|then>": "<time>On yesterday</time>",
    "<!date^1392734382^{date_num} {time_secs}|then>": "<time>2014-02-18 20:09:42</time>",
    "<!date^1392734382^{date_long}|then>": "<time>Tuesday, February 18th, 2014</time>",
    "<!date^1392734382^{date_short}^https://example.com/|then>": (
        '<a href="https://example.com/"><time>Feb 18, 2014</time></a>'
    ),
    "<!date^1795860000^{ago}|then>": "<time>in 3 days</time>",
    "<!date^nonsense^{date}|then>": "<time>then</time>",
    "<b>": "<span>b</span>",
    "a < b": "a &lt; b",
}


async def test_text_looks_as_in_slack(page: Page, toy: Toy) -> None:
    await page.goto(toy.url)
    shown = {text: await page.evaluate(SHOW, [text, False]) for text in AS_SLACK}
    assert shown == AS_SLACK


async def test_verbatim_text_is_not_searched_for_addresses_and_broadcasts(
    page: Page, toy: Toy
) -> None:
    await page.goto(toy.url)
    text = "@here https://example.com *bold*"
    assert await page.evaluate(SHOW, [text, True]) == (
        "@here https://example.com <strong>bold</strong>"
    )
    assert await page.evaluate(SHOW, [text, False]) == (
        '<span>@here</span> <a href="https://example.com/">https://example.com</a>'
        " <strong>bold</strong>"
    )


WALL_CLOCKS = [
    ("2026-11-25T10:00", "Europe/London", 1_795_600_800),
    ("2026-11-25T15:30", "Asia/Kolkata", 1_795_600_800),
    ("2027-03-28T00:30", "Europe/London", 1_806_193_800),
    ("2027-03-28T02:30", "Europe/London", 1_806_197_400),
    ("2027-10-31T00:30", "Europe/London", 1_824_939_000),
    ("2027-10-31T02:30", "Europe/London", 1_824_949_800),
]


async def test_wall_clocks_become_moments_and_back(page: Page, toy: Toy) -> None:
    await page.goto(toy.url)
    both = """async ([local, tz]) => {
      const { epochOf, localOf } = await import("/static/dates.js");
      const epoch = epochOf(local, tz);
      return [localOf(epoch, tz), tz, epoch];
    }"""
    found = [tuple(await page.evaluate(both, [local, tz])) for local, tz, _ in WALL_CLOCKS]
    assert found == WALL_CLOCKS


async def test_a_time_that_the_clocks_skip_moves_forward_and_one_twice_there_is_the_first(
    page: Page, toy: Toy
) -> None:
    await page.goto(toy.url)
    moment = """async (local) => {
      const { epochOf, localOf } = await import("/static/dates.js");
      const epoch = epochOf(local, "America/New_York");
      return [new Date(epoch * 1000).toISOString(), localOf(epoch, "America/New_York")];
    }"""
    skipped = await page.evaluate(moment, "2027-03-14T02:30")
    assert skipped == ["2027-03-14T07:30:00.000Z", "2027-03-14T03:30"]
    twice = await page.evaluate(moment, "2027-11-07T01:30")
    assert twice == ["2027-11-07T05:30:00.000Z", "2027-11-07T01:30"]
