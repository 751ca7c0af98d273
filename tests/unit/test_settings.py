from pathlib import Path

import pytest
from tensorpad.protocol.limits import Limits
from tensorpad.settings import ConfigurationError, load


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.upper().startswith("TENSORPAD_"):
            monkeypatch.delenv(name)


def test_defaults_listen_on_loopback_with_the_default_limits() -> None:
    settings = load()
    assert settings.loopback
    assert settings.limits == Limits()
    assert settings.trusted_proxies == ()


def test_environment_sets_fields_and_single_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENSORPAD_PORT", "81")
    monkeypatch.setenv("TENSORPAD_ALLOW_MISSING", "cgroup, landlock")
    monkeypatch.setenv("TENSORPAD_LIMITS_TIMEOUT_S", "2.5")
    monkeypatch.setenv("TENSORPAD_LIMITS_REQUESTS_PER_MINUTE", "7")
    settings = load()
    assert settings.port == 81
    assert settings.allow_missing == ("cgroup", "landlock")
    assert settings.limits == Limits(timeout_s=2.5, requests_per_minute=7)


def test_override_wins_over_the_environment_unless_it_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENSORPAD_HOST", "10.0.0.1")
    assert load(host="0.0.0.0").host == "0.0.0.0"
    assert load(host=None).host == "10.0.0.1"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("TENSORPAD_PORT", "eighty", "TENSORPAD_PORT: Input should be a valid integer"),
        ("TENSORPAD_PORT", "70000", "TENSORPAD_PORT: Input should be less than or equal to 65535, and is '70000'"),
        ("TENSORPAD_PROFILE", "loose", "TENSORPAD_PROFILE: Input should be 'auto', 'strict' or 'container'"),
        ("TENSORPAD_ALLOW_MISSING", "cgruop", "TENSORPAD_ALLOW_MISSING: 'cgruop' is no layer of isolation"),
        ("TENSORPAD_LIMITS_CELLS", "1.5", "TENSORPAD_LIMITS_CELLS: Input should be a valid integer"),
        ("TENSORPAD_LIMITS_TIMEOUT_S", "-1", "TENSORPAD_LIMITS_TIMEOUT_S must be a positive, finite number"),
        ("TENSORPAD_LIMITS_TIMEOUT_S", "nan", "TENSORPAD_LIMITS_TIMEOUT_S must be a positive, finite number"),
        ("TENSORPAD_LIMITS_ADDRESS_BYTES", "65001", "TENSORPAD_LIMITS_ADDRESS_BYTES must be at most 65000"),
        ("TENSORPAD_TRUSTED_PROXIES", "10.0.0.5,nginx", "TENSORPAD_TRUSTED_PROXIES: 'nginx' does not appear to be"),
        ("TENSORPAD_TRUSTED_PROXIES", "10.0.0.5/8", "TENSORPAD_TRUSTED_PROXIES: 10.0.0.5/8 has host bits set; name"),
        ("TENSORPAD_ROOT_PATH", "pad", "TENSORPAD_ROOT_PATH: 'pad' is no prefix of addresses; it begins with /"),
        ("TENSORPAD_ROOT_PATH", "/a//b", "TENSORPAD_ROOT_PATH: '/a//b' is no prefix"),
        ("TENSORPAD_ROOT_PATH", "/a/../b", "TENSORPAD_ROOT_PATH: '/a/../b' is no prefix"),
        ("TENSORPAD_ROOT_PATH", "/é", "TENSORPAD_ROOT_PATH: '/é' is no prefix"),
        ("TENSORPAD_REPORT", "on", "TENSORPAD_REPORT: there are no counts to report; TENSORPAD_TALLIES names the file"),
        ("TENSORPAD_LIMITS", "x", "TENSORPAD_LIMITS: not a JSON object"),
    ],
)
def test_wrong_value_names_its_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as caught:
        load()
    assert str(caught.value).startswith(message)


def test_course_with_a_lesson_at_the_address_of_another_page_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "01-views").mkdir()
    monkeypatch.setenv("TENSORPAD_LESSONS", str(tmp_path))
    assert load().lessons_path == tmp_path
    taken = tmp_path / "02-report"
    taken.mkdir()
    with pytest.raises(ConfigurationError) as caught:
        load()
    assert str(caught.value).startswith(
        f"TENSORPAD_LESSONS: {taken}: /learn/report is the operator's report; give the lesson"
    )


@pytest.mark.parametrize(("given", "prefix"), [("/pad/", "/pad"), ("/", ""), ("", ""), ("/a/b-c_1.2~", "/a/b-c_1.2~")])
def test_prefix_ends_without_a_slash(monkeypatch: pytest.MonkeyPatch, given: str, prefix: str) -> None:
    monkeypatch.setenv("TENSORPAD_ROOT_PATH", given)
    assert load().root_path == prefix


def test_wrong_flag_is_named_as_a_flag() -> None:
    with pytest.raises(ConfigurationError, match=r"^--port: "):
        load(port=-1)


def test_unknown_limit_lists_names_like_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENSORPAD_LIMITS_TIMEOUT", "1")
    with pytest.raises(
        ConfigurationError, match="TENSORPAD_LIMITS_TIMEOUT is not a setting; did you mean TENSORPAD_LIMITS_TIMEOUT_S"
    ):
        load()


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("pad.example", False),
    ],
)
def test_only_loopback_addresses_are_private_to_this_machine(host: str, loopback: bool) -> None:
    assert load(host=host).loopback is loopback


def test_nothing_is_counted_unless_a_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().tallies_path is None
    assert load().report == "off"
    monkeypatch.setenv("TENSORPAD_TALLIES", "/counts/file")
    monkeypatch.setenv("TENSORPAD_REPORT", "on")
    assert str(load().tallies_path) == "/counts/file"
    assert load().report == "on"
