"""The memory of the desk: SQLAlchemy tables, blobs by SHA-256, leases and jobs."""
