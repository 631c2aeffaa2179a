"""The frame around every page: whose service it is."""

from pathlib import Path

from directory.settings import Settings
from tests.web.canary import standing


def test_pages_show_the_council_s_name_as_it_was_set_up(tmp_path: Path) -> None:
    with standing(tmp_path / "council") as town:
        page = town.app.test_client().get("/sign-in")

    assert "Run by Northshire Council." in page.text


def test_the_setting_overrides_the_name_that_was_set_up(tmp_path: Path) -> None:
    with standing(tmp_path / "council") as town:
        town.app.config["SETTINGS"] = Settings(council_name="Westmoor Council")

        page = town.app.test_client().get("/sign-in")

    assert "Run by Westmoor Council." in page.text
    assert "Northshire" not in page.text
