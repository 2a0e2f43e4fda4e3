#include "support/test_main.hpp"
#include <QDir>
#include <QDirIterator>
#include <QFile>

#include "cost/bill.hpp"
#include "support/json_schema.hpp"
#include "support/yaml_json.hpp"
#include "yaml/document_reader.hpp"

#include <boost/json/value_to.hpp>

using namespace lab;
namespace json = boost::json;

namespace {

/// Every key that a scenario may have.
QString fullScenario()
{
    QFile file(QDir(LAB_SOURCE_DIR).filePath("tests/schema/full-scenario.yaml"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

json::value valueOf(const std::string& text)
{
    const auto read = yaml::readDocuments(text, "scenario.yaml");
    return read.documents.empty() ? json::value() : test::toJson(read.documents.front().root);
}

std::vector<std::string> mistakesOf(const std::string& text)
{
    const json::value schema = test::readJsonFile("assets/schema/scenario.v1.json");
    return test::SchemaCheck(schema).mistakes(valueOf(text));
}

std::vector<std::string> wordsAt(const char* pointer)
{
    const json::value schema = test::readJsonFile("assets/schema/scenario.v1.json");
    return json::value_to<std::vector<std::string>>(schema.at_pointer(pointer));
}

} // namespace

/// The schema that editors complete from says what the reader says.
class ScenarioSchemaTest : public QObject {
    Q_OBJECT

private slots:
    void aFullScenarioKeepsIt()
    {
        const auto mistakes = mistakesOf(fullScenario().toStdString());
        QVERIFY2(mistakes.empty(), mistakes.empty() ? "" : mistakes.front().c_str());
    }

    void everyScenarioOfTheProjectKeepsIt()
    {
        QDirIterator files(QDir(LAB_SOURCE_DIR).filePath("scenarios"),
                           {"scenario.yaml"},
                           QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto mistakes = mistakesOf(file.readAll().toStdString());
            const QString name = file.fileName() + ' ';
            QVERIFY2(
                mistakes.empty(),
                qPrintable(name + QString::fromStdString(mistakes.empty() ? "" : mistakes[0])));
        }
    }

    void aMistakeIsCaught_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("unknown key") << "seed: 7"
                                     << "sed: 7";
        QTest::newRow("unknown key below") << "zoneAware"
                                           << "zoneaware";
        QTest::newRow("unknown provider") << "provider: aws"
                                          << "provider: awz";
        QTest::newRow("unknown metric") << "metric: certificates"
                                        << "metric: certificate";
        QTest::newRow("no bound") << "above: 0"
                                  << "because: x";
        QTest::newRow("two bounds") << "above: 0"
                                    << "above: 0, below: 9";
        QTest::newRow("style with ratio") << "ratio: per-service/ingress"
                                          << "style: ingress, ratio: per-service/ingress";
        QTest::newRow("no duration") << "duration: 4s"
                                     << "duration: soon";
        QTest::newRow("no rate") << "poisson: 200/s"
                                 << "poisson: 200";
        QTest::newRow("two processes") << "poisson: 200/s"
                                       << "poisson: 200/s, constant: 1/s";
        QTest::newRow("two methods") << "weight: 3"
                                     << "post: \"https://shop.test/\"";
        QTest::newRow("no URL") << "https://shop.test/login"
                                << "/login";
        QTest::newRow("too many clients") << "clients: 20"
                                          << "clients: 251";
        QTest::newRow("wrong kind") << "kind: Scenario"
                                    << "kind: Lesson";
        QTest::newRow("no manifests") << "manifests: [k8s/]"
                                      << "title: x";
    }
    void aMistakeIsCaught()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QString text = fullScenario();
        QVERIFY(text.contains(before));
        const QString changed = text.replace(text.indexOf(before), before.size(), after);
        QVERIFY(!mistakesOf(changed.toStdString()).empty());
    }

    void whoseCanBePricedIsWhoIsOffered()
    {
        QCOMPARE(wordsAt("/properties/spec/properties/prices/properties/provider/enum"),
                 cost::pricedProviders());
        for (const char* key : {"perService", "ingress"}) {
            const std::string pointer =
                std::string("/properties/spec/properties/prices/properties/") + key + "/enum";
            QCOMPARE(wordsAt(pointer.c_str()), cost::pricedProducts());
        }
    }
};

LAB_TEST(ScenarioSchemaTest)
#include "tst_scenario_schema.moc"
