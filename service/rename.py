"""Files that others read at any time are replaced by rename: a reader sees the old or the new, never half."""

import tempfile
from pathlib import Path


def write_by_rename(file: Path, line: str) -> None:
    """Make one line the content of a file, readable by all.

    Raises:
        OSError: the directory of the file cannot be written.
    """
    with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}-", delete=False) as new:
        new.write(line + "\n")
    Path(new.name).chmod(0o644)
    Path(new.name).replace(file)
