"""Settings that protect users and that the page's speed rests on: an upgrade must not drop them."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config

SETTINGS = Path(__file__).parents[2] / ".streamlit" / "config.toml"

WANTED = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": 10,
    "server.maxMessageSize": 10,
    "runner.postScriptGC": False,
    "runner.magicEnabled": False,
    "theme.paddingTop": "1.5rem",
}


@pytest.mark.parametrize("option", WANTED)
def test_a_setting_is_written_out(option: str) -> None:
    section, name = option.split(".")
    assert tomllib.loads(SETTINGS.read_text(encoding="utf-8"))[section][name] == WANTED[option]


@pytest.mark.parametrize("option", WANTED)
def test_streamlit_still_has_the_option(option: str) -> None:
    config.get_config_options()
    assert option in config._config_options_template
