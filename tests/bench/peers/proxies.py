"""The proxies that are compared: each writes its configuration, starts, and reloads.

All of them get one thread, pinned to one CPU, and the same `Run`: ports, certificate, routes.
"""
import os
import shutil
import signal

from .machine import words_of
from .processes import PROXY_CPU, Process
from .templates import render

RATE, BURST = 100, 100


class Proxy:
    tools = ()
    covers = None    # names of cases; None: all
    variants = {}    # case → ((suffix, more flags), …), besides the plain one

    def missing_tools(self):
        return [tool for tool in self.tools if not shutil.which(tool)]

    def takes(self, case):
        return self.covers is None or case.name in self.covers

    def variants_of(self, case):
        return (("", ()),) + self.variants.get(case.name, ())

    def version(self):
        return ""

    def launch(self, run, command, **how):
        return Process(command, PROXY_CPU, run.prefix, log=run.folder / "out.log", **how)


class Nginx(Proxy):
    name, title = "nginx", "nginx"
    tools = ("nginx",)

    def version(self):
        return words_of(["nginx", "-v"], r"nginx/(\S+)")

    def start(self, run, flags):
        self.configure(run, flags)
        return self.launch(run, ["nginx", "-p", run.folder, "-e", run.folder / "error.log",
                                 "-c", run.folder / "nginx.conf"])

    def configure(self, run, flags):
        owner = {"ROOT"} if os.geteuid() == 0 else set()
        (run.folder / "nginx.conf").write_text(
            render("nginx.conf", run.values(), set(flags) | owner))

    def reload(self, process, run, flags):
        self.configure(run, flags)
        os.kill(process.popen.pid, signal.SIGHUP)


class Haproxy(Proxy):
    name, title = "haproxy", "HAProxy"
    tools = ("haproxy",)
    variants = {"big-body": (("splice", ("SPLICE",)),)}
    connections_max_of_many_doors = 1000

    def version(self):
        return words_of(["haproxy", "-v"], r"version (\S+)")

    def start(self, run, flags):
        self.configure(run, flags)
        master = ["-W", "-S", run.folder / "master"] if "RELOADS" in flags else ["-db"]
        return self.launch(run, ["haproxy", *master, "-f", run.folder / "haproxy.cfg"])

    def configure(self, run, flags):
        most = self.connections_max_of_many_doors
        if not set(flags) & {"LBS", "BIG"}:
            most = run.open_files // 2 - 200
        (run.folder / "haproxy.cfg").write_text(
            render("haproxy.cfg", {**run.values(), "MAXCONN": most}, flags))
        (run.folder / "map.txt").write_text(
            "".join(f"{route['host']}{route['prefix']} u{route['i']}\n" for route in run.routes))

    def reload(self, process, run, flags):
        self.configure(run, flags)
        os.kill(process.popen.pid, signal.SIGUSR2)


class Floor(Proxy):
    """The smallest proxy that parses and pools: tools/floor.c."""
    name, title = "floor", "floor"
    covers = {"h1-proxy", "tls-proxy", "tls-handshakes", "idle-conns", "idle-tls", "latency",
              "syscalls", "instr", "instr-tls"}

    def __init__(self, program):
        self.program = program

    def start(self, run, flags):
        tls = [run.certificate, run.key] if "TLS" in flags else []
        return self.launch(run, [self.program, run.port, run.backend_ports[0], *tls])


class Ours(Proxy):
    """`ingresslab bench-door`: told what to be in environment variables and two files."""
    name, title = "ours", "ours"

    def __init__(self, program, commit):
        self.program, self.commit = program, commit

    def missing_tools(self):
        return [] if os.access(self.program, os.X_OK) else [str(self.program)]

    def version(self):
        version = words_of([self.program, "--version"], r"(\d\S*)")
        return f"{version} ({self.commit})" if self.commit else version

    def start(self, run, flags):
        self.write_files(run)
        return self.launch(run, [self.program, "bench-door"], environment=self.contract(run, flags))

    def write_files(self, run):
        backend = f"127.0.0.1:{run.backend_ports[0]}"
        new = run.folder / "routes.tsv.new"
        new.write_text("".join(f"{route['host']}\t{route['prefix']}\t127.0.0.1:{route['backend']}\n"
                               for route in run.routes))
        new.rename(run.folder / "routes.tsv")
        (run.folder / "doors.tsv").write_text(
            "".join(f"{door['addr']}\t{door['port']}\t{door['cert']}\t{door['key']}\t{backend}\n"
                    for door in run.doors))

    def contract(self, run, flags):
        asked = {"PORT": run.port, "BACKEND_PORT": run.backend_ports[0],
                 "BACKEND_PORTS": ",".join(map(str, run.backend_ports)),
                 "TLS": int("TLS" in flags), "CERT": run.certificate, "KEY": run.key}
        if "RATE" in flags:
            asked.update(RATE=RATE, BURST=BURST)
        if "ROUTES" in flags:
            asked.update(ROUTES_TSV=run.folder / "routes.tsv")
        if "LBS" in flags:
            asked.update(LBS_TSV=run.folder / "doors.tsv")
        return {name: str(value) for name, value in asked.items()}

    def reload(self, process, run, flags):
        self.write_files(run)
        os.kill(process.popen.pid, signal.SIGHUP)
