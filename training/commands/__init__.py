"""Commands beside the core ones of ``training.cli``, a topic each."""
