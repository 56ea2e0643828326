"""Real servers for publishing tests, on this machine's loopback, and a counter of the requests that they get."""

from __future__ import annotations

import getpass
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools.ports import free_port

KEY, SECRET = "AKIDPUBLISHTEST", "planted-secret-of-the-store"
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1"}


@contextmanager
def serving(command: Sequence[str], port: int) -> Iterator[None]:
    """A server process, from when it answers."""
    with (
        tempfile.TemporaryFile("w+") as said,  # not a pipe: a server that nobody listens to would stop when it is full
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, text=True) as process,
    ):
        try:
            while not _answers(port):
                assert process.poll() is None, f"{said.seek(0)} {said.read()}"
                time.sleep(0.02)
            yield
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


BUCKETS = (
    "google",
    "commands",
    "headers",
    "order",
    "both",
    "compared",
    "few",
    "killed-few",
    "killed-fifty",
    "taken-up",
    "secrets",
    "website",
)


@dataclass
class S3:
    """A real S3 server: its port, and the folder that holds its buckets."""

    port: int
    folder: Path

    def bucket(self, name: str) -> Path:
        """The folder of a bucket that nobody has used; the server knows only those that were there when it began."""
        folder = self.folder / name
        assert name in BUCKETS
        assert not list(folder.iterdir())
        return folder


@contextmanager
def s3_server(folder: Path, *, signed: bool = True) -> Iterator[S3]:
    """rclone's S3 server over a folder; requests carry a signature, or none."""
    for name in BUCKETS:
        (folder / name).mkdir()
    port = free_port()
    rclone = Path(sys.executable).with_name("rclone")
    keys = ["--auth-key", f"{KEY},{SECRET}"] if signed else []
    with serving([str(rclone), "serve", "s3", *keys, "--addr", f"127.0.0.1:{port}", str(folder)], port):
        yield S3(port, folder)


_REQUEST = re.compile(rb"^(GET|HEAD|PUT|POST|DELETE) (\S+) HTTP/1\.1\r\n")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_IF_NEW = re.compile(rb"\r\nif-none-match: *\*\r\n", re.IGNORECASE)
_IS_THERE = b"HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\n\r\n"


@dataclass
class Counter:
    """What went through to a server: method and path of each request; `before` is called with each one's number before
    the server gets it.

    A request goes on when all of it is there, and is then carried out, even if who sent it is gone: in real object
    stores an upload happens or does not. rclone's server alone would remove a file that is half sent. Where `folder`
    says where the server has its buckets, a file that is to be written only if there is none is so written, as real
    stores do and rclone's server does not. `put` puts a request into words that the server knows.
    """

    port: int
    folder: Path | None = None
    seen: list[tuple[str, str]] = field(default_factory=list)
    before: Callable[[int], None] = lambda _number: None
    turn: threading.Condition = field(default_factory=threading.Condition)
    under_way: int = 0
    deciding: threading.Lock = field(default_factory=threading.Lock)
    put: Callable[[bytes], bytes] = bytes

    @contextmanager
    def refused(self, data: bytes) -> Iterator[bool]:
        """Whether a request is to write what is there already; of several that would, one at a time is carried out."""
        if self.folder is None or not _IF_NEW.search(data, 0, data.index(b"\r\n\r\n") + 4):
            yield False
            return
        name = unquote(urlsplit(data.split(b" ", 2)[1].decode()).path).removeprefix("/")
        with self.deciding:
            yield (self.folder / name).exists()

    def asked(self, data: bytes) -> None:
        """A request is about to go on."""
        found = _REQUEST.match(data)
        assert found, data[:100]
        with self.turn:
            self.under_way += 1
            self.seen.append((found[1].decode(), found[2].decode()))
            self.before(len(self.seen))

    def answered(self) -> None:
        """The server has carried out a request."""
        with self.turn:
            self.under_way -= 1
            self.turn.notify_all()

    def wait(self) -> None:
        """Until the server has carried out all that it got."""
        with self.turn:
            assert self.turn.wait_for(lambda: self.under_way == 0, timeout=60)

    @property
    def mutating(self) -> list[tuple[str, str]]:
        """The requests that could change something."""
        return [(method, path) for method, path in self.seen if method not in ("GET", "HEAD")]


