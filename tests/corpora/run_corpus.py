#!/usr/bin/env python3
"""Run a corpus of raw HTTP against a real door of the live engine.

    run_corpus.py http1|streams CORPUS_DOOR [--workers N] [RUNNER ARGUMENTS...]

Starts CORPUS_DOOR before a free port of 127.0.0.1, on which the corpus's own runner plays the upstream.
Exit: the runner's, or 1 if the door did not end in good order (a sanitizer's report, a crash).
"""
import pathlib
import socket
import subprocess
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent
RUNNERS = {"http1": (TESTS / "http1-corpus" / "run_http1_corpus.py", "--upstream-echo"),
           "streams": (TESTS / "streams-corpus" / "run_streams.py", "--upstream")}
SECONDS_MAX = 900


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def main():
    corpus, program, *rest = sys.argv[1:]
    workers = "1"
    if rest[:1] == ["--workers"]:
        workers, rest = rest[1], rest[2:]
    runner, option = RUNNERS[corpus]
    port = str(free_port())
    door = subprocess.Popen([program, port, workers], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        host, _, door_port = door.stdout.readline().strip().rpartition(":")
        if not host:
            print("the door did not start")
            return 2
        code = subprocess.run([sys.executable, str(runner), host, door_port, option, port, *rest],
                              timeout=SECONDS_MAX).returncode
        door.stdin.close()
        ended = door.wait(timeout=30)
    finally:
        door.kill()
        door.wait()
    if ended != 0:
        print(f"the door ended with {ended}")
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
