"""What examining a sender's mails cost, day by day."""

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.columns import Base


class SenderDay(Base):
    """One sender's day, by the redaksi's calendar. Who is vouched for has a row of his own: a
    forger spends his."""

    __tablename__ = "sender_day"

    day: Mapped[str] = mapped_column(primary_key=True)  # "2026-11-30"
    address: Mapped[str] = mapped_column(primary_key=True)  # canonical; "" for no plain address
    authenticated: Mapped[bool] = mapped_column(primary_key=True)
    mails: Mapped[int] = mapped_column(default=0)  # that were examined
    processor: Mapped[int] = mapped_column(BigInteger, default=0)  # milliseconds
    kept: Mapped[int] = mapped_column(BigInteger, default=0)  # bytes of files
