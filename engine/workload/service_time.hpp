#pragma once

#include "base/instant.hpp"
#include "base/random.hpp"

namespace lab::workload {

/// How long does a pod take for one request?  A constant part and a part by chance.
///
/// Drawn with our own arithmetic (base/elementary.hpp): the same stream, the same nanoseconds on
/// every machine. A value.
class ServiceTime {
public:
    enum class Kind {
        Constant,         ///< `base` alone.
        Exponential,      ///< Memoryless.
        Uniform,          ///< From 0 to twice the mean.
        Lognormal,        ///< Skewed: most are quick, a few slow.
        Hyperexponential, ///< Of two exponentials, with balanced means: a few are very slow.
    };

    /// Takes no time.
    ServiceTime() = default;

    [[nodiscard]] static ServiceTime constant(Duration time);
    /// base + exponential of that mean.
    [[nodiscard]] static ServiceTime exponential(Duration mean, Duration base = {});
    /// \pre low <= high
    [[nodiscard]] static ServiceTime uniform(Duration low, Duration high);
    /// \param variation  standard deviation by mean, of the part by chance \pre above 0
    [[nodiscard]] static ServiceTime lognormal(Duration mean, double variation, Duration base = {});
    /// \param variation  as above \pre at least 1
    [[nodiscard]] static ServiceTime
    hyperexponential(Duration mean, double variation, Duration base = {});

    [[nodiscard]] Duration draw(Random& random) const;

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] bool isConstant() const { return kind_ == Kind::Constant; }
    [[nodiscard]] Duration mean() const { return base_ + mean_; }
    /// Standard deviation by mean, of the whole: for theory; 0 if it takes no time.
    [[nodiscard]] double variation() const;

    friend bool operator==(const ServiceTime&, const ServiceTime&) = default;

private:
    ServiceTime(Kind kind, Duration base, Duration mean, double variation);

    Kind kind_ = Kind::Constant;
    Duration base_{};
    Duration mean_{};        ///< Of the part by chance.
    double variation_ = 0.0; ///< Of the part by chance.
    double a_ = 0.0;         ///< Lognormal: mu; hyperexponential: chance of the first.
    double b_ = 0.0;         ///< Lognormal: sigma.
};

} // namespace lab::workload
