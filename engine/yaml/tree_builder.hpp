#pragma once

#include "yaml/document_reader.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace lab::yaml {

/// Line and column, both from 1.
struct Spot {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

/// Thrown out of a parser when reading must end; the finding that says why is already there.
struct ReadingStopped {};

/// Which tree do these events make?  Builds documents from a parser's events within ReadLimits.
///
/// Keeps places, refuses duplicate and non-text keys, expands aliases by copy, merges `<<` where
/// accepted, passes over what nobody wants. An anchor is remembered as a path of indexes, so only
/// aliases copy. Throws ReadingStopped, nothing else. One file's worth, one thread.
class TreeBuilder {
public:
    TreeBuilder(std::shared_ptr<const std::string> file,
                const ReadLimits& limits,
                ReadDocuments& result);

    void beginDocument(Spot spot);
    void endDocument();
    void beginMap(Spot spot, std::size_t anchor = 0); ///< Anchors count from 1; 0 is none.
    void endMap();
    void beginSequence(Spot spot, std::size_t anchor = 0);
    void endSequence();
    void scalar(Spot spot, const std::string& text, bool isQuoted, std::size_t anchor = 0);
    void null(Spot spot, std::size_t anchor = 0);
    void alias(Spot spot, std::size_t anchor);

    /// Adds an Unreadable finding and goes on, unless there are too many.
    void refuse(Spot spot, std::string id, std::string message, std::string remedy = {});
    /// Adds an Unreadable finding and throws ReadingStopped.
    [[noreturn]] void stop(Spot spot, std::string id, std::string message, std::string remedy = {});

    /// The innermost map or list that is still open, for messages about unclosed brackets.
    [[nodiscard]] const Node* openNode() const;

private:
    struct Frame {
        Node node;
        std::string key;
        Spot keySpot;
        bool hasKey = false;
        bool isMergeKey = false;
        bool isObjectList = false;            ///< The root's `items`.
        std::vector<Node> merged;             ///< Values of `<<`.
        std::unordered_set<std::string> keys; ///< Filled once the map is large.
    };
    struct Anchor {
        std::vector<std::size_t> path; ///< Indexes from the root.
        bool isReachable = true;
    };

    void begin(NodeKind kind, Spot spot, std::size_t anchor);
    void end();
    void attach(Node node);
    void readKey(Spot spot, const std::string& text, bool isQuoted);
    void remember(std::size_t anchor);
    void countNode(Spot spot);
    void countDepth(Spot spot, std::size_t more);
    void mergeInto(Frame& frame);
    [[nodiscard]] bool isKeyNext() const;
    [[nodiscard]] bool isKnownKey(Frame& frame, const std::string& key) const;
    [[nodiscard]] bool passesOver(const std::string& key) const;
    [[nodiscard]] bool takesSkipped(int depthChange);
    [[nodiscard]] const Node* resolve(const Anchor& anchor) const;
    [[nodiscard]] std::size_t measure(Spot spot, const Node& node, std::size_t depth);

    std::shared_ptr<const std::string> file_;
    const ReadLimits* limits_;
    ReadDocuments* result_;
    std::vector<Frame> frames_;
    std::unordered_map<std::size_t, Anchor> anchors_; ///< Of this document.
    std::optional<Node> root_;
    std::size_t documents_ = 0;
    std::size_t itemNodes_ = 0;
    std::size_t fileNodes_ = 0;
    std::size_t aliasNodes_ = 0;
    int skippedDepth_ = 0;       ///< Collections open inside a passed-over value.
    bool isNextSkipped_ = false; ///< The value that comes next is passed over.
};

} // namespace lab::yaml
