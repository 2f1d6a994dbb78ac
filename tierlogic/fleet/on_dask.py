"""Parts of a file on Dask: on a cluster that there is, or on one of this machine.

A part travels with its task, so Dask gives it to another worker where one is lost. What comes back
is kept here, once for each part.
"""

import functools
import hashlib
import importlib.metadata
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

import tierlogic
from tierlogic.fleet.accounts_file import Part
from tierlogic.fleet.part import Projected, project_part
from tierlogic.fleet.work import RunError, Way, Work
from tierlogic.rules.catalog import DATA
from tierlogic.scenario import Scenario
from tierlogic.settings import rules_folder

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
"""In the place of an address: a cluster of this machine, for as long as the run takes."""
_SECONDS_TO_ANSWER = 10
_GO_ON = "what is done is kept: run the same command again"


@contextmanager
def dask_way(address: str, processes: int) -> Iterator[Way]:
    """Connect to a scheduler, or start a cluster; the way gives the parts to its workers.

    Args:
        address: of the scheduler, such as tcp://10.0.0.1:8786, or LOCAL.
        processes: workers of a local cluster.

    Raises:
        RunError: Dask is not installed, or nobody answers at the address.
    """
    try:
        import dask  # noqa: PLC0415
        import distributed  # noqa: PLC0415
    except ImportError as error:
        raise RunError('Dask is not installed; pip install "tierlogic[dask]"') from error
    # A part is in its task: what is scattered beforehand would be lost with its worker.
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}):
        if address == LOCAL:
            with (
                distributed.LocalCluster(
                    n_workers=processes,
                    threads_per_worker=1,
                    dashboard_address="127.0.0.1:0",
                    # What goes wrong comes back as an error; workers that end late log more.
                    silence_logs=logging.CRITICAL,
                ) as cluster,
                distributed.Client(cluster) as client,
            ):
                yield on_dask(client)
        else:
            with _connected(address) as client:
                yield on_dask(client)


def _connected(address: str) -> "Client":
    from distributed import Client  # noqa: PLC0415

    try:
        return Client(address, timeout=_SECONDS_TO_ANSWER)
    except (OSError, ValueError) as error:
        raise RunError(
            f"no Dask scheduler answers at {address}; give one such as tcp://10.0.0.1:8786, "
            f"or {LOCAL}"
        ) from error


def on_dask(client: "Client") -> Way:
    """Give the parts to the workers of a cluster."""

    def way(parts: Iterator[Part], work: Work) -> Iterator[tuple[float, int]]:
        from distributed import Future, wait  # noqa: PLC0415

        waiting: dict[Future[Projected], Part] = {}

        def ended() -> Iterator[tuple[float, int]]:
            with _faults_in_words():
                done = wait([*waiting], return_when="FIRST_COMPLETED").done
                found = [(waiting.pop(future), future.result()) for future in done]
            for part, projected in found:
                yield part.share, work.keep(part, projected)

        said = _digest_of_code_and_rules()
        for part in parts:
            with _faults_in_words():
                future = client.submit(_project, part, work.base, work.schema, said, pure=False)
                waiting[future] = part
                # Workers may come and go: each has one part to work at, and one to go on with.
                most = 2 * max(1, sum(client.nthreads().values()))
            while len(waiting) >= most:
                yield from ended()
        while waiting:
            yield from ended()

    return way


def _project(part: Part, base: Scenario | None, schema: pa.Schema, said: str) -> Projected:
    """Project a part on a worker.

    Raises:
        RunError: the worker has other code or rules, so its answers might be others.
    """
    if _digest_of_this_worker() != said:
        raise RunError(
            "a Dask worker has another Tierlogic, other rules or other prices than this machine; "
            "install the same on all"
        )
    return project_part(part, base, schema)


@contextmanager
def _faults_in_words() -> Iterator[None]:
    from distributed import KilledWorker  # noqa: PLC0415
    from distributed.client import FutureCancelledError  # noqa: PLC0415
    from distributed.comm.core import CommClosedError  # noqa: PLC0415

    try:
        yield
    except KilledWorker as error:
        raise RunError(
            f"several Dask workers were lost at the same part, perhaps for want of memory; {_GO_ON}"
        ) from error
    except (FutureCancelledError, CommClosedError) as error:
        raise RunError(f"the Dask scheduler was lost; {_GO_ON}") from error
    except ModuleNotFoundError as error:
        raise RunError(f"Dask workers lack {error.name}; install Tierlogic on all") from error


@functools.cache
def _digest_of_this_worker() -> str:
    return _digest_of_code_and_rules()


def _digest_of_code_and_rules() -> str:
    """Return a digest of all that the answers hang on besides the accounts and the base."""
    own_rules = rules_folder()
    folders = [(Path(tierlogic.__file__).parent, "*.py"), (DATA, "*.toml")]
    folders += [(own_rules, "*.toml")] if own_rules else []
    digest = hashlib.sha256(importlib.metadata.version("genai-prices").encode())
    for folder, files in folders:
        for path in sorted(folder.rglob(files)):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
