"""`redaksi run`: the daemon."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import click

from desk.app import App, open_app
from desk.cli.common import catch_signals, config_option, has_signal, require_configuration
from desk.cli.editors.extra import Serve, find_desk
from desk.cli.speech import HELP
from desk.inbound.accounts import imap_account
from desk.jobs.heartbeat import end_process
from desk.metrics.server import serve_metrics
from desk.sandbox.confinement.confine import become_undumpable
from desk.worker.daemon import run_daemon
from desk.worker.systemd import tell_systemd
from redaksi.config.schema import read_environment
from redaksi.log import get_logger

# seconds from SIGTERM, whatever a server keeps us waiting for, to the end that waits for none; and
# how long that may take
GRACE, FAREWELL = 8.5, 1.0
LOOK = 0.5  # seconds between two looks for a signal
log = get_logger("run")


@click.command()
@click.option("--no-web", is_flag=True, help=HELP.say("help.run", "no_web"))
@config_option
def run(*, no_web: bool, config_path: Path) -> None:
    """Run the daemon, and the desk where web.listen is set; a secret that is missing, or the extra
    [web], is told at once."""
    become_undumpable()  # what it reads from here on is a secret
    config = require_configuration(config_path, secrets=True)
    serve = find_desk() if config.web.listen and not no_web else _serve_nothing
    signals = catch_signals()
    with open_app(config, migrates=True) as app:
        for box in config.mailbox:
            if box.auth == "password":
                imap_account(app, box)  # a secret that is missing is told now, not in the log
        work_until(signals, app, serve)
    log.info("daemon.stopped")


@contextmanager
def _serve_nothing(_: App) -> Iterator[None]:
    yield


def work_until(signals: SimpleQueue[int], app: App, serve: Serve = _serve_nothing) -> None:
    """The clockwork runs, and the desk beside it, until a signal comes; both end at once."""
    with (
        serve(app) as desk,
        run_daemon(app) as clockwork,
        serve_metrics(app),
        tell_systemd(read_environment(), clockwork.is_moving),
    ):
        log.info("daemon.started", mailboxes=len(app.config.mailbox))
        while not has_signal(signals, LOOK):
            pass  # a signal that another thread was given is seen when this one wakes
        log.info("daemon.stopping")
        if desk is not None:
            desk.stop_serving()
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
