"""How far a child that reads mails is confined here, by a deed: a probe tries what none may do."""

from msgspec import Struct

from desk.sandbox.confinement.measures import Measures
from desk.sandbox.host import Crashed, Sandbox, sandbox_limits_of
from redaksi.catalog import Sentence
from redaksi.config.bounds import Level, Sandboxed
from redaksi.errors import ConfigError


class Confined(Struct, frozen=True, kw_only=True):
    """`level` "": nobody could try, no examiner starts. `lacking`: codes of what "full" asks for
    and is not there; `landlock`: the ABI in use."""

    level: Level | str = ""
    lacking: tuple[str, ...] = ()
    landlock: int = 0


def measure(configured: Sandboxed) -> Confined:
    """Start an examiner, and see what its probe was refused. Takes about a second."""
    with Sandbox(sandbox_limits_of(configured)) as sandbox:
        try:
            return describe(sandbox.start())
        except Crashed:
            return Confined()


def describe(measures: Measures) -> Confined:
    """What a server found at its start."""
    return Confined(
        level=measures.level, lacking=measures.lacking, landlock=measures.standing.landlock
    )


def is_enough(confined: Confined, required: Level) -> bool:
    """Whether mails may be examined at this level."""
    return confined.level == "full" or (confined.level == "basic" and required == "basic")


def require(confined: Confined, required: Level) -> None:
    """Raise ConfigError, which names what lacks and the ways out, where it is not enough."""
    if not is_enough(confined, required):
        lacking = name_lacking(confined.lacking)
        raise ConfigError("not_confined", level=confined.level, lacking=lacking)


def name_lacking(codes: tuple[str, ...]) -> list[Sentence]:
    """What lacks, in words."""
    return [Sentence(section="lacking", key=code) for code in codes]
