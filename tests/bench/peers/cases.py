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
    Case("h1-proxy", loads.requests, PLAIN, (7, 2), argument=()),
    Case("tls-proxy", loads.requests, TLS, (7, 2), argument=()),
    Case("tls-handshakes", loads.handshakes, TLS, (7, 2)),
    Case("route-1000", loads.routes, frozenset({"ROUTES"}), (7, 2), argument=1000),
    Case("route-10000", loads.routes, frozenset({"ROUTES"}), (8, 3), argument=10_000),
    Case("instr", counts.instructions, PLAIN | {"NOMASTER"}, (3, 3), rounds_max=1,
         tools=("h2load", "valgrind")),
    Case("instr-tls", counts.instructions, TLS | {"NOMASTER"}, (4, 4), rounds_max=1,
         tools=("h2load", "valgrind")),
    Case("many-lbs", holdings.doors, frozenset({"LBS"}), (10, 2)),
    Case("idle-conns", holdings.idle, PLAIN, (4, 3)),
    Case("idle-tls", holdings.idle, TLS, (18, 6)),
    Case("latency", loads.latency, PLAIN, (10, 4), tools=("h2load",)),
    Case("big-body", loads.big_body, PLAIN | {"BIG"}, (6, 3)),
    Case("big-body-tls", loads.big_body, TLS | {"BIG"}, (6, 3)),
    Case("reload", changes.reload, frozenset({"ROUTES", "RELOADS"}), (12, 6)),
    Case("rate-limit", changes.limit, frozenset({"RATE", "SINGLE"}), (12, 4),
         tools=("h2load",)),
    Case("syscalls", counts.system_calls, PLAIN, (4, 4), rounds_max=1, tools=("wrk", "strace")),
]
QUICK = {"h1-proxy", "tls-proxy", "tls-handshakes", "route-1000", "many-lbs", "idle-conns",
         "latency", "big-body", "reload", "rate-limit"}
ROUNDS = 5
QUICK_ROUNDS = {"h1-proxy": 3, "tls-proxy": 3, "tls-handshakes": 2, "route-1000": 2}


def rounds_of(case, repeats, is_quick):
    """As many as were asked for (None: as is usual), where more than one tells more."""
    usual = QUICK_ROUNDS.get(case.name, 1) if is_quick else ROUNDS
    return min(repeats or usual, case.rounds_max)
