"""The same statements through SQLAlchemy: Core as CoachLog runs it, and the ORM."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.engine import Database
from storage.tables import people


class _Base(DeclarativeBase):
    pass


class _Person(_Base):
    __table__ = Table("people", _Base.metadata, *(column.copy() for column in people.columns))


class _Row(_Base):
    __tablename__ = "floor"
    id: Mapped[str] = mapped_column(primary_key=True)
    told: Mapped[str]


_READ = select(people).where(people.c.workspace == "T0", people.c.user_id == "USAM")
_PERSON = _Person.__table__.c
_IS_ONE = (_PERSON.workspace == "T0", _PERSON.user_id == "USAM")


def opened(address: str, *, by_orm: bool) -> Core | Orm:
    database = Database(address)
    return Orm(database) if by_orm else Core(database)


class Core:
    """Each read by itself, and one transaction."""

    def __init__(self, database: Database) -> None:
        self.ran: list[int] = []
        self._database = database

    async def run(self, reading: int, writing: int) -> None:
        for _ in range(reading):
            await self._database.rows(_READ)

        async def write(connection: AsyncConnection) -> None:
            row = uuid4().hex
            await connection.execute(insert(_Row), {"id": row, "told": "x" * 500})
            for number in range(writing - 1):
                changing = update(_Row).where(_Row.id == row)
                await connection.execute(changing, {"told": f"{number}" * 500})

        if writing:
            await self._database.transact(write)
        self.ran += [reading, writing]


class Orm:
    """One session for each request."""

    def __init__(self, database: Database) -> None:
        self.ran: list[int] = []
        self._reading = async_sessionmaker(database.engine)
        # On SQLite whoever will write says so when the transaction begins, as in `Database`.
        self._writing = async_sessionmaker(
            database.engine.execution_options(transaction="IMMEDIATE")
        )

    async def run(self, reading: int, writing: int) -> None:
        async with self._writing() if writing else self._reading() as session:
            wanted = select(_Person).where(*_IS_ONE)
            for _ in range(reading):
                (await session.execute(wanted)).scalar_one()
            if writing:
                row = _Row(id=uuid4().hex, told="x" * 500)
                session.add(row)
                await session.flush()
                for number in range(writing - 1):
                    row.told = f"{number}" * 500
                    await session.flush()
            await session.commit()
        self.ran += [reading, writing]
