"""Three months of coaching in the playground's contact center, a story for each log."""

from __future__ import annotations

from dataclasses import dataclass

from bot.seed_people import CLOSING, DISCOVERY, EMPATHY, HOLD, POLICY, PRIYA, SAM
from coaching.criteria import Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One log. Days count back from the start of the playground.

    Attributes:
        plan: calls that must reach the threshold, and calls to review.
        runs: days from the session to the agreed day.
        outcome: calls looked at, calls that reached it, and the decision; empty while open.
        is_draft: written down but not shared yet.
    """

    agent: str
    supervisor: str
    days_ago: int
    criterion: Criterion
    score: str
    threshold: str
    call: str
    moment: str
    observed: str
    target: str
    points: tuple[str, ...]
    plan: tuple[int, int] = (7, 10)
    runs: int = 30
    outcome: tuple[int, int, str] | None = None
    why: str = ""
    own_words: str = ""
    disagrees: str = ""
    lead_says: str = ""
    is_acknowledged: bool = True
    is_draft: bool = False


STORIES = (
    Story(
        agent="U0MARCO",
        supervisor=SAM,
        days_ago=88,
        criterion=HOLD,
        score="fail",
        threshold="pass",
        call="7203",
        moment="04:40",
        observed="Put the customer on hold twice without saying why or for how long",
        target="Say the reason and the expected time before every hold",
        points=(
            "Listened to both holds together",
            "Marco looks things up in two systems at once",
            "Agreed on one sentence to use before each hold",
        ),
        plan=(4, 5),
        outcome=(5, 5, "close"),
        own_words="I tell them what I am looking for before I press hold.",
    ),
    Story(
        agent="U0DANA",
        supervisor=SAM,
        days_ago=80,
        criterion=EMPATHY,
        score="2",
        threshold="4",
        call="7415",
        moment="01:55",
        observed="Customer said that her father had died; Dana asked for the account number next",
        target="Say back what the customer told before the first question about the account",
        points=(
            "Played 01:55 to 02:20",
            "Dana heard it but was already typing",
            "Tried three ways of saying it back in a role play",
        ),
        outcome=(10, 8, "close"),
        own_words="Stop typing when something personal comes, and say it back first.",
    ),
    Story(
        agent="U0TOM",
        supervisor=PRIYA,
        days_ago=75,
        criterion=DISCOVERY,
        score="48",
        threshold="80",
        call="R-2210",
        moment="02:31",
        observed="Offered the half-price plan within ten seconds of the word cancel",
        target="Ask why the customer wants to cancel before naming any offer",
        points=(
            "Compared two calls, one with and one without the question",
            "Tom fears that the question sounds like stalling",
            "Agreed on his own wording for it",
        ),
        outcome=(10, 4, "continue"),
        why="The question comes now, but after the offer in six of ten calls.",
    ),
    Story(
        agent="U0AISHA",
        supervisor=SAM,
        days_ago=66,
        criterion=POLICY,
        score="70",
        threshold="95",
        call="7788",
        moment="06:05",
        observed="Quoted a late fee of 45 pounds; the price list says 38.50",
        target="Open the price list before naming any fee",
        points=(
            "The bookmark pointed at last year's list",
            "Found the new list together and saved it",
            "Aisha asked for a note to the whole team",
        ),
        plan=(5, 5),
        outcome=(5, 5, "close"),
    ),
    Story(
        agent="U0INES",
        supervisor=SAM,
        days_ago=58,
        criterion=CLOSING,
        score="5",
        threshold="8",
        call="7941",
        moment="09:12",
        observed="Ended the call without saying what happens next or by when",
        target="Name the next step and its date before saying goodbye",
        points=(
            "The customer called again two days later for the same thing",
            "Ines keeps the dates in her notes already",
            "Tried the closing sentence on two sample cases",
        ),
        plan=(6, 8),
        outcome=(3, 2, "close"),
        why="Ines was on leave for most of the month. We look at it again in the next session.",
    ),
    Story(
        agent="U0OMAR",
        supervisor=PRIYA,
        days_ago=52,
        criterion=HOLD,
        score="fail",
        threshold="pass",
        call="R-2467",
        moment="03:20",
        observed="Left the line silent for 95 seconds without putting it on hold",
        target="Use the hold button whenever a look-up takes more than 20 seconds",
        points=(
            "Omar says the hold button dropped calls in September",
            "The ticket about it is closed since October",
            "Agreed to try it on ten calls and write down any drop",
        ),
        plan=(4, 5),
        outcome=(5, 4, "close"),
        disagrees="The calls really did drop when I pressed hold. That is not in the log.",
        lead_says="You are right that the tool failed then. The log stands, your note beside it.",
    ),
    Story(
        agent="U0GRACE",
        supervisor=PRIYA,
        days_ago=45,
        criterion=EMPATHY,
        score="3",
        threshold="4",
        call="R-2533",
        moment="message 7",
        observed="Pasted the refund text twice after the customer had asked a different question",
        target="Answer the question that was asked before pasting a prepared text",
        points=(
            "Read the chat aloud in two roles",
            "Grace handles three chats at once in the evening",
            "Agreed to read the last message again before sending",
        ),
        plan=(6, 8),
        outcome=(8, 2, "escalate"),
        why="Two sessions have not changed it; three chats at once may be why.",
    ),
    Story(
        agent="U0MARCO",
        supervisor=SAM,
        days_ago=33,
        criterion=DISCOVERY,
        score="60",
        threshold="80",
        call="8512",
        moment="02:02",
        observed="Read out three tariffs before asking what the customer uses the line for",
        target="Ask what the line is used for before naming a tariff",
        points=(
            "Marco knows the tariffs by heart and wants to show it",
            "Found one question that covers most customers",
            "Marco keeps a tally next to the screen",
        ),
        own_words="One question first, then one tariff.",
    ),
    Story(
        agent="U0KIM",
        supervisor=PRIYA,
        days_ago=24,
        criterion=CLOSING,
        score="6",
        threshold="8",
        call="R-2702",
        moment="11:48",
        observed="Thanked the customer and hung up before the case number was read out",
        target="Read out the case number before the goodbye",
        points=(
            "The case number is below the fold of the screen",
            "Moved the field to the top together",
            "Kim will say it before the satisfaction question",
        ),
    ),
    Story(
        agent="U0JOEL",
        supervisor=SAM,
        days_ago=12,
        criterion=POLICY,
        score="75",
        threshold="90",
        call="8690",
        moment="05:15",
        observed="Promised a refund in three days; the policy says up to ten working days",
        target="Say the refund time as the policy gives it",
        points=(
            "Joel wants to give people good news",
            "Looked at what happens when day four comes",
            "Wrote one honest sentence for it",
        ),
        plan=(4, 5),
    ),
    Story(
        agent="U0AISHA",
        supervisor=SAM,
        days_ago=2,
        criterion=DISCOVERY,
        score="65",
        threshold="80",
        call="8822",
        moment="01:30",
        observed="Asked for the account number before the customer had finished a sentence",
        target="Let the customer finish before the first question",
        points=(
            "Counted the interruptions in one call together: four",
            "The timer on the screen makes her hurry",
            "Aisha covers the timer for the first minute",
        ),
        is_acknowledged=False,
    ),
    Story(
        agent="U0ANA",
        supervisor=PRIYA,
        days_ago=1,
        criterion=HOLD,
        score="fail",
        threshold="pass",
        call="R-2811",
        moment="07:07",
        observed="Came back from hold and went on without thanking the customer for waiting",
        target="Thank the customer for waiting after every hold",
        points=(),
        is_draft=True,
    ),
)
