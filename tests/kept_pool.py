"""Examiners that are kept for a test process, as a daemon keeps its own for its life: a fork server
takes half a second to start, and most tests read a mail or two."""

import atexit
from contextlib import AbstractContextManager, nullcontext
from functools import cache

from desk.app import App
from desk.sandbox.host import SandboxLimits, sandbox_limits_of
from desk.sandbox.pool import SandboxPool, pool_size


def keep_pool(app: App) -> SandboxPool:
    """The examiners config.toml asks for. Nobody drains or closes them."""
    configured = app.config.sandbox
    return _keep(sandbox_limits_of(configured), pool_size(configured, None))


def lend_pool(app: App) -> AbstractContextManager[SandboxPool]:
    """The same, in place of `desk.worker.round.open_pool`."""
    return nullcontext(keep_pool(app))


@cache
def _keep(limits: SandboxLimits, size: int) -> SandboxPool:
    pool = SandboxPool(limits, size)
    atexit.register(pool.close)
    return pool
