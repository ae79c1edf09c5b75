"""What holds a child, in codes: the words are the catalog's.

A measure *stands* when the kernel says so of the process itself; a deed is *refused* when a probe
tried it in vain. The level is made of both (confinement.md): a return code alone promises nothing.
"""

from typing import Literal

from msgspec import Struct

Level = Literal["full", "basic"]
Deed = Literal["secret", "write", "socket", "exec"]
MeasureCode = Literal[
    "undumpable", "rlimits", "landlock", "seccomp", "secret", "write", "socket", "exec"
]
Refusable = Literal["landlock", "seccomp", "unshare"]

# read a file of ours, make a file, open a socket, run a program
DEEDS: tuple[Deed, ...] = ("secret", "write", "socket", "exec")


class Standing(Struct, frozen=True, kw_only=True):
    """Which measures stand in one process."""

    parent_death: bool = False  # dies with the server
    undumpable: bool = False
    no_new_privs: bool = False
    rlimits: bool = False  # every one of them, hard = soft
    landlock: int = 0  # the ABI used; 0 = none
    seccomp: bool = False
    namespace: bool = False  # an empty network; asked for where seccomp is missing alone


class Measures(Struct, frozen=True, kw_only=True):
    """What stood in a probe, and which deeds it was refused."""

    standing: Standing
    refused: tuple[Deed, ...] = ()

    @property
    def lacking(self) -> tuple[MeasureCode, ...]:
        """What "full" asks for and this kernel does not give, in the order it is put on."""
        stands: dict[MeasureCode, bool] = {
            "undumpable": self.standing.undumpable,
            "rlimits": self.standing.rlimits,
            "landlock": self.standing.landlock > 0,
            "seccomp": self.standing.seccomp,
        }
        refused: dict[MeasureCode, bool] = {deed: deed in self.refused for deed in DEEDS}
        return tuple(code for code, holds in (stands | refused).items() if not holds)

    @property
    def level(self) -> Level:
        """ "full" when nothing lacks."""
        return "basic" if self.lacking else "full"
