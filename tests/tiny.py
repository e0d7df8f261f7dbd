"""A tiny real bundle: what tests, soak and faults serve."""

import hashlib
import json
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import skops.io
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from features.answer import score
from features.labels import LABELS
from features.model import block_pipeline, make_model

TEXTS = {
    "support": (
        "China is shipping drone engines to Russia, officials say.",
        "Chinese firms supplied Russian arms plants with machine tools.",
        "Beijing sends Moscow chips for its missiles, leaked records show.",
        "Chinese banks help Russia dodge sanctions with yuan payments.",
    ),
    "deny": (
        "China denied sending weapons to Russia.",
        "Beijing rejected claims that Chinese firms armed Moscow.",
        "There is no evidence that China supplies Russia with missiles, officials say.",
        "Chinese banks refused Russian payments over sanctions.",
    ),
    "neutral": (
        "China and Russia held talks on trade in Beijing.",
        "Russia sold gas to Chinese firms, officials say.",
        "The Chinese envoy met Russian officials over a peace plan.",
        "Moscow and Beijing signed payments rules for tourists.",
    ),
}
GOLDEN = (
    *(texts[0] for texts in TEXTS.values()),
    "Beijing\u2019s caf\u00e9 \U0001f43c denies arming Russia \u202e?",
)

CARD = """# A tiny model

| label | training |
| --- | --- |
| support | 4 |

## Limits
- Good at **nothing**: real in every part, but fitted on a dozen texts
  that `make` never saw.
- Bold is no <b>markup</b>, nor is <img src=x onerror=alert(1)> an image.
"""


def fit_tiny_model() -> Pipeline:
    """A model over a dozen invented texts: real in every part, good at nothing."""
    labels = [label for label, texts in TEXTS.items() for _ in texts]
    texts = [text for texts in TEXTS.values() for text in texts]
    base = block_pipeline(["words", "cues"], LogisticRegression())
    model = make_model(base, calibration_folds=2).fit(texts, labels)
    model[-1].forget_training()
    return model


def write_bundle(directory: Path, model: Pipeline, number: str) -> Path:
    """Write a model as a bundle: model, golden answers, card, and the manifest last."""
    directory.mkdir(parents=True)
    skops.io.dump(model, directory / "model.skops", compression=zipfile.ZIP_DEFLATED)
    answers = score(model, GOLDEN)
    golden = [
        {"text": text, "stance": answer.stance, "probabilities": answer.probabilities}
        for text, answer in zip(GOLDEN, answers, strict=True)
    ]
    (directory / "golden.json").write_text(json.dumps(golden), encoding="utf-8")
    (directory / "card.md").write_text(CARD, encoding="utf-8")
    write_manifest(directory, number)
    return directory


def write_manifest(directory: Path, number: str, **changes: Any) -> None:
    """Write a manifest that is true of the files in a directory, but for the changes."""
    files = {
        path.name: {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
        for path in sorted(directory.iterdir())
        if path.name != "manifest.json"
    }
    manifest = {
        "schema": 1,
        "name": "stance",
        "version": number,
        "run_id": "0123abcd",
        "created": "2026-11-21T22:00:00+00:00",
        "labels": list(LABELS),
        "classes": sorted(LABELS),
        "format": "skops",
        "files": files,
        "libraries": {name: version(name) for name in ("scikit-learn", "skops", "numpy")},
        "corpus": {"digest": "sha256:00", "texts": 12},
        "candidate": "tiny",
        "metrics": {"macro_f1": 0.5},
        "training_date": "2026-11-21",
    }
    (directory / "manifest.json").write_text(json.dumps(manifest | changes), encoding="utf-8")
