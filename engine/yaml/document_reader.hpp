#pragma once

#include "base/finding.hpp"
#include "yaml/node.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lab::yaml {

/// How much of what is accepted from untrusted text. Beyond any of them the file is Unreadable.
struct ReadLimits {
    std::size_t fileBytesMax = 8U << 20U; ///< 64 MiB for manifests
    std::size_t nodesMax = 100'000;       ///< A document or list item, aliases expanded
    std::size_t depthMax = 64;
    std::size_t scalarBytesMax = 1U << 20U;
    std::size_t documentsMax = 200'000;
    /// Keys whose values are passed over while parsing (they count as nothing): "status", …
    std::vector<std::string> skippedKeys;
};

struct ReadDocuments {
    std::vector<Document> documents; ///< Empty documents are left out.
    Findings findings;               ///< Severity Unreadable: the file cannot be used.

    [[nodiscard]] bool isReadable() const { return worstOf(findings) < Severity::Unreadable; }
};

/// Reads YAML 1.2 (and so JSON) text into trees, or says exactly why not: line, column, what to do.
///
/// For untrusted bytes: size, UTF-8, control characters, nesting, node count and alias expansion
/// are bounded; duplicate keys, tags, unclosed quotes, self-containing aliases and merge keys are
/// refused. Uses yaml-cpp's event interface, never its node tree. Quoted text in messages is cut
/// at 80 characters and escaped.
/// \param name  how findings call the text: a path, or "<stdin>"
[[nodiscard]] ReadDocuments
readDocuments(std::string_view text, const std::string& name, const ReadLimits& limits = {});

} // namespace lab::yaml
