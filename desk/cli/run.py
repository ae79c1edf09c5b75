"""`redaksi run`: the daemon."""

import os
import signal
import threading
from pathlib import Path

import click

from desk.app import App, open_app
from desk.cli.common import config_option, require_configuration
from desk.inbound.accounts import imap_account
from desk.jobs.heartbeat import end_process
from desk.worker.daemon import run_daemon
from redaksi.log import get_logger

# seconds from SIGTERM, whatever a server keeps us waiting for, to the end that waits for none; and
# how long that may take
GRACE, FAREWELL = 8.5, 1.0
log = get_logger("run")


@click.command()
@config_option
def run(*, config_path: Path) -> None:
    """Run the daemon; a secret that is missing is told at once."""
    config = require_configuration(config_path, secrets=True)
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    with open_app(config) as app:
        for box in config.mailbox:
            if box.auth == "password":
                imap_account(app, box)  # a secret that is missing is told now, not in the log
        work_until(told, app)
    log.info("daemon.stopped")


def work_until(told: threading.Event, app: App) -> None:
    """The clockwork runs until `told`."""
    with run_daemon(app):
        log.info("daemon.started", mailboxes=len(app.config.mailbox))
        told.wait()
        log.info("daemon.stopping")
        timer = threading.Timer(GRACE, leave_at_once, args=(app,))
        timer.daemon = True
        timer.start()


def leave_at_once(app: App) -> None:
    """A server that keeps us waiting does not keep us from ending: every step survives being cut
    off. Nor does a database, while it is told that what we hold is free."""
    farewell = threading.Thread(target=end_process, args=(app.store, app.name), daemon=True)
    farewell.start()
    farewell.join(FAREWELL)
    os._exit(0)
