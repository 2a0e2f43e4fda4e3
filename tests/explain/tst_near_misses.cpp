#include "support/test_main.hpp"

#include "explain/near_misses.hpp"
#include "support/plan_builder.hpp"

using namespace lab;
using routing::PathKind;

namespace {

std::vector<explain::NearMiss> missesOf(const std::string& host, const std::string& path)
{
    static const std::vector<routing::RouteRule> rules{
        {"shop.example.com", PathKind::Prefix, "/cart", RouteId(0)},
        {"shop.example.com", PathKind::Exact, "/Login/", RouteId(1)},
        {"*.wild.lab", PathKind::Prefix, "/", RouteId(2)},
        {"admin.example.com", PathKind::Prefix, "/reports", RouteId(3)},
        {"shop.example.com", PathKind::Exact, "/help", RouteId(4)}};
    plan::Door door;
    door.routes.resize(rules.size());
    door.table = routing::RouteTable(rules);
    routing::RouteTrace trace;
    static_cast<void>(door.table.find(host, path, &trace));
    return explain::nearMisses(explain::HostIndex(door), trace, host, path);
}

} // namespace

/// What was probably meant by a request that nobody takes.
class NearMissesTest : public QObject {
    Q_OBJECT

private slots:
    void theNearestIsFirst_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("match");
        QTest::addColumn<QString>("hint");
        const auto row = [](const char* name,
                            const char* host,
                            const char* path,
                            const char* match,
                            const char* hint) {
            QTest::newRow(name) << host << path << match << hint;
        };
        const char* shop = "shop.example.com";
        row("half an element", shop, "/cartoons", "prefix /cart", "not /cartoons");
        row("slash", shop, "/Login", "exact /Login/", "only the slash");
        row("case", shop, "/login/", "exact /Login/", "upper and lower case");
        row("below exact", shop, "/help/me", "exact /help", "prefix would");
        row("typo in the path", shop, "/crat", "prefix /cart", "close to it");
        row("typo in the host",
            "shop.exmaple.com",
            "/cart",
            "prefix /cart",
            "did you mean the host");
        row("near host, wrong path", "shop.exmaple.com", "/zzz", "prefix /cart", "does not take");
        row("other host", shop, "/reports", "prefix /reports", "on another host");
        row("two labels", "a.b.wild.lab", "/", "prefix /", "stands for one label");
        row("no label", "wild.lab", "/", "prefix /", "needs a label");
    }
    void theNearestIsFirst()
    {
        QFETCH(QString, host);
        QFETCH(QString, path);
        QFETCH(QString, match);
        QFETCH(QString, hint);
        const auto misses = missesOf(host.toStdString(), path.toStdString());
        QVERIFY(!misses.empty());
        QCOMPARE(QString::fromStdString(misses.front().match), match);
        const QString said = QString::fromStdString(misses.front().hint);
        QVERIFY2(said.contains(hint), qPrintable(said));
    }

    void whatIsFarHasNone() { QVERIFY(missesOf("elsewhere.org", "/nothing-like-it").empty()); }
};

LAB_TEST(NearMissesTest)
#include "tst_near_misses.moc"
