#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>

namespace lab::bench {

/// Keeps the compiler from removing what nobody looks at.
template <typename T>
void keep(const T& value)
{
    asm volatile("" : : "g"(&value) : "memory");
}

/// Prints the nanoseconds one call takes: the best of several rounds, since others only slow it.
template <typename Work>
void measure(const char* what, Work&& work)
{
    constexpr int rounds = 400;
    constexpr int callsPerRound = 2'000; // short enough not to be interrupted every time
    double best = std::numeric_limits<double>::max();
    for (int round = 0; round < rounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        for (int call = 0; call < callsPerRound; ++call) {
            work();
        }
        const std::chrono::duration<double, std::nano> took =
            std::chrono::steady_clock::now() - start;
        best = std::min(best, took.count() / callsPerRound);
    }
    std::printf("%-52s %8.1f ns\n", what, best);
}

} // namespace lab::bench
