"""A bundle that is not exactly what its manifest says is refused, before anything in it runs."""

import io
import json
import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import joblib
import pytest
import skops.io
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

from service.bundle import BundleRefusedError, locate, verify
from service.served import take_up
from tests.tiny import write_manifest


def flip_a_byte(bundle: Path) -> None:
    content = bytearray((bundle / "model.skops").read_bytes())
    content[len(content) // 2] ^= 1
    (bundle / "model.skops").write_bytes(content)


def drop_a_file(bundle: Path) -> None:
    (bundle / "card.md").unlink()


def add_a_file(bundle: Path) -> None:
    (bundle / "sitecustomize.py").write_text("print()", encoding="utf-8")


def add_a_folder(bundle: Path) -> None:
    (bundle / "inner").mkdir()


def truncate(bundle: Path) -> None:
    content = (bundle / "model.skops").read_bytes()
    (bundle / "model.skops").write_bytes(content[:-100])


def truncate_and_sign(bundle: Path) -> None:
    truncate(bundle)
    write_manifest(bundle, "1")


def link_a_file(bundle: Path) -> None:
    outside = bundle.parent / "outside.md"
    (bundle / "card.md").rename(outside)
    (bundle / "card.md").symlink_to(outside)


def pipe_for_a_file(bundle: Path) -> None:
    (bundle / "card.md").unlink()
    os.mkfifo(bundle / "card.md")


def change(**changes: object) -> Callable[[Path], None]:
    def tamper(bundle: Path) -> None:
        write_manifest(bundle, "1", **changes)

    return tamper


def list_a_file_outside(bundle: Path) -> None:
    manifest = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["../../etc/passwd"] = {"sha256": "0" * 64, "bytes": 1}
    (bundle / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def break_the_manifest(bundle: Path) -> None:
    (bundle / "manifest.json").write_bytes(b'{"schema": 1')


def garble_the_card(bundle: Path) -> None:
    (bundle / "card.md").write_bytes(b"# Card \xff")
    write_manifest(bundle, "1")


def leave_out_the_card(bundle: Path) -> None:
    drop_a_file(bundle)
    write_manifest(bundle, "1")


def forge_golden(bundle: Path) -> None:
    golden = json.loads((bundle / "golden.json").read_text(encoding="utf-8"))
    golden[0]["probabilities"]["deny"] += 1e-5
    (bundle / "golden.json").write_text(json.dumps(golden), encoding="utf-8")
    write_manifest(bundle, "1")


def foreign_type(bundle: Path) -> None:
    skops.io.dump(FunctionTransformer(os.path.join), bundle / "model.skops")
    write_manifest(bundle, "1")


def bomb(bundle: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("schema.json", b"{}")
    content = target.getvalue().replace((2).to_bytes(4, "little"), (2**32 - 2).to_bytes(4, "little"))
    (bundle / "model.skops").write_bytes(content)
    write_manifest(bundle, "1")


TAMPERED: dict[Callable[[Path], None], str] = {
    flip_a_byte: "model.skops does not have the SHA-256",
    drop_a_file: "missing: card.md",
    add_a_file: "not in the manifest: sitecustomize.py",
    add_a_folder: "not in the manifest: inner",
    truncate: "bytes, the manifest says",
    truncate_and_sign: "no intact archive",
    link_a_file: "card.md cannot be read as a regular file",
    pipe_for_a_file: "card.md",
    list_a_file_outside: "files",
    break_the_manifest: "does not fit its schema",
    garble_the_card: "card.md is not UTF-8: invalid start byte at byte 7",
    leave_out_the_card: "missing: card.md",
    forge_golden: "golden text 1 is not reproduced",
    foreign_type: "types outside the allow-list: .*join",
    bomb: "unpacks to",
    change(schema=2): "schema",
    change(labels=["deny", "support", "neutral"]): "labels",
    change(libraries={"scikit-learn": "0.24.2"}): "made with scikit-learn 0.24.2",
    change(libraries={}): "made with scikit-learn unknown",
    change(version="../1"): "version",
    change(format="pickle"): "format",
    change(format="joblib"): "missing: model.joblib",
}


@pytest.mark.parametrize(("tamper", "reason"), TAMPERED.items())
def test_a_tampered_bundle_is_refused(bundle: Path, tamper: Callable[[Path], None], reason: str) -> None:
    take_up(bundle, allow_joblib=False)
    tamper(bundle)
    with pytest.raises(BundleRefusedError, match=reason):
        take_up(bundle, allow_joblib=False)


class Trap:
    """Makes a directory when unpickled."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return os.mkdir, (str(self.place),)


def test_a_pickle_is_not_opened_unless_allowed(bundle: Path, tmp_path: Path) -> None:
    sprung = tmp_path / "sprung"
    (bundle / "model.skops").unlink()
    (bundle / "model.joblib").write_bytes(pickle.dumps(Trap(sprung)))
    write_manifest(bundle, "1", format="joblib")
    with pytest.raises(BundleRefusedError, match="STANCE_ALLOW_JOBLIB"):
        take_up(bundle, allow_joblib=False)
    assert not sprung.exists()


def test_a_joblib_bundle_is_opened_where_allowed(bundle: Path, tiny_model: Pipeline) -> None:
    (bundle / "model.skops").unlink()
    joblib.dump(tiny_model, bundle / "model.joblib")
    write_manifest(bundle, "1", format="joblib")
    assert take_up(bundle, allow_joblib=True).manifest.version == "1"


def test_what_was_hashed_is_what_is_opened(bundle: Path) -> None:
    verified = verify(bundle)
    flip_a_byte(bundle)
    assert skops.io.get_untrusted_types(data=verified.model)


@pytest.mark.parametrize("pointed", ["../outside", "/etc", "", "..", ".", "7\n8", "no-such-version"])
def test_a_pointer_leads_nowhere_else(tmp_path: Path, pointed: str) -> None:
    (tmp_path / "bundles" / "7").mkdir(parents=True)
    (tmp_path / "current").write_text(pointed, encoding="utf-8")
    with pytest.raises(BundleRefusedError):
        locate(tmp_path)


def test_a_pointer_names_its_version(tmp_path: Path) -> None:
    (tmp_path / "bundles" / "7").mkdir(parents=True)
    (tmp_path / "current").write_text("7\n", encoding="utf-8")
    assert locate(tmp_path) == tmp_path / "bundles" / "7"
