#include "support/test_main.hpp"

#include "scenario/ready_line.hpp"
#include "scenario/two_doors_fixture.hpp"

using namespace lab;

/// The line that other tools wait for and parse.
class ReadyLineTest : public QObject {
    Q_OBJECT

private slots:
    void itNamesEveryAddress()
    {
        const auto plans = test::planTwoDoors();
        live::ReadyState ready = test::readyFor(plans);
        ready.adminAddress = "127.0.0.1:9901";
        QCOMPARE(
            QString::fromStdString(
                scenario::readyLine(ready, *plans.perService, *plans.ingress, "/run/ca.pem", 7)),
            R"({"event":"ready","pid":7,"admin":"127.0.0.1:9901","ca":"/run/ca.pem",)"
            R"("doors":{"ingress":{"http":"ingress/ingress:80","https":"ingress/ingress:443"},)"
            R"("per-service":{"default/web":{"ports":{"80":"per-service/default/web:80",)"
            R"("443":"per-service/default/web:443"}},"default/api":{"ports":{)"
            R"("80":"per-service/default/api:80","443":"per-service/default/api:443"}}}},)"
            R"("controllers":[{"pod":"ingress-nginx-controller-0",)"
            R"("http":"ingress/ingress-nginx-controller-0:80",)"
            R"("https":"ingress/ingress-nginx-controller-0:443"}]})");
    }

    void whatIsNotThereIsNullOrEmpty()
    {
        QCOMPARE(QString::fromStdString(scenario::readyLine({}, {}, {}, "", 7)),
                 R"({"event":"ready","pid":7,"admin":null,"ca":null,)"
                 R"("doors":{"ingress":{},"per-service":{}},"controllers":[]})");
    }
};

LAB_TEST(ReadyLineTest)
#include "tst_ready_line.moc"
