#pragma once

#include "base/finding.hpp"
#include "scenario/lesson.hpp"

#include <string>
#include <string_view>

namespace lab::scenario {

/// A lesson with everything noticed while reading it.
struct ReadLesson {
    Lesson lesson;
    Findings findings; ///< Any of severity Unreadable: the lesson cannot be used.

    [[nodiscard]] bool isReadable() const { return worstOf(findings) < Severity::Unreadable; }
};

/// A lesson's text → values, with every mistake at once.  Pure; format: scenarios/README.md
///
/// Unknown keys are mistakes, and so is an order that lets a learner see before he predicts: a
/// prediction stands before the run, what is observed and explained after it. At most 8 MiB, 100
/// steps, 20 options a question.
/// \param fileName  how findings call the text: the path as the user named it
[[nodiscard]] ReadLesson readLesson(std::string_view text, const std::string& fileName);

} // namespace lab::scenario
