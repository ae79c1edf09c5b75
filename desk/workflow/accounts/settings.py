"""What somebody sets of his own account: how he is named and signs, what he reads, which keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast, get_args

import msgspec
from msgspec import Struct

from desk.app import App
from desk.store.editors import accounts
from desk.store.editors.accounts import Account
from desk.store.tables.account import Zone
from desk.workflow.deciding.check import has_form_of_initials
from redaksi.catalog import Sentence
from redaksi.errors import IllegalMove
from redaksi.model import Language
from redaksi.text import clean

LONGEST_NAME = 80  # characters, of a signature too
ZONES: tuple[Zone, ...] = get_args(Zone)


class Wrong(Struct, frozen=True, kw_only=True):
    """A field of a form that cannot be kept as it was typed."""

    field: str
    sentence: Sentence


class Typed(Struct, frozen=True, kw_only=True):
    """The form, as it was typed."""

    name: str
    sign: str = ""
    initials: str = ""
    language: str = "id"
    zone: str = "Asia/Jakarta"
    shortcuts: bool = True


@contextmanager
def noting(wrong: list[Wrong], field: str) -> Iterator[None]:
    """What is refused within the block is written down beside its field."""
    try:
        yield
    except IllegalMove as error:
        wrong.append(Wrong(field=field, sentence=error.sentence))


def change_own(app: App, account_id: int, typed: Typed) -> tuple[Wrong, ...]:
    """Keep it; what is wrong, and then nothing is kept."""
    wrong: list[Wrong] = []
    with noting(wrong, "nama"):
        check_name(typed.name)
    with noting(wrong, "tanda"):
        if _count(typed.sign) > LONGEST_NAME:
            raise IllegalMove("sign_length", most=LONGEST_NAME)
    with noting(wrong, "inisial"):
        check_initials(typed.initials)
    with noting(wrong, "bahasa"):
        _check_choice(typed.language, get_args(Language))
    with noting(wrong, "zona"):
        _check_choice(typed.zone, ZONES)
    if not wrong:
        with app.store.begin() as tx:
            before = accounts.get(tx, account_id)
            assert before is not None, "an account is never deleted"
            accounts.change(tx, _with(before, typed))
    return tuple(wrong)


def check_name(name: str) -> None:
    """Raise IllegalMove for what names nobody on one line."""
    if not 1 <= _count(name) <= LONGEST_NAME:
        raise IllegalMove("name_length", most=LONGEST_NAME)


def check_initials(initials: str) -> None:
    """Raise IllegalMove for what no article carries; none are none."""
    if not has_form_of_initials(initials):
        raise IllegalMove("initials_form")


def _count(typed: str) -> int:
    """Characters, as they are kept."""
    return len(clean.line(typed, 10 * LONGEST_NAME))


def _check_choice(typed: str, choices: tuple[str, ...]) -> None:
    if typed not in choices:
        raise IllegalMove("not_offered", choices=", ".join(choices))


def _with(account: Account, typed: Typed) -> Account:
    return msgspec.structs.replace(
        account,
        name=clean.line(typed.name, LONGEST_NAME),
        sign=clean.line(typed.sign, LONGEST_NAME),
        initials=typed.initials,
        language=cast("Language", typed.language),
        zone=cast("Zone", typed.zone),
        shortcuts=typed.shortcuts,
    )
