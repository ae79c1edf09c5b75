"""Who an editor at the command line is: with accounts, one of them by its login; before there are
any, a name."""

from msgspec import Struct

from desk.app import App
from desk.domain.actor import name_actor
from desk.store.editors import accounts
from redaksi.errors import RedaksiError


class Who(Struct, frozen=True, kw_only=True):
    """Who it is. `name`: as letters are signed; `initials`: as articles carry them."""

    name: str = ""
    initials: str = ""
    account: int | None = None

    @property
    def actor(self) -> str:
        """As events keep it."""
        return name_actor(self.name, self.account)


def find_editor(app: App, given: str, initials: str = "") -> Who:
    """Whom `--editor` names; nobody where it was not given. Raises RedaksiError where there are
    accounts and this is the login of none that may decide."""
    if not given:
        return Who(initials=initials)
    with app.store.read() as tx:
        if not accounts.is_any(tx):
            return Who(name=given, initials=initials)
        found = accounts.by_login(tx, given.strip().lower())
    account = found[0] if found is not None else None
    if account is None or account.disabled_at is not None:
        raise RedaksiError("no_account", login=given)
    if account.role not in ("editor", "chief"):
        raise RedaksiError("only_reads", login=given)
    return Who(name=account.signs_as, initials=initials or account.initials, account=account.id)
