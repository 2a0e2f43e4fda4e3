#include "support/test_main.hpp"

#include "support/nginx_annotations.hpp"

using namespace lab;

/// Limits a client.
class ReadLimitsTest : public QObject {
    Q_OBJECT

private slots:
    void numbersAreReadAndZeroIsNoLimit()
    {
        const auto read = test::readAnnotations({{"limit-rps", "5"},
                                                 {"limit-rpm", "0"},
                                                 {"limit-connections", "2"},
                                                 {"limit-burst-multiplier", "3"},
                                                 {"limit-rate", "4"},
                                                 {"limit-whitelist", "10.0.0.0/8"}});
        QCOMPARE(read.policy.perSecond, std::optional<std::int64_t>(5));
        QVERIFY(!read.policy.perMinute);
        QCOMPARE(read.policy.connectionsMax, std::optional<std::int64_t>(2));
        QCOMPARE(read.policy.burstMultiplier, std::int64_t{3});
        QCOMPARE(read.policy.route.bytesPerSecondMax, std::uint64_t{4096});
        QCOMPARE(read.policy.route.unlimitedClients.size(), std::size_t{1});
    }

    void anUnreadableLimitRefusesTheIngress_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("word") << "limit-rpm"
                              << "ten";
        QTest::newRow("negative") << "limit-rps"
                                  << "-1";
        QTest::newRow("fraction") << "limit-connections"
                                  << "1.5";
        QTest::newRow("range") << "limit-allowlist"
                               << "everyone";
    }

    void anUnreadableLimitRefusesTheIngress()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        const auto read = test::readAnnotations({{name.toStdString(), value.toStdString()}});
        QVERIFY(read.policy.refusedBecause.starts_with(name.toStdString()));
    }

    void aBurstOfZeroIsReported()
    {
        const auto read =
            test::readAnnotations({{"limit-rps", "5"}, {"limit-burst-multiplier", "0"}});
        QCOMPARE(read.findings.size(), std::size_t{1});
        QCOMPARE(read.policy.burstMultiplier, std::int64_t{5});
    }
};

LAB_TEST(ReadLimitsTest)
#include "tst_read_limits.moc"
