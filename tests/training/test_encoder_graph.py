"""From weights to vectors, with a tiny BERT of random weights. Left out, visibly, without the extra `encoder`."""

# Imports that need the extra stand below the check that it is there.
# ruff: noqa: E402

import hashlib
import math
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from training.encoder.encoder import Encoder
from training.encoder.weights import EncoderError, Source, read_source

for package in ("onnx", "onnxruntime", "safetensors", "tokenizers"):
    pytest.importorskip(package, reason="needs the extra `encoder`")

import onnxruntime
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import Whitespace

from training.encoder.convert import convert, installed
from training.encoder.graph import INPUT, build
from training.encoder.session import MOST_TOKENS, open_encoder

Array = NDArray[np.float32]

WORDS = ("[PAD]", "[UNK]", "china", "deny", "##ies", "arms", "russia", "sends", "to")
SIZE, INNER, LAYERS, HEADS, EPSILON = 8, 16, 2, 2, 1e-12


@pytest.fixture(scope="module")
def weights() -> dict[str, Array]:
    """Random weights of a BERT with two layers and two heads."""
    random = np.random.default_rng(0)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(WORDS), SIZE),
        "embeddings.position_embeddings.weight": (MOST_TOKENS, SIZE),
        "embeddings.token_type_embeddings.weight": (2, SIZE),
    }
    norms = ["embeddings.LayerNorm"]
    for layer in (f"encoder.layer.{number}" for number in range(LAYERS)):
        linear = {f"attention.self.{part}": (SIZE, SIZE) for part in ("query", "key", "value")}
        linear |= {"attention.output.dense": (SIZE, SIZE)}
        linear |= {"intermediate.dense": (INNER, SIZE), "output.dense": (SIZE, INNER)}
        for name, shape in linear.items():
            shapes |= {f"{layer}.{name}.weight": shape, f"{layer}.{name}.bias": shape[:1]}
        norms += [f"{layer}.attention.output.LayerNorm", f"{layer}.output.LayerNorm"]
    shapes |= {f"{norm}.{part}": (SIZE,) for norm in norms for part in ("weight", "bias")}
    return {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


def plainly(weights: dict[str, Array], tokens: list[int]) -> Array:
    """The same encoder written a second time, head by head and without a graph: states of shape (tokens, size)."""

    def linear(at: str, x: Array) -> Array:
        return x @ weights[f"{at}.weight"].T + weights[f"{at}.bias"]

    def norm(at: str, x: Array) -> Array:
        apart = x - x.mean(axis=1, keepdims=True)
        scaled = apart / np.sqrt((apart**2).mean(axis=1, keepdims=True) + EPSILON)
        return scaled * weights[f"{at}.weight"] + weights[f"{at}.bias"]

    x = weights["embeddings.word_embeddings.weight"][tokens]
    x = x + weights["embeddings.position_embeddings.weight"][: len(tokens)]
    x = norm("embeddings.LayerNorm", x + weights["embeddings.token_type_embeddings.weight"][0])
    for layer in (f"encoder.layer.{number}" for number in range(LAYERS)):
        query, key, value = (linear(f"{layer}.attention.self.{part}", x) for part in ("query", "key", "value"))
        heads = []
        for columns in np.split(np.arange(SIZE), HEADS):
            grown = np.exp(query[:, columns] @ key[:, columns].T / math.sqrt(len(columns)))
            heads.append(grown / grown.sum(axis=1, keepdims=True) @ value[:, columns])
        x = norm(f"{layer}.attention.output.LayerNorm", x + linear(f"{layer}.attention.output.dense", np.hstack(heads)))
        inner = linear(f"{layer}.intermediate.dense", x)
        inner = inner * (1 + np.vectorize(math.erf)(inner / math.sqrt(2))) / 2
        x = norm(f"{layer}.output.LayerNorm", x + linear(f"{layer}.output.dense", inner.astype(np.float32)))
    return x


@pytest.fixture
def source(tmp_path: Path, weights: dict[str, Array]) -> Source:
    """Pinned digests of a folder ``source`` beside, with the weights and a tokenizer that pads and cuts short."""
    folder = tmp_path / "source"
    folder.mkdir()
    save_file(weights, folder / "model.safetensors")
    tokenizer = Tokenizer(WordPiece({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))  # noqa: S106
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.enable_padding(length=20)
    tokenizer.enable_truncation(3)
    tokenizer.save(str(folder / "tokenizer.json"))
    digests = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}
    changes = {"files": digests, "layers": LAYERS, "heads": HEADS, "package": "no_such_package"}
    return read_source().model_copy(update=changes)


@pytest.fixture
def encoder(tmp_path: Path, source: Source) -> Encoder:
    convert(source, tmp_path / "source", tmp_path / "encoder")
    return open_encoder(tmp_path / "encoder", source)


@pytest.mark.parametrize("tokens", [[2], [2, 3, 4, 5, 8, 6], [6, 7, 5] * 30])
def test_the_graph_is_the_encoder(weights: dict[str, Array], tokens: list[int]) -> None:
    graph = build(weights, layers=LAYERS, heads=HEADS, epsilon=EPSILON).SerializeToString()
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    (states,) = session.run(None, {INPUT: np.array([tokens], dtype=np.int64)})
    np.testing.assert_allclose(states[0], plainly(weights, tokens), rtol=1e-3, atol=1e-4)


def test_a_converted_encoder_is_near_the_exact_one(encoder: Encoder, weights: dict[str, Array]) -> None:
    exact = plainly(weights, [2, 3, 4, 5, 8, 6]).mean(axis=0)
    vector = encoder.encode("china denyies arms to russia")
    assert np.linalg.norm(vector) == pytest.approx(1)
    assert float(vector @ exact) / np.linalg.norm(exact) > 0.98


def test_a_vector_does_not_depend_on_what_was_encoded_before(encoder: Encoder) -> None:
    first = encoder.encode("china sends arms")
    encoder.encode("russia denyies to " * 40)
    np.testing.assert_array_equal(encoder.encode("china sends arms"), first)


def test_texts_are_neither_padded_nor_longer_than_the_limit(encoder: Encoder) -> None:
    assert list(encoder.tokenise("china denyies")) == [2, 3, 4]
    assert len(encoder.tokenise("arms " * 500)) == MOST_TOKENS


def test_converting_twice_gives_the_same_files(tmp_path: Path, source: Source) -> None:
    made = [convert(source, tmp_path / "source", tmp_path / name) for name in ("one", "two")]
    assert made[0] == made[1]


def test_other_weights_are_not_converted(tmp_path: Path, source: Source) -> None:
    with (tmp_path / "source" / "model.safetensors").open("ab") as file:
        file.write(b" ")
    with pytest.raises(EncoderError, match=r"model.safetensors is not the file that source.yaml names"):
        convert(source, tmp_path / "source", tmp_path / "encoder")
    assert not (tmp_path / "encoder").exists()


def test_a_package_that_is_not_there_is_named(source: Source) -> None:
    with pytest.raises(EncoderError, match="no_such_package is not installed"):
        installed(source)
