"""Who an event names: an account by its id, a name where there was none. Pure."""

from collections.abc import Iterable, Mapping

_LONGEST = 9  # digits of an account's id


def name_actor(editor: str = "", account: int | None = None) -> str:
    """An editor, as events keep it: "editor:3" for an account, else "editor:NAME" or "editor"."""
    if account is not None:
        return f"editor:{account}"
    return f"editor:{editor}" if editor else "editor"


def read_account(actor: str) -> int | None:
    """The account that an event names; None for a name, and for who is no editor."""
    role, _, number = actor.partition(":")
    is_id = role == "editor" and number.isascii() and number.isdecimal()
    return int(number) if is_id and len(number) <= _LONGEST else None


def list_accounts(actors: Iterable[str]) -> set[int]:
    """The accounts that these name."""
    return {found for actor in actors if (found := read_account(actor)) is not None}


def put_name(actor: str, names: Mapping[int, str]) -> str:
    """The same with the account's name in place of its id; what names none stays as it is."""
    account = read_account(actor)
    name = names.get(account) if account is not None else None
    return f"editor:{name}" if name is not None else actor
