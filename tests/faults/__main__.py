"""``python -m tests.faults [word …]``: try the faults whose names hold a word, all by default.

Prints a table of what was tried, what clients saw and what was lost; the last line is JSON. Exit code 1 if anything
was lost. Took five minutes on two cores busy with other things; most of it is services starting.
"""

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import bundles, clients, overload, processes
from tests.faults.bench import Bench, Fault, set_up

FAULTS = (*bundles.FAULTS, *clients.FAULTS, *processes.FAULTS, *overload.FAULTS)
UNDER_WAY = 20  # requests answered before the fault
SECONDS = 120.0  # for one fault, on a machine that is busy with other things; most take one


def main() -> int:
    """Try the faults; returns the exit code."""
    words = sys.argv[1:]
    chosen = [fault for fault in FAULTS if not words or any(word in fault.name for word in words)]
    lost = 0
    _say(f"| {'fault':38} | {'seen of it':45} | {'seen by other clients':35} | lost | seconds |\n|{'---|' * 5}")
    with tempfile.TemporaryDirectory(prefix="stance-faults-") as directory, set_up(Path(directory)) as bench:
        for fault in chosen:
            lost += asyncio.run(_try(fault, bench))
    _say(json.dumps({"tried": len(chosen), "lost": lost}))
    return int(lost > 0)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def _try(fault: Fault, bench: Bench) -> int:
    begun = time.monotonic()
    traffic = bench.traffic()
    seen, failed = "", 0
    if fault.alone:
        seen, failed = await _happen(fault, bench)
    else:
        async with traffic:
            await bench.until(lambda: traffic.tally.seen["200"] >= UNDER_WAY, "the traffic is under way")
            seen, failed = await _happen(fault, bench)
    lost = len(traffic.tally.lost) + failed
    others = "(none asked)" if fault.alone else str(traffic.tally)
    _say(f"| {fault.name:38} | {seen:45} | {others:35} | {lost:4} | {time.monotonic() - begun:7.1f} |")
    for what in traffic.tally.lost[:3]:
        _say(f"  lost: {what}")
    return lost


async def _happen(fault: Fault, bench: Bench) -> tuple[str, int]:
    try:
        async with asyncio.timeout(SECONDS):
            return await fault.happen(bench), 0
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is what this is to find out
        return f"FAILED: {type(error).__name__}: {error}", 1


if __name__ == "__main__":
    sys.exit(main())
