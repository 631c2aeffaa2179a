"""The settings of one instance, frozen at the start."""

from collections.abc import Mapping
from datetime import time
from pathlib import Path

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from typing_extensions import override

PREFIX = "DIRECTORY_"


class UnknownSetting(Exception):
    """The environment names a setting that does not exist: probably a slip of the pen."""


class MalformedSetting(Exception):
    """A setting cannot have the value it was given; the value is not repeated."""


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
    office_opens: time = Field(
        default=time(8, 30), description="From when daytime numbers are answered, on weekdays."
    )
    office_closes: time = Field(
        default=time(17), description="Until when; then out-of-hours lines lead."
    )
    mail_relay: str = Field(
        default="", description="A mail relay, as host or host:port; empty: e-mails become files."
    )
    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="The port to listen on.")
    public_host: str = Field(
        default="", description="The host name users type; other names are refused."
    )
    behind_https: bool = Field(
        default=False, description="True where a proxy on this machine serves HTTPS."
    )
    pair_homes: int = Field(
        default=5, ge=5, description="Homes that bear a pair of spellings out, at least."
    )
    threads: int = Field(default=8, ge=1, le=64, description="Requests handled at once.")
    training: bool = Field(
        default=False, description="True in the demonstration: invented people only."
    )

    @field_validator("office_closes")
    @classmethod
    def _closes_after_it_opens(cls, closes: time, told: ValidationInfo) -> time:
        if closes <= told.data.get("office_opens", time.min):
            raise ValueError("must be later than DIRECTORY_OFFICE_OPENS")
        return closes

    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what `read` gives alone: the environment is read at the edge, and checked there."""
        return (init_settings,)


def read(environment: Mapping[str, str]) -> Settings:
    """Return the settings, or raise UnknownSetting or MalformedSetting with the variables' names.

    Variables are told apart from others by the prefix, and upper from lower case by nothing.
    """
    given = {
        name.upper().removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.upper().startswith(PREFIX)
    }
    unknown = sorted(given.keys() - Settings.model_fields.keys())
    if unknown:
        raise UnknownSetting(f"there is no setting {', '.join(map(_variable, unknown))}")
    try:
        return Settings.model_validate(given)
    except ValidationError as fault:
        wrong = (f"{_variable(str(each['loc'][0]))}: {each['msg']}" for each in fault.errors())
        raise MalformedSetting("; ".join(wrong)) from None


def _variable(name: str) -> str:
    return PREFIX + name.upper()
