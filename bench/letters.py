"""Letters among many reminders that wait: what a person's letter gathers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.filling import Row, fill
from bench.measuring import Case, Goal, NotMeasured
from bench.waiting import MINUTE, QUARTER, START, opaque
from coaching.notices import NoticeKind
from storage.outbox import NoticeState
from storage.store import Claimed, Store
from storage.tables import notices

WORKSPACE = "T0"
EACH = 20
"""Reminders of each person, so that their letters are of one length at each size."""
GATHERED = 10
"""Those of them that are due."""


def fill_reminders(address: str, size: int) -> None:
    """So many reminders that wait for letters, and the letter of each person."""
    fill(address, notices, _rows(size))


def _rows(size: int) -> Iterator[Row]:
    people = size // EACH
    # By turns, so that nobody's reminders lie beside each other.
    for number in range(people * EACH):
        turn, person = divmod(number, people)
        due = START - MINUTE if turn < GATHERED else START + QUARTER
        yield {
            **_notice(number, person, "reminder"),
            "kind": NoticeKind.OUTCOME_DUE.value,
            "subject": opaque(number, "log"),
            "due_at": due,
            "wake_at": None,
        }
    for person in range(people):
        at = START + MINUTE * person
        yield {
            **_notice(person, person, "letter"),
            "kind": NoticeKind.LETTER.value,
            "subject": "",
            "due_at": at,
            "wake_at": at,
        }


def _notice(number: int, person: int, of: str) -> dict[str, object]:
    return {
        "workspace": WORKSPACE,
        "id": opaque(number, of),
        "receiver": f"U{person:06d}",
        "occurrence": "1",
        "state": NoticeState.NEW.value,
        "stale": False,
        "touched": 0,
        "attempts": 0,
        "faults": 0,
        "key": opaque(number, f"{of} key"),
    }


@dataclass(slots=True)
class Letters:
    """A worker that has claimed letters; it gathers for one person after the other."""

    store: Store
    size: int
    _claimed: list[Claimed] = field(default_factory=list)

    async def claim(self, letters: int) -> None:
        """Claim so many letters, which are then gathered."""
        self._claimed = await self.store.claim(
            START + MINUTE * letters, limit=letters, lease=QUARTER
        )

    async def gather(self) -> None:
        letter = self._claimed.pop()
        carried = await self.store.gather(letter, until=START, now=letter.due_at)
        if carried is None or len(carried) != GATHERED:
            raise NotMeasured(f"{len(carried or ())} reminders were due and not {GATHERED}.")

    def cases(self) -> list[Case]:
        what = f"gather {GATHERED} reminders of a person"
        return [Case(what=what, size=self.size, run=self.gather, goal=Goal(growth=1.5))]
