#include "yaml/map_reader.hpp"

#include "base/quoted.hpp"
#include "yaml/grouped.hpp"
#include "yaml/wording.hpp"

#include <algorithm>

namespace lab::yaml {
namespace {

/// Of one map; the rest is counted.
constexpr std::size_t shownUnknownKeysMax = 20;

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
    return path_.empty() ? escaped(key) : path_ + '.' + escaped(key);
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
        if (isText(*item.node, item.path)) {
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
    for (const MapEntry& entry : below.entries()) {
        if (entry.value.isNull() || isText(entry.value, below.path(entry.key))) {
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

std::span<const MapEntry> MapReader::entries() const
{
    return node_ == nullptr ? std::span<const MapEntry>() : std::span(node_->entries);
}

std::vector<std::string> MapReader::keys()
{
    std::vector<std::string> keys;
    for (const MapEntry& entry : entries()) {
        keys.push_back(entry.key);
        asked_.push_back(entry.key);
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
    std::size_t unknownKeys = 0;
    Place placeOfNext;
    for (const MapEntry& entry : entries()) {
        if (std::find(asked_.begin(), asked_.end(), entry.key) != asked_.end()) {
            continue;
        }
        ++unknownKeys;
        if (unknownKeys <= shownUnknownKeysMax) {
            std::string message = "unknown key " + quoted(entry.key);
            if (!path_.empty()) {
                message.append(" in ").append(path_);
            }
            addUnknown(
                reading_->document.place(entry), std::move(message), didYouMean(entry.key, asked_));
        } else if (unknownKeys == shownUnknownKeysMax + 1) {
            placeOfNext = reading_->document.place(entry);
        }
    }
    if (unknownKeys > shownUnknownKeysMax) {
        addUnknown(placeOfNext,
                   "unknown keys from here on: " + grouped(unknownKeys - shownUnknownKeysMax),
                   "correct those above first");
    }
}

void MapReader::addUnknown(Place place, std::string message, std::string remedy)
{
    reading_->findings.push_back({reading_->unknown,
                                  "unknown-key",
                                  std::move(place),
                                  std::move(message),
                                  std::move(remedy)});
    reading_->wrongCount += reading_->unknown == reading_->wrong ? 1 : 0;
}

} // namespace lab::yaml
