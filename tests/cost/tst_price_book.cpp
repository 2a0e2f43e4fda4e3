#include "support/test_main.hpp"

#include "cost/price_book.hpp"
#include "support/price_book_fixture.hpp"

using namespace lab;
using test::priceBook;

/// Facts are found by name, and every fact of the book in assets/ can stand in a report.
class PriceBookTest : public QObject {
    Q_OBJECT

private slots:
    void factsAreFoundByKey()
    {
        const cost::Product* nlb = priceBook().product("aws.nlb");
        QVERIFY(nlb != nullptr);
        QCOMPARE(nlb->number("hourly_fixed", 0), 0.0225);
        QCOMPARE(nlb->fact("usage_unit_price")->unit, std::string("USD/NLCU-h"));
        QVERIFY(nlb->fact("usage_unit_price")->isConfirmed);
    }

    void whatIsNotThereIsNotGuessed()
    {
        QVERIFY(priceBook().product("aws.elb") == nullptr);
        const cost::Product* nlb = priceBook().product("aws.nlb");
        QVERIFY(nlb->fact("hourly") == nullptr);
        QCOMPARE(nlb->number("hourly", 7.0), 7.0);
    }

    void wordsAreNoNumber()
    {
        const cost::Product* ovh = priceBook().product("ovh.lb");
        QVERIFY(!ovh->fact("public_ip")->text.empty());
        QCOMPARE(ovh->number("public_ip", -1.0), -1.0);
    }

    void everyFactNamesASourceOfTheBookAndAUnit()
    {
        std::size_t facts = 0;
        for (const auto& [id, product] : priceBook().products) {
            for (const cost::PriceFact& fact : product.facts) {
                const QString name = QString::fromStdString(id + '.' + fact.key);
                QVERIFY2(priceBook().sources.count(fact.source) == 1, qPrintable(name));
                QVERIFY2(!fact.unit.empty(), qPrintable(name));
                QVERIFY2(fact.isConfirmed || !fact.note.empty() || fact.source == "lab",
                         qPrintable(name)); // A recalled one says where to check.
                ++facts;
            }
        }
        QVERIFY(facts >= 246);
        QCOMPARE(priceBook().asOf, std::string("2026-11-23"));
    }
};

LAB_TEST(PriceBookTest)
#include "tst_price_book.moc"
