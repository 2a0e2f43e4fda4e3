"""The rounds of all cases: interleaved, so that noise and drift hit every proxy alike."""
import json
import sys
import time

from . import machine, table
from .cases import rounds_of


def say(text):
    print(f"peers: {text}", file=sys.stderr, flush=True)


def duration(seconds):
    return f"{seconds / 60:.0f} min" if seconds >= 100 else f"{seconds:.0f} s"


def estimate(cases, proxies, repeats, is_quick):
    """Seconds that the rounds will take on a quiet machine."""
    total = 0
    for case in cases:
        starts = sum(len(proxy.variants_of(case)) for proxy in proxies if proxy.takes(case))
        total += rounds_of(case, repeats, is_quick) * starts * case.seconds[is_quick]
    return total


class Comparison:
    """Runs the cases and keeps what they told; `write` may be called at any time."""

    def __init__(self, bench, proxies, repeats, is_quick, out, seconds_max):
        self.bench, self.proxies, self.repeats, self.is_quick = bench, proxies, repeats, is_quick
        self.out, self.deadline = out, time.monotonic() + seconds_max
        self.samples, self.most_rounds = {}, 0
        self.machine = machine.facts()
        self.versions = {proxy.name: proxy.version() for proxy in proxies}

    def play(self, cases):
        for case in cases:
            self._play(case)

    def _play(self, case):
        taking = [proxy for proxy in self.proxies if proxy.takes(case)]
        rounds = rounds_of(case, self.repeats, self.is_quick)
        self.samples[case.name] = {proxy.name: [] for proxy in taking}
        self.most_rounds = max(self.most_rounds, rounds)
        for number in range(1, rounds + 1):
            if number > 1 and time.monotonic() > self.deadline:
                say(f"{case.name}: out of time after round {number - 1}")
                return
            first = (number - 1) % len(taking)
            told = []
            for proxy in taking[first:] + taking[:first]:  # each round starts elsewhere
                since = time.monotonic()
                for suffix, more_flags in proxy.variants_of(case):
                    self._sample(case, proxy, suffix, more_flags, number)
                told.append(f"{proxy.name} {time.monotonic() - since:.0f} s")
            say(f"{case.name}, round {number} of {rounds}: {', '.join(told)}")
            self.write()

    def _sample(self, case, proxy, suffix, more_flags, number):
        contender = f"{proxy.name}-{suffix}" if suffix else proxy.name
        kept = self.samples[case.name].setdefault(contender, [])
        if any("failed" in one for one in kept):
            return
        try:
            figures = case.measure(self.bench, proxy, case.flags | set(more_flags), case.argument)
        except Exception as error:  # a proxy that fails a case must not end the others'
            figures = {"failed": str(error)[-400:] or repr(error)}
            say(f"{case.name}, {contender}: failed: {figures['failed']}")
        kept.append({"round": number, **figures})

    def document(self):
        return {"schemaVersion": 1, "machine": self.machine, "versions": self.versions,
                "quick": self.is_quick, "rounds": self.most_rounds,
                "settings": vars(self.bench.settings), "samples": self.samples}

    def has_samples(self):
        return any(kept for by_contender in self.samples.values()
                   for kept in by_contender.values())

    def has_failures(self):
        return bool(table.failures(self.samples))

    def write(self):
        document = self.document()
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self.out.with_suffix(".json").write_text(json.dumps(document, indent=1) + "\n")
        self.out.with_suffix(".md").write_text(table.markdown(document))
