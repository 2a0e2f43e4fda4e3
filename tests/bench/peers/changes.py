"""Cases of change and refusal: reloads under load, and a limit that more than it is offered."""
import re
import statistics
import threading
import time

from .clients import LOOPBACK, ask, h2load_at_rate, wrk
from .loads import url, write_script
from .processes import memory_kb
from .proxies import BURST, RATE

ROUTES = 1000
RELOAD_SECONDS_MAX = 10      # until the new route answers
PAUSE_SECONDS = 1.8          # from one reload to the next
ASKED_AFTERWARDS = 30        # does an old process still answer?
LIMIT_CLIENTS, LIMIT_RATE_EACH = 10, 100


class MemoryWatch:
    """The most memory that a proxy's processes hold together while it is entered."""

    def __init__(self, process):
        self.process, self.peak_kb, self.peak_processes = process, 0, 0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._is_over.set()
        self._thread.join()

    def _look(self):
        while not self._is_over.wait(0.05):
            pids = self.process.pids()
            self.peak_kb = max(self.peak_kb, memory_kb(pids)[1])
            self.peak_processes = max(self.peak_processes, len(pids))


def reload(bench, proxy, flags, _):
    """A route is added to 1,000, again and again, while 64 connections ask without a pause."""
    count = bench.settings.reloads
    seconds = 1 + 2 * count
    first = {"host": "svc0.example.test", "path": "/api/x"}
    with bench.run(routes=bench.routes(ROUTES)) as run, \
            bench.running(proxy, run, flags, **first) as process:
        bench.settle()
        before_kb = memory_kb(process.pids())[1]
        told = {}
        script = write_script(run, ROUTES)
        load = threading.Thread(daemon=True, target=lambda: told.update(
            wrk(url(run, flags, "/api/x"), seconds, script=script)))
        with MemoryWatch(process) as watch:
            load.start()
            time.sleep(0.7)
            reloads = [add_a_route(bench, proxy, flags, process, run, i) for i in range(count)]
            load.join()
    times = [milliseconds for milliseconds, _ in reloads]
    return {"reloads": count, "requests": told["requests"],
            "errors_per_reload": told["errors"] / count,
            "socket_errors": told["socket_errors"], "not_2xx": told["not_2xx"],
            "new_route_ms": statistics.median(times), "new_route_ms_max": max(times),
            "stale_answers": sum(stale for _, stale in reloads),
            "pss_mb_before": before_kb / 1024, "pss_mb_peak": watch.peak_kb / 1024,
            "processes_peak": watch.peak_processes}


def add_a_route(bench, proxy, flags, process, run, number):
    """Milliseconds until the new route answers; answers afterwards that know it not."""
    hosts = [f"new{i}.example.test" for i in range(number + 1)]
    run.routes = bench.routes(ROUTES, hosts)
    since = time.monotonic()
    proxy.reload(process, run, flags)
    while not is_routed(run, hosts[-1]):
        if time.monotonic() - since > RELOAD_SECONDS_MAX:
            raise RuntimeError(f"the new route did not answer in {RELOAD_SECONDS_MAX} s")
        time.sleep(0.002)
    milliseconds = (time.monotonic() - since) * 1e3
    stale = sum(not is_routed(run, hosts[-1]) for _ in range(ASKED_AFTERWARDS))
    time.sleep(max(0.0, PAUSE_SECONDS - (time.monotonic() - since)))
    return milliseconds, stale


def is_routed(run, host):
    try:
        return ask(run.port, host=host, path="/api/x", timeout=2).status == 200
    except OSError:
        return False


def limit(bench, proxy, flags, _):
    """100 a second with a burst of 100, offered 1,000 a second: what one exact bucket admits?"""
    seconds = bench.settings.limit_seconds
    with bench.run() as run, bench.running(proxy, run, flags):
        time.sleep(1.2)  # what the start took from the bucket comes back
        output, _ = h2load_at_rate(f"http://{LOOPBACK}:{run.port}/", LIMIT_CLIENTS,
                                   LIMIT_RATE_EACH, seconds)
    codes = re.search(r"status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx", output)
    if not codes:
        raise RuntimeError("h2load says: " + output[-300:])
    admitted, _, refused, failed = map(int, codes.groups())
    ideal = RATE * seconds + BURST
    return {"offered": admitted + refused + failed, "admitted": admitted, "ideal": ideal,
            "beyond_ideal": admitted - ideal}
