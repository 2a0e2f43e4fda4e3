"""What asks the proxies: single requests over raw sockets, and the load tools wrk and h2load."""
import random
import re
import socket
import ssl
import tempfile
import time

from .processes import LOAD_CPU, Process

LOOPBACK = "127.0.0.1"
PORTS = (21000, 31000)  # below the kernel's ephemeral ones
SPARE_SECONDS = 30      # that a load tool may take beyond its own duration


def _client_tls():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(["http/1.1"])
    return context


CLIENT_TLS = _client_tls()


def free_port():
    for _ in range(200):
        port = random.randint(*PORTS)
        with socket.socket() as one:
            try:
                one.bind((LOOPBACK, port))
                return port
            except OSError:
                continue
    raise RuntimeError(f"no port is free from {PORTS[0]} to {PORTS[1]}")


class Answer:
    def __init__(self, data, certificate):
        status = re.match(rb"HTTP/1\.[01] (\d+)", data)
        self.status = int(status.group(1)) if status else 0
        self.data = data
        self.body = data[data.find(b"\r\n\r\n") + 4:]
        self.certificate = certificate


def _is_whole(data):
    end = data.find(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", data[:end + 2]) if end > 0 else None
    return length is not None and len(data) >= end + 4 + int(length.group(1))


def ask(port, address=LOOPBACK, host="localhost", path="/", tls=False, timeout=3):
    connection = socket.create_connection((address, port), timeout=timeout)
    try:
        certificate = None
        if tls:
            connection = CLIENT_TLS.wrap_socket(connection, server_hostname=host)
            certificate = connection.getpeercert(True)
        head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode())
        data = b""
        while not _is_whole(data):
            try:
                more = connection.recv(65536)
            except ssl.SSLError:
                break
            if not more:
                break
            data += more
        return Answer(data, certificate)
    finally:
        connection.close()


def wait_until_up(process, port, seconds, **request):
    """Returns once the proxy answers 200."""
    deadline, last = time.monotonic() + seconds, ""
    while time.monotonic() < deadline:
        if not process.is_alive():
            raise RuntimeError(f"it ended: {process.last_words()}")
        try:
            answer = ask(port, timeout=2, **request)
            if answer.status == 200:
                return
            last = f"status {answer.status}"
        except OSError as error:
            last = repr(error)
        time.sleep(0.01)
    raise RuntimeError(f"not up in {seconds} s: {last}; {process.last_words()}")


def run_load_tool(command, seconds, prefix=()):
    """Its output, and the CPU seconds that it used."""
    with tempfile.TemporaryFile() as output:
        tool = Process(command, LOAD_CPU, prefix, stdout=output, stderr=output)
        cpu_seconds = tool.wait(seconds + SPARE_SECONDS)
        output.seek(0)
        return output.read().decode(errors="replace"), cpu_seconds


def wrk(url, seconds, connections=64, headers=(), script=None, prefix=()):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "8s", "--latency"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", script]
    output, cpu_seconds = run_load_tool(command + [url], seconds, prefix)
    return {**read_wrk(output), "load_cpu_s": cpu_seconds}


def read_wrk(output):
    total = re.search(r"(\d+) requests in ([\d.]+)(ms|s|m), ([\d.]+)([KMGT]?)B read", output)
    if not total:
        raise RuntimeError("wrk says: " + output[-400:])
    binary = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
    unit = {"us": 1, "ms": 1e3, "s": 1e6, "m": 60e6}
    figures = {"requests": int(total.group(1)),
               "seconds": float(total.group(2)) * unit[total.group(3)] / 1e6,
               "bytes": float(total.group(4)) * binary[total.group(5)],
               "not_2xx": 0}
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)",
                       output)
    figures["socket_errors"] = sum(map(int, errors.groups())) if errors else 0
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    if refused:
        figures["not_2xx"] = int(refused.group(1))
    figures["errors"] = figures["socket_errors"] + figures["not_2xx"]
    for percent in ("50", "99"):
        found = re.search(rf"\s{percent}%\s+([\d.]+)(us|ms|s|m)\b", output)
        if found:
            figures[f"p{percent}_us"] = float(found.group(1)) * unit[found.group(2)]
    return figures


def h2load_at_rate(url, clients, rate_each, seconds, log=None, prefix=()):
    command = ["h2load", "--h1", "-t1", f"-c{clients}", f"--rps={rate_each}", f"-D{seconds}",
               "--connection-inactivity-timeout=20"]
    if log:
        command.append(f"--log-file={log}")
    return run_load_tool(command + [url], seconds, prefix)
