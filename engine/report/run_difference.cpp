#include "report/run_difference.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace lab::report {
namespace {

using measurement::Interval;
using measurement::MeanEstimate;
using Verdict = DifferenceRow::Verdict;

constexpr double bucketWidth = 1.0 / 128; // LatencyHistogram::relativeError

/// What one style's answers come to.
struct Sample {
    std::uint64_t answers = 0;
    MeanEstimate latency;    ///< Of batches' means.
    MeanEstimate throughput; ///< Answers a second, of batches.
    double inflation = 1.0;  ///< How much more than independent answers the batches scatter.
};

double varianceOf(const std::vector<ResultStyle::Bucket>& buckets)
{
    double count = 0.0;
    double sum = 0.0;
    double squares = 0.0;
    for (const ResultStyle::Bucket& bucket : buckets) {
        const auto weight = static_cast<double>(bucket.count);
        count += weight;
        sum += weight * bucket.upperBoundMs;
        squares += weight * bucket.upperBoundMs * bucket.upperBoundMs;
    }
    return count < 2.0 ? 0.0 : std::max(0.0, squares / count - sum / count * (sum / count));
}

Sample sampleOf(const ResultStyle& style)
{
    std::vector<double> means;
    std::vector<double> rates;
    const double length = style.batches.empty()
                              ? 0.0
                              : style.measuredSeconds / static_cast<double>(style.batches.size());
    for (const ResultStyle::Batch& batch : style.batches) {
        if (batch.count > 0) {
            means.push_back(batch.meanMs);
        }
        rates.push_back(length > 0.0 ? static_cast<double>(batch.count) / length : 0.0);
    }
    Sample sample;
    for (const ResultStyle::Bucket& bucket : style.buckets) {
        sample.answers += bucket.count;
    }
    const std::size_t warmUp = measurement::warmUpCount(means);
    sample.latency = measurement::estimateOf(std::span(means).subspan(warmUp));
    sample.throughput = measurement::estimateOf(rates);
    const double independent =
        varianceOf(style.buckets) / static_cast<double>(std::max<std::uint64_t>(sample.answers, 1));
    if (independent > 0.0) {
        sample.inflation = std::max(1.0, sample.latency.variance / independent);
    }
    return sample;
}

/// The value at that rank, from the buckets. \pre there is an answer
double valueAt(const ResultStyle& style, double rank)
{
    double seen = 0.0;
    for (const ResultStyle::Bucket& bucket : style.buckets) {
        seen += static_cast<double>(bucket.count);
        if (seen >= rank) {
            return bucket.upperBoundMs;
        }
    }
    return style.buckets.back().upperBoundMs;
}

struct Quantile {
    double value = 0.0;
    Interval interval;
};

Quantile quantileOf(const ResultStyle& style, const Sample& sample, double q)
{
    const auto count = static_cast<double>(sample.answers);
    const double reach = 1.96 * std::sqrt(count * q * (1.0 - q) * sample.inflation);
    const double rank = std::ceil(q * count);
    Quantile quantile;
    quantile.value = valueAt(style, rank);
    quantile.interval.low = valueAt(style, std::max(1.0, rank - reach)) * (1.0 - bucketWidth);
    quantile.interval.high = valueAt(style, std::min(count, rank + reach + 1.0));
    if (rank + reach > count) {
        quantile.interval.high = INFINITY; // beyond the slowest: nobody knows
    }
    return quantile;
}

Verdict verdictOf(const Interval& difference)
{
    if (difference.contains(0.0)) {
        return Verdict::NoDifference;
    }
    return difference.low > 0.0 ? Verdict::Higher : Verdict::Lower;
}

/// Adds one style's rows.
class StyleRows {
public:
    StyleRows(std::string name,
              const ResultStyle& a,
              const ResultStyle& b,
              std::vector<DifferenceRow>& rows)
        : name_(std::move(name))
        , a_(a)
        , b_(b)
        , sampleA_(sampleOf(a))
        , sampleB_(sampleOf(b))
        , rows_(rows)
    {
    }

    void addAll()
    {
        addPlanned();
        addShares();
        const std::string why = whyUnknown();
        add("requestsPerSecond",
            "1/s",
            sampleA_.throughput.mean,
            sampleB_.throughput.mean,
            measurement::differenceOf(sampleA_.throughput, sampleB_.throughput),
            why);
        add("latency.mean",
            "ms",
            sampleA_.latency.mean,
            sampleB_.latency.mean,
            measurement::differenceOf(sampleA_.latency, sampleB_.latency),
            why);
        addQuantiles(why);
    }

private:
    void add(const char* metric,
             std::string unit,
             double a,
             double b,
             Interval difference,
             const std::string& why)
    {
        DifferenceRow row{name_, metric, std::move(unit), a, b, difference, {}, why};
        row.verdict = why.empty() ? verdictOf(difference) : Verdict::Unknown;
        rows_.push_back(std::move(row));
    }

