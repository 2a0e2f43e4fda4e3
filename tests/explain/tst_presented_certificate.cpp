#include "support/test_main.hpp"

#include "explain/presented_certificate.hpp"

using namespace lab;
using plan::PlannedCertificate;

/// Exact name, then the wildcard of its first label, then the default.
class PresentedCertificateTest : public QObject {
    Q_OBJECT

private slots:
    void theChoiceSaysWhy_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("because");
        QTest::addColumn<QString>("warning");
        QTest::newRow("exact") << "a.lab"
                               << "shop/a"
                               << "the name a.lab exactly"
                               << "";
        QTest::newRow("wildcard") << "x.w.lab"
                                  << "shop/w"
                                  << "the wildcard *.w.lab"
                                  << "";
        QTest::newRow("two labels") << "y.x.w.lab"
                                    << "default"
                                    << "default one"
                                    << "distrust";
        QTest::newRow("unknown") << "z"
                                 << "default"
                                 << "default one"
                                 << "distrust";
        QTest::newRow("not covered") << "b.lab"
                                     << "shop/w"
                                     << "exactly"
                                     << "does not cover b.lab";
    }
    void theChoiceSaysWhy()
    {
        QFETCH(QString, host);
        plan::FrontDoorPlan plan;
        plan.certificates.resize(3);
        plan.certificates[0].name = "shop/a";
        plan.certificates[0].source = PlannedCertificate::Source::Secret;
        plan.certificates[0].dnsNames = {"a.lab"};
        plan.certificates[1].name = "shop/w";
        plan.certificates[1].dnsNames = {"*.w.lab"};
        plan.certificates[2].name = "default";
        plan.certificates[2].source = PlannedCertificate::Source::SelfSigned;
        plan::Door door;
        door.certificates = {{"a.lab", CertificateId(0)},
                             {"*.w.lab", CertificateId(1)},
                             {"b.lab", CertificateId(1)}};
        door.defaultCertificate = CertificateId(2);
        const auto shown = explain::presentedCertificate(door, plan, host.toStdString());
        QTEST(QString::fromStdString(shown->name), "name");
        QFETCH(QString, because);
        QVERIFY(QString::fromStdString(shown->because).contains(because));
        QFETCH(QString, warning);
        QCOMPARE(shown->warning.empty(), warning.isEmpty());
        QVERIFY(QString::fromStdString(shown->warning).contains(warning));
    }

    void aDoorWithoutOneSaysNothing()
    {
        QVERIFY(!explain::presentedCertificate({}, {}, "a.lab").has_value());
    }
};

LAB_TEST(PresentedCertificateTest)
#include "tst_presented_certificate.moc"
