#include "support/test_main.hpp"
#include <QFile>

#include "scenario/lesson_fixture.hpp"

using namespace lab;
using namespace lab::test;
using scenario::LessonStep;

/// lesson.yaml → values, and every mistake with its place.
class LessonReaderTest : public QObject {
    Q_OBJECT

private slots:
    void everyKeyIsRead()
    {
        QFile file(LAB_SOURCE_DIR "/tests/schema/full-lesson.yaml");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string text = file.readAll().toStdString();
        QCOMPARE(lessonFindings(text), "");
        const scenario::Lesson lesson = scenario::readLesson(text, "l.yaml").lesson;
        QCOMPARE(lesson.name, "full");
        QCOMPARE(lesson.title, "A lesson with everything");
        QCOMPARE(lesson.minutes, 5);
        QCOMPARE(lesson.objectives.at(0), "to have seen every key");
        QCOMPARE(lesson.scenario, "scenario.yaml");
        QCOMPARE(lesson.steps.size(), std::size_t{7});
        const LessonStep& predict = lesson.steps[1];
        QVERIFY(predict.type == LessonStep::Type::Predict);
        QCOMPARE(predict.text, "How many certificates?");
        QCOMPARE(predict.question->options.size(), std::size_t{3});
        QCOMPARE(predict.question->options[1].text, "Two");
        QCOMPARE(predict.question->options[1].claim.metric, "certificates");
        QCOMPARE(predict.question->options[1].claim.bound, 2.0);
        QVERIFY(predict.question->options[1].claim.style == plan::Style::PerService);
        const LessonStep& guess = lesson.steps[2];
        QVERIFY(guess.question->kind == scenario::LessonQuestion::Kind::Number);
        QVERIFY(guess.question->answer.isRatio);
        QCOMPARE(guess.question->answer.tolerance, 0.2);
        QCOMPARE(lesson.steps[4].checks.size(), std::size_t{1});
        QCOMPARE(lesson.steps[4].smallPrint, "In this lab.");
    }

    void mistakesAreTold_data()
    {
        QTest::addColumn<QString>("steps");
        QTest::addColumn<QString>("finding");
        const QString predict = predictStep;
        const QString run = runStep;
        QTest::newRow("a run before a prediction")
            << run
            << "8:7: step \"run\" runs before anything is predicted; put a "
               "predict step first";
        QTest::newRow("an observation before the run")
            << predict + "    - {id: o, type: observe, text: x}\n" + run
            << "17:7: step \"o\" tells of the run before it; put a run step first";
        QTest::newRow("a prediction after the run")
            << predict + run + QString(predict).replace("id: predict", "id: late")
            << "18:7: step \"late\" predicts what has been seen; put it before the run";
        QTest::newRow("a check before the run")
            << predict +
                   "    - {id: s, type: show, text: x, checks: [{metric: certificates, "
                   "equal: 2}]}\n" +
                   run
            << "17:7: step \"s\" checks a run that is yet to come; put the checks after it";
        QTest::newRow("no run") << predict << "8:5: spec.steps hold no step of type run; add one";
        QTest::newRow("the same id") << predict + run + "    - {id: run, type: show, text: x}\n"
                                     << "18:12: spec.steps[2].id \"run\" is the id of a step "
                                        "before it; give each its own";
        QTest::newRow("a prediction of nothing")
            << predict + "    - {id: p, type: predict, text: x}\n" + run
            << "17:7: spec.steps[1].question is missing";
        QTest::newRow("no text") << predict + run + "    - {id: s, type: show}\n"
                                 << "18:7: spec.steps[2].text is missing";
        QTest::newRow("unknown key") << predict + run + "    - {id: s, type: show, text: x, a: b}\n"
                                     << "18:36: unknown key \"a\" in spec.steps[2]";
        QTest::newRow("not built yet")
            << predict + run + "    - {id: s, type: show, text: x, controls: []}\n"
            << "18:46: spec.steps[2].controls is not supported yet; remove it";
        QTest::newRow("a kind that is not built yet")
            << QString(predict).replace("choice", "rank") + run
            << "12:15: spec.steps[0].question.kind \"rank\" is not supported yet; leave the key "
               "out";
        QTest::newRow("one option")
            << QString(predict).remove("          - {text: One, equal: 1}\n") + run
            << "15:11: spec.steps[0].question.options must be 2 to 20 "
               "answers to choose from";
        QTest::newRow("an answer of both styles")
            << QString(predict).remove(", style: per-service") + run
            << "13:17: spec.steps[0].question.answer.style is missing: the answer is one number; "
               "say which style, or a ratio";
        QTest::newRow("an unknown metric")
            << QString(predict).replace("certificates", "certificate") + run
            << "13:26: spec.steps[0].question.answer.metric \"certificate\" is no metric of the "
               "report; did you mean \"certificates\"?";
        QTest::newRow("a claim in the wrong unit")
            << QString(predict).replace("equal: 1}", "equal: 1ms}") + run
            << "15:32: spec.steps[0].question.options[0].equal \"1ms\" is not in the unit of this "
               "metric; write a plain number";
    }
    void mistakesAreTold()
    {
        QFETCH(QString, steps);
        QFETCH(QString, finding);
        QCOMPARE(lessonFindings(lessonWith(steps.toStdString())), finding);
    }

    void aScenarioIsNoLesson()
    {
        std::string text = lessonWith(std::string(predictStep) + runStep);
        text.replace(text.find("Lesson"), 6, "Scenario");
        QCOMPARE(lessonFindings(text), "2:7: kind \"Scenario\" is no lesson; write Lesson");
    }

    void theScenarioStandsBesideIt()
    {
        std::string text = lessonWith(std::string(predictStep) + runStep);
        text.replace(text.find("  minutes: 5"), 12, "  scenario: ../s.yaml");
        QCOMPARE(lessonFindings(text), "6:13: spec.scenario must be a file beside the lesson");
    }

    void whatIsNoYamlIsRefused()
    {
        QVERIFY(!scenario::readLesson("a: [", "l.yaml").isReadable());
        QVERIFY(!scenario::readLesson("", "l.yaml").isReadable());
    }
};

LAB_TEST(LessonReaderTest)
#include "tst_lesson_reader.moc"
