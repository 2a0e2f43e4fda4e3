#pragma once

#include "base/result.hpp"
#include "live/live_engine.hpp"
#include "scenario/plan_input.hpp"
#include "scenario/serve_options.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lab::scenario {

/// An input made ready to be served: both styles' plans, how to serve them, what was noticed.
struct Servable {
    std::vector<std::shared_ptr<const plan::FrontDoorPlan>> plans; ///< Per-service, ingress.
    live::LiveOptions options;
    Findings findings;
    std::string digest;       ///< The same for the same texts: 16 hexadecimal digits.
    std::string scenarioText; ///< Empty: bare manifests.
};

/// Reads the files and plans them.
///
/// \return the findings where the input is unreadable, opens no door, or holds refused objects and
/// the options are strict; WrongUse for an address that is none
[[nodiscard]] Result<Servable> readServable(const ServeOptions& asked);

/// The same with this text in place of the files: manifests, or a scenario whose manifests are
/// looked for where those of the files are. \param name  what findings call it
[[nodiscard]] Result<Servable>
readServable(const ServeOptions& asked, const std::string& name, const std::string& text);

} // namespace lab::scenario
