"""The comparison as Markdown: a table of what is promised, then every figure of every case. Pure.
"""
from .figures import OURS, PROXIES, judge_all, proxy_of, spread_of

TITLES = {"nginx": "nginx", "haproxy": "HAProxy", "floor": "floor", OURS: "ours"}
DISTURBED = 0.15
NOT_SHOWN = {"round", "failed", "bytes", "seconds", "load_cpu_s", "cpu_s"}


def number(value):
    if value == 0:
        return "0"
    size = abs(value)
    decimals = 0 if size >= 1000 or isinstance(value, int) else 1 if size >= 10 else 2
    return f"{value:,.{decimals}f}".replace("-", "−")


def spread(one, show=number):
    if one.least == one.most:
        return show(one.median)
    return f"{show(one.median)} ({show(one.least)}–{show(one.most)})"


def two_decimals(value):
    return f"{value:.2f}"


def target(one):
    if one is None:
        return ""
    if one.kind == "ratio":
        return f"≤ {one.limit:.2f} ×"
    if one.kind == "within":
        return f"0 ± {number(one.limit)}"
    return f"≤ {number(one.limit)}" if one.limit else "0"


def cell(judged, proxy):
    one = judged.cells.get(proxy)
    if one is None:
        return "failed" if proxy in judged.failures else ""
    variant = one.contender[len(proxy) + 1:]
    return spread(one.spread) + (f", {variant}" if variant else "")


def row(judged):
    relative = ""
    if judged.ratio:
        relative = f"{spread(judged.ratio, two_decimals)} × {TITLES[judged.better]}"
    foreign = "" if judged.foreign is None else two_decimals(judged.foreign)
    return [judged.row.case, judged.row.title, *(cell(judged, proxy) for proxy in PROXIES),
            relative, target(judged.row.target), judged.verdict, foreign]


def lines_of(header, rows):
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for one in rows:
        yield "| " + " | ".join(one) + " |"


def heading(document):
    machine = document["machine"]
    versions = ", ".join(f"{TITLES[name]} {version}"
                         for name, version in document["versions"].items() if version)
    quick = "; quick, so no figure to quote" if document["quick"] else ""
    return [f"{machine['date']} · {machine['cpu']}, {machine['cpus']} CPUs · "
            f"Linux {machine['kernel']}",
            f"{versions} · up to {document['rounds']} rounds{quick}"]


def summary(document):
    """The table that engine/README.md explains."""
    judged = judge_all(document["samples"])
    header = ["case", "figure", *TITLES.values(), "ours / better peer", "target", "met", "others"]
    lines = [*heading(document), "", *lines_of(header, map(row, judged)), "",
             "Median (least–most) of the rounds. others: CPUs that anything else took at worst."]
    disturbed = sorted({one.row.case for one in judged if (one.foreign or 0) > DISTURBED})
    if disturbed:
        lines.append(f"Disturbed by other work: {', '.join(disturbed)}.")
    for case, contender, why in failures(document["samples"]):
        lines.append(f"Failed: {case}, {contender}: {why}")
    return "\n".join(lines) + "\n"


def failures(samples):
    return [(case, contender, " ".join(one["failed"].split()))
            for case, by_contender in samples.items()
            for contender, of_contender in by_contender.items()
            for one in of_contender if "failed" in one]


def details(document):
    """Every figure of every case."""
    lines = []
    for case, by_contender in document["samples"].items():
        names = figure_names(by_contender)
        rows = [[contender, *(detail(samples, name) for name in names)]
                for contender, samples in by_contender.items()]
        lines += [f"## {case}", "", *lines_of(["", *names], rows), ""]
    return "\n".join(lines)


def figure_names(by_contender):
    names = {}
    for samples in by_contender.values():
        for one in samples:
            names.update(dict.fromkeys(name for name in one if name not in NOT_SHOWN))
    return list(names)


def detail(samples, name):
    values = [one[name] for one in samples if name in one]
    if not values:
        return ""
    return values[-1] if isinstance(values[-1], str) else spread(spread_of(values))


def markdown(document):
    return summary(document) + "\n" + details(document)
