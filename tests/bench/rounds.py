"""The run itself: all contenders up, and stretches of load on them in turn, so that none has the quiet hours."""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.contenders import ROOT, Contender, Running, running
from tests.bench.figures import Figures, Load, summarise

CONNECTIONS = (1, 16, 64)
STRETCH_SLACK = 60.0


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures by contender and connections; start-up seconds and memory by contender."""

    figures: dict[tuple[str, int], Figures]
    start_seconds: dict[str, float]
    megabytes: dict[str, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """How often and how long each contender is loaded, and the cores of servers and client (``None``: any)."""

    rounds: int
    seconds: float
    server_core: int | None
    client_core: int | None
    connections: Sequence[int] = CONNECTIONS


def compare(
    contenders: Sequence[Contender], texts: Sequence[str], plan: Plan, scratch: Path, say: Callable[[str], None]
) -> Measured:
    """Load every contender in turn, round after round, with the same texts.

    Args:
        contenders: the servers.
        texts: put to each in this order, again and again.
        plan: how often, how long, on which cores.
        scratch: an empty directory for logs and bodies.
        say: told what is being done.

    Raises:
        BenchError: a contender does not start.
    """
    loads: defaultdict[tuple[str, int], list[Load]] = defaultdict(list)
    with ExitStack() as stack:
        up = []
        for contender in contenders:
            say(f"starting {contender.title}")
            up.append(stack.enter_context(running(contender, scratch / f"{contender.name}.log", plan.server_core)))
            bodies = "\n".join(json.dumps(contender.body(text)) for text in texts)
            (scratch / f"{contender.name}.jsonl").write_text(bodies, "utf-8")
        for number in range(plan.rounds):
            for connections in plan.connections:
                say(f"round {number + 1} of {plan.rounds}, {connections} connections")
                for server in up:
                    loads[server.contender.name, connections].append(_stretch(server, connections, plan, scratch))
        return Measured(
            {key: summarise(found) for key, found in loads.items()},
            {server.contender.name: server.start_seconds for server in up},
            {server.contender.name: server.megabytes() for server in up},
        )


def _stretch(server: Running, connections: int, plan: Plan, scratch: Path) -> Load:
    bodies = scratch / f"{server.contender.name}.jsonl"
    given = {
        "port": server.port,
        "path": server.contender.path,
        "bodies": bodies,
        "connections": connections,
        "seconds": plan.seconds,
        "core": plan.client_core,
    }
    found = in_own_process("tests.bench.load", plan.seconds + STRETCH_SLACK, **given)
    return Load(tuple(found["latencies"]), found["errors"], found["seconds"])


def in_own_process(module: str, timeout: float, **options: object) -> dict[str, Any]:
    """Run a module of the bench with options; returns the JSON that it prints.

    Raises:
        subprocess.CalledProcessError: it failed; what it said went to standard error.
    """
    given = [f"--{name}={value}" for name, value in options.items() if value is not None]
    command = [sys.executable, "-m", module, *given]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=timeout)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
