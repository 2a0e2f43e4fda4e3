#include "support/test_main.hpp"

#include "limiting/address_range.hpp"

#include <vector>

using namespace lab::limiting;

/// CIDR ranges over IPv4 and IPv6.
class AddressRangeTest : public QObject {
    Q_OBJECT

private slots:
    void aClientIsInARange_data()
    {
        QTest::addColumn<QString>("range");
        QTest::addColumn<QString>("client");
        QTest::addColumn<bool>("isIn");
        const auto row = [](const char* range, const char* client, bool isIn) {
            QTest::addRow("%s %s", range, client) << range << client << isIn;
        };
        row("127.0.0.8/30", "127.0.0.10", true);
        row("127.0.0.8/30", "127.0.0.12", false);
        row("10.0.0.0/8", "10.255.1.2", true);
        row("10.0.0.0/8", "11.0.0.0", false);
        row("0.0.0.0/0", "203.0.113.9", true);
        row("0.0.0.0/0", "2001:db8::1", false);
        row("192.0.2.7", "192.0.2.7", true);
        row("192.0.2.7", "192.0.2.8", false);
        row("2001:db8::/32", "2001:db8:1::5", true);
        row("2001:db8::/32", "2001:db9::5", false);
        row("::1", "[::1]", true);
        row("::ffff:127.0.0.0/104", "127.1.2.3", true);
        row("127.0.0.0/8", "no address", false);
    }

    void aClientIsInARange()
    {
        QFETCH(QString, range);
        QFETCH(QString, client);
        QFETCH(bool, isIn);
        const auto parsed = parseAddressRange(range.toStdString());
        QVERIFY(parsed.has_value());
        const std::vector<AddressRange> ranges{*parsed};
        QCOMPARE(isInAny(ranges, client.toStdString()), isIn);
    }

    void whatIsNoRangeIsNothing_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"",
                                 "10.0.0",
                                 "10.0.0.0.0",
                                 "10.0.0.256",
                                 "10.0.0.0/33",
                                 "10.0.0.0/",
                                 "::1/129",
                                 "1:2:3:4:5:6:7",
                                 "1::2::3",
                                 "12345::",
                                 "x",
                                 "10.0.0.0/-1",
                                 "1:2:"}) {
            QTest::newRow(text) << text;
        }
    }

    void whatIsNoRangeIsNothing()
    {
        QFETCH(QString, text);
        QVERIFY(!parseAddressRange(text.toStdString()).has_value());
    }
};

LAB_TEST(AddressRangeTest)
#include "tst_address_range.moc"
