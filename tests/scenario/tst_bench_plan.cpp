#include "support/test_main.hpp"
#include <QFile>
#include <QTemporaryDir>

#include "scenario/bench_plan.hpp"

#include <map>

using lab::scenario::BenchContract;
using lab::scenario::makeBenchPlan;
using lab::scenario::readBenchContract;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

auto environmentOf(const Variables& variables)
{
    return [&variables](std::string_view name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
}

} // namespace

/// What the environment of a proxies' comparison asks for, and the doors made of it.
class BenchPlanTest : public QObject {
    Q_OBJECT

private slots:
    void wrongVariablesAreNamed_data()
    {
        QTest::addColumn<QStringList>("variables");
        QTest::addColumn<QString>("named");
        QTest::newRow("no port") << QStringList{"BACKEND_PORT=1"} << "PORT";
        QTest::newRow("no number") << QStringList{"PORT=x", "BACKEND_PORT=1"} << "PORT";
        QTest::newRow("no backend") << QStringList{"PORT=1"} << "BACKEND_PORT";
        QTest::newRow("a broken list")
            << QStringList{"PORT=1", "BACKEND_PORTS=1,x"} << "BACKEND_PORTS";
        QTest::newRow("TLS without a key")
            << QStringList{"PORT=1", "BACKEND_PORT=1", "TLS=1"} << "CERT";
        QTest::newRow("no rate") << QStringList{"PORT=1", "BACKEND_PORT=1", "RATE=0"} << "RATE";
    }

    void wrongVariablesAreNamed()
    {
        QFETCH(QStringList, variables);
        QFETCH(QString, named);
        Variables given;
        for (const QString& variable : variables) {
            given[variable.section('=', 0, 0).toStdString()] =
                variable.section('=', 1).toStdString();
        }
        const auto contract = readBenchContract(environmentOf(given));
        QVERIFY(!contract);
        QCOMPARE(contract.error().kind(), lab::ErrorKind::WrongUse);
        QVERIFY(QString::fromStdString(contract.error().message())
                    .startsWith("the environment variable " + named + " "));
    }

    void oneDoorSendsToAllBackendsWithinItsLimit()
    {
        const Variables given{
            {"PORT", "8080"}, {"BACKEND_PORTS", "3000,3001"}, {"RATE", "100"}, {"BURST", "7"}};
        const auto contract = readBenchContract(environmentOf(given));
        QVERIFY(contract);
        const lab::scenario::BenchPlan made = makeBenchPlan(*contract).value();
        QCOMPARE(made.plan.doors.size(), 1U);
        const lab::plan::Door& door = made.plan.doors.front();
        QCOMPARE(made.addresses.at(door.name), std::string("127.0.0.1:8080"));
        QCOMPARE(door.limit->ratePerSecond, 100.0);
        QCOMPARE(door.limit->burst, 7.0);
        QCOMPARE(door.table.match("any.example.com", "/x"), std::optional(lab::RouteId(0)));
        QCOMPARE(made.plan.upstream(door.routes.front().upstream).endpoints.size(), 2U);
    }

    void routesComeFromTheirFile()
    {
        const QString file = written("a.lab\t/api/\t127.0.0.1:3000\n\nb.lab\t/\t127.0.0.1:3001\n");
        BenchContract contract;
        contract.port = 8080;
        contract.routesFile = file.toStdString();
        const lab::scenario::BenchPlan made = makeBenchPlan(contract).value();
        const lab::plan::Door& door = made.plan.doors.front();
        QCOMPARE(door.table.match("a.lab", "/api/x"), std::optional(lab::RouteId(0)));
        QCOMPARE(door.table.match("b.lab", "/x"), std::optional(lab::RouteId(1)));
        QVERIFY(!door.table.match("a.lab", "/x"));
        QVERIFY(!door.table.match("c.lab", "/api/"));
    }

    void allBrokenLinesAreReportedAtOnce()
    {
        BenchContract contract;
        contract.routesFile = written("a.lab\t/\na.lab\t/\t127.0.0.1:1\nb\n").toStdString();
        const auto made = makeBenchPlan(contract);
        QVERIFY(!made);
        const lab::Findings findings = made.error().findings();
        QCOMPARE(findings.size(), 2U);
        QCOMPARE(findings[0].place.line, 1U);
        QCOMPARE(findings[1].place.line, 3U);
    }

    void aMissingFileIsNamed()
    {
        BenchContract contract;
        contract.loadBalancersFile = "/nowhere/lbs.tsv";
        const auto made = makeBenchPlan(contract);
        QVERIFY(!made);
        QCOMPARE(made.error().kind(), lab::ErrorKind::Environment);
        QVERIFY(made.error().message().starts_with("/nowhere/lbs.tsv "));
    }

private:
    QString written(const char* text)
    {
        QFile file(folder_.filePath(QString::number(++files_)));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) < 0) {
            qFatal("cannot write %s", qPrintable(file.fileName()));
        }
        return file.fileName();
    }

    QTemporaryDir folder_;
    int files_ = 0;
};

LAB_TEST(BenchPlanTest)
#include "tst_bench_plan.moc"
