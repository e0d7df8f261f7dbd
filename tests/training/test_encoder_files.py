"""The encoder's files are those that are pinned and listed, or they are refused before anything is made of them."""

import hashlib
from pathlib import Path

import pytest

from training.encoder.weights import EncoderError, Source, checked_source, read_folder, read_source, write_folder


@pytest.fixture
def source() -> Source:
    return read_source().model_copy(update={"files": {"weights": sha256(b"weights")}})


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def folder(tmp_path: Path, source: Source) -> Path:
    """A converted folder, as a conversion leaves it."""
    write_folder(tmp_path / "encoder", {"encoder.onnx": b"model", "tokenizer.json": b"{}"}, source, {"onnx": "1"})
    return tmp_path / "encoder"


def test_a_converted_folder_is_read_as_it_was_written(folder: Path, source: Source) -> None:
    assert read_folder(folder, source) == {"encoder.onnx": b"model", "tokenizer.json": b"{}"}


@pytest.mark.parametrize("name", ["encoder.onnx", "tokenizer.json"])
def test_a_file_that_was_changed_is_refused_by_name_and_digest(folder: Path, source: Source, name: str) -> None:
    (folder / name).write_bytes(b"other")
    with pytest.raises(EncoderError, match=rf"{name} is not the file that manifest.json names.*{sha256(b'other')}"):
        read_folder(folder, source)


def test_a_folder_made_from_other_weights_is_refused(folder: Path, source: Source) -> None:
    other = source.model_copy(update={"files": {"weights": sha256(b"newer weights")}})
    with pytest.raises(EncoderError, match=r"made from other weights than source.yaml pins"):
        read_folder(folder, other)


def test_no_folder_says_how_to_make_one(tmp_path: Path, source: Source) -> None:
    with pytest.raises(EncoderError, match="encoder --convert` makes one"):
        read_folder(tmp_path, source)


def test_weights_other_than_the_pinned_ones_are_refused(tmp_path: Path, source: Source) -> None:
    (tmp_path / "weights").write_bytes(b"weights")
    assert checked_source(tmp_path, source) == {"weights": b"weights"}
    (tmp_path / "weights").write_bytes(b"weightz")
    with pytest.raises(EncoderError, match=r"weights is not the file that source.yaml names"):
        checked_source(tmp_path, source)
    (tmp_path / "weights").unlink()
    with pytest.raises(EncoderError, match="weights cannot be read: No such file"):
        checked_source(tmp_path, source)
