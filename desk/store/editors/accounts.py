"""Accounts of the redaksi. None is ever deleted: history names them."""

from collections.abc import Collection
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import select

from desk.store.engine import Transaction
from desk.store.tables import Account as AccountRow
from desk.store.tables.account import Role, Zone
from redaksi.errors import RedaksiError
from redaksi.model import Language


class Account(Struct, frozen=True, kw_only=True):
    """Somebody of the redaksi, without the password."""

    id: int
    login: str
    name: str
    role: Role
    sign: str = ""
    initials: str = ""
    language: Language = "id"
    zone: Zone = "Asia/Jakarta"
    shortcuts: bool = True
    must_change: bool = False
    disabled_at: datetime | None = None

    @property
    def signs_as(self) -> str:
        """As letters are signed."""
        return self.sign or self.name


class NewAccount(Struct, frozen=True, kw_only=True):
    """What an account begins with."""

    login: str
    name: str
    role: Role
    initials: str = ""
    password_hash: str = ""
    must_change: bool = False


def add(tx: Transaction, account: NewAccount, now: datetime) -> Account:
    """A new account; its login must be free (`by_login`)."""
    row = AccountRow(
        login=account.login,
        name=account.name,
        role=account.role,
        initials=account.initials,
        password_hash=account.password_hash,
        must_change=account.must_change,
        created_at=now,
        language="id",
        zone="Asia/Jakarta",
        sign="",
        shortcuts=True,
    )
    tx.add(row)
    tx.flush()
    return _account(row)


def get(tx: Transaction, account_id: int) -> Account | None:
    """The account of this id."""
    row = tx.get(AccountRow, account_id)
    return _account(row) if row is not None else None


def by_login(tx: Transaction, login: str) -> tuple[Account, str] | None:
    """The account of a lower-case login and its password's hash."""
    row = tx.scalar(select(AccountRow).where(AccountRow.login == login))
    return (_account(row), row.password_hash) if row is not None else None


def list_all(tx: Transaction) -> list[Account]:
    """Every account, by name."""
    rows = tx.scalars(select(AccountRow).order_by(AccountRow.name, AccountRow.id))
    return [_account(row) for row in rows]


def is_any(tx: Transaction) -> bool:
    """Whether there is an account at all."""
    return tx.scalar(select(AccountRow.id).limit(1)) is not None


def names_of(tx: Transaction, ids: Collection[int]) -> dict[int, str]:
    """id -> name."""
    if not ids:
        return {}
    found = select(AccountRow.id, AccountRow.name).where(AccountRow.id.in_(ids))
    return {row.id: row.name for row in tx.execute(found)}


def count_chiefs(tx: Transaction) -> int:
    """How many chiefs can sign in; until the transaction ends nobody else changes them, so that two
    do not end each other."""
    wanted = AccountRow.role == "chief", AccountRow.disabled_at.is_(None)
    return len(list(tx.scalars(select(AccountRow.id).where(*wanted).with_for_update())))


def set_password(
    tx: Transaction, account_id: int, password_hash: str, *, must_change: bool = False
) -> None:
    """Another password; `must_change`: it was given by somebody else."""
    row = tx.get_one(AccountRow, account_id)
    row.password_hash, row.must_change = password_hash, must_change
    tx.flush()


def change(tx: Transaction, account: Account) -> None:
    """Keep what is told of an account as it is told here; its login stays."""
    row = tx.get_one(AccountRow, account.id)
    for name in (*_CHANGED, "disabled_at"):
        setattr(row, name, getattr(account, name))
    tx.flush()


def change_kept(tx: Transaction, account: Account) -> None:
    """As `change`. Raises RedaksiError where nobody would be left who gives out accounts."""
    before = get(tx, account.id)
    was_chief = before is not None and before.role == "chief" and before.disabled_at is None
    is_chief = account.role == "chief" and account.disabled_at is None
    if was_chief and not is_chief and count_chiefs(tx) <= 1:
        raise RedaksiError("last_chief", login=account.login)
    change(tx, account)


_CHANGED = ("name", "role", "sign", "initials", "language", "zone", "shortcuts")


def _account(row: AccountRow) -> Account:
    return msgspec.convert(row, Account, from_attributes=True)
