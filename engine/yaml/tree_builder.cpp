#include "yaml/tree_builder.hpp"

#include "base/quoted.hpp"
#include "yaml/grouped.hpp"

#include <utility>

namespace lab::yaml {
namespace {

/// Below this many keys a map is searched, above it is hashed.
constexpr std::size_t searchedKeysMax = 16;

} // namespace

TreeBuilder::TreeBuilder(std::shared_ptr<const std::string> file,
                         const ReadLimits& limits,
                         ReadDocuments& result)
    : file_(std::move(file))
    , limits_(&limits)
    , result_(&result)
{
}

void TreeBuilder::refuse(Spot spot, std::string id, std::string message, std::string remedy)
{
    result_->findings.push_back({Severity::Unreadable,
                                 std::move(id),
                                 Place{file_, spot.line, spot.column},
                                 std::move(message),
                                 std::move(remedy)});
    if (result_->findings.size() >= limits_->findingsMax) {
        throw ReadingStopped();
    }
}

void TreeBuilder::stop(Spot spot, std::string id, std::string message, std::string remedy)
{
    refuse(spot, std::move(id), std::move(message), std::move(remedy));
    throw ReadingStopped();
}

const Node* TreeBuilder::openNode() const
{
    return frames_.empty() ? nullptr : &frames_.back().node;
}

void TreeBuilder::beginDocument(Spot spot)
{
    if (++documents_ > limits_->documentsMax) {
        stop(spot,
             "too-many-documents",
             "more than " + grouped(limits_->documentsMax) + " documents in one file",
             "split the file");
    }
    frames_.clear();
    anchors_.clear();
    root_.reset();
    itemNodes_ = 0;
    skippedDepth_ = 0;
    isNextSkipped_ = false;
}

void TreeBuilder::endDocument()
{
    if (root_ && !root_->isNull()) {
        result_->documents.push_back({file_, std::move(*root_)});
    }
    root_.reset();
}

void TreeBuilder::beginMap(Spot spot, std::size_t anchor)
{
    begin(NodeKind::Map, spot, anchor);
}

void TreeBuilder::beginSequence(Spot spot, std::size_t anchor)
{
    begin(NodeKind::Sequence, spot, anchor);
}

void TreeBuilder::endMap()
{
    if (takesSkipped(-1)) {
        return;
    }
    mergeInto(frames_.back());
    end();
}

void TreeBuilder::endSequence()
{
    if (!takesSkipped(-1)) {
        end();
    }
}

void TreeBuilder::begin(NodeKind kind, Spot spot, std::size_t anchor)
{
    if (takesSkipped(1)) {
        return;
    }
    if (isKeyNext()) {
        stop(spot,
             "key-not-text",
             "a key must be a text, not " + std::string(toText(kind)),
             "write the key as one word, or in quotes");
    }
    countDepth(spot, 1);
    countNode(spot);
    remember(anchor);
    const bool isObjectList = kind == NodeKind::Sequence && frames_.size() == 1 &&
                              frames_.front().node.isMap() && frames_.front().key == "items";
    Frame& frame = frames_.emplace_back();
    frame.node.kind = kind;
    frame.node.line = spot.line;
    frame.node.column = spot.column;
    frame.isObjectList = isObjectList;
}

void TreeBuilder::end()
{
    Node node = std::move(frames_.back().node);
    frames_.pop_back();
    attach(std::move(node));
}

void TreeBuilder::scalar(Spot spot, const std::string& text, bool isQuoted, std::size_t anchor)
{
    if (takesSkipped(0)) {
        return;
    }
    if (text.size() > limits_->scalarBytesMax) {
        stop(spot,
             "text-too-long",
             "a text has more than " + grouped(limits_->scalarBytesMax) + " bytes",
             "keep large data out of this file");
    }
    if (isKeyNext()) {
        readKey(spot, text, isQuoted);
        return;
    }
    countNode(spot);
    remember(anchor);
    Node node;
    node.kind = NodeKind::Scalar;
    node.isQuoted = isQuoted;
    node.line = spot.line;
    node.column = spot.column;
    node.scalar = text;
    attach(std::move(node));
}

void TreeBuilder::null(Spot spot, std::size_t anchor)
{
    if (takesSkipped(0)) {
        return;
    }
    if (isKeyNext()) {
        stop(spot, "key-not-text", "a key is missing or null here", "write a key before the colon");
    }
    countNode(spot);
    remember(anchor);
    Node node;
    // Nothing has no place of its own: the parser's is that of whatever follows.
    const bool hasKey = !frames_.empty() && frames_.back().hasKey;
    node.line = hasKey ? frames_.back().keySpot.line : spot.line;
    node.column = hasKey ? frames_.back().keySpot.column : spot.column;
    attach(std::move(node));
}

void TreeBuilder::readKey(Spot spot, const std::string& text, bool isQuoted)
{
    Frame& frame = frames_.back();
    frame.key = text;
    frame.keySpot = spot;
    frame.hasKey = true;
    frame.isMergeKey = !isQuoted && text == "<<";
    if (frame.isMergeKey) {
        if (!limits_->acceptsMergeKeys) {
            refuse(spot,
                   "merge-key",
                   "merge keys (<<) are not part of YAML 1.2",
                   "write the merged keys out");
        }
        return;
    }
    if (isKnownKey(frame, text)) {
        refuse(spot,
               "duplicate-key",
               "the key " + quoted(text) + " is already in this map",
               "keep one of the two");
    }
    if (passesOver(text)) {
        isNextSkipped_ = true;
        frame.hasKey = false;
    }
}

bool TreeBuilder::isKnownKey(Frame& frame, const std::string& key) const
{
    if (frame.node.entries.size() < searchedKeysMax) {
        return frame.node.find(key) != nullptr;
    }
    if (frame.keys.empty()) {
        for (const MapEntry& entry : frame.node.entries) {
            frame.keys.insert(entry.key);
        }
    }
    return !frame.keys.insert(key).second;
}

bool TreeBuilder::passesOver(const std::string& key) const
{
    if (!limits_->passesOver) {
        return false;
    }
    const std::size_t object = frames_.size() >= 3 && frames_[1].isObjectList ? 2 : 0;
    const std::size_t above = frames_.size() - 1 - object;
    const Frame& root = frames_[object];
    if (above > 1 || !root.node.isMap()) {
        return false;
    }
    return limits_->passesOver(root.node, above == 0 ? key : root.key + '.' + key);
}

bool TreeBuilder::takesSkipped(int depthChange)
{
    if (skippedDepth_ == 0 && !isNextSkipped_) {
        return false;
    }
    isNextSkipped_ = false;
    skippedDepth_ += depthChange;
    return true;
}

bool TreeBuilder::isKeyNext() const
{
    return !frames_.empty() && frames_.back().node.isMap() && !frames_.back().hasKey;
}

void TreeBuilder::attach(Node node)
{
    if (frames_.empty()) {
        root_ = std::move(node);
        return;
    }
    Frame& frame = frames_.back();
    if (frame.node.isSequence()) {
        frame.node.items.push_back(std::move(node));
        return;
    }
    frame.hasKey = false;
    if (frame.isMergeKey) {
        frame.isMergeKey = false;
        frame.merged.push_back(std::move(node));
        return;
    }
    frame.node.entries.push_back(
        {frame.key, frame.keySpot.line, frame.keySpot.column, std::move(node)});
}

void TreeBuilder::mergeInto(Frame& frame)
{
    for (Node& source : std::exchange(frame.merged, {})) {
        if (source.isSequence()) {
            for (Node& item : source.items) {
                frame.merged.push_back(std::move(item));
            }
        } else {
            frame.merged.push_back(std::move(source));
        }
    }
    for (Node& source : frame.merged) {
        if (!source.isMap()) {
            refuse({source.line, source.column},
                   "merge-key",
                   "a merge key (<<) takes a map, not " + std::string(toText(source.kind)));
        }
        for (MapEntry& entry : source.entries) {
            if (!isKnownKey(frame, entry.key)) {
                frame.node.entries.push_back(std::move(entry));
            }
        }
    }
}

void TreeBuilder::countNode(Spot spot)
{
    if (frames_.size() == 2 && frames_[1].isObjectList) {
        itemNodes_ = 0;
    }
    if (++itemNodes_ > limits_->nodesMax) {
        stop(spot,
             "too-many-values",
             "more than " + grouped(limits_->nodesMax) + " values in one document",
             "split the document");
    }
    if (++fileNodes_ > limits_->fileNodesMax) {
        stop(spot,
             "too-many-values",
             "more than " + grouped(limits_->fileNodesMax) + " values in one file",
             "split the file");
    }
}

void TreeBuilder::countDepth(Spot spot, std::size_t more)
{
    if (frames_.size() + more > limits_->depthMax) {
        stop(spot,
             "too-deep",
             "nested too deep: more than " + grouped(limits_->depthMax) + " levels",
             "flatten the structure");
    }
}

} // namespace lab::yaml
