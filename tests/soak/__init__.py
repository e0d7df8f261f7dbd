"""Hours in minutes: load without pause, while memory stays flat and nothing fails."""
