"""The command line of `./lab bench`: what is chosen, what is missing, how it ends."""
import argparse
import atexit
import shutil
import signal
import sys
from pathlib import Path

from . import machine, table
from .cases import CASES, QUICK, rounds_of
from .figures import PROXIES
from .processes import end_all
from .proxies import Floor, Haproxy, Nginx, Ours
from .rounds import Comparison, duration, estimate, say
from .workbench import Settings, Workbench

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = {"nginx": "nginx-light", "haproxy": "haproxy", "wrk": "wrk", "h2load": "nghttp2-client",
            "strace": "strace", "valgrind": "valgrind", "taskset": "util-linux"}
NEEDED = ("taskset", "wrk")
ABOUT = """Measures nginx, HAProxy, a bare proxy (floor) and our own door (ours) side by side.

engine/README.md tells what the rows are. Without arguments, ./lab bench runs the timings of single
functions first. PROXY_CPU and LOAD_CPU (0 and 1) say where the two sides are pinned."""
OVERTIME = 3  # times the estimate: then only first rounds are played


def words(text):
    return [word for word in text.split(",") if word]


def read_arguments(arguments):
    parser = argparse.ArgumentParser(prog="./lab bench", description=ABOUT)
    parser.add_argument("--quick", action="store_true",
                        help="short rounds of the main cases: a look, no figures to quote")
    parser.add_argument("--only", type=words, metavar="CASE,…",
                        help="of " + ", ".join(case.name for case in CASES))
    parser.add_argument("--peers", type=words, metavar="PROXY,…", help="of nginx, haproxy, floor, "
                        "ours (default: all)", default=list(PROXIES))
    parser.add_argument("--repeats", type=int, metavar="N", help="rounds of each case (default: 5; "
                        "quick: 1 to 3)")
    parser.add_argument("--program", type=Path, help="ours: an ingresslab that is built",
                        default=ROOT / "build/release/bin/ingresslab")
    parser.add_argument("--folder", type=Path, help="helpers, certificates, and the results "
                        "peers.json and peers.md", default=ROOT / "build/bench")
    asked = parser.parse_args(arguments)
    names = [case.name for case in CASES]
    for word in asked.only or []:
        if word not in names:
            parser.error(f"there is no case {word}: {', '.join(names)}")
    for word in asked.peers:
        if word not in PROXIES:
            parser.error(f"there is no peer {word}: {', '.join(PROXIES)}")
    if asked.repeats is not None and asked.repeats < 1:
        parser.error("--repeats takes a number from 1")
    return asked


def chosen_cases(asked):
    wanted = asked.only or (QUICK if asked.quick else [case.name for case in CASES])
    return [case for case in CASES if case.name in wanted]


def missing_tools(names):
    return [name for name in names if not shutil.which(name)]


def how_to_install(missing):
    packages = " ".join(dict.fromkeys(PACKAGES[name] for name in missing))
    return f"sudo apt-get install --no-install-recommends {packages}"


def make_proxies(asked, folder):
    made = {"nginx": Nginx(), "haproxy": Haproxy(), "floor": Floor(folder / "bin" / "floor"),
            "ours": Ours(asked.program.resolve(), machine.commit_of(ROOT))}
    return [made[name] for name in made if name in asked.peers]


def compare(asked, proxies, cases):
    if not machine.raise_priority():
        say("may not raise its priority: figures will follow whatever else runs here")
    settings = Settings.quick() if asked.quick else Settings()
    seconds = estimate(cases, proxies, asked.repeats, asked.quick)
    most = max(rounds_of(case, asked.repeats, asked.quick) for case in cases)
    say(f"{len(cases)} cases, {len(proxies)} proxies, up to {most} rounds: about "
        f"{duration(seconds)} on a quiet machine, up to twice as long on another")
    bench = Workbench(asked.folder, settings)
    comparison = Comparison(bench, proxies, asked.repeats, asked.quick, asked.folder / "peers",
                            OVERTIME * seconds)
    try:
        comparison.play(cases)
    finally:
        if comparison.has_samples():
            comparison.write()
            print(table.summary(comparison.document()), end="")
            say(f"all figures: {asked.folder / 'peers.md'}, {asked.folder / 'peers.json'}")
    return 1 if comparison.has_failures() else 0


def main(arguments):
    asked = read_arguments(arguments)
    proxies, cases = make_proxies(asked, asked.folder), chosen_cases(asked)
    missing = missing_tools(NEEDED) + [tool for proxy in proxies for tool in proxy.missing_tools()]
    if missing:
        installable = [name for name in missing if name in PACKAGES]
        remedy = how_to_install(installable) if installable else "./lab build"
        say(f"the comparison with nginx and HAProxy is left out, {', '.join(missing)} missing: "
            f"{remedy}")
        return 4 if arguments else 0
    for case in list(cases):
        lacking = missing_tools(case.tools)
        if lacking:
            say(f"{case.name} is left out, {', '.join(lacking)} missing: {how_to_install(lacking)}")
            cases.remove(case)
    if not cases:
        return 4
    atexit.register(end_all)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    try:
        return compare(asked, proxies, cases)
    except KeyboardInterrupt:
        return 130

