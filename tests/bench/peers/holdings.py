"""Cases of what is held: many doors with a certificate each, and connections that do nothing."""
import random
import socket
import ssl
import subprocess
import time

from . import machine
from .clients import ask, wait_until_up, wrk
from .loads import url
from .processes import LOAD_CPU, CpuTime, Process, memory_kb, read

START_SECONDS_MAX = 120
DOORS_CHECKED = 40


def doors(bench, proxy, flags, _):
    """From the start until every door accepts; then some are asked, and their certificates seen."""
    with bench.run(doors=bench.doors(bench.settings.doors)) as run:
        bench.settle()
        busy, since = machine.busy_seconds()[0], time.monotonic()
        process = proxy.start(run, flags)
        try:
            last = run.doors[-1]
            wait_until_up(process, last["port"], START_SECONDS_MAX, address=last["addr"],
                          host=host_of(last), tls=True)
            started = accepted_by_all(run.doors, since)
            cpu_seconds = CpuTime(process.pids()).seconds
            foreign = machine.busy_seconds()[0] - busy - cpu_seconds
            wrong = sum(not is_served_right(door) for door in
                        random.Random(1).sample(run.doors, min(len(run.doors), DOORS_CHECKED)))
            if wrong:
                raise RuntimeError(f"{wrong} of {DOORS_CHECKED} doors serve another certificate")
            resident, proportional = memory_kb(process.pids())
        finally:
            process.end()
    count = len(run.doors)
    return {"doors": count, "start_s": started, "cpu_s": cpu_seconds,
            "foreign_busy": max(0.0, foreign) / started,
            "rss_mb": resident / 1024, "pss_mb": proportional / 1024,
            "kb_per_door": resident / count, "pss_kb_per_door": proportional / count}


def host_of(door):
    return f"svc{door['i']}.example.test"


def accepted_by_all(all_doors, since):
    """Seconds since then; a proxy may start its doors in any order."""
    started = time.monotonic() - since
    for door in all_doors:
        while time.monotonic() - since < START_SECONDS_MAX:
            try:
                socket.create_connection((door["addr"], door["port"]), timeout=5).close()
                break
            except OSError:
                time.sleep(0.05)
                started = time.monotonic() - since
        else:
            raise RuntimeError(f"door {door['i']} was not open in {START_SECONDS_MAX} s")
    return started


def is_served_right(door):
    answer = ask(door["port"], address=door["addr"], host=host_of(door), tls=True, timeout=10)
    return (answer.status == 200 and
            answer.certificate == ssl.PEM_cert_to_DER_cert(read(door["cert"])))


def idle(bench, proxy, flags, _):
    """What the proxy's memory grows by for each connection that asked once and then rests."""
    # A proxy may reserve two descriptors for each connection.
    count = min(bench.settings.connections, bench.open_files // 2 - 300)
    with bench.run() as run, bench.running(proxy, run, flags) as process:
        wrk(url(run, flags), 1)
        time.sleep(0.3)
        before = memory_kb(process.pids())
        command = [bench.programs / "idler", count, run.port] + (["tls"] if "TLS" in flags else [])
        idler = Process(command, LOAD_CPU, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            _, opened, failed = idler.popen.stdout.readline().split()
            time.sleep(1)
            after = memory_kb(process.pids())
        finally:
            idler.popen.stdin.close()
            idler.popen.stdout.close()
            idler.end()
    opened = int(opened)
    return {"connections": opened, "not_opened": int(failed), "rss_mb": after[0] / 1024,
            "kb_per_connection": (after[0] - before[0]) / max(1, opened),
            "pss_kb_per_connection": (after[1] - before[1]) / max(1, opened)}
