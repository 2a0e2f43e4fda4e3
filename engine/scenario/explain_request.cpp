#include "scenario/explain_request.hpp"

#include "certificates/password_hash.hpp"
#include "explain/explainer.hpp"
#include "explain/explanation_json.hpp"
#include "explain/explanation_text.hpp"
#include "scenario/plan_input.hpp"

namespace lab::scenario {

Result<Explained> explainRequest(const ExplainOptions& options)
{
    const Result<explain::Question> question = explain::readQuestion(options.request);
    if (!question) {
        return question.error();
    }
    Result<PlanInput> input = readPlanInput(options.inputs, {options.assumesClasses});
    if (!input) {
        return input.error();
    }
    if (!input->isReadable()) {
        return Error(std::move(input->findings));
    }
    if (options.profile) {
        input->options.profile = options.profile;
    }
    plan::PlannedStyles planned = plan::planFrontDoors(input->cluster, input->options);
    const plan::Style style = options.style.value_or(
        planned.ingress.doors.empty() ? plan::Style::PerService : plan::Style::Ingress);
    auto chosen = std::make_shared<const plan::FrontDoorPlan>(
        style == plan::Style::Ingress ? std::move(planned.ingress) : std::move(planned.perService));
    explain::Explainer explainer(std::move(chosen), certificates::matches);
    Explained explained{explainer.explain(*question), std::move(input->findings)};
    append(explained.findings, std::move(planned.findings));
    return explained;
}

std::string explainedAsText(const Explained& explained, bool usesColour)
{
    return explain::explanationAsText(explained.explanation, usesColour);
}

std::string explainedAsJson(const Explained& explained)
{
    return explain::explanationAsJson(explained.explanation);
}

} // namespace lab::scenario
