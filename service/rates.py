"""How many texts a second each key may send: a token bucket for each, shared by all workers.

A bucket is one number, the time at which it will be full again (generic cell rate algorithm, ITU-T I.371). The
numbers stand in a file that every worker maps into its memory. There is no lock: two workers that write the same
bucket at the same instant let one text too many through, and a worker that dies holds nobody up.
"""

import math
import mmap
import struct
import time
from collections.abc import Callable
from pathlib import Path

from service.errors import RateLimitedError

SLOTS = 4096
SLOT = struct.Struct("<16sd")  # the first half of the key's digest, and seconds of the machine's monotonic clock
NOBODY = bytes(16)


class Rates:
    """Buckets of ``burst`` texts that refill with ``per_second``; ``place`` is a file shared by the workers."""

    def __init__(
        self, per_second: float, burst: int, place: Path | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._interval = 1 / per_second
        self._full = burst / per_second
        self._message = f"this key may send {per_second:g} texts a second, {burst} at once after a rest"
        self._clock = clock
        self._memory = _map(place)

    def check(self, holder: bytes) -> None:
        """See whether a key has anything left.

        Raises:
            RateLimitedError: with the seconds until it has, rounded up, as ``Retry-After``.
        """
        _, full_again = self._slot(holder)
        wait = full_again + self._interval - self._full - self._clock()
        if wait > 0:
            raise RateLimitedError(self._message, {"Retry-After": str(math.ceil(wait))})

    def charge(self, holder: bytes, texts: int) -> None:
        """Take texts out of a key's bucket. A large batch may leave it in debt, to be waited out."""
        place, full_again = self._slot(holder)
        full_again = max(full_again, self._clock()) + texts * self._interval
        SLOT.pack_into(self._memory, place, holder[:16], full_again)

    def _slot(self, holder: bytes) -> tuple[int, float]:
        """Where a key's bucket is: its own or the next free place, else, with all taken, a shared one."""
        first = int.from_bytes(holder[:4], "little")
        for step in range(SLOTS):
            place = (first + step) % SLOTS * SLOT.size
            owner, full_again = SLOT.unpack_from(self._memory, place)
            if owner in {holder[:16], NOBODY}:
                return place, full_again
        return first % SLOTS * SLOT.size, 0.0


def _map(place: Path | None) -> mmap.mmap:
    if place is None:
        return mmap.mmap(-1, SLOTS * SLOT.size)
    with place.open("a+b") as file:
        file.truncate(SLOTS * SLOT.size)
        return mmap.mmap(file.fileno(), SLOTS * SLOT.size)
