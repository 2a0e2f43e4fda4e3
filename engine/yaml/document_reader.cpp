#include "yaml/document_reader.hpp"

#include "yaml/json_events.hpp"
#include "yaml/text_check.hpp"
#include "yaml/tree_builder.hpp"
#include "yaml/yaml_events.hpp"

#include <optional>

namespace lab::yaml {
namespace {

using FileName = std::shared_ptr<const std::string>;

/// A flow collection beyond this is JSON or nothing: yaml-cpp would hold it as tokens.
constexpr std::size_t flowBytesMax = 2U << 20U;

/// The text as JSON, or nothing where it is (short) YAML in flow style instead.
std::optional<ReadDocuments>
readAsJson(std::string_view text, const FileName& file, const ReadLimits& limits)
{
    ReadDocuments result;
    TreeBuilder builder(file, limits, result);
    try {
        const JsonMistake mistake = readJson(text, builder);
        if (mistake.what.empty()) {
            return result;
        }
        if (text.size() <= flowBytesMax) {
            return std::nullopt;
        }
        builder.refuse(mistake.spot,
                       "syntax",
                       "not JSON: " + std::string(mistake.what),
                       "correct it, or write it in block style");
    } catch (const ReadingStopped&) {
        // The finding that says why is in the result.
    }
    return result;
}

ReadDocuments readAsYaml(std::string_view text, const FileName& file, const ReadLimits& limits)
{
    ReadDocuments result;
    TreeBuilder builder(file, limits, result);
    try {
        readYaml(text, builder);
    } catch (const ReadingStopped&) {
        // The finding that says why is in the result.
    }
    return result;
}

void refuseFile(ReadDocuments& result, Place place, std::string id, std::string message)
{
    result.findings.push_back({Severity::Unreadable,
                               std::move(id),
                               std::move(place),
                               std::move(message),
                               "write one map of keys and values"});
}

} // namespace

ReadDocuments
readDocuments(std::string_view text, const std::string& name, const ReadLimits& limits)
{
    const auto file = std::make_shared<const std::string>(name);
    if (std::optional<Finding> bad = checkText(text, limits.fileBytesMax)) {
        bad->place.file = file;
        return {{}, {std::move(*bad)}};
    }
    const std::string_view body = withoutByteOrderMark(text);
    if (looksLikeJson(body)) {
        if (std::optional<ReadDocuments> json = readAsJson(body, file, limits)) {
            return std::move(*json);
        }
    }
    return readAsYaml(body, file, limits);
}

ReadDocuments
readSingleMap(std::string_view text, const std::string& name, const ReadLimits& limits)
{
    ReadDocuments result = readDocuments(text, name, limits);
    if (!result.isReadable()) {
        return result;
    }
    if (result.documents.empty()) {
        const auto file = std::make_shared<const std::string>(name);
        refuseFile(result, Place{file, 1, 1}, "empty-file", "the file is empty");
        return result;
    }
    const Document& first = result.documents.front();
    if (!first.root.isMap()) {
        refuseFile(result,
                   first.place(first.root),
                   "not-a-map",
                   "the document must be a map, not " + std::string(toText(first.root.kind)));
    }
    if (result.documents.size() > 1) {
        const Document& second = result.documents[1];
        refuseFile(result,
                   second.place(second.root),
                   "second-document",
                   "a second document begins here: this file takes one");
    }
    return result;
}

} // namespace lab::yaml
