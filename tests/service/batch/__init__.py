"""Tests of this part of the service room."""
