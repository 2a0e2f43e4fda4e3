#include "support/test_main.hpp"
#include <QJsonDocument>

#include "headless/console_fixture.hpp"
#include "support/file_fixture.hpp"

using namespace lab;

/// `cost`: the estimate on stdout, what is wrong with the input on stderr.
class CostVerbTest : public QObject {
    Q_OBJECT

private slots:
    void theEstimateIsTheResult()
    {
        test::FileFixture files;
        files.file("web.yaml", test::webManifest);
        test::ConsoleFixture text;
        QCOMPARE(text.run({"cost", files.path("web.yaml")}), 0);
        QVERIFY2(text.out().contains("A load balancer each: "), qPrintable(text.out()));
        QVERIFY(text.out().contains("price book of 2026-11-23"));
        QVERIFY(!text.out().contains('\x1b'));
        test::ConsoleFixture json;
        QCOMPARE(json.run({"cost",
                           files.path("web.yaml"),
                           "-o",
                           "json",
                           "--set",
                           "aws.nlb.hourly=1",
                           "--requests",
                           "5"}),
                 0);
        const auto root = QJsonDocument::fromJson(json.out().toUtf8());
        const auto line = root["styles"]["per-service"]["monthlyCost"]["lines"][0];
        QCOMPARE(line["unitPrice"].toDouble(), 1.0);
        QCOMPARE(line["priceKey"].toString(), "aws.nlb.hourly_fixed");
    }

    void wrongUseIsSaid_data()
    {
        QTest::addColumn<QStringList>("flags");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const QStringList& flags, int code, const char* says) {
            QTest::newRow(qPrintable(flags.join(' '))) << flags << code << says;
        };
        row({"--provider", "awz"}, 2, "did you mean \"aws\"?");
        row({"--set", "aws.nbl.hourly=1"}, 2, "did you mean \"aws.nlb\"?");
        row({"--zones", "0"}, 2, "--zones");
        row({"-o", "junit"}, 2, "it takes");
        row({"--html", "/none/of.html"}, 4, "/none/of.html");
        row({"--prices", "/none/of.yaml"}, 4, "/none/of.yaml");
    }
    void wrongUseIsSaid()
    {
        QFETCH(QStringList, flags);
        QFETCH(int, code);
        QFETCH(QString, says);
        test::FileFixture files;
        files.file("web.yaml", test::webManifest);
        std::vector<std::string> arguments{"cost", files.path("web.yaml")};
        for (const QString& flag : flags) {
            arguments.push_back(flag.toStdString());
        }
        test::ConsoleFixture program;
        QCOMPARE(program.run(arguments), code);
        QVERIFY2(program.err().contains(says), qPrintable(program.err()));
        QVERIFY(program.out().isEmpty());
    }

    void badInputHasItsPlace()
    {
        test::FileFixture files;
        files.file("web.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web\n");
        test::ConsoleFixture program;
        QCOMPARE(program.run({"cost", files.path("web.yaml")}), 3);
        QVERIFY(files.shown(program.err().toStdString()).startsWith("web.yaml:"));
    }

    void refusedObjectsAreSaidSinceTheyAreNotInTheFigures()
    {
        test::FileFixture files;
        files.file("web.yaml",
                   QString(test::webManifest).replace("port: 80\n", "port: 0\n").toStdString());
        test::ConsoleFixture program;
        QCOMPARE(program.run({"cost", files.path("web.yaml")}), 3);
        QVERIFY(program.err().contains("may be missing from these figures"));
    }
};

LAB_TEST(CostVerbTest)
#include "tst_cost_verb.moc"
