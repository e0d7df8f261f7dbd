"""The encoder's trial, with an encoder that is made up: what is encoded, and what comes of it."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner

from features.document import analyse
from features.passages import is_long, passages
from tests.training.conftest import PLAN, invented, write_rows
from training import cli
from training.candidates import Plan
from training.corpus import read_corpus
from training.encoder.encoder import Encoder
from training.encoder.report import as_json, show_trial
from training.encoder.trial import ALONE, CHAMPION, WITH_ENCODER, Held, bases, fit, outcomes, to_encode
from training.encoder.vectors import EncodedClaims, Memory, claim, whole
from training.encoder.weights import EncoderError

TABLE = np.array([[3.0, 0.0], [0.0, 4.0], [-1.0, 2.0]], dtype=np.float32)


def stub(tokenise: Callable[[str], list[int]] = lambda text: [len(word) % 3 for word in text.split()]) -> Encoder:
    """An encoder of three states, one for each remainder of a word's length."""
    return Encoder(tokenise, lambda tokens: TABLE[tokens], digest="0" * 64, megabytes=0.1)


def nothing(_: str) -> None:
    """Watch no progress."""


def test_a_vector_is_the_mean_of_the_states_at_length_1() -> None:
    vector = stub().encode("one four")  # (3, 0) for a word of three letters, (0, 4) for one of four
    np.testing.assert_allclose(vector, [0.6, 0.8], rtol=1e-6)


def test_texts_of_different_length_have_the_same_vectors_alone_and_together(tmp_path: Path) -> None:
    texts = ["China denies it.", "Beijing has shipped drones to Russian troops since spring, three officials say."]
    together = Memory(stub(), tmp_path).vectors(texts)
    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_array_equal(Memory(stub(), tmp_path).vectors([text])[0], vector)


def test_vectors_are_kept_between_runs_and_texts_are_not(tmp_path: Path) -> None:
    calls: list[str] = []

    def tokenise(text: str) -> list[int]:
        calls.append(text)
        return [len(text) % 3]

    first = Memory(stub(tokenise), tmp_path)
    first.learn(first.unknown(["secret", "other", "secret"]), nothing)
    second = Memory(stub(tokenise), tmp_path)
    assert second.unknown(["secret", "new"]) == ["new"]
    np.testing.assert_array_equal(second.vectors(["secret"]), first.vectors(["secret"]))
    assert calls == ["secret", "other"]
    assert b"secret" not in second.file.read_bytes()


def test_the_claim_is_the_sentence_of_the_plainest_frame_or_else_the_first() -> None:
    text = "The US met allies. It warned of help for Moscow. China supplies drones to Russia. Talks go on."
    assert claim(analyse(text)) == "China supplies drones to Russia."
    assert claim(analyse("Nothing new. It rains.")) == "Nothing new."
    assert whole(analyse(text)) == text
    assert claim(analyse("")) == ""


def test_passages_of_long_texts_are_encoded_beforehand(tmp_path: Path) -> None:
    long = analyse(
        " ".join(f"On day {day} China and Russia met again to talk of trade, gas and grain." for day in range(9))
    )
    assert is_long(long)
    known = set(to_encode([long]))
    assert {whole(part) for part in passages(long)} < known
    assert EncodedClaims(Memory(stub(), tmp_path)).transform([long]).shape == (1, 4)


def tried(plan: Plan, tmp_path: Path, tokenise: Callable[[str], list[int]]) -> tuple[dict[str, float], str]:
    """What a trial with such an encoder prints last, and all that it prints before."""
    corpus = read_corpus(write_rows(tmp_path / "corpus", invented()))
    train, held = (
        corpus.split("train"),
        [Held.read(tmp_path / "corpus" / "texts.jsonl"), Held.of(corpus.split("test"))],
    )
    memory = Memory(stub(tokenise), tmp_path)
    found = [fit(name, base, plan, train, held) for name, base in bases(plan, memory, seed=0).items()]
    assert [one.name for one in found] == [CHAMPION, WITH_ENCODER, ALONE]
    compared = outcomes(found, held)
    console = Console(file=io.StringIO(), record=True, width=130)
    show_trial(console, found, compared)
    return json.loads(as_json(compared, milliseconds=1.0, megabytes=2.0)), console.export_text()


def test_an_encoder_that_knows_the_labels_is_worth_what_it_says(plan: Plan, tmp_path: Path) -> None:
    labels = {row["text"]: row["label"] for row in invented()}
    figures, shown = tried(plan, tmp_path, lambda text: [("support", "deny", "neutral").index(labels[text])])
    assert figures["encoder_alone"] == 1
    assert figures["difference"] == pytest.approx(figures["with_encoder"] - figures["champion"], abs=1e-5)
    assert figures["low"] <= figures["difference"] <= figures["high"]
    assert {"frozen_split_champion", "frozen_split_low", "ms_a_text", "megabytes"} <= set(figures)
    assert "frozen split" in shown


def test_an_encoder_that_knows_nothing_does_not_earn_its_place(plan: Plan, tmp_path: Path) -> None:
    figures, shown = tried(plan, tmp_path, lambda _: [0])
    assert figures["encoder_alone"] < figures["champion"]
    assert "does not earn its place" in shown


def test_the_command_ends_in_one_line_of_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = write_rows(tmp_path / "corpus", invented())
    (tmp_path / "plan.yaml").write_text(json.dumps(PLAN), "utf-8")
    opened = SimpleNamespace(open_encoder=lambda folder, source: stub())  # noqa: ARG005
    monkeypatch.setitem(sys.modules, "training.encoder.session", opened)
    monkeypatch.setenv("STANCE_ARTICLES", str(tmp_path / "none.jsonl"))
    monkeypatch.chdir(tmp_path)
    asked = ("encoder", "--data", "corpus/texts.jsonl", "--corpus", str(corpus), "--plan", "plan.yaml")
    done = CliRunner().invoke(cli.app, asked, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert {"champion", "with_encoder", "difference", "low", "high"} <= set(json.loads(done.output.splitlines()[-1]))


def test_missing_packages_are_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("training.encoder.session", "training.encoder.convert"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.setattr("sys.argv", ["training", "encoder", "--data", str(tmp_path / "none.jsonl")])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == EncoderError.status
    assert "the encoder needs onnxruntime: python -m pip install -r requirements/encoder.txt" in capsys.readouterr().err
