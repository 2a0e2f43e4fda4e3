#include "support/test_main.hpp"
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "support/cost_report_fixture.hpp"

using namespace lab;

/// What `cost -o json` says to programs.
class CostJsonTest : public QObject {
    Q_OBJECT

private slots:
    void everythingIsThere()
    {
        const QByteArray text = QByteArray::fromStdString(report::costAsJson(test::costReport()));
        const QJsonDocument root = QJsonDocument::fromJson(text);
        QVERIFY(root.isObject());
        QCOMPARE(root["schemaVersion"].toInt(), 1);
        QCOMPARE(root["date"].toString(), "2026-11-25");
        const QJsonValue many = root["styles"]["per-service"];
        QCOMPARE(many["monthlyCost"]["amount"].toDouble(), 72.1);
        QCOMPARE(many["monthlyCost"]["origin"].toString(), "priced");
        QCOMPARE(many["shares"][1]["byRequests"].toDouble(), 27.05);
        const QJsonValue comparison = root["comparison"];
        QCOMPARE(comparison["difference"].toDouble(), -36.05);
        QCOMPARE(comparison["book"].toString(), "2026-11-23");
        QCOMPARE(comparison["breakEvenServices"].toInt(), 3);
        QCOMPARE(comparison["flips"][0]["confirmed"].toBool(true), false);
        QCOMPARE(root["loadBalancers"].toArray().size(), 3);
        QCOMPARE(root["certificates"]["groupings"][0]["lastIssuedSeconds"].toInt(), 950 * 12'096);
        QCOMPARE(root["certificates"]["regimes"][1]["days"].toInt(), 100);
        QCOMPARE(root["quotas"][0]["exceeded"].toBool(), true);
        QCOMPARE(root["quotas"][0]["adjustable"].toBool(), true);
        QVERIFY(root["quotas"][1]["adjustable"].isNull());
        QCOMPARE(root["quotas"][1]["confirmed"].toBool(true), false);
    }

    void whatIsNotKnownIsNull()
    {
        report::CostReport cost = test::costReport();
        cost.breakEvenServices.reset();
        cost.ingress.bill.currency = "EUR";
        const auto root =
            QJsonDocument::fromJson(QByteArray::fromStdString(report::costAsJson(cost)));
        QVERIFY(root["comparison"]["breakEvenServices"].isNull());
        QVERIFY(root["comparison"]["difference"].isNull());
    }

    void theSameReportIsTheSameBytes()
    {
        QCOMPARE(report::costAsJson(test::costReport()), report::costAsJson(test::costReport()));
    }
};

LAB_TEST(CostJsonTest)
#include "tst_cost_json.moc"