@contextmanager
def counted(server: int, folder: Path | None = None, put: Callable[[bytes], bytes] = bytes) -> Iterator[Counter]:
    """Stand before a server and count; at the end the server has nothing left to do."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        counter = Counter(listener.getsockname()[1], folder, put=put)
        accepting = threading.Thread(target=_accept, args=(listener, server, counter), daemon=True)
        accepting.start()
        try:
            yield counter
            counter.wait()
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join()


def _accept(listener: socket.socket, server: int, counter: Counter) -> None:
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            threading.Thread(target=_between, args=(client, server, counter), daemon=True).start()


def _between(client: socket.socket, server: int, counter: Counter) -> None:
    """Carry requests one way and answers the other, one after another, until the client has no more to ask."""
    with client, suppress(OSError), socket.create_connection(("127.0.0.1", server)) as behind:
        answered = threading.Event()
        answered.set()
        back = threading.Thread(target=_carry_back, args=(behind, client, answered, counter), daemon=True)
        back.start()
        for request in map(counter.put, _requests(client)):
            with counter.refused(request) as is_there:
                if is_there:
                    client.sendall(_IS_THERE)
                    continue
                answered.clear()
                counter.asked(request)
                behind.sendall(request)
                answered.wait()
        behind.shutdown(socket.SHUT_RDWR)
        back.join()


def _carry_back(behind: socket.socket, client: socket.socket, answered: threading.Event, counter: Counter) -> None:
    """Carry answers back; one begins when all is done that was asked for."""
    for piece in _pieces(behind):
        with suppress(OSError):  # the client may be gone
            client.sendall(piece)
        if not answered.is_set() and piece.startswith(b"HTTP/1.1 "):
            answered.set()
            counter.answered()
    with suppress(OSError):
        client.shutdown(socket.SHUT_RDWR)
    if not answered.is_set():
        answered.set()
        counter.answered()


def _pieces(source: socket.socket) -> Iterator[bytes]:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            yield data


def _requests(source: socket.socket) -> Iterator[bytes]:
    """Each request whole, with its body; one that is cut off is none."""
    held = b""
    for piece in _pieces(source):
        held += piece
        while b"\r\n\r\n" in held:
            head = held.index(b"\r\n\r\n") + 4
            length = _LENGTH.search(held[:head])
            end = head + (int(length[1]) if length else 0)
            if len(held) < end:
                break
            yield held[:end]
            held = held[end:]


@dataclass(frozen=True)
class Ssh:
    """A real SSH server for this user: its address, and the command that reaches it with a key of its own."""

    address: str
    command: str


@contextmanager
def ssh_server(folder: Path) -> Iterator[Ssh]:
    """OpenSSH's server on loopback, with keys that are made here."""
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    folder.chmod(0o700)
    (folder / "authorized_keys").write_bytes((folder / "user.pub").read_bytes())
    (folder / "authorized_keys").chmod(0o600)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    port = free_port()
    options = [
        f"HostKey={folder}/host",
        f"AuthorizedKeysFile={folder}/authorized_keys",
        f"PidFile={folder}/pid",
        "StrictModes=no",
        "PasswordAuthentication=no",
        "ListenAddress=127.0.0.1",
        "PermitRootLogin=yes",
        "UsePAM=no",
        "SetEnv=SHLVL=2",  # bash then leaves this user's own .bashrc alone
    ]
    given = [part for option in options for part in ("-o", option)]
    with serving(["/usr/sbin/sshd", "-D", "-e", "-f", "/dev/null", "-p", str(port), *given], port):
        quiet = "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o IdentitiesOnly=yes"
        user = getpass.getuser()
        yield Ssh(f"{user}@127.0.0.1", f"ssh -F /dev/null -p {port} -i {folder}/user {quiet}")


@contextmanager
def nginx(folder: Path, served: Path, http: str = "", server: str = "") -> Iterator[str]:
    """nginx with its root at a folder, under the path that the test digest has, and more lines of settings; its
    address."""
    port = free_port()
    folder.mkdir()
    (folder / "nginx.conf").write_text(
        f"""
daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  types {{ text/html html; text/css css; image/svg+xml svg; }}
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  {http}
  server {{ listen 127.0.0.1:{port}; {server} location /a/ {{ alias "{served}/"; }} }}
}}
"""
    )
    user = ["-g", "user root;"] if os.geteuid() == 0 else []
    with serving(["/usr/sbin/nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"), *user], port):
        yield f"http://127.0.0.1:{port}/a/"
