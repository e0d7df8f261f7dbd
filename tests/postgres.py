"""A PostgreSQL server of the test's own: a new cluster on a Unix socket, no port, gone afterwards."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.serving import until

DEBIAN = Path("/usr/lib/postgresql")
ROOT_MAY_NOT = "postgres"  # the server refuses to run as root; Debian's package makes this user
SPEED = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def programs() -> Path | None:
    """Where ``initdb`` and ``postgres`` are; None where PostgreSQL is not installed."""
    found = [*sorted(DEBIAN.glob("*/bin/initdb"), reverse=True), *filter(None, [shutil.which("initdb")])]
    return Path(found[0]).parent if found else None


@contextmanager
def running(binaries: Path) -> Iterator[str]:
    """Start a server and give its URL, whose database is ``postgres``; stop it and delete its files at the end."""
    user = ROOT_MAY_NOT if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="stance-pg-") as name:
        place = Path(name)
        if user:
            shutil.chown(place, user)
        data = place / "data"
        initialise = [binaries / "initdb", "--pgdata", data, "--username", "stance", "--auth", "trust", "--no-sync"]
        subprocess.run(initialise, check=True, user=user, cwd=place, stdout=subprocess.DEVNULL)
        serve = [binaries / "postgres", "-D", data, "-k", place, "-c", "listen_addresses=", *SPEED]
        with (place / "log").open("wb") as log, subprocess.Popen(serve, user=user, cwd=place, stderr=log) as server:
            try:
                until(lambda: b"ready to accept" in (place / "log").read_bytes(), "PostgreSQL accepts connections", 60)
                yield f"postgresql://stance@/postgres?host={place}"
            finally:
                server.send_signal(signal.SIGQUIT)  # at once: nothing in it is wanted any more
                server.wait(30)
