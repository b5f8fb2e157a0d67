"""What a service on servers is told: where the others are, and what it may use."""

from pathlib import Path
from typing import Final

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_MARGIN_SECONDS: Final = 60


class StoreSettings(BaseSettings):
    """
    The object store, with the keys of this service alone.

    ``notification`` names who is told what happens to uploads (``arn:minio:sqs::INGEST:webhook``);
    a server that tells nobody has none.
    """

    model_config = SettingsConfigDict(env_prefix="JIXIAO_S3_", frozen=True)

    endpoint: str
    access_key: str
    secret_key: SecretStr
    archive: str = "archive"
    notification: str = ""


class DatabaseSettings(BaseSettings):
    """The database of the ledger."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_DATABASE_", frozen=True)

    url: SecretStr


class BrokerSettings(BaseSettings):
    """The server that keeps the queues; ``backlog`` is how long one may grow before uploads have to wait."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_BROKER_", frozen=True)

    url: SecretStr
    backlog: int = Field(default=20_000, ge=1)


class QueueSettings(BaseSettings):
    """The same server as somebody knows it who only looks, and can do without."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_BROKER_", frozen=True)

    url: SecretStr | None = None


class TaskSettings(BaseSettings):
    """
    What one task may use.

    After ``seconds`` it is asked to end, ``margin_seconds`` later it is killed. All services that
    share a broker must be told the same: it hands out again whatever was not answered for within
    ``visibility_seconds``, and what is still being worked on must never be among that.
    """

    model_config = SettingsConfigDict(env_prefix="JIXIAO_TASK_", frozen=True)

    seconds: int = Field(default=600, ge=1)
    margin_seconds: int = Field(default=_MARGIN_SECONDS, ge=1)
    restore_seconds: int = Field(default=10, ge=1)
    grace_seconds: int = Field(default=60, ge=0)
    per_child: int = Field(default=100, ge=1)
    memory_megabytes_per_child: int = Field(default=1024, ge=128)

    @property
    def hard_seconds(self) -> int:
        """When a task is killed."""
        return self.seconds + self.margin_seconds

    @property
    def visibility_seconds(self) -> int:
        """When the broker takes a task for lost."""
        return 2 * self.hard_seconds


class HeartbeatSettings(BaseSettings):
    """The file a worker touches while it lives, for whoever watches over it."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_HEARTBEAT_", frozen=True)

    file: Path | None = None


class WebhookSettings(BaseSettings):
    """What the object store must know to be heard, and what it may say."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_WEBHOOK_", frozen=True)

    token: SecretStr = Field(min_length=16)
    body_bytes: int = Field(default=1024 * 1024, ge=1024)
    fresh_per_minute: int = Field(default=30, ge=0)


class UploadSettings(BaseSettings):
    """Where uploads come from: a bucket, and in it what lies below one of ``prefixes``, if any is named."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_UPLOAD_", frozen=True)

    bucket: str = "uploads"
    prefixes: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Say below what we put uploads ourselves; a prefix need not end where a folder does."""
        return self.prefixes[0] if self.prefixes else ""

    def is_upload(self, key: str) -> bool:
        """Say whether a key is one; consoles mark empty folders by a slash, and NUL no database keeps."""
        ours = not self.prefixes or key.startswith(self.prefixes)
        return ours and bool(key) and not key.endswith("/") and "\0" not in key


class ReconcilerSettings(BaseSettings):
    """How often bucket, ledger and index are compared, and when work counts as lost."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_RECONCILER_", frozen=True)

    every_seconds: float = Field(default=300, gt=0)
    index_every_seconds: float = Field(default=3600, gt=0)
    overdue_seconds: float = Field(default=1800, gt=0)
    listed_at_once: int = Field(default=100_000, ge=1000)


class IndexSettings(BaseSettings):
    """
    The search engine: an address of Elasticsearch, who we are there, and how indices are made.

    ``shards`` are what one search can use processors for, ``replicas`` need further hosts.
    """

    model_config = SettingsConfigDict(env_prefix="JIXIAO_INDEX_", frozen=True)

    url: str
    prefix: str = Field(default="jixiao", pattern=r"^[a-z][a-z0-9-]*$")
    user: str = ""
    password: SecretStr | None = None
    api_key: SecretStr | None = None
    shards: int = Field(default=2, ge=1, le=64)
    replicas: int = Field(default=0, ge=0, le=5)


class MetricsSettings(BaseSettings):
    """Where Prometheus may ask; 0 is nowhere."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_METRICS_", frozen=True)

    port: int = Field(default=0, ge=0, le=65_535)
