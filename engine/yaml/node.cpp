#include "yaml/node.hpp"

#include <algorithm>

namespace lab::yaml {

const Node* Node::find(std::string_view key) const
{
    const auto found = std::find_if(
        entries.begin(), entries.end(), [&](const MapEntry& entry) { return entry.key == key; });
    return found == entries.end() ? nullptr : &found->value;
}

std::string_view toText(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Null:
        return "nothing";
    case NodeKind::Scalar:
        return "a text";
    case NodeKind::Sequence:
        return "a list";
    case NodeKind::Map:
        return "a map";
    }
    return "";
}

} // namespace lab::yaml
