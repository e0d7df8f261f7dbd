"""The command line: ``stance predict``, ``score``, ``explain``, ``model`` and ``serve``."""
