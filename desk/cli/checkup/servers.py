"""The store and the servers. Nothing is taken in and nothing is sent."""

from collections.abc import Iterator

from desk.app import App
from desk.cli.checkup.machine import Check, raise_troubles
from desk.health.judge import judge_clocks
from desk.health.look import observe
from desk.inbound.accounts import imap_account
from desk.inbound.folders import folders_key, list_folders, name_folder, select_folder
from desk.outbound.relay_account import relay_server
from desk.store import attention, status
from ingest.fetch.mailbox import Mailbox, open_mailbox
from publisher.smtp.session import Sent, check
from redaksi.catalog import Catalog
from redaksi.catalog.stored import thaw
from redaksi.config.schema import Mailbox as Box
from redaksi.errors import ConfigError, RedaksiError, ServerError


def list_checks(app: App, words: Catalog) -> Iterator[Check]:
    """What is looked at with the open store."""
    yield words.say("cli.doctor", "store"), lambda: check_store(app, words)
    yield words.say("cli.doctor", "calls"), lambda: check_calls(app, words)
    for box in app.config.mailbox:
        name = words.say("cli.doctor", "mailbox", box=box.id)
        yield name, lambda box=box: check_mailbox(app, box, words)  # type: ignore[misc]
    yield words.say("cli.doctor", "relay"), lambda: check_relay(app, words)


def check_store(app: App, words: Catalog) -> str:
    """It answers, and its clock is ours."""
    raise_troubles(list(judge_clocks(observe(app), app.clock())), words)
    return words.say("cli.doctor", "opened")


def check_calls(app: App, words: Catalog) -> str:
    """Who must look at what is kept as things happen: it is what the whole history says."""
    with app.store.read() as tx:
        wrong = attention.differing(tx)
    if wrong:
        shown = ", ".join(wrong[:10])
        raise RedaksiError("calls_differ", n=len(wrong), numbers=shown)
    return words.say("cli.doctor", "calls_right")


def check_mailbox(app: App, box: Box, words: Catalog) -> str:
    """Login, every folder, IDLE, and the folder of the letters' copies."""
    with open_mailbox(imap_account(app, box)) as opened:
        folders = ", ".join(_say_folder(opened, box, name, words) for name in box.folders)
        _check_sent(opened, app.config.reply.sent)
        _check_begin(app, box)
        key = "idle" if opened.idles else "no_idle"
        return words.say("cli.doctor", key, host=box.host, folders=folders)


def _say_folder(opened: Mailbox, box: Box, name: str, words: Catalog) -> str:
    """A folder that can be read; a special use may be missing."""
    real = name_folder(opened, name)
    if not real:
        return words.say("cli.doctor", "no_folder", name=name)
    count = select_folder(folders_key(box.id), opened, real).exists
    return words.say("cli.doctor", "folder", name=real, n=count)


def _check_sent(opened: Mailbox, sent: str) -> None:
    """Where the relay files copies: without it a doubtful letter waits for ever."""
    if not sent:
        return
    real = name_folder(opened, "\\Sent" if sent == "gmail" else sent)
    if not real:
        raise ConfigError("no_special_sent", folders=list_folders(opened))
    select_folder("reply.sent", opened, real)


def _check_begin(app: App, box: Box) -> None:
    """A first pass wants to know from which day on."""
    with app.store.read() as tx:
        polled = any(folder.last_good for folder in status.folders(tx) if folder.mailbox == box.id)
    if box.since is None and not polled:
        raise ConfigError("no_since", box=box.id)


def check_relay(app: App, words: Catalog) -> str:
    """The SMTP server takes our login."""
    server = relay_server(app)
    if server is None:
        return words.say("cli.doctor", "no_relay")
    outcome = check(server, app.writes_as(app.config.mailbox[0].id))
    if not isinstance(outcome, Sent):
        raise ServerError("smtp", host=server.host, port=server.port, reply=thaw(outcome.reply))
    return f"{server.host}:{server.port}"
