"""Where the faults are tried: bundles on disk, and services over them."""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from service.rollback import point_to
from tests.serving import START_SECONDS, Service, serving, until
from tests.tiny import fit_tiny_model, write_bundle, write_manifest
from tests.traffic import Traffic, post

POLL_SECONDS = 0.1
DEADLINE_SECONDS = 3
CLIENTS = 6
TEXT = "China denied arming Russia, officials in Moscow said."
REFUSED = 'stance_reloads_total{result="refused"}'
TAKEN_UP = 'stance_reloads_total{result="taken_up"}'


@dataclass
class Bench:
    """A directory of bundles, version 1 in use, and the service with two workers that serves it."""

    directory: Path
    service: Service

    @property
    def models(self) -> Path:
        """What ``STANCE_BUNDLE`` names."""
        return self.directory / "models"

    def copy(self, version: str) -> Path:
        """A fresh copy of the good bundle under another version."""
        place = self.models / "bundles" / version
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.models / "bundles" / "1", place)
        write_manifest(place, version)
        return place

    def point(self, version: str) -> None:
        """Move the pointer."""
        point_to(self.models, version)

    @contextmanager
    def another(self, **settings: object) -> Iterator[Service]:
        """A service of one worker with other settings, over the same bundles."""
        with serving(
            self.models, self.directory / "another.log", **{"poll_seconds": POLL_SECONDS} | settings
        ) as service:
            yield service

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait, while the clients go on."""
        await asyncio.to_thread(until, condition, what, START_SECONDS)

    def traffic(self) -> Traffic:
        """The clients that go on asking."""
        return ask_on(self.service)


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong, and what is done about it; ``happen`` returns what was seen beside the traffic.

    ``alone``: it has a service of its own, and no traffic on the first.
    """

    name: str
    happen: Callable[[Bench], Awaitable[str]]
    alone: bool = False


def ask_on(service: Service, clients: int = CLIENTS, key: str | None = None) -> Traffic:
    """Clients that ask for the stance of a text, and know the answer."""
    request = post("/v1/stance", {"text": TEXT}, key)
    return Traffic(service.port, lambda: request, _whole, clients)


def _whole(body: bytes) -> bool:
    answer = json.loads(body)
    return bool(answer["on_topic"]) and abs(sum(answer["probabilities"].values()) - 1) < 1e-6


@contextmanager
def set_up(directory: Path) -> Iterator[Bench]:
    """Make a good bundle and start a service with two workers on it."""
    models = directory / "models"
    write_bundle(models / "bundles" / "1", fit_tiny_model(), "1")
    point_to(models, "1")
    settings = {
        "workers": 2,
        "poll_seconds": POLL_SECONDS,
        "deadline_seconds": DEADLINE_SECONDS,
        "patience_seconds": 2,
        "max_body_bytes": 1_000_000,
        "inline_characters": 2_000,
    }
    with serving(models, directory / "service.log", **settings) as service:
        yield Bench(directory, service)
