#pragma once

#include "base/place.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lab::yaml {

enum class NodeKind : std::uint8_t { Null, Scalar, Sequence, Map };

struct MapEntry;

/// One YAML value that knows where it stands. Aliases are expanded, anchors gone; tags are refused.
///
/// A plain value: copy it, keep it. Depth is bounded by the reader, so recursion over it is safe.
class Node {
public:
    NodeKind kind = NodeKind::Null;
    bool isQuoted = false;         ///< A quoted or block scalar: always text, never number or bool.
    std::uint32_t line = 0;        ///< From 1
    std::uint32_t column = 0;      ///< From 1
    std::string scalar;            ///< Text of a Scalar.
    std::vector<Node> items;       ///< Of a Sequence.
    std::vector<MapEntry> entries; ///< Of a Map, in the order written; keys are unique.

    /// The value of that key, or nullptr (also when this is no map).
    [[nodiscard]] const Node* find(std::string_view key) const;
    [[nodiscard]] bool isMap() const { return kind == NodeKind::Map; }
    [[nodiscard]] bool isSequence() const { return kind == NodeKind::Sequence; }
    [[nodiscard]] bool isScalar() const { return kind == NodeKind::Scalar; }
    [[nodiscard]] bool isNull() const { return kind == NodeKind::Null; }
};

/// One key of a map with its value; the key's own place.
struct MapEntry {
    std::string key;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    Node value;
};

/// One document of a file. The file's name is shared by all places made from it.
struct Document {
    std::shared_ptr<const std::string> file;
    Node root;

    [[nodiscard]] Place place(const Node& node) const { return {file, node.line, node.column}; }
    [[nodiscard]] Place place(const MapEntry& entry) const
    {
        return {file, entry.line, entry.column};
    }
};

/// "a map", "a list", "a text", "nothing": for messages.
[[nodiscard]] std::string_view toText(NodeKind kind);

} // namespace lab::yaml
