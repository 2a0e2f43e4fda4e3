#include "scenario/explain_page.hpp"

#include "certificates/password_hash.hpp"
#include "explain/explanation_json.hpp"

#include <algorithm>
#include <optional>

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

std::optional<unsigned> hexDigit(char c)
{
    constexpr std::string_view digits = "0123456789abcdef";
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    const std::size_t at = digits.find(lower);
    return at == digits.npos ? std::nullopt : std::optional(static_cast<unsigned>(at));
}

/// "a+b%20c" → "a b c"; nothing where an escape is broken.
std::optional<std::string> decoded(std::string_view text)
{
    std::string made;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            made += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const auto high = i + 2 < text.size() ? hexDigit(text[i + 1]) : std::nullopt;
        const auto low = high ? hexDigit(text[i + 2]) : std::nullopt;
        if (!low) {
            return std::nullopt;
        }
        made += static_cast<char>(*high * 16U + *low);
        i += 2;
    }
    return made;
}

Asked readQuery(std::string_view query)
{
    Asked asked;
    while (!query.empty()) {
        const std::string_view param = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), param.size() + 1));
        const std::size_t equals = std::min(param.find('='), param.size());
        const std::string_view key = param.substr(0, equals);
        const auto read = decoded(param.substr(std::min(equals + 1, param.size())));
        if (!read) {
            asked.wrong = "a % in the query stands before no two hexadecimal digits: it must be "
                          "percent-encoded itself";
            return asked;
        }
        const std::string& value = *read;
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
        running.door = [engine, style = plan->style](DoorId id) {
            return engine->frontDoor(style, id);
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
    const auto plan = chosenPlan(plans_, asked.style);
    if (!plan) {
        return refused("style takes ingress or per-service, and one that is served");
    }
    live::AdminAnswer answer;
    answer.contentType = "application/json";
    answer.body = explain::explanationAsJson(explainerOf(plan, engine).explain(*question));
    return answer;
}

} // namespace lab::scenario
