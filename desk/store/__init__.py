"""The memory of the desk: SQLAlchemy tables, leases and jobs."""

from desk.store.engine import Store, Transaction, open_current, open_store, open_to_read

__all__ = ["Store", "Transaction", "open_current", "open_store", "open_to_read"]
