#include "workload/service_time.hpp"

#include "base/check.hpp"
#include "base/elementary.hpp"

#include <cmath>

namespace lab::workload {
namespace {

double exponentialSeconds(double mean, Random& random)
{
    return -mean * naturalLog(1.0 - random.uniform());
}

/// Marsaglia's polar method; the second number of the pair is left, so that a draw depends on
/// nothing before it.
double standardNormal(Random& random)
{
    while (true) {
        const double u = 2.0 * random.uniform() - 1.0;
        const double v = 2.0 * random.uniform() - 1.0;
        const double s = u * u + v * v;
        if (s > 0.0 && s < 1.0) {
            return u * std::sqrt(-2.0 * naturalLog(s) / s); // IEEE: sqrt is exact to the last bit
        }
    }
}

} // namespace

ServiceTime::ServiceTime(Kind kind, Duration base, Duration mean, double variation)
    : kind_(kind)
    , base_(base)
    , mean_(mean)
    , variation_(variation)
{
    check(base >= Duration::zero() && mean >= Duration::zero(), "no service ends before it began");
}

ServiceTime ServiceTime::constant(Duration time)
{
    return {Kind::Constant, time, {}, 0.0};
}

ServiceTime ServiceTime::exponential(Duration mean, Duration base)
{
    return {Kind::Exponential, base, mean, 1.0};
}

ServiceTime ServiceTime::uniform(Duration low, Duration high)
{
    check(low <= high, "a uniform time has its bounds in order");
    return {Kind::Uniform, low, (high - low) / 2, 1.0 / std::sqrt(3.0)};
}

ServiceTime ServiceTime::lognormal(Duration mean, double variation, Duration base)
{
    check(variation > 0.0 && mean > Duration::zero(), "a lognormal time varies");
    ServiceTime made(Kind::Lognormal, base, mean, variation);
    const double sigmaSquared = naturalLog(1.0 + variation * variation);
    made.a_ = naturalLog(toSeconds(mean)) - sigmaSquared / 2.0;
    made.b_ = std::sqrt(sigmaSquared);
    return made;
}

ServiceTime ServiceTime::hyperexponential(Duration mean, double variation, Duration base)
{
    check(variation >= 1.0, "a hyperexponential time varies at least as an exponential one");
    ServiceTime made(Kind::Hyperexponential, base, mean, variation);
    const double squared = variation * variation;
    made.a_ = 0.5 * (1.0 + std::sqrt((squared - 1.0) / (squared + 1.0)));
    return made;
}

Duration ServiceTime::draw(Random& random) const
{
    const double mean = toSeconds(mean_);
    switch (kind_) {
    case Kind::Constant:
        break;
    case Kind::Exponential:
        return base_ + fromSeconds(exponentialSeconds(mean, random));
    case Kind::Uniform:
        return base_ + fromSeconds(2.0 * mean * random.uniform());
    case Kind::Lognormal:
        return base_ + fromSeconds(naturalExp(a_ + b_ * standardNormal(random)));
    case Kind::Hyperexponential: {
        const double share = random.uniform() < a_ ? a_ : 1.0 - a_;
        return base_ + fromSeconds(exponentialSeconds(mean / (2.0 * share), random));
    }
    }
    return base_;
}

double ServiceTime::variation() const
{
    const double whole = toSeconds(mean());
    return whole > 0.0 ? variation_ * toSeconds(mean_) / whole : 0.0;
}

} // namespace lab::workload
