"""Runs of the command line from outside: how fast, in how much memory, killed halfway."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

PAUSE = 0.05
MIB = 1024**2


@dataclass(frozen=True)
class Run:
    """What was seen of a run.

    Attributes:
        rate: texts a second from the first finished chunk to the end of the process: models are loaded by then, as
            they are where the bare path is measured.
        seconds: from start to end, loading of models included.
        cpu_seconds: of all its processes.
        peak_mib: most memory of all its processes together, what they share counted for each.
    """

    rate: float
    seconds: float
    cpu_seconds: float
    peak_mib: float


def command(source: Path, target: Path, bundle: Path, jobs: int, chunk_rows: int) -> list[str]:
    """The command that scores a file."""
    options = ["--bundle", str(bundle), "--jobs", str(jobs), "--chunk-rows", str(chunk_rows)]
    return [sys.executable, "-m", "service.cli.app", "score", str(source), "-o", str(target), *options]


def watch(arguments: list[str], target: Path, rows: int, stop: Callable[[int], bool] = lambda _: False) -> Run:
    """Run a command and watch memory and journal; kill it as soon as ``stop`` says so of the finished rows."""
    began, first, done, peak, cpu = time.perf_counter(), 0.0, 0, 0.0, os.times()
    with subprocess.Popen(arguments) as process:
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            found = finished(target)
            if found and not first:
                first, done = time.perf_counter(), found
            if stop(found):
                process.send_signal(signal.SIGKILL)
            time.sleep(PAUSE)
    end, after = time.perf_counter(), os.times()
    if process.returncode not in {0, -signal.SIGKILL}:
        raise SystemExit(f"{' '.join(arguments[2:4])} failed: {process.returncode}")
    used = after.children_user + after.children_system - cpu.children_user - cpu.children_system
    return Run((rows - done) / (end - first) if first else 0.0, end - began, used, peak / MIB)


def finished(target: Path) -> int:
    """Rows in the finished parts of an output that is being made."""
    try:
        journal = (target.with_name(f".{target.name}.parts") / "journal.jsonl").read_text("utf-8")
    except OSError:
        return 0
    lines = [json.loads(line) for line in journal.split("\n")[:-1]]
    return sum(scored + rejected for _, scored, rejected in lines)


def _memory(pid: int) -> float:
    """Bytes resident in a process and its children."""
    total = 0
    try:
        parent = psutil.Process(pid)
        for process in [parent, *parent.children(recursive=True)]:
            total += process.memory_info().rss
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        pass
    return float(total)
