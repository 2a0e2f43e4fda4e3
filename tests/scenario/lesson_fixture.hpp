#pragma once

#include <QString>

#include "scenario/lesson_reader.hpp"

#include <string>

namespace lab::test {

/// A lesson around its steps, which begin at line 8, indented by four.
inline std::string lessonWith(const std::string& steps)
{
    return "apiVersion: ingresslab.dev/v1\nkind: Lesson\nmetadata: {name: t}\nspec:\n"
           "  title: T\n  minutes: 5\n  steps:\n" +
           steps;
}

inline constexpr const char* predictStep =
    "    - id: predict\n"
    "      type: predict\n"
    "      text: How many?\n"
    "      question:\n"
    "        kind: choice\n"
    "        answer: {metric: certificates, style: per-service}\n"
    "        options:\n"
    "          - {text: One, equal: 1}\n"
    "          - {text: Two, equal: 2}\n";
inline constexpr const char* runStep = "    - {id: run, type: run, text: Go.}\n";

/// All findings of a text, one a line, without the file's name and the severity.
inline QString lessonFindings(const std::string& text)
{
    QString all;
    for (const Finding& finding : scenario::readLesson(text, "l.yaml").findings) {
        all += QString::fromStdString(toText(finding)) + '\n';
    }
    return all.trimmed().replace("l.yaml:", "").replace(" unreadable:", "");
}

} // namespace lab::test
