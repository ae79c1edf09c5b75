"""Accounts as their pages show them: one's own browsers, and everybody of the redaksi."""

from datetime import datetime

from msgspec import Struct

from desk.app import App
from desk.store.editors import accounts, sessions
from desk.store.editors.accounts import Account
from desk.store.editors.sessions import Session
from redaksi.text import clean

# what a browser calls itself by, the telling ones first: Edge and Opera say "Chrome" too, and
# everybody but Firefox says "Safari"
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
SHOWN = 60  # characters of a program that nobody knows


class Browser(Struct, frozen=True, kw_only=True):
    """A signed-in browser. `is_here`: the one that asks."""

    session: Session
    program: str
    is_here: bool


class Member(Struct, frozen=True, kw_only=True):
    """Somebody of the redaksi, how many browsers he is signed in with, and since when the newest."""

    account: Account
    browsers: int = 0
    newest: datetime | None = None


def list_browsers(app: App, account_id: int, here: str) -> list[Browser]:
    """Where somebody is signed in; `here`: the session that asks."""
    with app.store.read() as tx:
        found = sessions.of_account(tx, account_id, app.clock())
    return [
        Browser(session=each, program=name_program(each.agent), is_here=each.id == here)
        for each in found
    ]


def list_members(app: App) -> list[Member]:
    """Everybody, who cannot sign in any more last."""
    with app.store.read() as tx:
        found, counted = accounts.list_all(tx), sessions.count_all(tx, app.clock())
    rows = [_member(account, counted.get(account.id)) for account in found]
    return sorted(rows, key=lambda row: row.account.disabled_at is not None)


def name_program(agent: str) -> str:
    """ "Firefox, Windows" of a User-Agent; its own words where nobody knows them."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    known = ", ".join(filter(None, (browser, system)))
    return known or clean.line(agent, SHOWN)


def _member(account: Account, counted: tuple[int, datetime] | None) -> Member:
    browsers, newest = counted or (0, None)
    return Member(account=account, browsers=browsers, newest=newest)
