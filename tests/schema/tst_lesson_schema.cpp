#include "support/test_main.hpp"
#include <QDir>
#include <QDirIterator>
#include <QFile>

#include "support/json_schema.hpp"
#include "support/yaml_json.hpp"
#include "yaml/document_reader.hpp"

using namespace lab;
namespace json = boost::json;

namespace {

QString textOf(const QString& path)
{
    QFile file(QDir(LAB_SOURCE_DIR).filePath(path));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

std::vector<std::string> mistakesOf(const QString& text)
{
    const auto read = yaml::readDocuments(text.toStdString(), "lesson.yaml");
    const json::value value =
        read.documents.empty() ? json::value() : test::toJson(read.documents.front().root);
    const json::value schema = test::readJsonFile("assets/schema/lesson.v1.json");
    const json::value scenario = test::readJsonFile("assets/schema/scenario.v1.json");
    return test::SchemaCheck(schema, &scenario).mistakes(value);
}

} // namespace

/// The schema that editors complete lessons from says what the reader says.
class LessonSchemaTest : public QObject {
    Q_OBJECT

private slots:
    void aFullLessonKeepsIt()
    {
        const auto mistakes = mistakesOf(textOf("tests/schema/full-lesson.yaml"));
        QVERIFY2(mistakes.empty(), mistakes.empty() ? "" : mistakes.front().c_str());
    }

    void everyLessonOfTheProjectKeepsIt()
    {
        QDirIterator files(QDir(LAB_SOURCE_DIR).filePath("scenarios"),
                           {"lesson.yaml"},
                           QDir::Files,
                           QDirIterator::Subdirectories);
        int count = 0;
        while (files.hasNext()) {
            const QString path = files.next();
            const auto mistakes = mistakesOf(textOf(path));
            QVERIFY2(mistakes.empty(),
                     qPrintable(path + ' ' +
                                QString::fromStdString(mistakes.empty() ? "" : mistakes[0])));
            ++count;
        }
        QVERIFY(count > 0);
    }

    void aMistakeIsCaught_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("unknown key") << "minutes: 5"
                                     << "minute: 5";
        QTest::newRow("no title") << "title: A lesson"
                                  << "scenario: s.yaml #";
        QTest::newRow("too long") << "minutes: 5"
                                  << "minutes: 500";
        QTest::newRow("another folder") << "scenario: scenario.yaml"
                                        << "scenario: ../scenario.yaml";
        QTest::newRow("unknown type") << "type: show"
                                      << "type: watch";
        QTest::newRow("unknown kind of question") << "kind: number"
                                                  << "kind: essay";
        QTest::newRow("answer of no style") << "{metric: certificates, style: per-service}"
                                            << "{metric: certificates}";
        QTest::newRow("unknown metric") << "metric: certificates"
                                        << "metric: certificate";
        QTest::newRow("option without claim") << "{text: One, equal: 1}"
                                              << "{text: One}";
        QTest::newRow("check without bound") << "style: per-service, equal: 2"
                                             << "style: per-service";
    }
    void aMistakeIsCaught()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QString text = textOf("tests/schema/full-lesson.yaml");
        QVERIFY(text.contains(before));
        QVERIFY(!mistakesOf(text.replace(text.indexOf(before), before.size(), after)).empty());
    }
};

LAB_TEST(LessonSchemaTest)
#include "tst_lesson_schema.moc"
