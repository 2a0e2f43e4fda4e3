#include "scenario/lesson_reader.hpp"

#include "base/quoted.hpp"
#include "scenario/expectation_reader.hpp"
#include "scenario/lab_head.hpp"
#include "scenario/unsupported_keys.hpp"
#include "yaml/document_reader.hpp"
#include "yaml/map_reader.hpp"

#include <algorithm>
#include <set>

namespace lab::scenario {
namespace {

using Type = LessonStep::Type;

constexpr std::int64_t minutesMax = 240;
constexpr std::size_t stepsMax = 100;
constexpr std::size_t optionsMin = 2;
constexpr std::size_t optionsMax = 20;

std::string requiredText(yaml::MapReader& map, std::string_view key)
{
    return map.require(key) ? map.text(key).value_or("") : std::string();
}

/// The number that answers: of one style, or the ratio of both.
Expectation readAnswer(yaml::MapReader& question, LessonQuestion::Kind kind)
{
    Expectation answer;
    question.require("answer");
    yaml::MapReader map = question.map("answer");
    answer.place = map.place();
    if (map.isPresent()) {
        readSubject(map, answer);
        if (!answer.style && !answer.isRatio) {
            map.addWrong("style",
                         "no-style",
                         "is missing: the answer is one number",
                         "say which style, or a ratio");
        }
    }
    map.finish();
    if (kind == LessonQuestion::Kind::Number) {
        readTolerance(question, answer);
    }
    return answer;
}

std::vector<LessonOption> readOptions(yaml::MapReader& question, const Expectation& answer)
{
    std::vector<LessonOption> options;
    for (yaml::MapReader& map : question.maps("options")) {
        LessonOption& option = options.emplace_back();
        option.text = requiredText(map, "text");
        option.claim = answer;
        option.claim.place = map.place();
        readComparison(map, option.claim);
        map.finish();
    }
    if (options.size() < optionsMin || options.size() > optionsMax) {
        question.addWrong("options", "out-of-range", "must be 2 to 20 answers to choose from");
    }
    return options;
}

LessonQuestion readQuestion(yaml::MapReader& map)
{
    LessonQuestion question;
    question.place = map.place();
    const std::string kind = requiredText(map, "kind");
    if (kind == "rank" || kind == "click") {
        refuseUnsupportedValue(map, "kind", kind);
        map.passOver({"options", "answer", "tolerance"});
    } else {
        question.kind = map.choice<LessonQuestion::Kind>("kind",
                                                         {{"choice", LessonQuestion::Kind::Choice},
                                                          {"number", LessonQuestion::Kind::Number}})
                            .value_or(question.kind);
        question.answer = readAnswer(map, question.kind);
        if (question.kind == LessonQuestion::Kind::Choice) {
            question.options = readOptions(map, question.answer);
        }
    }
    map.finish();
    return question;
}

LessonStep readStep(yaml::MapReader& map)
{
    LessonStep step;
    step.place = map.place();
    step.id = requiredText(map, "id");
    map.require("type");
    step.type = map.choice<Type>("type",
                                 {{"show", Type::Show},
                                  {"predict", Type::Predict},
                                  {"run", Type::Run},
                                  {"observe", Type::Observe},
                                  {"explain", Type::Explain},
                                  {"apply", Type::Apply}})
                    .value_or(step.type);
    step.text = requiredText(map, "text");
    yaml::MapReader question = map.map("question");
    if (question.isPresent()) {
        step.question = readQuestion(question);
    } else if (step.type == Type::Predict) {
        map.require("question");
    }
    step.checks = readExpectations(map, "checks");
    step.smallPrint = map.text("smallPrint").value_or("");
    refuseUnsupported(map, {"controls"});
    map.finish();
    return step;
}

bool isAfterTheRun(Type type)
{
    return type == Type::Observe || type == Type::Explain || type == Type::Apply;
}

/// Who saw before he predicted has learned nothing from it.
void checkOrder(yaml::MapReader& spec, const std::vector<LessonStep>& steps)
{
    const auto wrong = [&](const LessonStep& step, std::string message, std::string remedy) {
        spec.reading().addWrong(step.place, "bad-order", std::move(message), std::move(remedy));
    };
    bool hasPredicted = false;
    bool hasRun = false;
    for (const LessonStep& step : steps) {
        const std::string name = "step " + quoted(step.id);
        if (step.type == Type::Run && !hasPredicted) {
            wrong(step, name + " runs before anything is predicted", "put a predict step first");
        } else if (isAfterTheRun(step.type) && !hasRun) {
            wrong(step, name + " tells of the run before it", "put a run step first");
        } else if (step.type == Type::Predict && hasRun) {
            wrong(step, name + " predicts what has been seen", "put it before the run");
        } else if (!step.checks.empty() && !hasRun) {
            wrong(step, name + " checks a run that is yet to come", "put the checks after it");
        }
        hasPredicted = hasPredicted || step.type == Type::Predict;
        hasRun = hasRun || step.type == Type::Run;
    }
    if (!hasRun) {
        spec.addWrong("steps", "no-run", "hold no step of type run", "add one");
    }
}

void readSteps(yaml::MapReader& spec, Lesson& lesson)
{
    if (!spec.require("steps")) {
        return;
    }
    std::set<std::string> ids;
    for (yaml::MapReader& map : spec.maps("steps")) {
        lesson.steps.push_back(readStep(map));
        if (!ids.insert(lesson.steps.back().id).second) {
            map.addWrong("id",
                         "duplicate",
                         quoted(lesson.steps.back().id) + " is the id of a step before it",
                         "give each its own");
        }
    }
    if (lesson.steps.size() > stepsMax) {
        spec.addWrong("steps", "out-of-range", "must be at most 100");
    }
    checkOrder(spec, lesson.steps);
}

void readSpec(yaml::MapReader& spec, Lesson& lesson)
{
    lesson.title = requiredText(spec, "title");
    lesson.minutes =
        static_cast<int>(spec.integer("minutes", 1, minutesMax).value_or(lesson.minutes));
    lesson.objectives = spec.texts("objectives");
    lesson.scenario = spec.text("scenario").value_or("scenario.yaml");
    if (lesson.scenario.empty() || lesson.scenario.find('/') != std::string::npos) {
        spec.addWrong("scenario", "bad-path", "must be a file beside the lesson");
    }
    readSteps(spec, lesson);
    spec.finish();
}

} // namespace

ReadLesson readLesson(std::string_view text, const std::string& fileName)
{
    ReadLesson read;
    yaml::ReadDocuments documents = yaml::readSingleMap(text, fileName);
    const bool isReadable = documents.isReadable();
    append(read.findings, std::move(documents.findings));
    if (!isReadable) {
        return read;
    }
    const yaml::Document& document = documents.documents.front();
    yaml::Reading reading{document, read.findings};
    yaml::MapReader root(reading, document.root, "");
    read.lesson.place = document.place(document.root);
    read.lesson.name = readLabHead(root, "Lesson");
    if (root.require("spec")) {
        yaml::MapReader spec = root.map("spec");
        if (spec.isPresent()) {
            readSpec(spec, read.lesson);
        }
    }
    root.finish();
    return read;
}

} // namespace lab::scenario
