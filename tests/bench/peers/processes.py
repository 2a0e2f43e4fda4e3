"""Programs under measurement: started, pinned to a CPU, weighed, and ended with their children."""
import os
import re
import signal
import subprocess
import threading
import time

CPUS = os.cpu_count() or 1
PROXY_CPU = os.environ.get("PROXY_CPU", "0")
LOAD_CPU = os.environ.get("LOAD_CPU", "1" if CPUS > 1 else "0")
PRIORITY = -20
TICKS = os.sysconf("SC_CLK_TCK")
END_SECONDS, KILL_SECONDS = 1, 5

_running = []


def read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def _fields(pid):
    """/proc/PID/stat behind the program's name: state, parent, group, session, …"""
    text = read(f"/proc/{pid}/stat")
    return text[text.rindex(")") + 2:].split() if text else None


def descendants(root):
    """The process, what it started, and all of its session (masters that fork twice)."""
    children, sessions = {}, {}
    for name in os.listdir("/proc"):
        fields = _fields(name) if name.isdigit() else None
        if fields:
            children.setdefault(int(fields[1]), []).append(int(name))
            sessions.setdefault(int(fields[3]), []).append(int(name))
    found, waiting = set(), [root] + sessions.get(root, [])
    while waiting:
        pid = waiting.pop()
        if pid not in found and os.path.exists(f"/proc/{pid}"):
            found.add(pid)
            waiting += children.get(pid, [])
    return sorted(found)


class CpuTime:
    """What processes have run so far: seconds of all their threads; user and system ticks.

    The seconds are the scheduler's own nanoseconds, with the kernel's work for their sockets.
    """

    def __init__(self, pids):
        nanoseconds = self.user = self.system = 0
        for pid in pids:
            try:
                threads = os.listdir(f"/proc/{pid}/task")
            except OSError:
                continue
            for thread in threads:
                words = read(f"/proc/{pid}/task/{thread}/schedstat").split()
                nanoseconds += int(words[0]) if words else 0
            fields = _fields(pid)
            if fields:
                user, system, ended_user, ended_system = map(int, fields[11:15])
                self.user += user + ended_user
                self.system += system + ended_system
                nanoseconds += (ended_user + ended_system) * 1_000_000_000 // TICKS
        self.seconds = nanoseconds / 1e9


def memory_kb(pids):
    """Resident memory: the sum, and with shared pages counted once."""
    resident = proportional = 0
    for pid in pids:
        match = re.search(r"VmRSS:\s+(\d+)", read(f"/proc/{pid}/status"))
        resident += int(match.group(1)) if match else 0
        match = re.search(r"^Pss:\s+(\d+)", read(f"/proc/{pid}/smaps_rollup"), re.M)
        proportional += int(match.group(1)) if match else 0
    return resident, proportional


def outrank(pid):
    """Other work yields to the session: with autogroups a session's own nice value counts."""
    try:
        with open(f"/proc/{pid}/autogroup", "w") as file:
            file.write(str(PRIORITY))
    except OSError:
        pass


class Process:
    """A program in a session of its own. Whoever starts it ends it, at the latest end_all()."""

    def __init__(self, command, cpu, prefix=(), environment=None, log=None, **streams):
        self.log = log
        output = open(log, "ab") if log else subprocess.DEVNULL
        streams = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output, **streams}
        self.popen = subprocess.Popen(["taskset", "-c", cpu, *prefix, *map(str, command)],
                                      env={**os.environ, **(environment or {})},
                                      start_new_session=True, **streams)
        if log:
            output.close()
        _running.append(self)
        outrank(self.popen.pid)

    def pids(self):
        return descendants(self.popen.pid)

    def is_alive(self):
        return self.popen.poll() is None

    def last_words(self):
        return read(self.log)[-600:] if self.log else ""

    def wait(self, seconds):
        """CPU seconds that it used; it is killed when it takes longer."""
        timer = threading.Timer(seconds, os.kill, (self.popen.pid, signal.SIGKILL))
        timer.start()
        try:
            _, _, usage = os.wait4(self.popen.pid, 0)
        finally:
            timer.cancel()
        self.popen.returncode = 0
        self.forget()
        return usage.ru_utime + usage.ru_stime

    def forget(self):
        if self in _running:
            _running.remove(self)

    def end(self):
        mine = self.pids()
        for number, seconds in ((signal.SIGTERM, END_SECONDS), (signal.SIGKILL, KILL_SECONDS)):
            for pid in mine:
                try:
                    os.kill(pid, number)
                except OSError:
                    pass
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                self.popen.poll()
                if not any(_is_running(pid) for pid in mine):
                    self.forget()
                    return
                time.sleep(0.02)
        self.forget()


def _is_running(pid):
    fields = _fields(pid)
    return fields is not None and fields[0] != "Z"


def end_all():
    """Called on every way out, and not to be interrupted once begun."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for process in list(_running):
        process.end()
