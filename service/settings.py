"""Everything that can be set, read from the environment in this one place; docs/operations.md lists it."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, PositiveFloat, PositiveInt, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Listed = Annotated[list[str], NoDecode]
Secrets = Annotated[list[SecretStr], NoDecode]
DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://")

EXPORTER = "opentelemetry.exporter.otlp.proto.http"


class Settings(BaseSettings):
    """Each field is the variable ``STANCE_<NAME>``; lists are separated by commas."""

    model_config = SettingsConfigDict(env_prefix="STANCE_", frozen=True)

    bundle: Path = Field(default=Path("models"), description="a bundle directory, or a directory holding `current`")
    poll_seconds: PositiveFloat = Field(default=5.0, description="how often to look for a new bundle")
    last_good_file: Path | None = Field(
        default=None,
        description="where the version in use is noted, for a start with a bad bundle; none: for the workers only",
    )
    allow_joblib: bool = Field(default=False, description="also load joblib bundles, which can run any code")

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to listen on; 0 takes a free one")
    workers: PositiveInt = Field(default=1, description="processes; one per core, each with one numeric thread")
    drain_seconds: float = Field(default=0.0, ge=0, description="how long to go on answering, not ready, after SIGTERM")
    grace_seconds: PositiveInt = Field(
        default=20, description="how long requests under way may take to finish after that"
    )
    keep_alive_seconds: PositiveInt = Field(default=15, description="how long an idle connection stays open")

    max_body_bytes: PositiveInt = Field(default=4_000_000, description="size of a request body")
    max_batch_texts: PositiveInt = Field(default=256, description="texts in one batch request")
    max_text_characters: PositiveInt = Field(default=100_000, description="code points in one text")
    max_total_characters: PositiveInt = Field(default=1_000_000, description="code points in all texts of a request")
    max_pending_texts: PositiveInt = Field(default=1_024, description="texts under way in one worker; more are shed")
    retry_after_seconds: PositiveInt = Field(default=1, description="what a shed client is told to wait")
    max_pending_explained: PositiveInt = Field(default=256, description="of these, texts with `explain`")
    deadline_seconds: PositiveFloat = Field(default=10.0, description="time for a request, its body included")
    patience_seconds: PositiveFloat = Field(
        default=10.0, description="time to send the head of a request, and to take in an answer"
    )
    inline_characters: int = Field(
        default=8_000,
        ge=0,
        description="a batch up to this many code points is scored in the event loop, a larger in a thread",
    )

    api_keys: Secrets = Field(default=[], description="keys that may call /v1; empty: anyone may")
    api_keys_file: Path | None = Field(
        default=None, description="more keys, one a line; read again whenever it changes"
    )
    rate_per_second: float = Field(default=0.0, ge=0, description="texts a second for each key; 0: no limit")
    rate_burst: PositiveInt = Field(default=256, description="texts a key may send at once after a rest")
    admin_keys: Secrets = Field(default=[], description="keys that may call /v1/admin; empty: no such calls")
    admin_keys_file: Path | None = Field(default=None, description="more admin keys, read again like api_keys_file")
    cors_origins: Listed = Field(default=[], description="web origins that may call /v1 from a browser")

    feedback_url: SecretStr = Field(
        default=SecretStr("sqlite:///feedback.db"),
        description="database of feedback and traffic statistics: sqlite:///… or postgresql://…; empty: none is kept",
    )
    feedback_max_texts: PositiveInt = Field(default=100_000, description="texts kept there; more are refused")
    traffic_seconds: PositiveFloat = Field(default=60.0, description="how often traffic statistics go there")

    otlp_endpoint: str = Field(default="", description="where to send traces, as OTLP over HTTP; empty: nowhere")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="least level logged")

    @field_validator("api_keys", "admin_keys", "cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @model_validator(mode="after")
    def _batch_fits(self) -> Self:
        for name in ("max_pending_texts", "max_pending_explained"):
            if self.max_batch_texts > getattr(self, name):
                raise ValueError(f"max_batch_texts exceeds {name}: the largest batch could never be admitted")
        return self

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        if self.rate_per_second and not self.api_keys and self.api_keys_file is None:
            raise ValueError("rate_per_second is a limit for each key: it needs api_keys or api_keys_file")
        if {key.get_secret_value() for key in self.api_keys} & {key.get_secret_value() for key in self.admin_keys}:
            raise ValueError("api_keys and admin_keys share a key: every client would be an administrator")
        return self

    @field_validator("feedback_url")
    @classmethod
    def _database_known(cls, value: SecretStr) -> SecretStr:
        url = value.get_secret_value()
        if url and not url.startswith(DATABASES):
            raise ValueError(f"a database URL begins with one of {', '.join(DATABASES)}")  # it may hold a password
        return value

    @field_validator("otlp_endpoint")
    @classmethod
    def _telemetry_installed(cls, value: str) -> str:
        if value and not _installed(EXPORTER):
            raise ValueError("traces need the extra `telemetry`: pip install 'stance[service,telemetry]'")
        return value


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even what it would stand in
        return False
