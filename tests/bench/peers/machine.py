"""The machine under the measurement: how busy it is, what it allows, and what it is."""
import os
import re
import resource
import shutil
import subprocess
import time

from .processes import PRIORITY, TICKS, outrank, read

OPEN_FILES_WANTED = 200_000
QUIET = 0.15  # CPUs that other work may take before a sample counts as disturbed


def busy_seconds():
    """CPU seconds that all processors worked so far; and those that the host took away."""
    words = [int(word) for word in read("/proc/stat").split("\n")[0].split()[1:]]
    user, nice, system, _, _, interrupts, soft_interrupts, stolen = words[:8]
    return (user + nice + system + interrupts + soft_interrupts) / TICKS, stolen / TICKS


def wait_until_quiet(seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        before, since = busy_seconds()[0], time.monotonic()
        time.sleep(0.4)
        if (busy_seconds()[0] - before) / (time.monotonic() - since) < QUIET:
            return


def raise_open_files():
    """The limit of open files, which whatever is started inherits."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES_WANTED, OPEN_FILES_WANTED))
    except (ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def raise_priority():
    """Other work takes what the measurement leaves over. Is that allowed?"""
    outrank(os.getpid())
    try:
        os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)
        return True
    except OSError:
        return False


def real_time(pids, is_on):
    """A prefix that gives real-time priority, which these processes get too; empty if forbidden.

    For latency under light load: else another program's time slices would be what is measured.
    """
    policy = os.SCHED_RR if is_on else os.SCHED_OTHER
    try:
        for pid in pids:
            os.sched_setscheduler(pid, policy, os.sched_param(1 if is_on else 0))
    except OSError:
        return []
    return ["chrt", "-r", "1"] if is_on and shutil.which("chrt") else []


def words_of(command, pattern):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.search(pattern, done.stdout + done.stderr)
    return found.group(1) if found else ""


def facts():
    model = re.search(r"model name\s*:\s*(.*)", read("/proc/cpuinfo"))
    return {"date": time.strftime("%Y-%m-%d %H:%M"),
            "cpu": model.group(1) if model else os.uname().machine,
            "cpus": os.cpu_count(),
            "kernel": os.uname().release}


def commit_of(folder):
    """The commit that a checkout is at, with a + when it has changes; empty outside of git."""
    git = ["git", "-C", str(folder)]
    commit = words_of(git + ["rev-parse", "--short", "HEAD"], r"^([0-9a-f]+)$")
    changed = words_of(git + ["status", "--porcelain", "--untracked-files=no"], r"(\S)")
    return commit + ("+" if commit and changed else "")
