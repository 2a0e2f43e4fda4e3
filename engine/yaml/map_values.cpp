#include "base/quoted.hpp"
#include "yaml/map_reader.hpp"
#include "yaml/quantity.hpp"
#include "yaml/scalar_type.hpp"
#include "yaml/wording.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

// The scalar getters of MapReader: one typed value each.

namespace lab::yaml {
namespace {

std::string boundsText(std::int64_t min, std::int64_t max)
{
    using Limits = std::numeric_limits<std::int64_t>;
    if (min == Limits::min() && max == Limits::max()) {
        return "a whole number";
    }
    if (max == Limits::max()) {
        return "a whole number, at least " + std::to_string(min);
    }
    return "a whole number from " + std::to_string(min) + " to " + std::to_string(max);
}

std::string numberText(double number)
{
    char text[32];
    const auto [end, error] = std::to_chars(std::begin(text), std::end(text), number);
    return error == std::errc() ? std::string(std::begin(text), end) : std::string();
}

} // namespace

const Node* MapReader::scalar(std::string_view key, std::string_view wanted)
{
    const Node* value = find(key);
    if (value != nullptr && !value->isScalar()) {
        addWrongType(key, wanted);
        return nullptr;
    }
    return value;
}

bool MapReader::isText(const Node& node, const std::string& path)
{
    if (!node.isScalar() || !reading_->hasTypedTexts) {
        return node.isScalar();
    }
    const TextVerdict verdict = judgeText(node);
    if (verdict == TextVerdict::Doubtful) {
        reading_->findings.push_back({Severity::Warning,
                                      "doubtful-text",
                                      reading_->document.place(node),
                                      path + " is read as a text, but Kubernetes takes " +
                                          quoted(node.scalar) + " without quotes for a number",
                                      "put it in quotes"});
    }
    return verdict != TextVerdict::NoText;
}

std::optional<std::string> MapReader::text(std::string_view key)
{
    const Node* value = scalar(key, "a text");
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!isText(*value, path(key))) {
        addWrong(key,
                 "wrong-type",
                 "must be a text, not the number or bool " + quoted(value->scalar),
                 "put it in quotes");
        return std::nullopt;
    }
    if (value->scalar.find('\0') != std::string::npos) {
        addWrong(key, "control-character", "contains the control character U+0000");
        return std::nullopt;
    }
    return value->scalar;
}

std::optional<bool> MapReader::boolean(std::string_view key)
{
    const Node* value = scalar(key, "true or false");
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->isQuoted) {
        const std::optional<bool> read =
            reading_->hasTypedTexts ? kubernetesBool(value->scalar) : coreBool(value->scalar);
        if (read) {
            return read;
        }
    }
    addWrongType(key, value->isQuoted ? "true or false without quotes" : "true or false");
    return std::nullopt;
}

std::optional<std::int64_t>
MapReader::integer(std::string_view key, std::int64_t min, std::int64_t max)
{
    const std::string wanted = boundsText(min, max);
    const Node* value = scalar(key, wanted);
    if (value == nullptr) {
        return std::nullopt;
    }
    const std::string& text = value->scalar;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = error == std::errc() && end == text.data() + text.size();
    if (value->isQuoted) {
        addWrongType(key, isWhole ? "a whole number without quotes" : wanted);
        return std::nullopt;
    }
    if (!isWhole || number < min || number > max) {
        addWrong(key, "out-of-range", "must be " + wanted + ", not " + quoted(text));
        return std::nullopt;
    }
    return number;
}

std::optional<double> MapReader::number(std::string_view key, double min, double max)
{
    const std::string wanted = "a number from " + numberText(min) + " to " + numberText(max);
    const Node* value = scalar(key, wanted);
    if (value == nullptr) {
        return std::nullopt;
    }
    const std::string& text = value->scalar;
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isNumber = error == std::errc() && end == text.data() + text.size();
    if (value->isQuoted || !isNumber || !std::isfinite(number) || number < min || number > max) {
        addWrong(key, "out-of-range", "must be " + wanted + ", not " + quoted(text));
        return std::nullopt;
    }
    return number;
}

template <typename Value>
std::optional<Value> MapReader::parsed(std::string_view key,
                                       std::string_view wanted,
                                       Result<Value> (*parse)(std::string_view))
{
    const Node* value = scalar(key, wanted);
    if (value == nullptr) {
        return std::nullopt;
    }
    const Result<Value> result = parse(value->scalar);
    if (!result) {
        addWrong(key, "out-of-range", quoted(value->scalar) + ' ' + result.error().message());
        return std::nullopt;
    }
    return *result;
}

std::optional<Duration> MapReader::duration(std::string_view key)
{
    return parsed<Duration>(key, "a duration such as 5s", parseDuration);
}

std::optional<double> MapReader::rate(std::string_view key)
{
    return parsed<double>(key, "a rate such as 100/s", parseRate);
}

std::optional<std::int64_t> MapReader::milliQuantity(std::string_view key)
{
    return parsed<std::int64_t>(key, "a quantity such as 100m", parseMilliQuantity);
}

std::optional<std::int64_t> MapReader::quantity(std::string_view key)
{
    return parsed<std::int64_t>(key, "a quantity such as 128Mi", parseQuantity);
}

std::optional<std::size_t> MapReader::choiceIndex(std::string_view key,
                                                  std::span<const std::string> words)
{
    const std::string wanted = listed(words);
    const Node* value = scalar(key, wanted);
    if (value == nullptr) {
        return std::nullopt;
    }
    const auto found = std::find(words.begin(), words.end(), value->scalar);
    if (found == words.end()) {
        addWrong(key,
                 "unknown-value",
                 "must be " + wanted + ", not " + quoted(value->scalar),
                 didYouMean(value->scalar, words));
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - words.begin());
}

} // namespace lab::yaml
