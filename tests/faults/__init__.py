"""Faults, one after another, while clients go on asking: what they see of each, and what is lost."""
