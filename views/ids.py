"""The names by which Slack tells our views, fields and buttons apart.

A button's `value` is the log's opaque ID unless said otherwise. A button that stands several times
in one block carries a suffix such as ``#1``, which the router strips.
"""

from __future__ import annotations

import datetime as dt

from coaching.log import Log

# Views, by their callback ID
FORM = "coach.form"
LOOK_OVER = "coach.look_over"
QUICK = "coach.quick"
CHECK_IN = "coach.check_in"
ACKNOWLEDGE = "coach.acknowledge"
OWN_VIEW = "coach.own_view"
VOID = "coach.void"
ANSWER = "coach.answer"  # a lead's answer to a disagreement
RESPOND = "coach.respond"  # a lead's response to an escalation
HELD = "coach.held"  # the look-over of a planned session; a button too, which needs no view
NOTE = "coach.note"  # only text, nothing to submit
CHOICE = "coach.choice"

# Buttons inside forms
BACK = "coach.back"
FINISH_LATER = "coach.finish_later"
MORE = "coach.more"
CRITERION_PICKED = "coach.criterion"  # the select of every criterion field
ADD_THE_REST = "coach.add_the_rest"

# Buttons anywhere; ACKNOWLEDGE, CHECK_IN, VOID, ANSWER and RESPOND open the view of that name
ADD_VIEW = "coach.add_view"
CHANGE = "coach.change"  # value "logid element-key"
CLOSE_AS_MET = "coach.close_as_met"
CONTINUE = "coach.continue"  # go on with a draft
DIGEST = "coach.digest"  # value "team monday"; the team "-" for all of theirs
# value "due people team", "steps person team" or "needs - team", as in `views.digest.needs`
DIGEST_LIST = "coach.digest_list"
DISCARD = "coach.discard"
EXTEND = "coach.extend"  # value made by `extension`
HISTORY = "coach.history"  # value "agent before-number"
HOME_START = "coach.home_start"  # value empty
NEW_LOG = "coach.new_log"  # value the agent, or empty
OLDER = "coach.older"  # value "agent before-number"
PICK = "coach.pick"  # value "logid element-key"
QUICK_LOG = "coach.quick_log"  # value the agent
RECORD_OUTCOME = "coach.record_outcome"
RUN = "coach.run"  # value what would be typed after the command
SEE_CHAIN = "coach.see_chain"
SHOW = "coach.show"  # value the log, or "logid page"
# value "logid number", the number as in coaching.log.Step; "logid number log" in the log itself
STEP_DONE = "coach.step_done"
STEP_LATER = "coach.step_later"  # value as STEP_DONE

# Where a button stands, at the end of its value
IN_LOG = "log"

# Blocks that are no field of a log
SECOND_REASON_BLOCK = "second_reason"
VOID_REASON_BLOCK = "void_reason"


def extension(log: Log, day: dt.date) -> str:
    """The value of *Extend to …*: "logid times-moved day".

    So two presses move the day once, and an old button still does what it says.
    """
    return f"{log.id} {log.extensions} {day.isoformat()}"


def offered_day(value: str) -> dt.date | None:
    """The day in the value of *Extend to …*; None where there is none, as in older messages."""
    try:
        return dt.date.fromisoformat((*value.split(" "), "", "")[2])
    except ValueError:
        return None


def parted(value: str) -> tuple[str, int | None]:
    """The ID and the number in a value such as "logid 2"; None where there is no number."""
    found, number = (*value.split(" "), "")[:2]
    return found, int(number) if number.isascii() and number.isdigit() else None


def numbered(action_id: str, number: int) -> str:
    """An action ID that is unique where the same button stands several times in one block."""
    return f"{action_id}#{number}"


def plain(action_id: str) -> str:
    """The action ID without the number that made it unique."""
    return action_id.partition("#")[0]
