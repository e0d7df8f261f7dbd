"""How fast files are scored, in how much memory, whether a killed run is resumed to the same output, and Spark's."""
