"""The same model as it comes out of training, called in the handler: what one writes in an afternoon."""

import os
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from features.answer import score
from service.bundle import locate, verify
from service.opening import open_model
from tests.bench.echo import Stance, Text

BUNDLE = "STANCE_BENCH_BUNDLE"


def build() -> FastAPI:
    """Answers each request with scikit-learn's path."""
    app = FastAPI()
    model: Any = open_model(verify(locate(Path(os.environ[BUNDLE]))), allow_joblib=False)

    @app.post("/v1/stance")
    async def stance(body: Text) -> Stance:
        answer = score(model, [body.text])[0]
        return Stance(stance=answer.stance, probabilities=answer.probabilities, on_topic=answer.on_topic)

    return app
