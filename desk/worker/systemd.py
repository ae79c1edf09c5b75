"""What systemd is told (sd_notify(3)): that we are ready, that we end, and, as often as its watchdog
asks, that the work moves."""

import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

_MICROSECONDS = 1_000_000
_LEAST = 0.05  # seconds between two words


def notify(environment: Mapping[str, str], state: str) -> None:
    """Say "READY=1" or the like; nobody hears it outside a unit of Type=notify. A manager that is
    gone is no fault of ours."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        try:
            line.sendto(state.encode(), address.replace("@", "\0", 1))
        except OSError:
            return


def watchdog_seconds(environment: Mapping[str, str], pid: int) -> float:
    """The silence after which we are restarted; 0 where nobody watches, or another process is meant
    (sd_watchdog_enabled(3))."""
    span, meant = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", "")
    if not span.isdecimal() or (meant and meant != str(pid)):
        return 0.0
    return int(span) / _MICROSECONDS


@contextmanager
def tell_systemd(environment: Mapping[str, str], is_moving: Callable[[], bool]) -> Iterator[None]:
    """Ready now, ending at the end; in between the watchdog is fed for as long as the work moves."""
    ended = threading.Event()
    span = watchdog_seconds(environment, os.getpid())

    def feed() -> None:
        while not ended.wait(max(span / 3, _LEAST)):
            if is_moving():
                notify(environment, "WATCHDOG=1")

    if span:
        threading.Thread(target=feed, name="systemd", daemon=True).start()
    notify(environment, "READY=1")
    try:
        yield
    finally:
        ended.set()
        notify(environment, "STOPPING=1")
