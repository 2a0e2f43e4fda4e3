"""Cases that count, and so come out the same whatever else runs: instructions and system calls."""
import os
import re
import shutil
import signal
import subprocess
import time

from .clients import run_load_tool, wrk
from .loads import url
from .processes import LOAD_CPU, Process

SHORT_RUN, LONG_RUN = 500, 2500
VALGRIND_SECONDS_MAX = 60


def instructions(bench, proxy, flags, _):
    """User-mode instructions a request, under valgrind: a long run less a short one."""
    short, long = (collected(bench, proxy, flags, count) for count in (SHORT_RUN, LONG_RUN))
    return {"instructions": (long - short) / (LONG_RUN - SHORT_RUN)}


def collected(bench, proxy, flags, count):
    with bench.run() as run:
        run.prefix = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                      "--trace-children=yes", f"--log-file={run.folder}/valgrind.%p"]
        with bench.running(proxy, run, flags, VALGRIND_SECONDS_MAX) as process:
            output, _ = run_load_tool(["h2load", "--h1", "-t1", "-c8", f"-n{count}",
                                       url(run, flags)], VALGRIND_SECONDS_MAX)
            answered = re.search(r"status codes: (\d+) 2xx", output)
            if not answered or int(answered.group(1)) != count:
                raise RuntimeError("h2load says: " + output[-300:])
            end_gently(process)
        total = sum(int(number) for log in run.folder.glob("valgrind.*")
                    for number in re.findall(r"Collected : (\d+)", log.read_text()))
    if not total:
        raise RuntimeError("valgrind told no count")
    return total


def end_gently(process):
    """Valgrind needs its time to write."""
    for pid in process.pids():
        try:
            os.kill(pid, signal.SIGTERM)
        except OSError:
            pass
    try:
        process.popen.wait(timeout=15)
    except subprocess.TimeoutExpired:
        pass


def system_calls(bench, proxy, flags, _):
    """System calls a request of 64 busy connections, counted by strace."""
    with bench.run() as run, bench.running(proxy, run, flags) as process:
        wrk(url(run, flags), 1)
        summary = run.folder / "calls"
        pids = [word for pid in process.pids() for word in ("-p", pid)]
        tracer = Process([shutil.which("strace"), "-f", "-c", "-q", "-o", summary, *pids], LOAD_CPU)
        time.sleep(0.5)
        figures = wrk(url(run, flags), 2)
        os.kill(tracer.popen.pid, signal.SIGINT)
        tracer.wait(20)
        calls = {name: int(number) for number, name in re.findall(
            r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)(?:\s+\d+)?\s+(\w+)$", summary.read_text(), re.M)}
    total = calls.pop("total", sum(calls.values()))
    if not total:
        raise RuntimeError("strace saw nothing: may it attach to other processes?")
    most = sorted(calls.items(), key=lambda call: -call[1])[:7]
    return {"system_calls": total / figures["requests"],
            "most": ", ".join(f"{name} {number / figures['requests']:.2f}"
                              for name, number in most)}
