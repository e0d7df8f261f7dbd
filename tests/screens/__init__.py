"""Pictures of the experiment desk for the documentation: ``python -m tests.screens``."""
