"""``python -m tests.soak [seconds]``: two workers under mixed load, 300 seconds by default.

Bundles are swapped every few seconds meanwhile. The first third warms up; after it the memory of no worker may grow
by more than 5 % or 20 MB. The last line is JSON; exit code 1 if anything failed or memory grew.
"""

import asyncio
import itertools
import json
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from service.rollback import point_to
from tests.serving import Service, serving
from tests.tiny import fit_tiny_model, write_bundle, write_manifest
from tests.traffic import Traffic, post

SECONDS = 300.0
LOOK_SECONDS = 1.0
SWAP_EVERY = 7
CLIENTS = 8
TEXT = "China denied arming Russia, officials in Moscow said. "
GROWTH, GROWTH_BYTES = 1.05, 20_000_000
MIX = (
    post("/v1/stance", {"text": TEXT}),
    post("/v1/stance", {"text": TEXT * 8}),
    post("/v1/stance/batch", {"texts": [TEXT * 2] * 20}),
    post("/v1/stance", {"text": TEXT * 60}),
    post("/v1/stance", {"text": TEXT * 4, "explain": True}),
)


@dataclass
class Memory:
    """Resident bytes of each worker, looked at once a second."""

    looks: dict[int, list[int]] = field(default_factory=dict)

    def look(self, service: Service) -> None:
        """Note what each worker has now."""
        for worker in service.workers():
            self.looks.setdefault(worker.pid, []).append(worker.memory_info().rss)

    def growth(self) -> list[tuple[int, int]]:
        """For each worker, the median bytes of the second and of the last third."""
        thirds = [
            (seen[len(seen) // 3 : 2 * len(seen) // 3], seen[2 * len(seen) // 3 :]) for seen in self.looks.values()
        ]
        return [(int(statistics.median(middle)), int(statistics.median(last))) for middle, last in thirds]


def main() -> int:
    """Soak; returns the exit code."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with tempfile.TemporaryDirectory(prefix="stance-soak-") as directory:
        models = Path(directory, "models")
        first = write_bundle(models / "bundles" / "1", fit_tiny_model(), "1")
        write_manifest(Path(shutil.copytree(first, models / "bundles" / "2")), "2")
        point_to(models, "1")
        with serving(models, Path(directory, "log"), workers=2, poll_seconds=0.5) as service:
            return asyncio.run(_soak(service, models, seconds))


async def _soak(service: Service, models: Path, seconds: float) -> int:
    memory, mix = Memory(), itertools.cycle(MIX)
    traffic = Traffic(service.port, lambda: next(mix), lambda body: b'"stance"' in body, CLIENTS)
    begun = time.monotonic()
    async with traffic:
        for look in itertools.count(1):
            if (past := time.monotonic() - begun) >= seconds:
                break
            await asyncio.sleep(LOOK_SECONDS)
            memory.look(service)
            if look % SWAP_EVERY == 0:
                point_to(models, "2" if look % (2 * SWAP_EVERY) else "1")
            if look % 30 == 0:
                now = [seen[-1] // 1_000_000 for seen in memory.looks.values()]
                sys.stdout.write(f"{past:5.0f} s  {traffic.tally}  {now} MB\n")
    growth = memory.growth()
    flat = all(last <= max(middle * GROWTH, middle + GROWTH_BYTES) for middle, last in growth)
    errors = len(traffic.tally.lost) + sum(n for seen, n in traffic.tally.seen.items() if seen not in {"200", "429"})
    report = {
        "seconds": round(time.monotonic() - begun),
        "answered": traffic.tally.seen["200"],
        "errors": errors,
        "megabytes_middle_last": [[middle // 1_000_000, last // 1_000_000] for middle, last in growth],
        "flat": flat,
    }
    sys.stdout.write(json.dumps(report) + "\n")
    return int(bool(errors) or not flat or len(growth) != 2)


if __name__ == "__main__":
    sys.exit(main())
