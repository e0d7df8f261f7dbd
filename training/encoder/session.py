"""A converted encoder, opened: WordPiece by tokenizers, the model by onnxruntime, both on one thread."""

from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from training.bundle import describe_file
from training.encoder.encoder import Encoder
from training.encoder.weights import MODEL, TOKENIZER, Source, read_folder

MOST_TOKENS = 128


def open_encoder(folder: Path, source: Source) -> Encoder:
    """Open a converted folder, every file of it checked; texts are cut to ``MOST_TOKENS``.

    Raises:
        EncoderError: it is missing, or not what its manifest says.
    """
    files = read_folder(folder, source)
    tokenizer = Tokenizer.from_str(files[TOKENIZER].decode())
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(files[MODEL], options, providers=["CPUExecutionProvider"])
    (taken,) = session.get_inputs()
    return Encoder(
        tokenise=lambda text: tokenizer.encode(text).ids,
        run=lambda tokens: np.asarray(session.run(None, {taken.name: tokens})[0]),
        digest=str(describe_file(files[MODEL])["sha256"]),
        megabytes=sum(map(len, files.values())) / 1e6,
    )
