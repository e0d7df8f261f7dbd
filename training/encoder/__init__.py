"""The trial of a pretrained sentence encoder: not part of any model, kept to show whether one would earn its place."""
