"""Run by Alembic for every command: the steps go over the connection that ``service.feedback.schema`` opened."""

from alembic import context

from service.feedback.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
