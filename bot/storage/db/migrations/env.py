"""Runs the migrations inside the transaction that `bot.storage.db.migrate` has begun."""

from alembic import context

from bot.storage.db.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
