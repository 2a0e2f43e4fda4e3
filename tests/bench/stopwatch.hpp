#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

namespace lab::bench {

/// Keeps the compiler from removing what nobody looks at.
template <typename T>
void keep(const T& value)
{
    asm volatile("" : : "g"(&value) : "memory");
}

/// What a call took, over the rounds: nanoseconds.
struct Spread {
    double best = 0;
    double median = 0;
    double slow = 0; ///< 95 % of the rounds were faster.
};

/// Times so many rounds of so many calls. The best is what the code can do, the spread how far the
/// machine let it.
template <typename Work>
Spread timeRounds(int rounds, int callsPerRound, Work&& work)
{
    std::vector<double> all;
    for (int round = 0; round < rounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        for (int call = 0; call < callsPerRound; ++call) {
            work();
        }
        const std::chrono::duration<double, std::nano> took =
            std::chrono::steady_clock::now() - start;
        all.push_back(took.count() / callsPerRound);
    }
    std::sort(all.begin(), all.end());
    return {all.front(), all[all.size() / 2], all[all.size() * 95 / 100]};
}

/// Prints the nanoseconds one call takes.
template <typename Work>
void measure(const char* what, Work&& work)
{
    // Rounds are short enough not to be interrupted every time.
    const Spread spread = timeRounds(400, 2'000, work);
    std::printf(
        "%-52s %8.1f ns  (median %.1f, p95 %.1f)\n", what, spread.best, spread.median, spread.slow);
}

/// As measure(), for calls that take long: in microseconds.
template <typename Work>
void measureSlow(const char* what, int rounds, Work&& work)
{
    const Spread spread = timeRounds(rounds, 1, work);
    std::printf("%-52s %8.1f us  (median %.1f, p95 %.1f)\n",
                what,
                spread.best / 1000,
                spread.median / 1000,
                spread.slow / 1000);
}

} // namespace lab::bench
