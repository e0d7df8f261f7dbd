"""What a call can fail of."""


class ClientError(Exception):
    """Base of the errors of the client."""


class RefusedError(ClientError):
    """The service will not answer this request, however often it is sent.

    Attributes:
        status: the HTTP status.
        error_type: the same in one word.
    """

    def __init__(self, status: int, error_type: str, message: str) -> None:
        super().__init__(f"{status} {error_type}: {message}")
        self.status = status
        self.error_type = error_type


class UnavailableError(ClientError):
    """The service could not be reached, or did not answer in all tries; the message is what the last one met."""
