"""Pictures for the documentation: ``python -m tests.screens`` of the experiment desk, ``….page`` of the page."""
