#include "support/test_main.hpp"

#include "base/quoted.hpp"

/// Names as findings show them.
class QuotedTest : public QObject {
    Q_OBJECT

private slots:
    void aNameStandsBetweenQuotesAsItIs()
    {
        QCOMPARE(lab::quoted("web"), std::string("\"web\""));
        QCOMPARE(lab::quoted(""), std::string("\"\""));
        QCOMPARE(lab::quoted("a\"b\\"), std::string("\"a\"b\\\""));
    }
};

LAB_TEST(QuotedTest)
#include "tst_quoted.moc"
