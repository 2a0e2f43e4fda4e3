#pragma once

#include "base/place.hpp"
#include "report/report.hpp"
#include "scenario/scenario.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lab::scenario {

/// One answer that a learner may choose, and the claim that makes it the right one.
struct LessonOption {
    std::string text;
    Expectation claim;
};

/// What a learner is asked. The run answers: no file says what is right.
struct LessonQuestion {
    enum class Kind : std::uint8_t { Choice, Number };
    Kind kind = Kind::Choice;
    Expectation answer; ///< Its metric, of a style or as a ratio; with Number, its tolerance.
    std::vector<LessonOption> options; ///< Choice only; exactly one holds in the run.
    Place place;
};

/// One page of a lesson.
struct LessonStep {
    enum class Type : std::uint8_t { Show, Predict, Run, Observe, Explain, Apply };
    std::string id; ///< Unique in the lesson.
    Type type = Type::Show;
    std::string text; ///< Markdown.
    std::optional<LessonQuestion> question;
    std::vector<Expectation> checks; ///< What the text says of the run.
    std::string smallPrint;          ///< What the run does not show. May be empty.
    Place place;
};

/// lesson.yaml: a scenario as a learner goes through it. A prediction comes before the run.
struct Lesson {
    std::string name;
    std::string title;
    int minutes = 10;
    std::vector<std::string> objectives;
    std::string scenario; ///< Its file, beside the lesson.
    std::vector<LessonStep> steps;
    Place place;
};

/// Does a run keep what the lesson says of it?  Every check, and for every question that the run
/// answers it: one option of a choice holds, a number is there. Pure.
[[nodiscard]] std::vector<report::ExpectationResult> judge(const Lesson& lesson,
                                                           const report::Report& report);

} // namespace lab::scenario
