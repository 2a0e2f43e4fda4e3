#include "plan/annotation_reader.hpp"

#include "plan/ingress_policy.hpp"

namespace lab::plan {
namespace {

/// A value as findings quote it: one line, cut at 80 characters.
std::string shown(const std::string& value)
{
    constexpr std::size_t shownMax = 80;
    std::string text;
    for (const char c : value.substr(0, shownMax)) {
        text += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
    return value.size() > shownMax ? text + "…" : text;
}

} // namespace

const model::Annotation* AnnotationReader::find(std::string_view name) const
{
    for (const model::Annotation& annotation : ingress_->meta.annotations) {
        const std::string_view key = annotation.key;
        if (key.starts_with(nginxPrefix) && key.substr(nginxPrefix.size()) == name &&
            !annotation.value.empty()) {
            return &annotation;
        }
    }
    return nullptr;
}

std::optional<std::string> AnnotationReader::text(std::string_view name) const
{
    const model::Annotation* found = find(name);
    return found == nullptr ? configuredDefault(*settings_, name) : std::optional(found->value);
}

bool AnnotationReader::boolean(std::string_view name, bool byDefault)
{
    const auto value = text(name);
    if (!value) {
        return byDefault;
    }
    const std::optional<bool> parsed = parseBool(*value);
    if (!parsed) {
        ignore(name, "\"true\" or \"false\"");
    }
    return parsed.value_or(byDefault);
}

std::optional<std::int64_t>
AnnotationReader::integer(std::string_view name, std::int64_t min, std::int64_t max)
{
    const auto value = text(name);
    if (!value) {
        return std::nullopt;
    }
    const std::optional<std::int64_t> parsed = parseInteger(*value);
    if (!parsed || *parsed < min || *parsed > max) {
        ignore(name, "a whole number");
        return std::nullopt;
    }
    return parsed;
}

std::optional<std::uint64_t> AnnotationReader::size(std::string_view name)
{
    const auto value = text(name);
    if (!value) {
        return std::nullopt;
    }
    const std::optional<std::uint64_t> parsed = parseSize(*value);
    if (!parsed) {
        ignore(name, "a size such as 8m");
    }
    return parsed;
}

void AnnotationReader::ignore(std::string_view name, const std::string& wanted)
{
    report(name, Severity::Warning, "annotation-ignored", "its default holds", "write " + wanted);
}

std::string AnnotationReader::deny(std::string_view name, const std::string& reason)
{
    report(name,
           Severity::Error,
           "annotation-closes-paths",
           reason + "; ingress-nginx answers 503 on all paths of this ingress",
           "");
    return std::string(name) + ": " + reason;
}

std::string AnnotationReader::refuse(std::string_view name, const std::string& reason)
{
    report(name,
           Severity::Error,
           "annotation-refused",
           reason + "; ingress-nginx refuses the whole ingress",
           "");
    return std::string(name) + ": " + reason;
}

void AnnotationReader::withoutEffect(std::string_view name,
                                     const std::string& why,
                                     std::string remedy)
{
    if (has(name)) {
        report(name, Severity::Warning, "annotation-without-effect", why, std::move(remedy));
    }
}

void AnnotationReader::report(std::string_view name,
                              Severity severity,
                              const char* id,
                              const std::string& consequence,
                              std::string remedy)
{
    const model::Annotation* found = find(name);
    const auto configured = configuredDefault(*settings_, name);
    if (found == nullptr && configured) {
        findings_->push_back({severity,
                              id,
                              placeOfKey(*settings_, name),
                              "key " + std::string(name) +
                                  " of the controller's ConfigMap has the value \"" +
                                  shown(*configured) + "\": " + consequence,
                              std::move(remedy)});
        return;
    }
    findings_->push_back({severity,
                          id,
                          found == nullptr ? ingress_->meta.place : found->place,
                          "annotation " + std::string(name) + " of ingress \"" +
                              ingress_->meta.fullName() + "\" has the value \"" +
                              (found == nullptr ? "" : shown(found->value)) + "\": " + consequence,
                          std::move(remedy)});
}

} // namespace lab::plan
