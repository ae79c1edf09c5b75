"""The names processes go by in leases and claims, and whether such a process has ended."""

import os
import secrets
import socket


def holder_name() -> str:
    """This process, as a holder: "host:pid:random"."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def is_gone(holder: str) -> bool:
    """Whether a holder was a process of this machine that has ended: nobody need wait for its
    leases."""
    host, _, rest = holder.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
