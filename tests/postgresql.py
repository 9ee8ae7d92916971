"""A PostgreSQL server of a test's own, which may be frozen and thawed."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Generator
from pathlib import Path

import psutil


def programs() -> Path | None:
    """The folder with `initdb` and its kin; None where this machine has none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


class Server:
    """A running server; `address` is where its first database is."""

    def __init__(self, address: str, postmaster: int) -> None:
        self.address = address
        self._postmaster = psutil.Process(postmaster)

    def freeze(self) -> None:
        """It keeps its connections and answers nobody, as a machine that swaps or a network that drops everything."""
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        self._send(signal.SIGCONT)

    def _send(self, number: signal.Signals) -> None:
        for process in (self._postmaster, *self._postmaster.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(number)


@contextlib.contextmanager
def server() -> Generator[Server]:
    folder = programs()
    assert folder is not None
    with tempfile.TemporaryDirectory(prefix="front-row-postgresql.") as cluster:
        data, port = Path(cluster) / "data", _free_port()
        as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if as_server:
            shutil.chown(cluster, "postgres")

        def run(program: str, *arguments: str) -> None:
            command = [*as_server, str(folder / program), f"--pgdata={data}", *arguments]
            subprocess.run(command, cwd=cluster, check=True, capture_output=True, timeout=60)

        run("initdb", "--username=frontrow", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' -c fsync=off -c jit=off"
        run("pg_ctl", "start", "--wait", "--silent", f"--log={cluster}/log", f"--options={options}")
        running = Server(
            f"postgresql://frontrow@127.0.0.1:{port}/postgres", int((data / "postmaster.pid").read_text().split()[0])
        )
        try:
            yield running
        finally:
            running.thaw()
            run("pg_ctl", "stop", "--mode=immediate", "--silent")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
