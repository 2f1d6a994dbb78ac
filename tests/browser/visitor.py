"""A visitor without a browser: the page's own messages over its websocket."""

import json
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tierlogic.page import faults

_SECONDS_TO_ANSWER = 60
_ANOTHER_RUN_FOLLOWS = ForwardMsg.FINISHED_EARLY_FOR_RERUN


@contextmanager
def visit(
    address: str, query: str = "", trust: ssl.SSLContext | None = None
) -> Iterator["Visitor"]:
    """Open a page and leave it afterwards; an https address may have a certificate of its own."""
    with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        origin=Origin(address),
        compression=None,
        max_size=None,
        ping_interval=None,
        ssl=trust,
        open_timeout=_SECONDS_TO_ANSWER,
    ) as socket:
        yield Visitor(socket, query)


class Visitor:
    """One open page, as its server sees it."""

    def __init__(self, socket: ClientConnection, query: str) -> None:
        """Open the page at an address."""
        self._socket = socket
        self.query = query
        self.headline = ""
        self.messages_read = self.bytes_read = 0
        self._states: dict[str, WidgetState] = {}
        self._slider = ""
        self._stops = range(0)
        self._is_live = False
        self._messages = 0
        self.value: float = 0
        """Where the server puts the slider."""
        self.rerun()
        if not self._slider:
            raise RuntimeError("the page has no slider with the key prepay")

    def stops(self) -> Iterator[int]:
        """Yield the values that the slider can take, each once, lowest first."""
        return iter(self._stops)

    def drag_to(self, stop: float, *, held: bool = False) -> float:
        """Put the slider on a value; return the seconds until all is drawn.

        Args:
            stop: the value.
            held: whether the thumb stays held; only the page's own slider tells.
        """
        if self._is_live:
            self._messages += 1
            moved = {"slider": "prepay", "at": self._messages, "to": stop, "held": held}
            return self.say(json.dumps({"moved": moved}))
        state = WidgetState(id=self._slider)
        state.double_array_value.data.append(stop)
        return self._send(state)

    def say(self, text: str) -> float:
        """Send any text as the message of the page's own slider, as a hostile browser may."""
        return self._send(WidgetState(id=self._slider, json_value=text))

    def _send(self, state: WidgetState) -> float:
        self._states[state.id] = state
        began = time.perf_counter()
        self.rerun()
        return time.perf_counter() - began

    def rerun(self) -> None:
        """Run the page with what the widgets hold, and read all that it shows."""
        request = BackMsg()
        request.rerun_script.query_string = self.query
        request.rerun_script.widget_states.widgets.extend(self._states.values())
        self._socket.send(request.SerializeToString())
        self.messages_read = self.bytes_read = 0
        while True:
            message = self._socket.recv(_SECONDS_TO_ANSWER, decode=False)
            self.messages_read += 1
            self.bytes_read += len(message)
            answer = ForwardMsg()
            answer.ParseFromString(message)
            kind = answer.WhichOneof("type")
            if kind == "delta":
                self._note(answer)
            elif kind == "page_info_changed":
                # A page that does not get its own address back takes it for a pasted link.
                self.query = answer.page_info_changed.query_string
            elif kind == "script_finished" and answer.script_finished != _ANOTHER_RUN_FOLLOWS:
                return

    def _note(self, answer: ForwardMsg) -> None:
        element = answer.delta.new_element
        if element.WhichOneof("type") == "exception":
            raise RuntimeError(f"the page fails: {element.exception.message}")
        if element.WhichOneof("type") == "alert" and element.alert.body == faults.SENTENCE:
            raise RuntimeError("the page fails; its log says why")
        if element.WhichOneof("type") == "slider" and element.slider.id.endswith("-prepay"):
            slider = element.slider
            self._slider = slider.id
            self._stops = range(int(slider.min), int(slider.max) + 1, int(slider.step))
        component = element.bidi_component
        if component.id.endswith("-prepay_slider"):
            data = json.loads(component.json)
            self._slider, self._is_live, self.value = component.id, True, data["value"]
            self._stops = range(data["least"], data["most"] + 1, data["step"])
        if element.WhichOneof("type") == "heading" and element.heading.tag == "h3":
            self.headline = element.heading.body
