"""Bundles that must not be taken up, put before a service at work; and good ones, which must."""

import resource
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.faults.bench import REFUSED, TAKEN_UP, Bench, Fault
from tests.service import test_tampering as tampering

WORKERS = 2
CHANGES: dict[str, Callable[[Path], None]] = {
    "bundle with one bit flipped": tampering.flip_a_byte,
    "truncated bundle": tampering.truncate,
    "truncated bundle with true digests": tampering.truncate_and_sign,
    "bundle of another scikit-learn": tampering.change(libraries={"scikit-learn": "0.24.2"}),
    "bundle with a forged type": tampering.foreign_type,
    "bundle with forged golden answers": tampering.forge_golden,
    "bundle with a file too many": tampering.add_a_file,
    "archive bomb for a bundle": tampering.bomb,
    "pickle for a bundle": tampering.change(format="joblib"),
}


async def refused(bench: Bench, change: Callable[[Path], None]) -> str:
    """Both workers refuse a changed bundle and keep version 1."""
    change(bench.copy("2"))
    return await _refused(bench, lambda: bench.point("2"))


async def pointer(bench: Bench, pointed: str) -> str:
    """A pointer that names no bundle changes nothing."""
    return await _refused(bench, lambda: bench.point(pointed))


async def swapped(bench: Bench) -> str:
    """Good bundles are swapped in, ten times to and fro."""
    bench.copy("2")
    for turn in range(10):
        before = bench.service.metric(TAKEN_UP)
        bench.point("2" if turn % 2 == 0 else "1")
        await bench.until(lambda: bench.service.metric(TAKEN_UP) >= before + WORKERS, "both workers swap")  # noqa: B023
    return "10 swaps in both workers"


async def no_descriptors(bench: Bench) -> str:
    """The bundle cannot be read (EMFILE), as on a failing disk; it is taken up once it can, with nothing touched."""
    bench.copy("2")
    workers = bench.service.workers()
    usual = {worker: worker.rlimit(resource.RLIMIT_NOFILE) for worker in workers}
    before = bench.service.log.read_bytes()
    for worker, (_, hard) in usual.items():
        worker.rlimit(resource.RLIMIT_NOFILE, (worker.num_fds(), hard))
    try:
        bench.point("2")
        await bench.until(
            lambda: b"bundle refused" in bench.service.log.read_bytes()[len(before) :], "the read error is noticed"
        )
    finally:
        for worker, limits in usual.items():
            worker.rlimit(resource.RLIMIT_NOFILE, limits)
    await bench.until(lambda: _workers_on(bench, "2") == WORKERS, "it is taken up after all")
    bench.point("1")
    await bench.until(lambda: _workers_on(bench, "1") == WORKERS, "version 1 is back")
    return "refused while unreadable, then taken up"


def _workers_on(bench: Bench, version: str) -> float:
    return bench.service.metric(f'stance_model_info{{name="stance",run_id="0123abcd",version="{version}"}}')


async def _refused(bench: Bench, act: Callable[[], None]) -> str:
    before = bench.service.metric(REFUSED)
    act()
    await bench.until(lambda: bench.service.metric(REFUSED) >= before + WORKERS, "both workers refuse it")
    assert _workers_on(bench, "1") == WORKERS
    before = bench.service.metric(TAKEN_UP)
    bench.point("1")
    await bench.until(lambda: bench.service.metric(TAKEN_UP) >= before + WORKERS, "version 1 is confirmed")
    return "refused by both workers"


FAULTS = (
    Fault("good bundles swapped under load", swapped),
    *(Fault(name, partial(refused, change=change)) for name, change in CHANGES.items()),
    Fault("pointer to nowhere", partial(pointer, pointed="99")),
    Fault("pointer out of the directory", partial(pointer, pointed="../../etc")),
    Fault("bundle that cannot be read", no_descriptors),
)
