#pragma once

#include "base/result.hpp"
#include "explain/explanation.hpp"
#include "plan/front_door_plan.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lab::scenario {

/// What `explain` is asked (product of the flags; nothing is checked yet).
struct ExplainOptions {
    explain::AskedRequest request;
    std::vector<std::string> inputs;      ///< As openInput() takes them.
    std::optional<plan::Style> style;     ///< None: ingress if there is one, else per-service.
    std::optional<plan::Profile> profile; ///< None: as planned.
    bool assumesClasses = true;           ///< No: `--no-assumed-class`
};

/// The answer, and what was noticed in the input on the way to it.
struct Explained {
    explain::Explanation explanation;
    Findings findings;
};

/// Reads, plans, and asks the doors. A 404 is an answer, no error.
/// \return WrongUse for what is no URL, Environment and BadInput as for every reading verb
[[nodiscard]] Result<Explained> explainRequest(const ExplainOptions& options);

/// For people, at most 100 columns where names allow it.
[[nodiscard]] std::string explainedAsText(const Explained& explained, bool usesColour);
/// schemaVersion 1.
[[nodiscard]] std::string explainedAsJson(const Explained& explained);

} // namespace lab::scenario
