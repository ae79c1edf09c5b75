"""Run by Alembic. The connection, and the transaction that is open on it, come from
desk.store.migrate."""

from alembic import context

from desk.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
