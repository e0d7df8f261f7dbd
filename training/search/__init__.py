"""The search for better candidates: ``python -m training tune``."""
