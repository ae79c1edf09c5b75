"""Backups: database and blobs, written so that what has a name was read again and is whole.

manifest   what a backup says it holds, with a hash of its own
place      the folder of all backups: names, the lock, what is removed
database   a database as a file: SQLite's backup API, pg_dump and pg_restore
make       a backup is written, read again, then named
settle     pure moves of rows: what a restored store must not do by itself
restore    a backup becomes a data_dir again
"""
