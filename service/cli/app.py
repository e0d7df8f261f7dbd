"""The commands put together, and how an error becomes one line and an exit code."""

import sys

import typer
from rich.console import Console

from service.batch.errors import BatchError, Interrupted
from service.bundle import BundleRefusedError
from service.cli import ask, score, serve

FAILED = 1
MODEL_REFUSED = 4

EPILOG = (
    f"Exit codes: 0 done; {FAILED} stopped halfway (the same command goes on); 2 asked for what does not fit "
    f"together; 3 the input cannot be read; {MODEL_REFUSED} no model, or it is refused; {score.ROWS_REJECTED} done, "
    f"but some rows could not be scored; {Interrupted.status} interrupted (the same command goes on)."
)

app = typer.Typer(
    name="stance",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help='Stance of English text toward the claim "China aids Russia".',
    epilog=EPILOG,
)
app.command()(ask.predict)
app.command()(ask.explain)
app.command()(ask.model)
app.command(epilog=EPILOG)(score.score)
app.command()(serve.serve)


def main() -> None:
    """Run the command line."""
    try:
        app()
    except BatchError as error:
        _end(str(error), error.status)
    except BundleRefusedError as error:
        _end(f"model refused: {error}", MODEL_REFUSED)
    except OSError as error:
        _end(f"{error.filename or 'a file'}: {error.strerror}", FAILED)


def _end(message: str, status: int) -> None:
    Console(stderr=True).print(f"stance: {message}", markup=False, highlight=False, soft_wrap=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
