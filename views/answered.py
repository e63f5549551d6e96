"""Messages about a lead's answer, to the agent and to the supervisor."""

from __future__ import annotations

from coaching.log import Ruling
from views import ids, said
from views.notice_about import NoticeAbout
from views.parts import Message, button
from views.passages import buttons, headline, letter, line


def disagreement_answered(about: NoticeAbout) -> Message:
    """What the lead answered to a disagreement."""
    log, reading = about.log, about.reading
    answer = log.disagreement_answer
    by = reading.first(answer.by) if answer else about.lead_names
    whose = reading.whose(log.agent)
    text = f"{by} answered {whose} view on {log.reference}"
    passages = [headline(text), *said.ruling(log, reading)]
    if answer is not None and answer.answer == Ruling.CHANGE:
        who = reading.who(log.supervisor)
        if who == "you":
            words = (
                f"Please change {log.reference}; {reading.first(log.agent)} is shown the change."
            )
        else:
            words = f"{who} changes the log, and you are shown what is different."
        passages.append(line(words))
    return letter(text, passages, buttons(button("See all of it", ids.SHOW, log.id)))


def escalation_answered(about: NoticeAbout) -> Message:
    """What the lead answered to an escalation."""
    log, reading = about.log, about.reading
    answer = log.escalation_answer
    by = reading.first(answer.by) if answer else about.lead_names
    text = f"{by} answered on {log.reference}"
    passages = [headline(text), *said.response(log, reading)]
    return letter(text, passages, buttons(button("See all of it", ids.SHOW, log.id)))
