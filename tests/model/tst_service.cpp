#include "support/test_main.hpp"

#include "model/service.hpp"

using namespace lab::model;

/// Which port of a Service a reference means.
class ServiceTest : public QObject {
    Q_OBJECT

private slots:
    void portsAreFoundByNumberOrName()
    {
        Service service;
        service.ports.resize(2);
        service.ports[0].port = 80;
        service.ports[0].name = "http";
        service.ports[0].targetPort = 8080;
        service.ports[1].port = 443;
        service.ports[1].name = "https";
        QCOMPARE(service.port(443), &service.ports[1]);
        QCOMPARE(service.port(std::string("http")), &service.ports[0]);
        QVERIFY(service.port(8080) == nullptr); // a target port is no port of the Service
        QVERIFY(service.port(std::string("80")) == nullptr);
        QVERIFY(service.port(std::string()) == nullptr);
    }

    void referencesAreShownAsWritten()
    {
        QCOMPARE(toText(PortReference(80)), std::string("80"));
        QCOMPARE(toText(PortReference(std::string("http"))), std::string("http"));
    }
};

LAB_TEST(ServiceTest)
#include "tst_service.moc"
