#pragma once

#include "explain/explainer.hpp"
#include "live/live_engine.hpp"
#include "scenario/engine_metrics.hpp"

#include <map>
#include <memory>
#include <string_view>
#include <utility>

namespace lab::scenario {

/// `/explain?url=&method=&header=&client=&style=`: what the served plans do with a request, as
/// JSON; `header` may be repeated. 400 with a sentence for what is no question.
///
/// The running doors are asked, with their limits as they stand. Indexes are kept from one question
/// to the next. The admin thread's alone.
class ExplainPage {
public:
    explicit ExplainPage(ServedPlans plans)
        : plans_(std::move(plans))
    {
    }

    /// \param query  as received, percent-encoded, without its question mark
    /// \param engine  whose plans are asked about; nullptr: own doors of the first plans are asked
    [[nodiscard]] live::AdminAnswer answer(std::string_view query, const live::LiveEngine* engine);

private:
    explain::Explainer& explainerOf(const std::shared_ptr<const plan::FrontDoorPlan>& plan,
                                    const live::LiveEngine* engine);

    ServedPlans plans_;
    const live::LiveEngine* asked_ = nullptr; ///< Whose doors the explainers ask.
    std::map<const plan::FrontDoorPlan*, explain::Explainer> explainers_;
};

} // namespace lab::scenario
