"""What every case works with: helper programs, certificates, the backend, and runs of a proxy."""
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from . import machine
from .clients import ask, free_port, wait_until_up
from .processes import LOAD_CPU, CpuTime, Process
from .proxies import BURST, RATE

TOOLS = Path(__file__).resolve().parent / "tools"
LIBRARIES = {"backend": [], "floor": ["-lssl", "-lcrypto"], "idler": ["-lssl", "-lcrypto"],
             "certificates": ["-lcrypto"]}
BACKEND_PORTS = 4
DOORS_ADDRESS, DOORS_FROM_PORT = "127.77.0.1", 20000
START_SECONDS_MAX = 60


@dataclass
class Settings:
    """How long and how often. `quick` is for a look, not for a table that is believed."""
    seconds: int = 4         # of each measured load
    warm_up: int = 2
    retries: int = 1         # more tries of a sample that other work disturbed
    quiet_seconds: int = 2   # to wait at most for a quiet machine before each sample
    doors: int = 10_000      # of many-lbs
    connections: int = 10_000  # of idle-conns and idle-tls
    reloads: int = 5
    limit_seconds: int = 10  # of rate-limit

    @staticmethod
    def quick():
        return Settings(seconds=1, warm_up=1, retries=0, quiet_seconds=0, doors=1000,
                        connections=2000, reloads=2, limit_seconds=3)


@dataclass
class Run:
    """One start of one proxy: a folder of its own, and what it shall serve."""
    folder: Path
    port: int
    backend_ports: list
    certificate: Path
    key: Path
    certificate_and_key: Path
    open_files: int
    prefix: list
    routes: list = field(default_factory=list)
    doors: list = field(default_factory=list)

    def values(self):
        return {"WORK": self.folder, "PORT": self.port, "BACKEND_PORT": self.backend_ports[0],
                "CERT": self.certificate, "KEY": self.key, "PEM": self.certificate_and_key,
                "NOFILE": self.open_files, "RATE": RATE, "BURST": BURST,
                "ROUTE_LIST": self.routes, "LB_LIST": self.doors}


class Workbench:
    def __init__(self, folder, settings):
        self.settings = settings
        self.folder = Path(folder).resolve()
        self.programs = self.folder / "bin"
        self.certificates = self.folder / "certificates"
        for one in (self.programs, self.certificates):
            one.mkdir(parents=True, exist_ok=True)
        self.open_files = machine.raise_open_files()
        self.prefix = []  # puts programs under a tool: chrt, valgrind
        for name in LIBRARIES:
            self._build(name)
        self.make_certificates(1)
        self.backend_ports = [free_port() for _ in range(BACKEND_PORTS)]
        ports = ",".join(map(str, self.backend_ports))
        self.backend = Process([self.programs / "backend", ports], LOAD_CPU)
        wait_until_up(self.backend, self.backend_ports[0], START_SECONDS_MAX)

    def _build(self, name):
        source, program = TOOLS / f"{name}.c", self.programs / name
        newest = max(file.stat().st_mtime for file in (source, TOOLS / "sockets.h"))
        if program.exists() and program.stat().st_mtime > newest:
            return
        compiler = os.environ.get("CC", "cc")
        done = subprocess.run([compiler, "-O2", "-o", program, source, *LIBRARIES[name]],
                              capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"cannot build {source.name} (libssl-dev?): {done.stderr[-800:]}")

    def make_certificates(self, count):
        subprocess.run([self.programs / "certificates", self.certificates, str(count)],
                       check=True, timeout=300)

    def routes(self, count, more_hosts=()):
        """Hosts svc0, svc1, … whose backends take turns; the further ones go to the first."""
        hosts = [f"svc{i}.example.test" for i in range(count)] + list(more_hosts)
        return [{"i": i, "host": host, "prefix": "/api/",
                 "backend": self.backend_ports[i % BACKEND_PORTS if i < count else 0]}
                for i, host in enumerate(hosts)]

    def doors(self, count):
        self.make_certificates(count)
        kinds = {"cert": "crt", "key": "key", "pem": "pem"}
        return [{"i": i, "addr": DOORS_ADDRESS, "port": DOORS_FROM_PORT + i,
                 **{name: self.certificates / f"{i}.{kind}" for name, kind in kinds.items()}}
                for i in range(count)]

    @contextlib.contextmanager
    def run(self, routes=(), doors=()):
        folder = Path(tempfile.mkdtemp(prefix="run-", dir=self.folder))
        folder.chmod(0o777)  # for workers that run as another user
        try:
            yield Run(folder, free_port(), self.backend_ports, self.certificates / "0.crt",
                      self.certificates / "0.key", self.certificates / "0.pem", self.open_files,
                      self.prefix, list(routes), list(doors))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextlib.contextmanager
    def running(self, proxy, run, flags, seconds=START_SECONDS_MAX, **request):
        """A proxy that answers; it is ended afterwards."""
        process = proxy.start(run, flags)
        try:
            wait_until_up(process, run.port, seconds, tls="TLS" in flags, **request)
            yield process
        finally:
            process.end()

    def _backend_counts(self):
        return json.loads(ask(self.backend_ports[0], path="/__stats").body)

    def measured(self, process, load):
        """What a load tells, with what it cost the proxy, the backend and others meanwhile."""
        pids, backend = process.pids(), self.backend.pids()
        counts, own, behind = self._backend_counts(), CpuTime(pids), CpuTime(backend)
        busy, since = machine.busy_seconds(), time.monotonic()
        told = load()
        wall = time.monotonic() - since
        time.sleep(0.01)
        own_after, behind_after = CpuTime(pids), CpuTime(backend)
        busy_after, counts_after = machine.busy_seconds(), self._backend_counts()
        own_seconds = own_after.seconds - own.seconds
        load_seconds = behind_after.seconds - behind.seconds + told["load_cpu_s"]
        user, system = own_after.user - own.user, own_after.system - own.system
        foreign = busy_after[0] - busy[0] - own_seconds - load_seconds
        return {**told,
                "cpu_s": own_seconds,
                "cpu_us": own_seconds * 1e6 / max(1, told["requests"]),
                "user_share": user / max(1, user + system),
                "proxy_busy": own_seconds / wall,
                "load_busy": load_seconds / wall,
                "foreign_busy": max(0.0, foreign) / wall,
                "stolen": (busy_after[1] - busy[1]) / wall,
                "upstream_connections": counts_after["accepted"] - counts["accepted"] - 1}

    def settle(self):
        machine.wait_until_quiet(self.settings.quiet_seconds)

    def quietest(self, sample):
        """The sample, again where other work disturbed it; of several the least disturbed."""
        best = None
        for _ in range(1 + self.settings.retries):
            self.settle()
            one = sample()
            if best is None or one["foreign_busy"] < best["foreign_busy"]:
                best = one
            if best["foreign_busy"] < machine.QUIET:
                break
        return best

    def use_real_time(self, is_on):
        self.prefix = machine.real_time(self.backend.pids(), is_on)
