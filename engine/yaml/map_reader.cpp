#include "yaml/map_reader.hpp"

#include "base/suggestion.hpp"
#include "yaml/quantity.hpp"
#include "yaml/quoted.hpp"
#include "yaml/scalar_type.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace lab::yaml {
namespace {

std::string didYouMean(std::string_view word, std::span<const std::string> known)
{
    const std::string_view near = nearest(word, known);
    return near.empty() ? std::string() : "did you mean " + quoted(near) + '?';
}

std::string listed(std::span<const std::string> words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        text += i == 0 ? "" : i + 1 == words.size() ? " or " : ", ";
        text += words[i];
    }
    return text;
}

std::string shown(const Node& node)
{
    return node.isScalar() ? quoted(node.scalar) : std::string(toText(node.kind));
}

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

void Reading::addWrong(Place place, std::string id, std::string message, std::string remedy)
{
    ++wrongCount;
    findings.push_back(
        {wrong, std::move(id), std::move(place), std::move(message), std::move(remedy)});
}

MapReader::MapReader(Reading& reading, const Node& node, std::string path)
    : reading_(&reading)
    , path_(std::move(path))
    , place_(reading.document.place(node))
{
    if (node.isMap()) {
        node_ = &node;
    } else if (!node.isNull()) {
        reading.addWrong(place_, "wrong-type", path_ + " must be a map, not " + shown(node));
    }
}

const Node* MapReader::find(std::string_view key)
{
    asked_.emplace_back(key);
    const Node* value = node_ == nullptr ? nullptr : node_->find(key);
    return value == nullptr || value->isNull() ? nullptr : value;
}

bool MapReader::has(std::string_view key)
{
    return find(key) != nullptr;
}

bool MapReader::require(std::string_view key)
{
    const bool isThere = has(key);
    if (!isThere && isPresent()) {
        reading_->addWrong(place(key), "missing-key", path(key) + " is missing");
    }
    return isThere;
}

std::string MapReader::path(std::string_view key) const
{
    if (path_.empty()) {
        return std::string(key);
    }
    return path_ + '.' + std::string(key);
}

Place MapReader::place() const
{
    return place_;
}

Place MapReader::place(std::string_view key) const
{
    const Node* value = node_ == nullptr ? nullptr : node_->find(key);
    return value == nullptr ? place_ : reading_->document.place(*value);
}

void MapReader::addWrong(std::string_view key,
                         std::string id,
                         const std::string& message,
                         std::string remedy)
{
    reading_->addWrong(place(key), std::move(id), path(key) + ' ' + message, std::move(remedy));
}

void MapReader::addWrongType(std::string_view key, std::string_view wanted)
{
    addWrong(
        key, "wrong-type", "must be " + std::string(wanted) + ", not " + shown(*node_->find(key)));
}

const Node* MapReader::scalar(std::string_view key, std::string_view wanted)
{
    const Node* value = find(key);
    if (value != nullptr && !value->isScalar()) {
        addWrongType(key, wanted);
        return nullptr;
    }
    return value;
}

bool MapReader::isText(const Node& node) const
{
    return node.isScalar() && (!reading_->hasTypedTexts || isKubernetesText(node));
}

std::optional<std::string> MapReader::text(std::string_view key)
{
    const Node* value = scalar(key, "a text");
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!isText(*value)) {
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
    if (!value->isQuoted && (value->scalar == "true" || value->scalar == "false")) {
        return value->scalar == "true";
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

std::vector<MapReader::Item> MapReader::items(std::string_view key)
{
    std::vector<Item> items;
    const Node* list = find(key);
    if (list == nullptr) {
        return items;
    }
    if (!list->isSequence()) {
        addWrongType(key, "a list");
        return items;
    }
    items.reserve(list->items.size());
    for (const Node& item : list->items) {
        items.push_back({&item, path(key) + '[' + std::to_string(items.size()) + ']'});
    }
    return items;
}

std::vector<std::string> MapReader::texts(std::string_view key)
{
    std::vector<std::string> texts;
    for (const Item& item : items(key)) {
        if (isText(*item.node)) {
            texts.push_back(item.node->scalar);
        } else {
            reading_->addWrong(reading_->document.place(*item.node),
                               "wrong-type",
                               item.path + " must be a text, not " + shown(*item.node));
        }
    }
    return texts;
}

std::map<std::string, std::string> MapReader::textMap(std::string_view key)
{
    std::map<std::string, std::string> texts;
    const MapReader below = map(key);
    if (!below.isPresent()) {
        return texts;
    }
    for (const MapEntry& entry : below.node_->entries) {
        if (isText(entry.value) || entry.value.isNull()) {
            texts.emplace(entry.key, entry.value.scalar);
        } else {
            reading_->addWrong(reading_->document.place(entry.value),
                               "wrong-type",
                               below.path(entry.key) + " must be a text, not " + shown(entry.value),
                               entry.value.isScalar() ? "put it in quotes" : "");
        }
    }
    return texts;
}

MapReader MapReader::map(std::string_view key)
{
    static const Node absent;
    const Node* below = find(key);
    MapReader reader(*reading_, below == nullptr ? absent : *below, path(key));
    if (below == nullptr) {
        reader.place_ = place_;
    }
    return reader;
}

std::vector<MapReader> MapReader::maps(std::string_view key)
{
    std::vector<MapReader> readers;
    for (const Item& item : items(key)) {
        MapReader reader(*reading_, *item.node, item.path);
        if (reader.isPresent()) {
            readers.push_back(std::move(reader));
        } else if (item.node->isNull()) {
            reading_->addWrong(
                reader.place_, "wrong-type", item.path + " must be a map, not nothing");
        }
    }
    return readers;
}

std::vector<std::string> MapReader::keys()
{
    std::vector<std::string> keys;
    if (node_ != nullptr) {
        for (const MapEntry& entry : node_->entries) {
            keys.push_back(entry.key);
            asked_.push_back(entry.key);
        }
    }
    return keys;
}

void MapReader::passOver(std::initializer_list<std::string_view> keys)
{
    passOver(std::span(keys.begin(), keys.size()));
}

void MapReader::passOver(std::span<const std::string_view> keys)
{
    asked_.insert(asked_.end(), keys.begin(), keys.end());
}

void MapReader::finish()
{
    if (node_ == nullptr) {
        return;
    }
    for (const MapEntry& entry : node_->entries) {
        if (std::find(asked_.begin(), asked_.end(), entry.key) != asked_.end()) {
            continue;
        }
        const std::string where = path_.empty() ? std::string() : " in " + path_;
        reading_->findings.push_back({reading_->unknown,
                                      "unknown-key",
                                      reading_->document.place(entry),
                                      "unknown key " + quoted(entry.key) + where,
                                      didYouMean(entry.key, asked_)});
        reading_->wrongCount += reading_->unknown == reading_->wrong ? 1 : 0;
    }
}

} // namespace lab::yaml
