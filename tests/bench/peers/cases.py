"""The cases: what each does, what it asks of a proxy, and about how long a sample takes."""
from dataclasses import dataclass
from typing import Callable

from . import changes, counts, holdings, loads

PLAIN, TLS = frozenset({"PLAIN", "SINGLE"}), frozenset({"TLS", "SINGLE"})


@dataclass(frozen=True)
class Case:
    name: str
    measure: Callable       # (workbench, proxy, flags, argument) → figures of one sample
    flags: frozenset        # what the configurations are made from
    seconds: tuple          # a sample takes about that long: in full, quick
    argument: object = None
    rounds_max: int = 99
    tools: tuple = ("wrk",)


CASES = [
    Case("h1-proxy", loads.requests, PLAIN, (7, 3), argument=()),
    Case("tls-proxy", loads.requests, TLS, (7, 3), argument=()),
    Case("tls-handshakes", loads.handshakes, TLS, (7, 3)),
    Case("route-1000", loads.routes, frozenset({"ROUTES"}), (8, 4), argument=1000),
    Case("route-10000", loads.routes, frozenset({"ROUTES"}), (10, 5), argument=10_000),
    Case("instr", counts.instructions, PLAIN | {"NOMASTER"}, (20, 20), rounds_max=1,
         tools=("h2load", "valgrind")),
    Case("instr-tls", counts.instructions, TLS | {"NOMASTER"}, (25, 25), rounds_max=1,
         tools=("h2load", "valgrind")),
    Case("many-lbs", holdings.doors, frozenset({"LBS"}), (20, 3), rounds_max=3),
    Case("idle-conns", holdings.idle, PLAIN, (5, 4), rounds_max=3),
    Case("idle-tls", holdings.idle, TLS, (12, 5), rounds_max=3),
    Case("latency", loads.latency, PLAIN, (11, 6), tools=("h2load",)),
    Case("big-body", loads.big_body, PLAIN | {"BIG"}, (6, 4)),
    Case("big-body-tls", loads.big_body, TLS | {"BIG"}, (6, 4)),
    Case("reload", changes.reload, frozenset({"ROUTES", "RELOADS"}), (13, 7), rounds_max=3),
    Case("rate-limit", changes.limit, frozenset({"RATE", "SINGLE"}), (13, 6), rounds_max=2,
         tools=("h2load",)),
    Case("syscalls", counts.system_calls, PLAIN, (6, 6), rounds_max=1, tools=("wrk", "strace")),
]
QUICK = {"h1-proxy", "tls-proxy", "tls-handshakes", "route-1000", "many-lbs", "idle-conns",
         "latency", "big-body", "reload", "rate-limit"}
QUICK_ROUNDS_MAX = {"h1-proxy": 3, "tls-proxy": 3, "tls-handshakes": 2, "route-1000": 2}


def rounds_of(case, repeats, is_quick):
    most = QUICK_ROUNDS_MAX.get(case.name, 1) if is_quick else repeats
    return min(repeats, case.rounds_max, most)
