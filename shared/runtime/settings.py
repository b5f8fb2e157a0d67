"""What can be set from outside, in groups; read once, where a program starts."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.runtime.sandbox import SandboxLimits


class HomeSettings(BaseSettings):
    """Where a laptop keeps everything."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_", frozen=True)

    home: Path = Path("~/.jixiao")


class PageSettings(BaseSettings):
    """Where the search page listens, and the key that lets a person upload to it."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_", env_ignore_empty=True, frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65_535)
    write_key: SecretStr | None = Field(default=None, min_length=12)


class NoticeSettings(BaseSettings):
    """Whether saved searches may be posted to hosts of the operator's own network."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_NOTICE_", frozen=True)

    allow_private: bool = False


class RateSettings(BaseSettings):
    """How often one client may ask the search service; 0 a second is as often as it likes."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_RATE_", frozen=True)

    per_second: float = Field(default=50, ge=0)
    at_once: int = Field(default=200, ge=1)
    behind_proxy: bool = False


class ReadingSettings(BaseSettings):
    """What reading one document may cost, and how many are read at once."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_READING_", frozen=True)

    processes: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    seconds: float = Field(default=180, gt=0)
    memory_megabytes: int = Field(default=2048, ge=256)
    file_megabytes: int = Field(default=200, ge=1)
    pages: int = Field(default=2000, ge=1)

    @property
    def file_bytes(self) -> int:
        """The largest file that is taken in."""
        return self.file_megabytes * 1024 * 1024

    def sandbox_limits(self) -> SandboxLimits:
        """Say the same to the sandbox."""
        return SandboxLimits(
            wall_seconds=self.seconds,
            cpu_seconds=int(self.seconds) * 2,
            memory_megabytes=self.memory_megabytes,
        )


class OcrSettings(BaseSettings):
    """Who reads scans, and what one page may cost."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_OCR_", frozen=True)

    engine: Literal["auto", "rapidocr", "tesseract", "none"] = "auto"
    processes: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    seconds: float = Field(default=120, gt=0)
    memory_megabytes: int = Field(default=1536, ge=512)

    def sandbox_limits(self) -> SandboxLimits:
        """
        Say the same to the sandbox.

        Recognising gives way to whatever else has to be done: a person waits for a text file.
        """
        return SandboxLimits(
            wall_seconds=self.seconds,
            cpu_seconds=int(self.seconds) * 2,
            memory_megabytes=self.memory_megabytes,
            address_megabytes=self.memory_megabytes + 6 * 1024,
            niceness=10,
        )


class LogSettings(BaseSettings):
    """How much is written to the log."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_", frozen=True)

    log_level: str = "WARNING"
