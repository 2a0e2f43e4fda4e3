#include "base/elementary.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>

namespace lab {
namespace {

// ln 2 in two parts: the first with so few bits that its multiples up to 1100 are exact.
constexpr double ln2High = 6.93147180369123816490e-01;
constexpr double ln2Low = 1.90821492927058770002e-10;

constexpr int mantissaBits = 52;
constexpr std::uint64_t mantissaMask = (std::uint64_t{1} << mantissaBits) - 1;
constexpr int exponentBias = 1023;

double powerOfTwo(std::int64_t exponent)
{
    return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + exponentBias)
                                 << mantissaBits);
}

} // namespace

double naturalLog(double x)
{
    check(x >= std::numeric_limits<double>::min() && x <= std::numeric_limits<double>::max(),
          "a logarithm is of a normal number above zero");
    const auto bits = std::bit_cast<std::uint64_t>(x);
    auto exponent = static_cast<std::int64_t>(bits >> mantissaBits) - exponentBias;
    double m = std::bit_cast<double>((bits & mantissaMask) | std::bit_cast<std::uint64_t>(1.0));
    if (m > 1.4142135623730951) { // to [√½, √2)
        m *= 0.5;
        ++exponent;
    }
    const double f = m - 1.0;
    const double s = f / (2.0 + f);
    const double z = s * s;
    const double w = z * z;
    const double even = w * (3.999999999940941908e-01 +
                             w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    const double odd = z * (6.666666666666735130e-01 +
                            w * (2.857142874366239149e-01 +
                                 w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
    const double half = 0.5 * f * f;
    const auto k = static_cast<double>(exponent);
    return k * ln2High - ((half - (s * (half + (even + odd)) + k * ln2Low)) - f);
}

double naturalExp(double x)
{
    constexpr double largest = 700.0;
    constexpr double perLn2 = 1.44269504088896338700;
    constexpr int terms = 14; // 0.35^14 / 14! is below a unit in the last place
    if (x < -largest) {
        return 0.0;
    }
    const double known = std::min(x, largest);
    const auto k = static_cast<std::int64_t>(known * perLn2 + (known < 0 ? -0.5 : 0.5));
    const auto multiple = static_cast<double>(k);
    const double r = (known - multiple * ln2High) - multiple * ln2Low;
    double sum = 1.0;
    for (int n = terms; n > 0; --n) {
        sum = 1.0 + r * sum / n;
    }
    return sum * powerOfTwo(k);
}

} // namespace lab
