"""The settings of one instance, frozen at the start."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "DIRECTORY_"


class UnknownSetting(Exception):
    """The environment names a setting that does not exist: probably a slip of the pen."""


class Settings(BaseSettings):
    """Everything that can be set, each by an environment variable with the prefix DIRECTORY_."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data: Path = Field(default=Path("data"), description="The folder everything is kept in.")
    database_url: str = Field(
        default="", description="A PostgreSQL address; empty: SQLite in the data folder."
    )
    council_name: str = Field(default="", description="The council's name; empty: as set up.")
    product_name: str = Field(
        default="Safeguarding contact directory", description="What the pages call this service."
    )
    contact_email: str = Field(default="", description="The directory team's e-mail for users.")
    contact_phone: str = Field(default="", description="The directory team's phone for users.")
    always_answered: str = Field(
        default="", description="A number answered day and night, for every no-match page."
    )
    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="The port to listen on.")
    public_host: str = Field(
        default="", description="The host name users type; other names are refused."
    )
    behind_https: bool = Field(
        default=False, description="True where a proxy on this machine serves HTTPS."
    )
    threads: int = Field(default=8, ge=1, le=64, description="Requests handled at once.")
    training: bool = Field(
        default=False, description="True in the demonstration: invented people only."
    )


def read(environment: Mapping[str, str]) -> Settings:
    """Return the settings, or raise UnknownSetting for a misspelt variable.

    pydantic reads the variables itself but passes over names it does not know.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(
        name for name in environment if name.startswith(PREFIX) and name.upper() not in known
    )
    if unknown:
        raise UnknownSetting(", ".join(unknown))
    return Settings()
