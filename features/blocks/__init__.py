"""Feature blocks: transformers from documents to columns, each column with a name."""
