"""Checks of the corpus: each reads records and says what it found and which limit that keeps or breaks."""
