"""What nginx and the processes behind it let in, answer and write down."""

from contextlib import ExitStack

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from tests.browser.visitor import visit
from tests.deploy.conftest import PAGES
from tests.deploy.team import NAMES, Team, wait_until

PLAN = (
    "v=1&ladder=openai/2026-05&limits=openai/2026-09&start=2026-06-01&first_payment=2026-06-01"
    "&model=gpt-5.4&tokens=2000000&input_price=2.5&output_price=15&buy=2026-06-01_73131"
)
AMOUNT = "73131"


def policy(team: Team, path: str) -> dict[str, str]:
    """The Content-Security-Policy of an answer, by directive."""
    given = team.ask(path).headers.get_all("Content-Security-Policy") or []
    assert len(given) == 1, "two would both have to allow a thing"
    return dict(directive.split(" ", 1) for directive in given[0].split("; "))


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/static/none.js", "/favicon.png"])
def test_every_answer_has_strict_headers(team: Team, path: str) -> None:
    headers = team.ask(path).headers
    allowed = policy(team, path)

    assert allowed["default-src"] == "'none'"
    assert "unsafe" not in allowed["script-src"]
    assert "*" not in allowed["script-src"]
    assert allowed["connect-src"] == "'self'"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Server"] == "nginx", "no version"


def test_what_nginx_answers_itself_may_run_nothing(team: Team) -> None:
    assert team.ask("/_stcore/metrics").headers["Strict-Transport-Security"]
    assert policy(team, "/_stcore/metrics") == {
        "default-src": "'none'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_browser_that_stays_goes_to_the_process_of_its_page(team: Team, name: str) -> None:
    for number in range(3):
        cookie = {"Cookie": f"tierlogic_at={name}"}
        team.ask(f"/_stcore/health/{name}/{number}", headers=cookie)

    def lines() -> list[str]:
        return [line for line in team.log("access").splitlines() if f"/health/{name}/" in line]

    wait_until(lambda: len(lines()) == 3)
    address = team.settings[f"TIERLOGIC_{name.upper()}"]
    assert all(f" {address} " in line for line in lines())


def test_only_the_websocket_names_the_process_in_a_cookie(team: Team) -> None:
    assert "tierlogic_at" not in str(team.ask("/").headers)
    with connect(
        f"wss://{team.host}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        origin=Origin(team.address),
        ssl=team.trust,
    ) as socket:
        assert socket.response
        cookie = socket.response.headers["Set-Cookie"]
    name, *attributes = cookie.split("; ")
    assert name in {f"tierlogic_at={process}" for process in NAMES}
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(attributes)


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "//_stcore//metrics",
        "/%5fstcore/metrics",
        "/x/../_stcore/metrics",
        "/_stcore/metrics/",
        "/_stcore/metrics?families=cache_memory_bytes",
        "/_stcore/agent/interact",
    ],
)
def test_metrics_are_for_the_machine_only(team: Team, path: str) -> None:
    assert team.ask(path).status == 404


def test_the_machine_reads_the_metrics_of_each_process(team: Team) -> None:
    assert [team.ask_process(name, "/_stcore/metrics") for name in NAMES] == [200, 200]


def test_health_is_public_and_says_nothing_else(team: Team) -> None:
    answer = team.ask("/_stcore/health")
    assert (answer.status, answer.text) == (200, "ok")


# 11 MB: 11,534,336 bytes.
@pytest.mark.parametrize(("size", "status"), [(11_534_336, 403), (11_534_337, 413)])
def test_a_body_has_a_largest_size(team: Team, size: int, status: int) -> None:
    path = "/_stcore/upload_file/session/file"
    answer = team.ask(path, method="PUT", body=b"0" * size)

    assert answer.status == status, "403: let through, and refused without the token of a page"


def test_one_address_has_so_many_pages_open_and_no_more(team: Team) -> None:
    with ExitStack() as open_until_the_end:
        for _ in range(PAGES):
            page = visit(team.address, PLAN, team.trust)
            open_until_the_end.enter_context(page)
        with pytest.raises(InvalidStatus) as refused, visit(team.address, PLAN, team.trust):
            pass
        assert refused.value.response.status_code == 429


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost", "null"])
def test_a_page_of_another_origin_opens_no_websocket(team: Team, origin: str) -> None:
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(f"wss://{team.host}/_stcore/stream", origin=Origin(origin), ssl=team.trust),
    ):
        pass
    assert refused.value.response.status_code == 403


def test_no_log_holds_an_amount(team: Team) -> None:
    referer = {"Referer": f"{team.address}/?{PLAN}"}
    assert team.ask(f"/?{PLAN}", headers=referer).status == 200
    with visit(team.address, PLAN, team.trust):
        pass
    for name in NAMES:
        team.kill(name)
    assert team.ask(f"/?{PLAN}", headers=referer).status == 502
    team.start_processes(*NAMES)

    wait_until(lambda: " GET / 502 " in team.log("access"))
    written = {path.name: path.read_text("utf-8") for path in team.folder.glob("*.log")}
    assert set(written) == {"access.log", "nginx.log", "first.log", "second.log"}
    assert [name for name, text in written.items() if AMOUNT in text] == []
