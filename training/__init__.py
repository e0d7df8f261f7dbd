"""Corpus to models: candidates fitted, measured and tracked alike; the champion chosen and exported.

The only room that knows MLflow. What it hands to the service is a bundle: a directory on disk.
"""
