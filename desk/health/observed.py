"""Everything that is judged, as plain values."""

from msgspec import Struct

from desk.health.confined import Confined
from desk.store.health import Health
from desk.store.publications.alarms import Alarms
from desk.store.status import Status


class Place(Struct, frozen=True, kw_only=True):
    """A folder that is written to. `fault`: the errno of the deed, 0 when it went well. A file
    system that counts no inodes (btrfs) has 0 of them in all."""

    key: str  # "data_dir", "spool", "tmp", "queue.folder"
    path: str
    free: int = 0  # bytes that this user may fill
    total: int = 0
    inodes_free: int = 0
    inodes: int = 0
    device: int = 0
    fault: int = 0


class Observed(Struct, frozen=True, kw_only=True):
    """Everything that is judged."""

    stands: Status
    confined: Confined | None = None  # None: nobody tried
    health: Health = Health()
    places: tuple[Place, ...] = ()
    sent_today: int = 0  # letters that left in 24 hours
    draft_days: int = 0  # working days since the oldest draft was written
    publications: Alarms = Alarms()
    asking_days: int = 0  # working days since the first of those that ask an editor does
    checking_days: int = 0  # and since the first whose page is looked for was delivered
