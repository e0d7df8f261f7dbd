"""The model's base as plain arrays: the same probabilities as scikit-learn's path, at a fraction of its cost."""

from features.compiled.base import CompiledBase, compile_base, compile_model

__all__ = ["CompiledBase", "compile_base", "compile_model"]
