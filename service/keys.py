"""The API keys that are accepted, some of them in a file that can change at any time."""

import hashlib
import hmac
from collections.abc import Iterable
from pathlib import Path

from pydantic import SecretStr


class KeyRing:
    """Accepted keys, kept as SHA-256 digests and compared in constant time."""

    def __init__(self, keys: Iterable[SecretStr], file: Path | None) -> None:
        self._fixed = [_digest(key.get_secret_value()) for key in keys]
        self._file = file
        self._from_file: list[bytes] = []
        self._read_at = -1
        self.required = bool(self._fixed) or file is not None

    def holder(self, key: str) -> bytes | None:
        """The digest of a key of the ring, else None; always looks at all keys, so that time tells nothing.

        A key file that cannot be read accepts none of its keys.
        """
        self._reread()
        sent = _digest(key)
        matches = [hmac.compare_digest(sent, accepted) for accepted in (*self._fixed, *self._from_file)]
        return sent if any(matches) else None

    def _reread(self) -> None:
        if self._file is None:
            return
        try:
            changed = self._file.stat().st_mtime_ns
            if changed != self._read_at:
                lines = self._file.read_text(encoding="utf-8").split("\n")
                self._from_file = [_digest(line.strip()) for line in lines if line.strip()]
                self._read_at = changed
        except OSError:
            self._from_file, self._read_at = [], -1


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).digest()
