#pragma once

#include "base/finding.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "yaml/node.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lab::yaml {

/// How what is read is judged, and where findings go. One for each document or object.
///
/// Our own files: both Unreadable. Manifests: Refused and Warning, with typed texts.
struct Reading {
    const Document& document;
    Findings& findings;
    Severity wrong = Severity::Unreadable;   ///< For a value of the wrong type or out of range.
    Severity unknown = Severity::Unreadable; ///< For a key that nobody asked for.
    bool hasTypedTexts = false; ///< As for an API server, `5` or `no` without quotes is no text.
    std::size_t wrongCount = 0; ///< How many findings of severity `wrong` were added.

    /// Adds a finding of severity `wrong`: "spec.seed: must be a whole number".
    void addWrong(Place place, std::string id, std::string message, std::string remedy = {});
};

/// Does this map hold what it should?  Reads one map key by key, and tells every mistake at once.
///
/// Ask for each key that may be there, then call finish(): what was not asked for is unknown and
/// reported with the nearest key that was. A getter gives nothing for an absent or null value;
/// for a wrong one it gives nothing too, and adds a finding with the value's place and its path
/// ("spec.traffic[0].arrivals"). A value reader: lives no longer than Reading and the document.
///
///     MapReader spec(reading, *root.find("spec"), "spec");
///     scenario.seed = spec.integer("seed", 0).value_or(1);
///     for (MapReader& source : spec.maps("traffic")) { …; source.finish(); }
///     spec.finish();
class MapReader {
public:
    /// Where `node` is no map, says so (unless it is null) and is empty from then on.
    MapReader(Reading& reading, const Node& node, std::string path);

    [[nodiscard]] bool isPresent() const { return node_ != nullptr; }

    /// Is there a value, not null?  Counts as asking for the key.
    [[nodiscard]] bool has(std::string_view key);

    /// The raw value, or nullptr when absent or null: for what no getter below reads.
    [[nodiscard]] const Node* find(std::string_view key);

    /// Adds "… is missing" unless there is a value. Returns has(key).
    bool require(std::string_view key);

    /// One text without NUL characters; numbers and bools count as text unless texts are typed.
    [[nodiscard]] std::optional<std::string> text(std::string_view key);
    [[nodiscard]] std::optional<bool> boolean(std::string_view key);
    /// A whole number without quotes, both bounds included.
    [[nodiscard]] std::optional<std::int64_t>
    integer(std::string_view key,
            std::int64_t min = std::numeric_limits<std::int64_t>::min(),
            std::int64_t max = std::numeric_limits<std::int64_t>::max());
    /// A finite number without quotes, both bounds included.
    [[nodiscard]] std::optional<double> number(std::string_view key, double min, double max);
    [[nodiscard]] std::optional<Duration> duration(std::string_view key); ///< "5ms", "1h30m"
    [[nodiscard]] std::optional<double> rate(std::string_view key);       ///< "60/m" is 1 a second
    [[nodiscard]] std::optional<std::int64_t> milliQuantity(std::string_view key); ///< "100m": 100
    [[nodiscard]] std::optional<std::int64_t> quantity(std::string_view key); ///< "1Ki" is 1024

    /// One of a few words, given with the value each stands for; wrong ones get a suggestion.
    template <typename Value>
    struct Choice {
        std::string_view word;
        Value value;
    };
    template <typename Value>
    [[nodiscard]] std::optional<Value> choice(std::string_view key,
                                              std::initializer_list<Choice<Value>> choices)
    {
        std::vector<std::string> words;
        for (const Choice<Value>& candidate : choices) {
            words.emplace_back(candidate.word);
        }
        const std::optional<std::size_t> index = choiceIndex(key, words);
        return index ? std::optional<Value>((choices.begin() + *index)->value) : std::nullopt;
    }
    /// The index of the value among `words`.
    [[nodiscard]] std::optional<std::size_t> choiceIndex(std::string_view key,
                                                         std::span<const std::string> words);

    /// A list of texts; wrong items are reported and left out.
    [[nodiscard]] std::vector<std::string> texts(std::string_view key);
    /// A map from text to text, such as labels; wrong values are reported and left out.
    [[nodiscard]] std::map<std::string, std::string> textMap(std::string_view key);
    /// A list as it stands, each item with its path; a value that is no list is reported.
    struct Item {
        const Node* node;
        std::string path; ///< "spec.expect[0]"
    };
    [[nodiscard]] std::vector<Item> items(std::string_view key);

    /// The map below that key; not present when absent.
    [[nodiscard]] MapReader map(std::string_view key);
    /// A list of maps; items that are no maps are reported and left out.
    [[nodiscard]] std::vector<MapReader> maps(std::string_view key);
    /// The keys and values as they stand; none where this is no map.
    [[nodiscard]] std::span<const MapEntry> entries() const;
    /// For maps with free keys (`backends`): all of them, which count as asked for.
    [[nodiscard]] std::vector<std::string> keys();

    /// These keys are known and deliberately not read.
    void passOver(std::initializer_list<std::string_view> keys);
    void passOver(std::span<const std::string_view> keys);

    /// Reports every key that was not asked for, in order of place.
    void finish();

    /// Adds a finding of severity `wrong` about that key's value (or the map, when absent).
    void addWrong(std::string_view key,
                  std::string id,
                  const std::string& message,
                  std::string remedy = {});

    /// The place of that key's value, or of this map when it is absent.
    [[nodiscard]] Place place(std::string_view key) const;
    [[nodiscard]] Place place() const;
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string path(std::string_view key) const; ///< "spec.seed"
    [[nodiscard]] const Node* node() const { return node_; }
    [[nodiscard]] Reading& reading() const { return *reading_; }

private:
    const Node* scalar(std::string_view key, std::string_view wanted);
    bool isText(const Node& node, const std::string& path);
    template <typename Value>
    std::optional<Value>
    parsed(std::string_view key, std::string_view wanted, Result<Value> (*parse)(std::string_view));
    void addUnknown(Place place, std::string message, std::string remedy);
    void addWrongType(std::string_view key, std::string_view wanted);

    Reading* reading_;
    const Node* node_ = nullptr; ///< A map, or nullptr.
    std::string path_;
    Place place_;
    std::vector<std::string> asked_;
};

} // namespace lab::yaml
