#include "yaml/grouped.hpp"
#include "yaml/tree_builder.hpp"

namespace lab::yaml {

void TreeBuilder::remember(std::size_t anchor)
{
    if (anchor == 0) {
        return;
    }
    Anchor& remembered = anchors_[anchor];
    for (const Frame& frame : frames_) {
        const Node& node = frame.node;
        remembered.path.push_back(node.isMap() ? node.entries.size() : node.items.size());
        remembered.isReachable = remembered.isReachable && !frame.isMergeKey;
    }
}

/// The anchored node, if it is complete; nullptr while it is still open.
const Node* TreeBuilder::resolve(const Anchor& anchor) const
{
    const Node* node = frames_.empty() ? nullptr : &frames_.front().node;
    std::size_t level = 0;
    for (const std::size_t index : anchor.path) {
        if (node == nullptr) {
            return nullptr;
        }
        const std::size_t children = node->isMap() ? node->entries.size() : node->items.size();
        const bool isOpen = level < frames_.size() && node == &frames_[level].node;
        if (index < children) {
            node = node->isMap() ? &node->entries[index].value : &node->items[index];
        } else if (isOpen && level + 1 < frames_.size()) {
            node = &frames_[level + 1].node;
        } else {
            return nullptr;
        }
        ++level;
    }
    const bool isOpen = level < frames_.size() && node == &frames_[level].node;
    return isOpen ? nullptr : node;
}

/// How many values an alias adds. Counts them against every limit before anything is copied.
std::size_t TreeBuilder::measure(Spot spot, const Node& node, std::size_t depth)
{
    countNode(spot);
    if (!node.isScalar() && !node.isNull()) {
        countDepth(spot, depth);
    }
    std::size_t nodes = 1;
    for (const Node& item : node.items) {
        nodes += measure(spot, item, depth + 1);
    }
    for (const MapEntry& entry : node.entries) {
        nodes += measure(spot, entry.value, depth + 1);
    }
    if (aliasNodes_ + nodes > limits_->aliasNodesMax) {
        stop(spot,
             "aliases-expand-too-far",
             "aliases expand to more than " + grouped(limits_->aliasNodesMax) + " values",
             "write the values out");
    }
    return nodes;
}

void TreeBuilder::alias(Spot spot, std::size_t anchor)
{
    if (takesSkipped(0)) {
        return;
    }
    if (isKeyNext()) {
        stop(spot, "key-not-text", "a key cannot be an alias", "write the key out");
    }
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end() || !found->second.isReachable) {
        stop(spot,
             "alias-out-of-reach",
             "this alias names an anchor in a part that is passed over",
             "write the value out");
    }
    const Node* node = resolve(found->second);
    if (node == nullptr) {
        stop(spot,
             "alias-contains-itself",
             "this alias stands inside its own anchor: it contains itself",
             "write the value out");
    }
    aliasNodes_ += measure(spot, *node, 1);
    Node copy = *node;
    attach(std::move(copy));
}

} // namespace lab::yaml
