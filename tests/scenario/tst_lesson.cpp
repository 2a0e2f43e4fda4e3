#include "support/test_main.hpp"

#include "scenario/lesson_fixture.hpp"
#include "support/report_fixture.hpp"

using namespace lab;
using namespace lab::test;
using Verdict = report::ExpectationResult::Verdict;

namespace {

std::vector<report::ExpectationResult> judged(const std::string& steps,
                                              std::size_t certificates = 2)
{
    report::Report report;
    for (const plan::Style style : {plan::Style::PerService, plan::Style::Ingress}) {
        report::StyleReport one;
        one.style = style;
        one.certificates = style == plan::Style::PerService ? certificates : 1;
        one.measurements = measured(400, 0, std::chrono::microseconds(100));
        report.styles.push_back(std::move(one));
    }
    const scenario::ReadLesson read = scenario::readLesson(lessonWith(steps), "l.yaml");
    if (!read.isReadable()) {
        return {};
    }
    return scenario::judge(read.lesson, report);
}

std::string numberStep(const std::string& metric)
{
    return "    - id: guess\n      type: predict\n      text: How many?\n"
           "      question: {kind: number, answer: {metric: " +
           metric + ", style: ingress}}\n";
}

} // namespace

/// What a lesson says of a run is held against the run.
class LessonTest : public QObject {
    Q_OBJECT

private slots:
    void aChoiceHasOneRightAnswer_data()
    {
        QTest::addColumn<int>("certificates");
        QTest::addColumn<QString>("actual");
        QTest::addColumn<bool>("isKept");
        QTest::newRow("the second holds") << 2 << "1" << true;
        QTest::newRow("none holds") << 3 << "0" << false;
    }
    void aChoiceHasOneRightAnswer()
    {
        QFETCH(int, certificates);
        QFETCH(QString, actual);
        QFETCH(bool, isKept);
        const auto results =
            judged(std::string(predictStep) + runStep, static_cast<std::size_t>(certificates));
        QCOMPARE(results.size(), std::size_t{1});
        QCOMPARE(results[0].text, "step predict: options that the run makes right = 1");
        QCOMPARE(QString::fromStdString(results[0].actual), actual);
        QCOMPARE(results[0].verdict, isKept ? Verdict::Passed : Verdict::Failed);
        QCOMPARE(results[0].place.line, 12u);
    }

    void twoRightAnswersAreOneTooMany()
    {
        std::string steps = predictStep;
        steps += "          - {text: Some, above: 1}\n";
        QCOMPARE(judged(steps + runStep)[0].actual, "2");
    }

    void aNumberMustBeThere()
    {
        QCOMPARE(judged(numberStep("certificates") + runStep)[0].verdict, Verdict::Passed);
        const auto results = judged(numberStep("overallLimit.factor") + runStep);
        QCOMPARE(results[0].verdict, Verdict::Inconclusive); // the scenario sets no limit
        QCOMPARE(results[0].text, "step guess: overallLimit.factor is known");
    }

    void checksAreJudgedAsExpectations()
    {
        const auto results = judged(std::string(predictStep) + runStep +
                                    "    - id: observe\n      type: observe\n      text: x\n"
                                    "      checks:\n"
                                    "        - {metric: certificates, style: ingress, equal: 1}\n"
                                    "        - {metric: certificates, style: ingress, equal: 2}\n");
        QCOMPARE(results.size(), std::size_t{3});
        QCOMPARE(results[1].verdict, Verdict::Passed);
        QCOMPARE(results[2].verdict, Verdict::Failed);
    }
};

LAB_TEST(LessonTest)
#include "tst_lesson.moc"
