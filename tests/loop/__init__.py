"""Service and training over the database that is all they share."""
