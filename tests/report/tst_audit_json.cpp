#include "support/test_main.hpp"
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "support/audit_report_fixture.hpp"

using namespace lab;

/// What `audit` says to programs: all of it, by name.
class AuditJsonTest : public QObject {
    Q_OBJECT

private slots:
    void everythingHasItsKey()
    {
        const auto text = QByteArray::fromStdString(report::auditAsJson(test::auditReport()));
        const QJsonDocument root = QJsonDocument::fromJson(text);
        QCOMPARE(root["schemaVersion"].toInt(), 1);
        QCOMPARE(root["worthwhile"].toBool(), true);
        QCOMPARE(root["saving"].toDouble(), 72.1);
        QCOMPARE(root["verdicts"]["move"].toInt(), 2);
        QCOMPARE(root["verdicts"]["ingress"].toInt(), 1);
        QCOMPARE(root["services"].toArray().size(), 5);
        const auto kept = root["services"][2];
        QCOMPARE(kept["verdict"].toString(), "keep");
        QCOMPARE(kept["reasons"][0]["id"].toString(), "proxy-protocol");
        QCOMPARE(kept["internetFacing"].toBool(), false);
        QCOMPARE(root["services"][0]["hosts"][0].toString(), "cart.shop.lab");
        QCOMPARE(root["before"]["monthlyCost"]["amount"].toDouble(), 180.25);
        QCOMPARE(root["before"]["quotas"][0]["servicesAtLimit"].toInt(), 50);
        QCOMPARE(root["after"]["loadBalancers"].toInt(), 3);
        QCOMPARE(root["outage"]["anyDownMinutesNow"].toDouble(), 8.76);
        QCOMPARE(root["ingressAlbs"].toInt(), 1);
        QCOMPARE(root["ingressYaml"].toString(), "kind: Ingress\n");
    }

    void aDifferenceBetweenCurrenciesIsNone()
    {
        report::AuditReport audit = test::auditReport();
        audit.after.bill.currency = "EUR";
        const auto root =
            QJsonDocument::fromJson(QByteArray::fromStdString(report::auditAsJson(audit)));
        QVERIFY(root["saving"].isNull());
    }
};

LAB_TEST(AuditJsonTest)
#include "tst_audit_json.moc"
