#pragma once

#include "base/finding.hpp"
#include "model/ingress.hpp"
#include "plan/annotation_values.hpp"
#include "plan/controller_config.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace lab::plan {

/// Typed access to the ingress-nginx annotations of one Ingress. An empty value counts as absent.
class AnnotationReader {
public:
    /// \param settings  the controller's, whose ConfigMap has defaults for some annotations
    AnnotationReader(const model::Ingress& ingress,
                     const ControllerSettings& settings,
                     Findings& findings)
        : ingress_(&ingress)
        , settings_(&settings)
        , findings_(&findings)
    {
    }

    /// The value under the name (without prefix), else the ConfigMap's, or nothing.
    [[nodiscard]] std::optional<std::string> text(std::string_view name) const;

    /// A wrong value is reported and counts as absent.
    [[nodiscard]] bool boolean(std::string_view name, bool byDefault);
    [[nodiscard]] std::optional<std::int64_t>
    integer(std::string_view name, std::int64_t min, std::int64_t max);
    [[nodiscard]] std::optional<std::uint64_t> size(std::string_view name);

    /// Reports a value that falls back to its default.
    void ignore(std::string_view name, const std::string& wanted);
    /// Reports a value that closes all paths of the Ingress; gives the reason.
    [[nodiscard]] std::string deny(std::string_view name, const std::string& reason);
    /// Reports a value for which the whole Ingress is refused; gives the reason.
    [[nodiscard]] std::string refuse(std::string_view name, const std::string& reason);

    /// Is the annotation itself there?
    [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
    /// Reports an annotation that changes nothing here.
    void withoutEffect(std::string_view name, const std::string& why, std::string remedy);

    [[nodiscard]] const model::Ingress& ingress() const { return *ingress_; }
    [[nodiscard]] const ControllerSettings& settings() const { return *settings_; }

private:
    [[nodiscard]] const model::Annotation* find(std::string_view name) const;
    void report(std::string_view name,
                Severity severity,
                const char* id,
                const std::string& consequence,
                std::string remedy);

    const model::Ingress* ingress_;
    const ControllerSettings* settings_;
    Findings* findings_;
};

} // namespace lab::plan
