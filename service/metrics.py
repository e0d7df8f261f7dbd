"""What Prometheus is told. With ``PROMETHEUS_MULTIPROC_DIR`` set, the numbers of all workers add up."""

import os
from functools import cache
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from service.manifest import Manifest

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
TEXTS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
CHARACTERS = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"


class Metrics:
    """All metrics of a worker, in a registry of their own. docs/operations.md describes each.

    Those of every request are called with their labels, and remember what they give: Prometheus' own look-up is slow.
    """

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.requests = cache(Counter("stance_requests", "Answers", ["path", "status"], registry=registry).labels)
        self.seconds = cache(
            Histogram("stance_request_seconds", "Time to answer", ["path"], buckets=SECONDS, registry=registry).labels
        )
        self.stances = cache(Counter("stance_texts", "Texts answered", ["stance"], registry=registry).labels)
        self.off_topic = Counter("stance_off_topic_texts", "Texts found off topic", registry=registry)
        self.characters = Histogram(
            "stance_text_characters", "Code points of a text", buckets=CHARACTERS, registry=registry
        )
        self.batches = Histogram("stance_batch_texts", "Texts scored together", buckets=TEXTS, registry=registry)
        self.pending = Gauge("stance_pending_texts", "Texts under way", registry=registry, multiprocess_mode="livesum")
        self.pending_explained = Gauge(
            "stance_pending_explained_texts",
            "Texts under way with evidence",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self.queued = Gauge(
            "stance_queued_requests", "Requests not yet being scored", registry=registry, multiprocess_mode="livesum"
        )
        self.shed = Counter("stance_shed_requests", "Requests refused as overload", registry=registry)
        self.rate_limited = Counter("stance_rate_limited_requests", "Requests over the key's rate", registry=registry)
        self.late = Counter("stance_late_requests", "Requests past the deadline", registry=registry)
        self.reloads = Counter("stance_reloads", "Bundles taken up or refused", ["result"], registry=registry)
        self.model = Gauge(
            "stance_model_info",
            "Workers answering with this model version",
            ["name", "version", "run_id"],
            registry=registry,
            multiprocess_mode="livesum",
        )
        self.words = Counter("stance_words", "Words in a sample of the texts", ["known"], registry=registry)
        self.training_share = Gauge(
            "stance_training_share",
            "Share of a label in the training texts",
            ["stance"],
            registry=registry,
            multiprocess_mode="livemax",
        )
        self._manifest: Manifest | None = None

    def model_taken_up(self, manifest: Manifest) -> None:
        """Count the reload and move the version gauge from the old model to the new."""
        if self._manifest is not None:
            self._model(self._manifest).set(0)
        self._model(manifest).set(1)
        for label, share in manifest.label_shares.items():
            self.training_share.labels(label).set(share)
        self._manifest = manifest
        self.reloads.labels("taken_up").inc()

    def exposition(self) -> bytes:
        """All metrics in Prometheus' text format, over all workers where there are several."""
        directory = shared_directory()
        if directory is None:
            return generate_latest(self.registry)
        _forget_dead_workers(directory)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)

    def _model(self, manifest: Manifest) -> Gauge:
        return self.model.labels(manifest.name, manifest.version, manifest.run_id)


def shared_directory() -> Path | None:
    """Where several workers share what adds up; None where there is only one."""
    directory = os.environ.get(MULTIPROCESS)
    return Path(directory) if directory else None


def _forget_dead_workers(directory: Path) -> None:
    """Drop the live gauges of workers that were killed; their counters stay, so that totals never fall."""
    for file in directory.glob("gauge_live*_*.db"):
        pid = int(file.stem.rpartition("_")[2])
        try:
            os.kill(pid, 0)  # signal 0 only asks whether the process exists
        except ProcessLookupError:
            mark_process_dead(pid)  # type: ignore[no-untyped-call]
