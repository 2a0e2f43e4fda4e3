#include "report/result_file.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <stdexcept>

namespace lab::report {
namespace {

namespace json = boost::json;

constexpr std::int64_t schemaVersion = 1;

/// Thrown and caught in this file only: a report has many places where something may be missing.
struct Missing : std::runtime_error {
    using std::runtime_error::runtime_error;
};

const json::value& at(const json::value& object, std::string_view key)
{
    const json::object* const fields = object.if_object();
    const json::value* const found = fields == nullptr ? nullptr : fields->if_contains(key);
    if (found == nullptr) {
        throw Missing("has no \"" + std::string(key) + '"');
    }
    return *found;
}

double number(const json::value& value)
{
    if (!value.is_number()) {
        throw Missing("has a text where a number belongs");
    }
    return value.to_number<double>();
}

std::uint64_t count(const json::value& value)
{
    const double known = number(value);
    constexpr double countMax = 9e15;
    if (known < 0.0 || known > countMax) {
        throw Missing("has a count that is none");
    }
    return static_cast<std::uint64_t>(known);
}

std::string text(const json::value& value)
{
    const json::string* const known = value.if_string();
    if (known == nullptr) {
        throw Missing("has a number where a text belongs");
    }
    return {known->begin(), known->end()};
}

const json::array& list(const json::value& value)
{
    const json::array* const known = value.if_array();
    if (known == nullptr) {
        throw Missing("has something else where a list belongs");
    }
    return *known;
}

void readLatency(const json::value& latency, ResultStyle& style)
{
    style.isConclusive = at(latency, "conclusive") == json::value(true);
    const json::array& bounds = list(at(at(latency, "buckets"), "upperBound"));
    const json::array& counts = list(at(at(latency, "buckets"), "count"));
    for (std::size_t i = 0; i < std::min(bounds.size(), counts.size()); ++i) {
        style.buckets.push_back({number(bounds[i]), count(counts[i])});
    }
    for (const json::value& batch : list(at(latency, "batches"))) {
        style.batches.push_back({count(at(batch, "count")), number(at(batch, "mean"))});
    }
}

ResultStyle readStyle(const json::value& value)
{
    ResultStyle style;
    for (const char* name : {"loadBalancers", "certificates", "controllers"}) {
        style.planned[name] = number(at(at(value, name), "value"));
    }
    const json::value& bill = at(value, "monthlyCost");
    style.monthlyCost = number(at(bill, "amount"));
    style.currency = text(at(bill, "currency"));
    style.measuredSeconds = number(at(at(value, "measuredSeconds"), "value"));
    style.offered = count(at(at(value, "offered"), "value"));
    style.refused = count(at(at(value, "refused"), "value"));
    style.errors = count(at(at(at(value, "errors"), "count"), "value"));
    readLatency(at(value, "latency"), style);
    return style;
}

ResultFile readRoot(const json::value& root)
{
    if (number(at(root, "schemaVersion")) != static_cast<double>(schemaVersion)) {
        throw Missing("is of another schema version than 1");
    }
    ResultFile result;
    result.scenario = text(at(root, "scenario"));
    result.clock = text(at(root, "clock"));
    result.seed = count(at(root, "seed"));
    result.profile = text(at(root, "profile"));
    result.wasInterrupted = at(root, "interrupted") == json::value(true);
    const json::object* const styles = at(root, "styles").if_object();
    if (styles == nullptr || styles->empty()) {
        throw Missing("has no style");
    }
    for (const json::key_value_pair& style : *styles) {
        result.styles.emplace(style.key(), readStyle(style.value()));
    }
    return result;
}

} // namespace

Result<ResultFile> readResult(std::string_view text)
{
    boost::system::error_code error;
    const json::value root = json::parse(json::string_view(text.data(), text.size()), error);
    if (error) {
        return Error(ErrorKind::BadInput, "is no JSON: " + error.message());
    }
    try {
        return readRoot(root);
    } catch (const Missing& missing) {
        return Error(ErrorKind::BadInput,
                     std::string(missing.what()) + "; it is no result of `ingresslab run -o json`");
    }
}

} // namespace lab::report
