"""The calls as requests, and batches that fit the limits of a service. Nothing is sent here."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.schemas import BatchAnswer, Limits, StanceResult

URL = "http://127.0.0.1:8000"
ENVELOPE_BYTES = 64  # of a batch's body, around its texts
TIMEOUT_SECONDS = 30.0
STANCE, BATCH, MODEL = "/v1/stance", "/v1/stance/batch", "/v1/model"


@dataclass(frozen=True, slots=True)
class Request:
    """A request yet to be sent."""

    method: str
    path: str
    body: Mapping[str, Any] | None = None

    def content(self) -> bytes | None:
        """The body as JSON in UTF-8."""
        return None if self.body is None else json.dumps(self.body, ensure_ascii=False).encode()


def headers(key: str | None) -> dict[str, str]:
    """Headers of every request."""
    said = {"Content-Type": "application/json"}
    return said if key is None else said | {"Authorization": f"Bearer {key}"}


def batches(texts: Sequence[str], limits: Limits, *, explain: bool) -> Iterator[Request]:
    """Split texts, in order, into as few requests as the limits allow.

    A text that alone exceeds a limit is sent alone: the service then says which limit.
    """
    batch: list[str] = []
    characters, size = 0, ENVELOPE_BYTES
    for text in texts:
        more = len(json.dumps(text, ensure_ascii=False).encode()) + 2
        full = (
            len(batch) >= min(limits.max_batch_texts, limits.max_pending_explained if explain else len(texts))
            or characters + len(text) > limits.max_total_characters
            or size + more > limits.max_body_bytes
        )
        if batch and full:
            yield Request("POST", BATCH, {"texts": batch, "explain": explain})
            batch, characters, size = [], 0, ENVELOPE_BYTES
        batch.append(text)
        characters, size = characters + len(text), size + more
    if batch:
        yield Request("POST", BATCH, {"texts": batch, "explain": explain})


def results(content: bytes) -> list[StanceResult]:
    """The results in the answer to a batch."""
    return BatchAnswer.model_validate_json(content).results
