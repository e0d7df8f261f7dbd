"""Limits on the texts of a request, checked once its body is parsed."""

from collections.abc import Sequence

from service.errors import TooLargeError
from service.settings import Settings


def check_sizes(texts: Sequence[str], settings: Settings) -> None:
    """Check number and lengths of the texts.

    Raises:
        TooLargeError: naming the limit that is exceeded.
    """
    if len(texts) > settings.max_batch_texts:
        raise TooLargeError(f"the batch has {len(texts)} texts, the limit is {settings.max_batch_texts}")
    for number, text in enumerate(texts):
        if len(text) > settings.max_text_characters:
            raise TooLargeError(
                f"text {number} has {len(text)} characters, the limit is {settings.max_text_characters}"
            )
    if (total := sum(map(len, texts))) > settings.max_total_characters:
        raise TooLargeError(f"the texts have {total} characters together, the limit is {settings.max_total_characters}")
