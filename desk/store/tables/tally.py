"""What happened, counted for ever: what is purged is counted still."""

from sqlalchemy.orm import Mapped, mapped_column

from desk.store.columns import Base


class Tally(Base):
    """How often something happened, or how much of it there was. Only desk.store.tally writes it."""

    __tablename__ = "tally"

    name: Mapped[str] = mapped_column(primary_key=True)  # desk.store.tally.Counter
    label: Mapped[str] = mapped_column(primary_key=True)  # a code, a kind, a bound; "" = none
    value: Mapped[float] = mapped_column(default=0.0)  # only grows
