"""The page as an ASGI application, for whoever runs the server: `uvicorn tierlogic.page.asgi:app`.

It is the page of `streamlit run app.py`. Besides, it is warm before its first visitor, sends strict
headers with everything, and keeps what a plan holds out of its log.
"""

import base64
import hashlib
import importlib
import logging
import pkgutil
import re
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

import tierlogic.page
from tierlogic.page.memory import settle_now
from tierlogic.settings import base_path, framing_sites

_PACKAGE = Path(__file__).parents[1]
_INSTALLED, _CHECKOUT = _PACKAGE / "served" / "app.py", _PACKAGE.parent / "app.py"
PAGE = _INSTALLED if _INSTALLED.is_file() else _CHECKOUT
"""The page's script; its settings stand beside it."""


def _inline_scripts() -> str:
    """Name Streamlit's own inline scripts by their digests: these may run, no other."""
    shell = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    digests = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in re.findall(r"<script>(.*?)</script>", shell, re.DOTALL)
    ]
    return " ".join(f"'sha256-{digest}'" for digest in digests)


HEADERS = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'none'",
            # The script of a component, such as the live slider, comes as a blob.
            f"script-src 'self' blob: {_inline_scripts()}",
            # Streamlit styles its elements from scripts.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            " ".join(["frame-ancestors 'self'", *framing_sites()]),
        ]
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # The address holds the plan.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Sent with every answer."""


class _StrictHeaders:
    """Adds the headers to whatever the application answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class _WithoutAmounts(logging.Filter):
    """Leaves the values of a link out of a message, and an error's own words out of its trace."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = re.sub(r"=[^&\s]*", "", record.getMessage()), None
        if record.exc_info and (error := record.exc_info[1]):
            calls = "".join(traceback.format_tb(error.__traceback__))
            record.exc_text = f"{calls}{type(error).__name__} (its words are left out)"
        return True


@asynccontextmanager
async def _warm(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Load what the page needs, name faulty settings in the log, and answer a first visit."""
    for module in pkgutil.walk_packages(tierlogic.page.__path__, "tierlogic.page."):
        importlib.import_module(module.name)
    settle_now(datetime.now(UTC).date())
    yield {}


logging.getLogger("tierlogic.page").addFilter(_WithoutAmounts())
# Streamlit turns it on, whatever uvicorn is told, and it writes every address with its plan.
logging.getLogger("uvicorn.access").disabled = True
app = st.App(PAGE, lifespan=_warm, middleware=[Middleware(_StrictHeaders)])
# `streamlit run` alone reads options from its arguments and the environment.
config.set_option("server.baseUrlPath", base_path())
