#include "support/test_main.hpp"
#include <QJsonDocument>
#include <QJsonObject>

#include "headless/console_fixture.hpp"

using namespace lab;

/// `load`: the result on stdout, wrong use on stderr. What it measures: scenario/tst_load_url.
class LoadVerbTest : public QObject {
    Q_OBJECT

private slots:
    void theResultIsTextOrJson()
    {
        test::ConsoleFixture text;
        const int code =
            text.run({"load", "http://127.0.0.1:1/", "--rate", "50/s", "--duration", "200ms"});
        QVERIFY(code == 0 || code == 6); // late on a busy machine
        QVERIFY2(text.out().contains("not-connected"), qPrintable(text.out()));
        test::ConsoleFixture json;
        json.run({"load", "http://127.0.0.1:1/", "--duration", "200ms", "-o", "json", "--poisson"});
        const auto root = QJsonDocument::fromJson(json.out().toUtf8());
        QCOMPARE(root["arrivals"].toString(), "poisson");
        QCOMPARE(root["latency"]["count"].toInt(), 0);
        QVERIFY(root["outcomeCounts"]["not-connected"].toInt() > 0);
    }

    void wrongUseIsSaid_data()
    {
        QTest::addColumn<QStringList>("flags");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const QStringList& flags, int code, const char* says) {
            QTest::newRow(qPrintable(flags.join(' '))) << flags << code << says;
        };
        row({}, 2, "URL");
        row({"shop"}, 2, "is no URL");
        row({"http://192.0.2.1/"}, 2, "--allow-remote");
        row({"http://localhost/", "--clients", "251"}, 2, "--clients");
        row({"http://localhost/", "--connections", "0"}, 2, "--connections");
        row({"http://localhost/", "--method", "BREW"}, 2, "--method BREW");
        row({"http://localhost/", "--body", "99999999"}, 2, "--body");
        row({"http://localhost/", "-o", "md"}, 2, "text or json");
        row({"http://localhost/", "--ca", "/nowhere"}, 4, "does not exist");
        row({"http://localhost/", "--rat", "1/s"}, 2, "did you mean \"--rate\"?");
    }
    void wrongUseIsSaid()
    {
        QFETCH(QStringList, flags);
        QFETCH(int, code);
        QFETCH(QString, says);
        std::vector<std::string> arguments{"load"};
        for (const QString& flag : flags) {
            arguments.push_back(flag.toStdString());
        }
        test::ConsoleFixture console;
        QCOMPARE(console.run(arguments), code);
        QVERIFY2(console.err().contains(says), qPrintable(console.err()));
        QVERIFY(console.out().isEmpty());
    }
};

LAB_TEST(LoadVerbTest)
#include "tst_load_verb.moc"
