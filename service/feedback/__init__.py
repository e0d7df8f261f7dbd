"""The database: what readers say of texts, what reviewers decide, and traffic statistics.

The service writes ``feedback`` and ``traffic``; training reads them and writes ``review``. The two share nothing but
the database itself, whose tables ``migrations/`` makes.
"""
