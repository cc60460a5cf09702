"""What a host may set."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings


def test_the_store_lies_in_the_data_folder_unless_it_is_named() -> None:
    assert Settings(data_dir=Path("/srv/quisait")).store_url == "sqlite:////srv/quisait/quisait.db"
    assert Settings(store="neo4j://graph:7687/people").store_url == "neo4j://graph:7687/people"


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUISAIT_TRUSTED_EMAIL_SOURCES", "slack:T01, ldap")
    monkeypatch.setenv("QUISAIT_DATA_DIR", "~/here")
    settings = Settings()
    assert settings.trusted_email_sources == ("slack:T01", "ldap")
    assert settings.data_dir == Path.home() / "here"


@pytest.mark.parametrize("store", ["postgres://host/db", "sqlite://", "neo4j:host", "sqlite:///x\nneo4j://y"])
def test_a_store_that_is_not_understood_is_refused(store: str) -> None:
    with pytest.raises(ValidationError, match="store"):
        Settings(store=store)


def test_the_password_comes_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("secret\n")
    assert Settings(neo4j_password_file=tmp_path / "password").neo4j_password == "secret"


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())
