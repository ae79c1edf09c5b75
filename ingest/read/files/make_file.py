"""Byte streams to Files: named, counted, hashed once; within a bound they are held on to."""

import hashlib
from collections.abc import Callable

from ingest.read.budget import Budget
from ingest.read.files import sniff
from ingest.read.files.listing import list_archive
from ingest.read.files.unpack import Within
from ingest.read.guarded import read_guarded
from ingest.read.mail.ignored_parts import find_by_kind, find_logo, lock_file
from ingest.read.mail.item import Item, make_unique
from redaksi.arrival import File
from redaksi.reasons import Reason, ReasonCode, explain
from redaksi.text import clean


class FileMaker:
    """Makes the Files of one parcel. `refused`: it has more attachments than a mail may have."""

    def __init__(self, budget: Budget, held: int) -> None:
        """`held`: decoded octets that the Files hold on to."""
        self.budget = budget
        self.refused: Reason | None = None
        self._names: set[str] = set()
        self._attachments = 0
        self._unnamed = 0
        self._room = held

    def make(self, item: Item, octets: bytes, kind: str, refused: Reason | None = None) -> File:
        """The File of `octets`, of which `kind` is known; closed where it is `refused`."""
        aside = (
            item.aside
            or find_by_kind(kind)
            or lock_file(item.name, octets)
            or find_logo(item.name, kind, octets, item.shown)
        )
        self._count(item, aside)
        self.budget.keep(len(octets))
        photo = kind in sniff.PHOTOS
        return File(
            name=self._named(item.name, kind),
            kind=kind,
            size=len(octets),
            sha256=hashlib.sha256(octets).hexdigest(),
            load=self._hold(item.load, octets),
            origin="inline" if item.inline and photo and item.origin == "attached" else item.origin,
            declared=item.declared,
            content_id=item.content_id,
            shown=item.shown,
            container=item.container,
            aside=aside,
            refused=refused,
            listing=list_archive(octets, kind, self.budget),
            mended=item.mended,
        )

    def close_unread(self, item: Item, reason: Reason) -> File:
        """A byte stream that could not be looked at: kept as it is, where it can be had at all."""
        octets = read_guarded("file", self.budget, item.load, lambda _: b"")
        self.budget.keep(len(octets))
        return File(
            name=self._named("", "unknown"),
            kind="unknown",
            size=len(octets),
            sha256=hashlib.sha256(octets).hexdigest(),
            load=lambda: octets,
            origin=item.origin,
            container=item.container,
            refused=reason,
        )

    def _hold(self, load: Callable[[], bytes], octets: bytes) -> Callable[[], bytes]:
        """What a File calls: its octets where they fit, so that a part is decoded once."""
        if len(octets) > self._room:
            return load
        self._room -= len(octets)
        return lambda: octets

    def _count(self, item: Item, aside: Reason | None) -> None:
        if aside or item.depth:
            return
        self._attachments += 1
        if self._attachments > self.budget.safety.max_attachments and not self.refused:
            self.refused = explain(
                ReasonCode.ATTACHMENTS_LIMIT, most=self.budget.safety.max_attachments
            )

    def _named(self, given: str, kind: str) -> str:
        """A clean name that no other file of the parcel has; made up when there was none."""
        name = clean.file_name(given, "") if given else ""
        if not name:
            self._unnamed += 1
            name = f"lampiran-{self._unnamed}.{sniff.extension_of(kind)}"
        return make_unique(name, self._names)

    def make_unseen(self, within: Within) -> File:
        """A member that was not looked at."""
        self.budget.keep(within.size)
        item = within.item
        return File(
            name=self._named(item.name, within.kind),
            kind=within.kind,
            size=within.size,
            sha256=within.sha256,
            load=item.load,
            origin=item.origin,
            container=item.container,
            refused=within.refused,
            mended=item.mended,
        )
