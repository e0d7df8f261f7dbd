"""Compiled modules: the same answers, pickles that cross over, and never in the place of an edited source."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from features import native
from features.native.__main__ import lacking, main

ROOT = Path(__file__).parents[2]
READ = """
import json, pickle, sys
from pathlib import Path
from features.native import is_compiled
from features.claims import claims
from features.document import analyse
from features.blocks.frame_columns import names
from features.blocks.symbols import symbols_of
from features.topic import off_topic_reason

texts = [json.loads(line)["text"] for file in sorted(Path("seeds/corpus").glob("*.jsonl"))
         for line in file.read_text("utf-8").splitlines()[:60]]
texts += ["", " ", "\\ud800", "Ünïcode … “quotes” U.S. US$5\\u2028中国", "! ? ..."]
texts += [" ".join(texts[place:place + 9]) for place in range(0, len(texts), 9)]
documents = [analyse(text) for text in texts]
read = [
    (repr(document), sorted(names(document)), off_topic_reason(document), document.tokens,
     [(symbols_of(sentence), repr(claims(sentence).frames), claims(sentence).pairs) for sentence in document.sentences])
    for document in documents
]
sys.stdout.buffer.write(pickle.dumps((is_compiled(), repr(read), documents)))
"""


@pytest.fixture(scope="module")
def built() -> None:
    if lack := lacking():
        pytest.skip(f"nothing can be compiled: {lack} is not there")
    assert main() == 0
    assert native.is_fresh(), "what was compiled is not there"


def run(*, interpreted: bool) -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    environment.pop(native.OFF, None)
    if interpreted:
        environment[native.OFF] = "1"
    return subprocess.run(
        [sys.executable, "-c", READ], cwd=ROOT, env=environment, check=True, capture_output=True
    ).stdout


@pytest.mark.slow
@pytest.mark.usefixtures("built")
def test_compiled_code_reads_what_interpreted_code_reads() -> None:
    (compiled, read, documents), (plain, expected, others) = (
        pickle.loads(run(interpreted=interpreted))  # noqa: S301
        for interpreted in (False, True)
    )
    assert compiled
    assert not plain
    assert read == expected
    assert documents == others


def a_root(folder: Path) -> Path:
    """A root whose compiled modules are fresh; what they hold is of no matter."""
    for name in native.MODULES:
        source = native.source(folder, name)
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(f'"""{name}."""\n')
    (folder / native.BUILT).mkdir(parents=True)
    (folder / native.BUILT / native.DIGEST).write_text(native.digest(folder))
    return folder


def test_what_was_compiled_is_left_aside_once_a_source_is_edited(tmp_path: Path) -> None:
    root = a_root(tmp_path)
    assert native.is_fresh(root)
    source = native.source(root, "features.frames")
    source.write_text(source.read_text() + "# edited\n")
    assert not native.is_fresh(root)


@pytest.mark.parametrize("fresh", [True, False])
def test_only_a_fresh_build_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, fresh: bool) -> None:
    root = a_root(tmp_path)
    if not fresh:
        (root / native.BUILT / native.DIGEST).write_text("of another interpreter")
    monkeypatch.delenv(native.OFF, raising=False)
    monkeypatch.setattr(sys, "meta_path", [])
    native.prefer_compiled(root)
    assert native.is_compiled() is fresh
    for finder in sys.meta_path:
        spec = finder.find_spec("features.frames", None)
        assert spec is not None
        assert spec.origin == str(root / native.BUILT / native.library("features.frames"))
        assert finder.find_spec("features.model", None) is None


def test_every_module_named_is_there() -> None:
    assert [name for name in native.MODULES if not native.source(ROOT, name).is_file()] == []
