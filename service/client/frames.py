"""Tables of pandas through the client."""

from contextlib import nullcontext
from typing import TYPE_CHECKING

from features.labels import LABELS
from service.client.synchronous import StanceClient
from service.schemas import StanceResult

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("stance", *LABELS, "on_topic", "reason")


def score(frame: "pd.DataFrame", text: str = "text", *, client: StanceClient | None = None) -> "pd.DataFrame":
    """Return a copy of a table with the columns that ``stance score`` adds; index and other columns stay.

    Rows without a text (missing or blank) are not sent, and have none of the new values.

    Args:
        frame: the table.
        text: its column of texts.
        client: where to ask; by default a service on this machine.

    Raises:
        KeyError: there is no such column.
        ClientError: the service refuses a text, or cannot be reached.
    """
    import pandas as pd  # noqa: PLC0415 - only this function needs it

    there = [isinstance(cell, str) and bool(cell.strip()) for cell in frame[text]]
    with nullcontext(client) if client else StanceClient() as asked:
        found = asked.stances([cell for cell, scored in zip(frame[text], there, strict=True) if scored])
        rows = [_row(next(found)) if scored else {} for scored in there]
    return frame.assign(**{name: pd.Series([row.get(name) for row in rows], frame.index) for name in COLUMNS})


def _row(result: StanceResult) -> dict[str, object]:
    shares = result.probabilities.model_dump()
    return {"stance": result.stance, **shares, "on_topic": result.on_topic, "reason": result.reason}
