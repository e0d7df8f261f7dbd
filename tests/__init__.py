"""Tests, room by room, and of the contracts between the rooms."""
