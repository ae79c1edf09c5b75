"""Whom it would speak to."""

import fcntl
import os
import socket
import struct

from tests.payloads.target import Target, payload, raw


def open_socket(family: int, kind: int, protocol: int = 0) -> object:
    return socket.socket(family, kind, protocol).fileno()


@payload
def connect_tcp(at: Target) -> object:
    caller = socket.socket(socket.AF_INET)
    caller.connect(("127.0.0.1", at.tcp))
    return caller.send(b"x")


@payload
def send_udp(at: Target) -> object:
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    return sender.sendto(b"x", ("127.0.0.1", at.udp))


@payload
def connect_unix(at: Target) -> object:
    caller = socket.socket(socket.AF_UNIX)
    caller.connect(at.unix)
    return caller.send(b"x")


@payload
def connect_abstract(at: Target) -> object:
    caller = socket.socket(socket.AF_UNIX)
    caller.connect("\0" + at.abstract)
    return caller.send(b"x")


@payload
def open_netlink(at: Target) -> object:
    return open_socket(socket.AF_NETLINK, socket.SOCK_RAW)


@payload
def open_vsock(at: Target) -> object:
    return open_socket(socket.AF_VSOCK, socket.SOCK_STREAM)


@payload
def open_alg(at: Target) -> object:
    return open_socket(socket.AF_ALG, socket.SOCK_SEQPACKET)


@payload
def make_socketpair(at: Target) -> object:
    return socket.socketpair()[0].fileno()


@payload
def send_to_an_address(at: Target) -> object:
    """Through the one socket that there is."""
    address = struct.pack("=H", socket.AF_UNIX) + b"\0" + at.abstract.encode()
    return raw("sendto", at.sock, b"x", 1, 0, address, len(address))  # EISCONN where it may


@payload
def pass_descriptor(at: Target) -> object:
    return socket.send_fds(socket.socket(fileno=os.dup(at.sock)), [b"x"], [at.mail])


@payload
def own_signals_of_socket(at: Target) -> object:
    """F_SETOWN, F_SETSIG: the kernel sends a signal of our choice to a process of our choice."""
    fcntl.fcntl(at.sock, fcntl.F_SETOWN, at.server)
    return "owned"


@payload
def own_signals_by_ioctl(at: Target) -> object:
    fcntl.ioctl(at.sock, 0x8901, struct.pack("=i", at.server))  # FIOSETOWN
    return "owned"
