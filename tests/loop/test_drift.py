"""Traffic of a service, compared with the frozen texts by training."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from service.feedback.database import make_engine
from tests.loop.conftest import Loop, parts_of
from tests.training.conftest import invented
from training.errors import FeedbackError

SAME = [row["text"] for row in invented() if row["split"] == "test"]
OTHER = [f"Quokka number {number} basks. " * 30 for number in range(100)]


def traffic(loop: Loop, texts: list[str], day: str) -> None:
    """Send texts, each in a request of its own, and say that they came on some day."""
    counting = parts_of(loop.client).traffic
    for words in texts:
        counting._read_again_at = 0.0
        assert loop.client.post("/v1/stance", json={"text": words}).status_code == 200
    assert loop.client.portal is not None
    loop.client.portal.call(counting.flush)
    engine = make_engine(loop.url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE traffic SET day = :day WHERE day > '2026-01-31'"), {"day": day})
    engine.dispose()


def drift(loop: Loop, out: Path, *more: object, status: int = 0) -> dict[str, dict[str, dict[str, Any]]]:
    said = loop.command("drift", "--until", "2026-01-31", "--out", out, *more, status=status)
    found: dict[str, dict[str, dict[str, Any]]] = json.loads(said.splitlines()[-1])
    return found


def test_traffic_like_the_frozen_texts_shows_no_shift(loop: Loop, tmp_path: Path) -> None:
    traffic(loop, SAME * 3, "2026-01-31")
    found = drift(loop, tmp_path / "drift.html", "--fail-above", 0.25)["frozen test split"]
    assert set(found) >= {"stance", "probability", "tags", "words"}
    assert {figures["verdict"] for figures in found.values()} == {"no shift"}
    assert max(figures["psi"] for figures in found.values()) < 0.05


def test_other_texts_show_against_the_frozen_and_against_earlier_ones(loop: Loop, tmp_path: Path) -> None:
    traffic(loop, SAME * 2, "2026-01-01")
    traffic(loop, OTHER, "2026-01-31")
    page = tmp_path / "drift.html"
    found = drift(loop, page, "--fail-above", 0.25, status=1)
    for reference in ("frozen test split", "earlier traffic"):
        for statistic in ("length", "topic", "words"):
            assert found[reference][statistic]["verdict"] == "large shift"
            assert found[reference][statistic]["jensen_shannon"] > 0.3
    shown = page.read_text("utf-8")
    assert "Against the earlier traffic" in shown
    assert "off topic" in shown
    assert "quokka" not in shown.lower()
    assert "<script" not in shown


def test_no_traffic_is_an_error_that_says_so(loop: Loop) -> None:
    loop.say("China arms Russia.", "support")
    with pytest.raises(FeedbackError, match="no traffic was counted from 2020-01-25 to 2020-01-31"):
        loop.command("drift", "--until", "2020-01-31")
