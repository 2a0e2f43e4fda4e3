#include "support/test_main.hpp"

#include "yaml/grouped.hpp"

using lab::yaml::grouped;

/// Counts that people can read.
class GroupedTest : public QObject {
    Q_OBJECT

private slots:
    void threeDigitsStandTogether()
    {
        QCOMPARE(grouped(0), std::string("0"));
        QCOMPARE(grouped(999), std::string("999"));
        QCOMPARE(grouped(1000), std::string("1,000"));
        QCOMPARE(grouped(100'000), std::string("100,000"));
        QCOMPARE(grouped(4'000'000), std::string("4,000,000"));
    }
};

LAB_TEST(GroupedTest)
#include "tst_grouped.moc"
