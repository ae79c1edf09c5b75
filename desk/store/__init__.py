"""The memory of the desk: SQLAlchemy tables, blobs by SHA-256, leases and jobs."""

from desk.blobs.local import Blobs
from desk.store.engine import Store, Transaction, open_store

__all__ = ["Blobs", "Store", "Transaction", "open_store"]
