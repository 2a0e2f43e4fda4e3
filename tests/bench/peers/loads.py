"""Cases under load: what a request, a handshake, a gigabyte costs; what latency is added.

Each case is a function of the workbench, a proxy, the case's flags and its argument, and returns
the figures of one sample.
"""
import time

from .clients import LOOPBACK, ask, h2load_at_rate, wrk
from .processes import memory_kb, read

BIG_BODY_CONNECTIONS = 8
LATENCY_CLIENTS, LATENCY_RATE_EACH = 16, 125
ROUTES_START_SECONDS_MAX = 120

# wrk asks every host in turn, a stride apart: 7919 is prime, so that k visits all.
EVERY_HOST = """
local requests, count, k = {}, @COUNT, 0
function init()
  for i = 0, count - 1 do
    requests[i] = "GET /api/x HTTP/1.1\\r\\nHost: svc" .. i .. ".example.test\\r\\n\\r\\n"
  end
end
function request()
  k = (k + 7919) % count
  return requests[k]
end
"""


def url(run, flags, path="/"):
    return f"{'https' if 'TLS' in flags else 'http'}://{LOOPBACK}:{run.port}{path}"


def write_script(run, count):
    script = run.folder / "every_host.lua"
    script.write_text(EVERY_HOST.replace("@COUNT", str(count)))
    return script


def under_load(bench, process, target, **how):
    """CPU, rate and latency of 64 busy connections, warmed up before."""
    settings = bench.settings
    wrk(target, settings.warm_up, prefix=bench.prefix, **how)

    def sample():
        figures = bench.measured(
            process, lambda: wrk(target, settings.seconds, prefix=bench.prefix, **how))
        return {**figures, "rps": figures["requests"] / figures["seconds"]}

    figures = bench.quietest(sample)
    resident, proportional = memory_kb(process.pids())
    return {**figures, "rss_mb": resident / 1024, "pss_mb": proportional / 1024}


def requests(bench, proxy, flags, headers=()):
    with bench.run() as run, bench.running(proxy, run, flags) as process:
        return under_load(bench, process, url(run, flags), headers=headers)


def handshakes(bench, proxy, flags, _):
    return requests(bench, proxy, flags, headers=["Connection: close"])


def routes(bench, proxy, flags, count):
    last = {"host": f"svc{count - 1}.example.test", "path": "/api/x"}
    with bench.run(routes=bench.routes(count)) as run:
        script = write_script(run, count)
        since = time.monotonic()
        with bench.running(proxy, run, flags, ROUTES_START_SECONDS_MAX, **last) as process:
            started = time.monotonic() - since
            expect_routes(bench, run, count)
            figures = under_load(bench, process, url(run, flags, "/api/x"), script=script)
    return {**figures, "start_s": started}


def expect_routes(bench, run, count):
    """Routing must be right before it is timed."""
    for i in (0, 1, 2, 3, count // 2, count - 1):
        answer = ask(run.port, host=f"svc{i}.example.test", path="/api/x")
        backend = bench.backend_ports[i % len(bench.backend_ports)]
        if answer.status != 200 or f"port={backend} ".encode() not in answer.data:
            raise RuntimeError(f"svc{i} is misrouted: {answer.status} {answer.data[-200:]!r}")
    unknown = ask(run.port, host="unknown.example.test", path="/api/x").status
    if unknown == 200:
        raise RuntimeError("an unknown host is answered 200")


def big_body(bench, proxy, flags, _):
    how = {"connections": BIG_BODY_CONNECTIONS, "prefix": bench.prefix}
    with bench.run() as run, bench.running(proxy, run, flags) as process:
        target = url(run, flags, "/1m")
        wrk(target, 1, **how)

        def sample():
            figures = bench.measured(
                process, lambda: wrk(target, max(2, bench.settings.seconds), **how))
            gigabytes = figures["bytes"] / 1e9
            return {**figures,
                    "gb_s": gigabytes / figures["seconds"],
                    "cpu_ms_per_gb": figures["cpu_s"] * 1e3 / gigabytes}

        figures = bench.quietest(sample)
        return {**figures, "rss_mb": memory_kb(process.pids())[0] / 1024}


def latency(bench, proxy, flags, _):
    """2,000 requests a second, through the proxy and to the backend alone."""
    seconds = max(2, bench.settings.seconds)
    bench.use_real_time(True)
    try:
        with bench.run() as run, bench.running(proxy, run, flags) as process:
            def distribution(port):
                return at_rate(bench, run, port, seconds)

            def sample():
                direct = distribution(bench.backend_ports[0])["microseconds"]
                figures = bench.measured(process, lambda: distribution(run.port))
                through = figures.pop("microseconds")
                figures["rate"] = figures["requests"] / seconds
                for name, share in (("p50", .5), ("p99", .99), ("p999", .999)):
                    figures[f"{name}_us"] = quantile(through, share)
                    figures[f"added_{name}_us"] = (quantile(through, share) -
                                                   quantile(direct, share))
                return figures

            return bench.quietest(sample)
    finally:
        bench.use_real_time(False)


def at_rate(bench, run, port, seconds):
    log = run.folder / "latency.tsv"
    log.unlink(missing_ok=True)
    _, cpu_seconds = h2load_at_rate(f"http://{LOOPBACK}:{port}/", LATENCY_CLIENTS,
                                    LATENCY_RATE_EACH, seconds, log, bench.prefix)
    lines = [line.split("\t") for line in read(log).splitlines()]
    if not lines:
        raise RuntimeError("h2load logged no request")
    warm = lines[len(lines) // 10:]
    return {"requests": len(lines), "load_cpu_s": cpu_seconds,
            "errors": sum(status != "200" for _, status, _ in lines),
            "microseconds": sorted(int(microseconds) for _, _, microseconds in warm)}


def quantile(ordered, share):
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
