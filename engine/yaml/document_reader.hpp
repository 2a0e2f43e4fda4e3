#pragma once

#include "base/finding.hpp"
#include "yaml/node.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lab::yaml {

/// Is the value at that path of an object not wanted?  Asked while parsing, before it is stored.
///
/// An object is a document's root, or an item of the root's list `items`. `object` holds what was
/// read of it so far; `path` has one or two keys: "status", "metadata.managedFields".
using PassesOver = std::function<bool(const Node& object, std::string_view path)>;

/// How much of what is accepted from untrusted text. Beyond any of them the file is Unreadable.
struct ReadLimits {
    std::size_t fileBytesMax = 8U << 20U; ///< 64 MiB for manifests
    std::size_t nodesMax = 100'000;       ///< A document or item of the root's list `items`
    std::size_t aliasNodesMax = 100'000;  ///< What all aliases of a file expand to
    std::size_t fileNodesMax = 4'000'000; ///< All documents together: what bounds our memory
    std::size_t depthMax = 64;
    std::size_t scalarBytesMax = 1U << 20U;
    std::size_t documentsMax = 200'000;
    std::size_t findingsMax = 100; ///< After that many mistakes reading stops.
    bool acceptsMergeKeys = false; ///< `<<: *alias`, which Kubernetes' own reader understands.
    PassesOver passesOver{};       ///< What it takes counts as nothing; empty: nothing is taken.
};

struct ReadDocuments {
    std::vector<Document> documents; ///< Empty documents are left out.
    Findings findings;               ///< Severity Unreadable: the file cannot be used.

    [[nodiscard]] bool isReadable() const { return worstOf(findings) < Severity::Unreadable; }
};

/// Reads YAML 1.2 (and so JSON) text into trees, or says exactly why not: line, column, what to do.
///
/// For untrusted bytes: size, UTF-8, control characters, nesting, node count and alias expansion
/// are bounded; duplicate keys, tags, unclosed quotes, self-containing aliases and (unless
/// accepted) merge keys are refused. JSON is read by an own strict reader, all else by yaml-cpp's
/// event interface, never by its node tree. Columns count bytes. Quoted text in messages is cut
/// at 80 characters and escaped.
/// \param name  how findings call the text: a path, or "<stdin>"
[[nodiscard]] ReadDocuments
readDocuments(std::string_view text, const std::string& name, const ReadLimits& limits = {});

/// Reads one of our own files: exactly one document, and a map. Else there is a finding.
[[nodiscard]] ReadDocuments
readSingleMap(std::string_view text, const std::string& name, const ReadLimits& limits = {});

} // namespace lab::yaml
