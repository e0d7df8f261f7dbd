"""Opens the model of a verified bundle: skops behind an exact allow-list, joblib only if allowed."""

import io
import zipfile
from typing import Any

import joblib
import skops.io

from features.trusted import TRUSTED_TYPES
from service.bundle import Bundle, BundleRefusedError

MAX_UNPACKED_BYTES = 2 * 1024**3


def open_model(bundle: Bundle, *, allow_joblib: bool) -> Any:
    """The fitted pipeline of a bundle.

    Raises:
        BundleRefusedError: the format is not allowed, the file is damaged, or it holds a foreign type.
    """
    if bundle.manifest.format == "joblib":
        if not allow_joblib:
            raise BundleRefusedError("a joblib model can run any code when opened; STANCE_ALLOW_JOBLIB is not set")
        return joblib.load(io.BytesIO(bundle.model))
    _check_archive(bundle.model)
    if foreign := set(skops.io.get_untrusted_types(data=bundle.model)) - set(TRUSTED_TYPES):
        raise BundleRefusedError(f"types outside the allow-list: {', '.join(sorted(foreign))}")
    return skops.io.loads(bundle.model, trusted=list(TRUSTED_TYPES))


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise BundleRefusedError(f"the model file is no intact archive: {error}") from error
    if unpacked > MAX_UNPACKED_BYTES:
        raise BundleRefusedError(f"the model unpacks to {unpacked} bytes, the limit is {MAX_UNPACKED_BYTES}")
