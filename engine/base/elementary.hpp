#pragma once

namespace lab {

// Logarithm and exponential that give the same bits everywhere: additions, multiplications and
// divisions of IEEE doubles only, in a fixed order, while the last bit of std::log() is the
// library's own affair. For seeded draws, which must not differ from one machine to the next.

/// ln x, within 1 unit in the last place. \pre x is finite, above zero, and not subnormal
/// Source of the method and the coefficients: FreeBSD msun e_log.c (Sun Microsystems, 1993).
[[nodiscard]] double naturalLog(double x);

/// e to the x, within 2 units in the last place; 0 below -700, and no more than e^700.
[[nodiscard]] double naturalExp(double x);

} // namespace lab
