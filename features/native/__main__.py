"""``python -m features.native``: compile the modules that read text, where mypyc and a C compiler are there.

Nothing depends on it: without them, or if it fails, it says so in one line and all goes on interpreted.
"""

import shutil
import sys
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from sysconfig import get_config_var

from features.native import BUILT, DIGEST, GROUP, MODULES, ROOT, digest, is_fresh, source


def main() -> int:
    """Compile unless what is there is fresh; the exit code is 0 even where nothing can be compiled."""
    if is_fresh():
        return 0
    if missing := lacking():
        return _say(f"{missing} is not there: texts are read by interpreted code, with the same answers, slower")
    _say("compiling the modules that read text, once; about a minute")
    try:
        build(ROOT)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a compiler may fail in any way; it is not needed
        return _say(f"not compiled ({type(error).__name__}: {error}): texts are read by interpreted code, slower")
    return 0


def lacking() -> str | None:
    """Return what compiling needs and does not find."""
    compiler = str(get_config_var("CC") or "cc").split()[0]
    if not (shutil.which(compiler) or shutil.which("cc")):
        return "a C compiler"
    if not (Path(str(get_config_var("INCLUDEPY"))) / "Python.h").is_file():
        return "Python.h"
    try:
        import mypyc.build  # noqa: F401, PLC0415
        import setuptools  # noqa: F401, PLC0415
    except ImportError as error:
        return f"the package {error.name}"
    return None


def build(root: Path) -> None:
    """Compile the sources under a root beside its old build, then put the new one in its place."""
    from mypyc.build import mypycify  # noqa: PLC0415
    from setuptools import Distribution  # noqa: PLC0415
    from setuptools.command.build_ext import build_ext  # noqa: PLC0415

    noted = digest(root)
    target = root / BUILT
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="native-") as folder, redirect_stdout(StringIO()):
        draft = Path(folder)
        options = ["--config-file", str(root / "pyproject.toml"), "--cache-dir", str(draft / "cache")]
        files = [str(source(root, name).relative_to(root)) for name in MODULES]
        extensions = mypycify(
            [*options, *files], group_name=GROUP.removesuffix("__mypyc"), debug_level="0", target_dir=str(draft / "c")
        )
        command = build_ext(Distribution({"ext_modules": extensions}))
        command.build_lib, command.build_temp = str(draft / "lib"), str(draft / "objects")
        command.ensure_finalized()
        command.run()
        (draft / "lib" / DIGEST).write_text(noted)
        shutil.rmtree(target, ignore_errors=True)
        (draft / "lib").rename(target)


def _say(line: str) -> int:
    sys.stderr.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
