"""A TCP proxy that cuts or stalls a connection after N bytes from the server: the network at its
worst, repeatable."""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from typing import Literal

Fault = Literal["close", "reset", "stall"]


class FaultProxy:
    """Counts what passes from the server; `break_after` bytes of one connection, then `fault`. None
    = never.

    The fault strikes once; later connections are whole again until `break_after` is set anew.
    """

    def __init__(self, host: str, port: int) -> None:
        self.host = "127.0.0.1"
        self.port = 0
        self.received = 0  # bytes from the server, all connections
        self.struck = 0  # faults so far
        self._upstream = (host, port)
        self._break_after: int | None = None
        self._fault: Fault = "close"
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="fault proxy", daemon=True)

    def break_after(self, count: int, fault: Fault = "close") -> None:
        """Let `count` more bytes from the server through on the next connection, then strike."""
        self._break_after, self._fault = count, fault

    def start(self) -> None:
        self._thread.start()
        if not self._ready.wait(5):
            raise TimeoutError("the proxy does not start")

    def stop(self) -> None:
        if self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._connection, self.host, 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        open_ones = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in open_ones:
            task.cancel()
        await asyncio.gather(*open_ones, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            up_reader, up_writer = await asyncio.open_connection(*self._upstream)
        except OSError:
            writer.close()
            return
        sending = asyncio.create_task(_copy(reader, up_writer))
        try:
            await self._deliver(up_reader, writer)
        except asyncio.CancelledError:
            # the proxy stops; a task that ends cancelled would be logged as a fault
            pass
        finally:
            sending.cancel()
            for end in (up_writer, writer):
                end.close()
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await sending

    async def _deliver(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        left = self._break_after
        while chunk := await reader.read(65536):
            if left is not None and len(chunk) >= left:
                self._break_after = None
                self.struck += 1
                await self._strike(writer, chunk[:left])
                return
            if left is not None:
                left -= len(chunk)
            await self._pass(writer, chunk)

    async def _pass(self, writer: asyncio.StreamWriter, chunk: bytes) -> None:
        self.received += len(chunk)
        with contextlib.suppress(OSError):
            writer.write(chunk)
            await writer.drain()

    async def _strike(self, writer: asyncio.StreamWriter, last: bytes) -> None:
        await self._pass(writer, last)
        if self._fault == "stall":
            await asyncio.sleep(3600)
        if self._fault == "reset":
            sock: socket.socket = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await reader.read(65536):
            writer.write(chunk)
            await writer.drain()


@contextlib.contextmanager
def proxied(host: str, port: int) -> Iterator[FaultProxy]:
    """A proxy before host:port, stopped afterwards."""
    proxy = FaultProxy(host, port)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
