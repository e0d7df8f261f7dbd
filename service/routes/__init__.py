"""The HTTP operations, one file a subject."""
