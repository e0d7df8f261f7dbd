"""The model as a file: skops, deflated, opened only if it holds nothing but the types on our list."""

import zipfile
from pathlib import Path

import skops.io
from sklearn.pipeline import Pipeline
from skops.io.exceptions import UntrustedTypesFoundException

from features.trusted import TRUSTED_TYPES
from training.errors import BundleError

NAME = "model.skops"


def dump_model(model: Pipeline) -> bytes:
    """Turn a fitted pipeline into the bytes of a bundle's ``model.skops``.

    Raises:
        BundleError: it holds a type outside the list, so that nobody could load it.
    """
    found: bytes = skops.io.dumps(model, compression=zipfile.ZIP_DEFLATED, compresslevel=6)
    strange = sorted(set(skops.io.get_untrusted_types(data=found)) - set(TRUSTED_TYPES))
    if strange:
        raise BundleError(f"the model holds types outside features.trusted: {', '.join(strange)}")
    return found


def load_model(file: Path) -> Pipeline:
    """Load a fitted pipeline.

    Raises:
        BundleError: the file is missing or broken, names a type outside the list, or does not fit the
            libraries and features of this place.
    """
    try:
        return skops.io.load(file, trusted=list(TRUSTED_TYPES))
    except UntrustedTypesFoundException as error:
        raise BundleError(f"{file.name} holds types outside the allow-list: {error}") from error
    except Exception as error:
        # skops rebuilds objects by name: a class renamed, moved or changed since shows as any exception.
        raise BundleError(f"{file.name} cannot be loaded: {type(error).__name__}: {error}") from error
