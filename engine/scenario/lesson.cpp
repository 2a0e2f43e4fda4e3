#include "scenario/lesson.hpp"

#include "scenario/expectation.hpp"

#include <algorithm>
#include <limits>

namespace lab::scenario {
namespace {

using report::ExpectationResult;
using Verdict = ExpectationResult::Verdict;

ExpectationResult judgeChoice(const LessonStep& step, const report::Report& report)
{
    std::vector<Expectation> claims;
    for (const LessonOption& option : step.question->options) {
        claims.push_back(option.claim);
    }
    const std::vector<ExpectationResult> judged = judge(claims, report);
    const auto right = std::ranges::count(judged, Verdict::Passed, &ExpectationResult::verdict);
    const auto open = std::ranges::find(judged, Verdict::Inconclusive, &ExpectationResult::verdict);
    ExpectationResult result;
    result.text = "step " + step.id + ": options that the run makes right = 1";
    result.actual = std::to_string(right);
    result.place = step.question->place;
    if (open != judged.end()) {
        result.verdict = Verdict::Inconclusive;
        result.because = open->because;
    } else if (right != 1) {
        result.verdict = Verdict::Failed;
    }
    return result;
}

/// Whatever the number is, it must be there.
ExpectationResult judgeNumber(const LessonStep& step, const report::Report& report)
{
    Expectation isThere = step.question->answer;
    isThere.comparison = Comparison::AtMost;
    isThere.bound = std::numeric_limits<double>::max();
    ExpectationResult result = judge({isThere}, report).front();
    result.text = "step " + step.id + ": " + isThere.metric + " is known";
    return result;
}

} // namespace

std::vector<ExpectationResult> judge(const Lesson& lesson, const report::Report& report)
{
    std::vector<ExpectationResult> results;
    for (const LessonStep& step : lesson.steps) {
        if (step.question) {
            results.push_back(step.question->kind == LessonQuestion::Kind::Choice
                                  ? judgeChoice(step, report)
                                  : judgeNumber(step, report));
        }
        const std::vector<ExpectationResult> checks = judge(step.checks, report);
        results.insert(results.end(), checks.begin(), checks.end());
    }
    return results;
}

} // namespace lab::scenario
