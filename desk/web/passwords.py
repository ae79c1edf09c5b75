"""Passwords: argon2id, at most two at once, and the same cost for a login nobody has.

Parameters are RFC 9106's second recommended option (t=3, m=64 MiB) with one lane.
"""

import hashlib
import secrets
import unicodedata
from contextlib import AbstractContextManager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from redaksi.errors import IllegalMove

SHORTEST, LONGEST = 12, 128  # characters
_HASHER = PasswordHasher(
    time_cost=3, memory_cost=64 * 1024, parallelism=1, salt_len=16, hash_len=32
)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none is taken for another when it is read out


def check_password(password: str, login: str, name: str) -> None:
    """Raise IllegalMove for one that is too short, too long, or the login or the name."""
    length = len(_normal(password))
    if length < SHORTEST:
        raise IllegalMove("password_short", least=SHORTEST)
    if length > LONGEST:
        raise IllegalMove("password_long", most=LONGEST)
    if _normal(password).casefold() in {login.casefold(), name.casefold()}:
        raise IllegalMove("password_is_login")


def hash_password(password: str, lock: AbstractContextManager[object]) -> str:
    """As argon2 writes it, parameters and salt included."""
    with lock:
        return _HASHER.hash(_normal(password))


def is_password(password: str, hashed: str, lock: AbstractContextManager[object]) -> bool:
    """Whether it is the one; without a hash the same work is done and the answer is no."""
    with lock:
        try:
            _HASHER.verify(hashed or _nobodys(), _normal(password))
        except (Argon2Error, InvalidHashError):
            return False
    return bool(hashed)


def needs_rehash(hashed: str) -> bool:
    """Whether it was made with smaller parameters than ours."""
    return _HASHER.check_needs_rehash(hashed)


def make_password() -> str:
    """One that is shown once and must be changed: 12 characters."""
    return "".join(secrets.choice(_LETTERS) for _ in range(SHORTEST))


def new_token() -> str:
    """What a signed-in browser holds: 32 random bytes."""
    return secrets.token_urlsafe(32)


def token_id(token: str) -> str:
    """What the store knows of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_hex())
