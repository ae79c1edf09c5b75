"""A sandbox whose fork server is killed while a mail is read: by the kernel for want of memory, or
by whoever else; the mail has no part in it."""

import os
import signal
from collections.abc import Sequence

from desk.sandbox.fork_server import ForkServer
from desk.sandbox.host import Crashed, Line, Sandbox, SandboxLimits
from desk.sandbox.protocol import Task
from desk.sandbox.receive import Receiver
from redaksi.errors import StoreError


class MortalSandbox(Sandbox):
    """`deaths`: how many more readings of a whole mail its server does not survive; where
    `of_headers`, readings of a header."""

    def __init__(
        self,
        deaths: int,
        *,
        of_headers: bool = False,
        limits: SandboxLimits | None = None,
        server: ForkServer | None = None,
    ) -> None:
        super().__init__(limits, server)
        self.deaths, self._of_headers = deaths, of_headers

    def _converse(
        self, wire: Line, inputs: Sequence[int], task: Task, receiver: Receiver
    ) -> bytes | Crashed | StoreError:
        if self.deaths and (task.prefix is not None) == self._of_headers:
            self.deaths -= 1
            assert self.server.pid
            os.kill(self.server.pid, signal.SIGKILL)
        return super()._converse(wire, inputs, task, receiver)
