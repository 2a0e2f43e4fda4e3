#include "support/test_main.hpp"
#include <QJsonArray>
#include <QJsonDocument>

#include "headless/console_fixture.hpp"
#include "support/file_fixture.hpp"

using namespace lab;

namespace {

const std::string dump = LAB_SOURCE_DIR "/tests/manifests/cluster-dump.yaml";

} // namespace

/// `audit`: the advice on stdout, files where they were wished for.
class AuditVerbTest : public QObject {
    Q_OBJECT

private slots:
    void theAdviceIsTheResult()
    {
        test::ConsoleFixture text;
        QCOMPARE(text.run({"audit", dump}), 0);
        QVERIFY2(text.out().contains("Move 15 of 60 Services"), qPrintable(text.out()));
        QVERIFY(!text.out().contains('\x1b'));
        test::ConsoleFixture json;
        QCOMPARE(json.run({"audit", dump, "-o", "json", "--provider", "gcp"}), 0);
        const auto root = QJsonDocument::fromJson(json.out().toUtf8());
        QCOMPARE(root["services"].toArray().size(), 60);
        test::ConsoleFixture markdown;
        QCOMPARE(markdown.run({"audit", dump, "-o", "md"}), 0);
        QVERIFY(markdown.out().startsWith("## Load balancers, audited"));
    }

    void filesAreWrittenWhereTheyAreWished()
    {
        test::FileFixture files;
        test::ConsoleFixture program;
        QCOMPARE(
            program.run(
                {"audit", dump, "--yaml", files.path("new.yaml"), "--csv", files.path("all.csv")}),
            0);
        const std::string yaml = test::FileFixture::textOf(files.path("new.yaml"));
        QVERIFY(yaml.find("kind: Ingress\n") != std::string::npos);
        const QByteArray csv =
            QByteArray::fromStdString(test::FileFixture::textOf(files.path("all.csv")));
        QCOMPARE(csv.count("\r\n"), 61);
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
        row({"--yaml", "/none/of.yaml"}, 4, "/none/of.yaml");
        row({"--csv", "/none/of.csv"}, 4, "/none/of.csv");
        row({"--html", "/none/of.html"}, 4, "/none/of.html");
        row({"--yam", "x"}, 2, "--yaml");
    }
    void wrongUseIsSaid()
    {
        QFETCH(QStringList, flags);
        QFETCH(int, code);
        QFETCH(QString, says);
        std::vector<std::string> arguments{"audit", dump};
        for (const QString& flag : flags) {
            arguments.push_back(flag.toStdString());
        }
        test::ConsoleFixture program;
        QCOMPARE(program.run(arguments), code);
        QVERIFY2(program.err().contains(says), qPrintable(program.err()));
        QVERIFY(program.out().isEmpty());
    }

    void aBrokenDumpIsRefusedWithItsPlace()
    {
        test::FileFixture files;
        files.file("cut.yaml", "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: {");
        test::ConsoleFixture program;
        QCOMPARE(program.run({"audit", files.path("cut.yaml")}), 3);
        QVERIFY2(program.err().contains("cut.yaml:"), qPrintable(program.err()));
        QVERIFY(program.out().isEmpty());
    }
};

LAB_TEST(AuditVerbTest)
#include "tst_audit_verb.moc"
