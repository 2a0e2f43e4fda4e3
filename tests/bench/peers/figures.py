"""From samples to judgements: medians, spreads, ratios to the better peer, targets. Pure.

Samples are `{case: {contender: [{"round": 1, figure: number, …}, …]}}`; a contender is a proxy,
or a proxy's variant ("haproxy-splice"); a sample that failed is {"round": …, "failed": "why"}.
"""
from dataclasses import dataclass

PEERS, OURS = ("nginx", "haproxy"), "ours"
PROXIES = (*PEERS, "floor", OURS)


@dataclass(frozen=True)
class Spread:
    median: float
    least: float
    most: float


def spread_of(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return Spread(median, ordered[0], ordered[-1])


@dataclass(frozen=True)
class Target:
    """A limit for the ratio to the better peer, for the figure itself, or for its deviation."""
    kind: str  # "ratio", "most", "within"
    limit: float

    def excess(self, value):
        """How far beyond the target, in the value's unit; not above 0: met."""
        return (abs(value) if self.kind == "within" else value) - self.limit


@dataclass(frozen=True)
class Row:
    case: str
    figure: str
    title: str
    target: Target = None
    full_size: tuple = None  # (figure, value): only then the target is meant


def ratio(limit):
    return Target("ratio", limit)


def most(limit):
    return Target("most", limit)


ROWS = [
    Row("h1-proxy", "cpu_us", "CPU µs a request", ratio(0.80)),
    Row("tls-proxy", "cpu_us", "CPU µs a request", ratio(0.85)),
    Row("tls-handshakes", "cpu_us", "CPU µs a handshake and request", ratio(0.92)),
    Row("route-1000", "cpu_us", "CPU µs a request", ratio(0.65)),
    Row("route-10000", "cpu_us", "CPU µs a request", ratio(0.60)),
    Row("route-10000", "rss_mb", "memory, MB", most(30)),
    Row("instr", "instructions", "user instructions a request", most(9000)),
    Row("instr-tls", "instructions", "user instructions a request", most(25000)),
    Row("many-lbs", "start_s", "start, s", most(1.0), ("doors", 10_000)),
    Row("many-lbs", "pss_kb_per_door", "PSS, kB each", most(6), ("doors", 10_000)),
    Row("idle-conns", "kb_per_connection", "kB a connection", most(0.6)),
    Row("idle-tls", "kb_per_connection", "kB a connection", most(15)),
    Row("latency", "added_p50_us", "added p50, µs", ratio(0.75)),
    Row("big-body", "cpu_ms_per_gb", "CPU ms a GB", ratio(1.0)),
    Row("big-body-tls", "cpu_ms_per_gb", "CPU ms a GB", ratio(1.0)),
    Row("reload", "errors_per_reload", "errors a reload", most(0)),
    Row("reload", "stale_answers", "stale answers", most(0)),
    Row("reload", "new_route_ms", "new route answers after, ms", most(10)),
    Row("rate-limit", "beyond_ideal", "admitted beyond one exact bucket", Target("within", 1)),
    Row("syscalls", "system_calls", "system calls a request"),
]


@dataclass(frozen=True)
class Cell:
    contender: str
    spread: Spread
    by_round: dict


@dataclass(frozen=True)
class Judged:
    row: Row
    cells: dict       # proxy → Cell, of its cheapest variant
    failures: dict    # proxy → why
    better: str       # peer, or None
    ratio: Spread     # ours by the better peer's of the same round, or None
    verdict: str
    foreign: float    # CPUs that other work took in the worst sample, or None


def proxy_of(contender):
    return contender.split("-")[0]


def cell_of(contender, samples, figure):
    by_round = {one["round"]: one[figure] for one in samples if figure in one}
    return Cell(contender, spread_of(by_round.values()), by_round) if by_round else None


def weight(row, cell):
    """Less is better in every row; where 0 is ideal, nearer is."""
    is_deviation = row.target is not None and row.target.kind == "within"
    return abs(cell.spread.median) if is_deviation else cell.spread.median


def cells_of(row, by_contender):
    cells = {}
    for contender, samples in by_contender.items():
        cell, proxy = cell_of(contender, samples, row.figure), proxy_of(contender)
        if cell and (proxy not in cells or weight(row, cell) < weight(row, cells[proxy])):
            cells[proxy] = cell
    return cells


def ratio_of(ours, other):
    """Round by round, so that what disturbed a round disturbs both; None without a common one."""
    common = [number for number in ours.by_round if other.by_round.get(number, 0) > 0]
    ratios = [ours.by_round[number] / other.by_round[number] for number in common]
    return spread_of(ratios) if ratios else None


def verdict_of(target, spread):
    """Judged by the median; what single rounds showed is added."""
    if target is None or spread is None:
        return "–"
    ends = [target.excess(value) for value in (spread.least, spread.most)]
    beyond = target.excess(spread.median)
    if beyond <= 0:
        return "yes" if max(ends) <= 0 else "yes, not in every round"
    return f"no, {how_far(target, beyond)}" + ("; met in a round" if min(ends) <= 0 else "")


def how_far(target, beyond):
    if target.limit == 0:
        return "beyond"
    if beyond > target.limit:
        return f"{1 + beyond / target.limit:.1f} × the target"
    return f"{100 * beyond / target.limit:.0f} % beyond"


def judge(row, by_contender):
    cells = cells_of(row, by_contender)
    failures = {}
    for contender, samples in by_contender.items():
        for one in samples:
            if "failed" in one:
                failures.setdefault(proxy_of(contender), one["failed"])
    peers = [peer for peer in PEERS if peer in cells]
    better = min(peers, key=lambda peer: weight(row, cells[peer])) if peers else None
    ours = cells.get(OURS)
    is_comparable = row.target is None or row.target.kind != "within"
    relative = ratio_of(ours, cells[better]) if ours and better and is_comparable else None
    return Judged(row, cells, failures, better, relative,
                  verdict_for(row, by_contender, ours, relative, failures),
                  foreign_of(by_contender))


def verdict_for(row, by_contender, ours, relative, failures):
    if OURS in failures:
        return "no: it failed"
    if row.full_size and ours:
        name, value = row.full_size
        if any(one.get(name) != value for one in by_contender[OURS]):
            return "–"
    subject = relative if row.target and row.target.kind == "ratio" else ours and ours.spread
    return verdict_of(row.target, subject)


def foreign_of(by_contender):
    values = [one["foreign_busy"] for samples in by_contender.values()
              for one in samples if "foreign_busy" in one]
    return max(values) if values else None


def judge_all(samples):
    return [judge(row, samples[row.case]) for row in ROWS
            if any(samples.get(row.case, {}).values())]
