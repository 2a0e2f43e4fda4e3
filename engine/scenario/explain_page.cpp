#include "scenario/explain_page.hpp"

#include "certificates/password_hash.hpp"
#include "explain/explanation_json.hpp"
#include "scenario/query_string.hpp"

namespace lab::scenario {
namespace {

live::AdminAnswer refused(const std::string& sentence)
{
    live::AdminAnswer answer;
    answer.status = 400;
    answer.body = sentence +
                  "\nask /explain?url=https://shop.example.com/cart&method=GET&header=Name:value\n";
    return answer;
}

/// What the query asks for.
struct Asked {
    explain::AskedRequest request;
    std::string style;
    std::string wrong; ///< What is wrong with it; empty: nothing.
};

Asked readQuery(std::string_view query)
{
    Asked asked;
    const auto parameters = readQueryString(query);
    if (!parameters) {
        asked.wrong = parameters.error().message();
        return asked;
    }
    for (const auto& [key, value] : *parameters) {
        if (key == "url") {
            asked.request.url = value;
        } else if (key == "method") {
            asked.request.method = value;
        } else if (key == "header") {
            asked.request.fields.push_back(value);
        } else if (key == "client") {
            asked.request.clientAddress = value;
        } else if (key == "style") {
            asked.style = value;
        } else {
            asked.wrong = "there is no parameter of that name besides url, method, header, "
                          "client and style";
        }
    }
    return asked;
}

/// The plan of that style; without a wish the ingress, where it opens a door.
std::shared_ptr<const plan::FrontDoorPlan> chosenPlan(const ServedPlans& plans,
                                                      const std::string& style)
{
    std::shared_ptr<const plan::FrontDoorPlan> chosen;
    for (const auto& plan : plans) {
        if (style == plan::toText(plan->style)) {
            return plan;
        }
        if (style.empty() && !plan->doors.empty()) {
            chosen = plan->style == plan::Style::Ingress || !chosen ? plan : chosen;
        }
    }
    return chosen;
}

} // namespace

explain::Explainer& ExplainPage::explainerOf(const std::shared_ptr<const plan::FrontDoorPlan>& plan,
                                             const live::LiveEngine* engine)
{
    if (engine != asked_) {
        explainers_.clear();
        asked_ = engine;
    }
    explain::Explainer::Running running;
    if (engine != nullptr) {
        running.door = [engine, asked = plan.get()](DoorId id) {
            return engine->frontDoor(*asked, id);
        };
        running.now = [engine] { return engine->now(); };
    }
    return explainers_.try_emplace(plan.get(), plan, certificates::matches, std::move(running))
        .first->second;
}

live::AdminAnswer ExplainPage::answer(std::string_view query, const live::LiveEngine* engine)
{
    const Asked asked = readQuery(query);
    if (!asked.wrong.empty()) {
        return refused(asked.wrong);
    }
    const Result<explain::Question> question = explain::readQuestion(asked.request);
    if (!question) {
        return refused(question.error().message());
    }
    const ServedPlans plans = engine == nullptr ? plans_ : engine->plans();
    std::erase_if(explainers_, [&](const auto& item) { // of plans served no more
        return std::ranges::none_of(plans,
                                    [&](const auto& plan) { return plan.get() == item.first; });
    });
    const auto plan = chosenPlan(plans, asked.style);
    if (!plan) {
        return refused("style takes ingress or per-service, and one that is served");
    }
    live::AdminAnswer answer;
    answer.contentType = "application/json";
    answer.body = explain::explanationAsJson(explainerOf(plan, engine).explain(*question));
    return answer;
}

} // namespace lab::scenario
