"""What of several processes, and of the files beside the database, must be known to all."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from desk.store.columns import Base, Json


class Process(Base):
    """A program that may hold leases and jobs. It lives while it says so (`heartbeat_at`); both
    times are the database's."""

    __tablename__ = "process"

    id: Mapped[str] = mapped_column(primary_key=True)  # 128 random bits, in hex
    roles: Mapped[Any] = mapped_column(Json, default=list)  # ["all"]: what it was started for
    label: Mapped[str] = mapped_column(default="")  # "host:pid", for people alone
    version: Mapped[str] = mapped_column(default="")  # of the program
    sandbox: Mapped[str] = mapped_column(default="")  # how far its examiners are confined
    # the name of a mark among the blobs: who does not find it looks at other files
    marker: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # null for ever where it was killed
    begun_job: Mapped[int | None]  # of the jobs it holds, the one begun first
    begun_at: Mapped[datetime | None]


class SchemaMeta(Base):
    """What belongs to the database as a whole: "tie", the id it shares with its blobs."""

    __tablename__ = "schema_meta"

    id: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class SiteState(Base):
    """The pages of a queue folder: what they were last written from, and the trouble since."""

    __tablename__ = "site_state"

    id: Mapped[str] = mapped_column(primary_key=True)  # "queue"
    stamp: Mapped[str] = mapped_column(default="")  # what they were made of
    newest_event: Mapped[int] = mapped_column(default=0)
    written_at: Mapped[datetime | None]  # when a writing last went well
    holder: Mapped[str] = mapped_column(default="")  # the process that wrote
    error: Mapped[str] = mapped_column(default="")  # of the last try; "" when it went well
    error_at: Mapped[datetime | None]  # since when it goes wrong
