"""Before the first mail is examined: how far the children are confined, and whether that is enough
for the operator."""

from desk.app import App
from desk.health.confined import describe, require
from desk.sandbox.pool import SandboxPool
from desk.store.jobs import processes
from redaksi.log import get_logger

log = get_logger("sandbox")


def begin_confined(app: App, pool: SandboxPool) -> str:
    """The level this process examines at, which its row says from now on. Raises ConfigError below
    `sandbox.require`, Crashed when no server starts."""
    confined = describe(pool.start())
    require(confined, app.config.sandbox.require)
    with app.store.begin() as tx:
        processes.note_level(tx, app.name, confined.level)
    log.info("sandbox.level", level=confined.level, lacking=",".join(confined.lacking))
    return confined.level