    /// What is by no chance.
    void addExact(const std::string& metric, const std::string& unit, double a, double b)
    {
        const bool isSame = a == b;
        rows_.push_back({name_,
                         metric,
                         unit,
                         a,
                         b,
                         {b - a, b - a},
                         isSame ? Verdict::Same : Verdict::Changed,
                         ""});
    }

    void addPlanned()
    {
        for (const auto& [metric, value] : a_.planned) {
            const auto other = b_.planned.find(metric);
            addExact(metric, "count", value, other == b_.planned.end() ? 0.0 : other->second);
        }
        if (a_.currency == b_.currency) {
            addExact("monthlyCost", a_.currency + "/month", a_.monthlyCost, b_.monthlyCost);
        }
    }

    void addShares()
    {
        const auto share = [](std::uint64_t part, const ResultStyle& of) {
            return measurement::Share{part, of.offered};
        };
        const auto value = [](std::uint64_t part, const ResultStyle& of) {
            return of.offered == 0 ? 0.0
                                   : static_cast<double>(part) / static_cast<double>(of.offered);
        };
        const double inflation = std::max(sampleA_.inflation, sampleB_.inflation);
        const bool isKnown = std::min(a_.offered, b_.offered) >= differenceSamplesMin;
        const std::string why = isKnown ? "" : "fewer than 100 requests";
        using Part = std::pair<const char*, std::uint64_t ResultStyle::*>;
        for (const auto& [metric, part] : {Part{"refused.ratio", &ResultStyle::refused},
                                           Part{"errors.ratio", &ResultStyle::errors}}) {
            add(metric,
                "ratio",
                value(a_.*part, a_),
                value(b_.*part, b_),
                measurement::differenceOf(share(a_.*part, a_), share(b_.*part, b_), inflation),
                why);
        }
    }

    void addQuantiles(const std::string& why)
    {
        if (sampleA_.answers == 0 || sampleB_.answers == 0) {
            return;
        }
        using Point = std::pair<const char*, double>;
        for (const auto& [metric, q] : {Point{"latency.p50", 0.5},
                                        Point{"latency.p90", 0.9},
                                        Point{"latency.p99", 0.99},
                                        Point{"latency.p999", 0.999}}) {
            const Quantile a = quantileOf(a_, sampleA_, q);
            const Quantile b = quantileOf(b_, sampleB_, q);
            add(metric,
                "ms",
                a.value,
                b.value,
                {b.interval.low - a.interval.high, b.interval.high - a.interval.low},
                why);
        }
    }

    [[nodiscard]] std::string whyUnknown() const
    {
        if (std::min(sampleA_.answers, sampleB_.answers) < differenceSamplesMin) {
            return "fewer than 100 answers";
        }
        if (!a_.isConclusive || !b_.isConclusive) {
            return "the load generator was late";
        }
        return {};
    }

    std::string name_;
    const ResultStyle& a_;
    const ResultStyle& b_;
    Sample sampleA_;
    Sample sampleB_;
    std::vector<DifferenceRow>& rows_;
};

} // namespace

std::string_view toText(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Same:
        return "the same";
    case Verdict::Changed:
        return "changed";
    case Verdict::Lower:
        return "B is lower";
    case Verdict::Higher:
        return "B is higher";
    case Verdict::NoDifference:
        return "no real difference";
    case Verdict::Unknown:
        return "cannot be told";
    }
    return "";
}

std::vector<DifferenceRow> differencesOf(const ResultFile& a, const ResultFile& b)
{
    std::vector<DifferenceRow> rows;
    for (const char* name : {"per-service", "ingress"}) {
        const auto inA = a.styles.find(name);
        const auto inB = b.styles.find(name);
        if (inA != a.styles.end() && inB != b.styles.end()) {
            StyleRows(name, inA->second, inB->second, rows).addAll();
        }
    }
    return rows;
}

std::vector<std::string> caveatsOf(const ResultFile& a, const ResultFile& b)
{
    std::vector<std::string> caveats;
    const auto add = [&](const char* what, const std::string& inA, const std::string& inB) {
        if (inA != inB) {
            caveats.push_back(std::string("the ") + what + " differs: " + inA + " and " + inB);
        }
    };
    add("scenario", a.scenario, b.scenario);
    add("clock", a.clock, b.clock);
    add("profile", a.profile, b.profile);
    if (a.wasInterrupted || b.wasInterrupted) {
        caveats.emplace_back("a run was interrupted");
    }
    return caveats;
}

} // namespace lab::report
