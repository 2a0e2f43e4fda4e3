#include "support/test_main.hpp"

#include "cost/price_override.hpp"
#include "support/price_book_fixture.hpp"

using namespace lab;

/// The user's numbers replace the book's; what names no price is refused with what was meant.
class PriceOverrideTest : public QObject {
    Q_OBJECT

private slots:
    void aNumberReplacesTheBooks_data()
    {
        QTest::addColumn<QString>("assignment");
        QTest::addColumn<QString>("product");
        QTest::addColumn<QString>("key");
        QTest::addColumn<double>("value");
        QTest::newRow("whole name") << "aws.nlb.hourly_fixed=0.02"
                                    << "aws.nlb"
                                    << "hourly_fixed" << 0.02;
        QTest::newRow("beginning") << "aws.nlb.hourly=0.5"
                                   << "aws.nlb"
                                   << "hourly_fixed" << 0.5;
        QTest::newRow("free") << "hetzner.lb.monthly_fixed=0"
                              << "hetzner.lb"
                              << "monthly_fixed" << 0.0;
        QTest::newRow("exponent") << "aws.nlb.usage=6e-3"
                                  << "aws.nlb"
                                  << "usage_unit_price" << 0.006;
    }
    void aNumberReplacesTheBooks()
    {
        QFETCH(QString, assignment);
        QFETCH(QString, product);
        QFETCH(QString, key);
        QFETCH(double, value);
        cost::PriceBook book = test::priceBook();
        QVERIFY(cost::overridePrice(book, assignment.toStdString()).has_value());
        const cost::PriceFact* fact = book.product(product.toStdString())->fact(key.toStdString());
        QCOMPARE(fact->value, value);
        QVERIFY(fact->isConfirmed);
        QCOMPARE(book.sources.at(fact->source).title, "set by the user");
    }

    void wordsTakeWords()
    {
        cost::PriceBook book = test::priceBook();
        QVERIFY(cost::overridePrice(book, "aws.vpc.controller_node=node_c6i_large").has_value());
        QCOMPARE(book.product("aws.vpc")->fact("controller_node")->text, "node_c6i_large");
    }

    void whatNamesNoPriceIsRefused_data()
    {
        QTest::addColumn<QString>("assignment");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* assignment, const char* message) {
            QTest::newRow(assignment) << assignment << message;
        };
        row("aws.nlb.hourly_fixed",
            "a price is set as PRODUCT.FACT=NUMBER, such as aws.nlb.hourly_fixed=0.02, not "
            "\"aws.nlb.hourly_fixed\"");
        row("hourly=1",
            "a price is set as PRODUCT.FACT=NUMBER, such as aws.nlb.hourly_fixed=0.02, not "
            "\"hourly=1\"");
        row("aws.nbl.hourly=1",
            "the price book has no product \"aws.nbl\"; did you mean \"aws.nlb\"?");
        row("aws.nlb.hourly_fixd=1",
            "aws.nlb has no price \"hourly_fixd\"; did you mean \"hourly_fixed\"?");
        row("aws.nlb.moon=1", "aws.nlb has no price \"moon\"");
        row("azure.agw.hourly=1",
            "azure.agw.hourly may be hourly_fixed_standard_v2, hourly_fixed_waf_v2: say which");
        row("aws.nlb.hourly=-1",
            "\"-1\" is no price for aws.nlb.hourly: it takes a number of at least 0");
        row("aws.nlb.hourly=nan",
            "\"nan\" is no price for aws.nlb.hourly: it takes a number of at least 0");
        row("aws.nlb.hourly=",
            "\"\" is no price for aws.nlb.hourly: it takes a number of at least 0");
        row("aws.nlb.hourly=0,02",
            "\"0,02\" is no price for aws.nlb.hourly: it takes a number of at least 0");
        row("aws.vpc.controller_node=", "\"aws.vpc.controller_node\" is words: it cannot be empty");
    }
    void whatNamesNoPriceIsRefused()
    {
        QFETCH(QString, assignment);
        QFETCH(QString, message);
        cost::PriceBook book = test::priceBook();
        const Result<void> set = cost::overridePrice(book, assignment.toStdString());
        QVERIFY(!set);
        QCOMPARE(set.error().kind(), ErrorKind::WrongUse);
        QCOMPARE(QString::fromStdString(set.error().message()), message);
        QVERIFY(book.sources.find("user") == book.sources.end());
    }
};

LAB_TEST(PriceOverrideTest)
#include "tst_price_override.moc"
