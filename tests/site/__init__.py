"""Tests of the documentation site and of what a fork gets with it."""
