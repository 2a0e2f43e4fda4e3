#include "support/test_main.hpp"

#include "live/real_ports.hpp"

using lab::live::withRealPort;

/// A redirect under `serve` must lead to a door that is there.
class RealPortsTest : public QObject {
    Q_OBJECT

private slots:
    void locationsGetTheSiblingsPort_data()
    {
        QTest::addColumn<QString>("fields");
        QTest::addColumn<QString>("authority");
        QTest::addColumn<QString>("expected");
        const QString whole = "A: b\r\nLocation: https://shop.lab/x\r\n";
        QTest::newRow("the door's port") << whole << "shop.lab:8080"
                                         << "A: b\r\nLocation: https://shop.lab:8443/x\r\n";
        QTest::newRow("without a path") << "Location: https://shop.lab\r\n"
                                        << "shop.lab:8080"
                                        << "Location: https://shop.lab:8443\r\n";
        QTest::newRow("the slash that was missing") << "Location: http://shop.lab/x/\r\n"
                                                    << "shop.lab:8080"
                                                    << "Location: http://shop.lab:8080/x/\r\n";
        QTest::newRow("the slash, over TLS") << "Location: https://shop.lab/x/\r\n"
                                             << "shop.lab:8443"
                                             << "Location: https://shop.lab:8443/x/\r\n";
        QTest::newRow("to www") << "Location: http://www.shop.lab/\r\n"
                                << "shop.lab:8080"
                                << "Location: http://www.shop.lab:8080/\r\n";
        QTest::newRow("a port of its own") << "Location: http://shop.lab:81/\r\n"
                                           << "shop.lab:8080"
                                           << "Location: http://shop.lab:81/\r\n";
        QTest::newRow("no URL") << "Location: httpd://shop.lab/\r\n"
                                << "shop.lab:8080"
                                << "Location: httpd://shop.lab/\r\n";
        QTest::newRow("another port") << whole << "shop.lab:80" << whole;
        QTest::newRow("no port") << whole << "shop.lab" << whole;
        QTest::newRow("no number") << whole << "shop.lab:x" << whole;
        QTest::newRow("another host") << whole << "cart.lab:8080" << whole;
        QTest::newRow("a longer host") << "Location: https://shop.lab.example/\r\n"
                                       << "shop.lab:8080"
                                       << "Location: https://shop.lab.example/\r\n";
        QTest::newRow("nothing to change") << ""
                                           << "shop.lab:8080"
                                           << "";
    }

    void locationsGetTheSiblingsPort()
    {
        QFETCH(QString, fields);
        QFETCH(QString, authority);
        QFETCH(QString, expected);
        const std::string result =
            withRealPort(fields.toStdString(), authority.toStdString(), {{8080, 8443}});
        QCOMPARE(QString::fromStdString(result), expected);
    }
};

LAB_TEST(RealPortsTest)
#include "tst_real_ports.moc"
