#include "support/test_main.hpp"

#include "cost/bill.hpp"
#include "scenario/price_book_reader.hpp"
#include "support/file_fixture.hpp"

using namespace lab;

namespace {

constexpr const char* book = "schemaVersion: 1\n"
                             "asOf: \"2026-11-23\"\n"
                             "hoursPerMonth: 730\n"
                             "sources:\n"
                             "  - id: \"page\"\n"
                             "    title: \"The price page\"\n"
                             "    url: \"https://x.test/\"\n"
                             "    asOf: \"2026\"\n"
                             "    kind: \"primary\"\n"
                             "products:\n"
                             "  - id: \"x.lb\"\n"
                             "    provider: \"x\"\n"
                             "    product: \"Load balancer\"\n"
                             "    layer: \"L4\"\n"
                             "    region: \"r\"\n"
                             "    currency: \"USD\"\n"
                             "    facts:\n"
                             "      - key: \"hourly_fixed\"\n"
                             "        value: 0.0225\n"
                             "        unit: \"USD/h\"\n"
                             "        confidence: \"confirmed\"\n"
                             "        source: \"page\"\n"
                             "      - key: \"how\"\n"
                             "        value: \"in words\"\n"
                             "        confidence: \"recalled\"\n"
                             "        source: \"page\"\n";

Findings findingsOf(const std::string& text)
{
    cost::PriceBook read;
    Findings findings;
    scenario::readPriceFile(text, "x.yaml", read, findings);
    return findings;
}

} // namespace

/// Prices are read with their origin, and mistakes in them are told with their place.
class PriceBookReaderTest : public QObject {
    Q_OBJECT

private slots:
    void aFileBecomesProductsAndSources()
    {
        cost::PriceBook read;
        Findings findings;
        scenario::readPriceFile(book, "x.yaml", read, findings);
        QVERIFY(findings.empty());
        QCOMPARE(read.asOf, "2026-11-23");
        QCOMPARE(read.sources.at("page").title, "The price page");
        const cost::Product& product = read.products.at("x.lb");
        QCOMPARE(product.number("hourly_fixed", 0), 0.0225);
        QVERIFY(product.fact("hourly_fixed")->isConfirmed);
        QCOMPARE(product.fact("how")->text, "in words");
        QVERIFY(!product.fact("how")->isConfirmed);
    }

    void theProjectsOwnBookIsWhole()
    {
        const auto read = scenario::readPriceBook(LAB_SOURCE_DIR "/assets/prices");
        QVERIFY2(read.has_value(), read ? "" : toText(read.error().findings().front()).c_str());
        QVERIFY(read->product("aws.nlb") != nullptr);
        for (const std::string& product : cost::pricedProducts()) {
            QVERIFY2(read->product(product) != nullptr, product.c_str());
        }
    }

    void mistakesHaveTheirPlace_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("finding");
        QTest::newRow("unknown key") << "unit:"
                                     << "unti:"
                                     << "x.yaml:20:9: unreadable: ";
        QTest::newRow("value") << "0.0225"
                               << "0,0225"
                               << "x.yaml:19:16: unreadable: ";
        QTest::newRow("source") << "confirmed\"\n        source: \"page"
                                << "confirmed\"\n        source: \"pge"
                                << "x.yaml:18:7: unreadable: ";
        QTest::newRow("missing") << "provider:"
                                 << "#"
                                 << "x.yaml:11:5: unreadable: ";
    }
    void mistakesHaveTheirPlace()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, finding);
        QString text = book;
        QVERIFY(text.contains(before));
        text.replace(text.indexOf(before), before.size(), after);
        const Findings findings = findingsOf(text.toStdString());
        QVERIFY(!findings.empty());
        const QString shown = QString::fromStdString(toText(findings.front()));
        QVERIFY2(shown.startsWith(finding), qPrintable(shown));
    }

    void anEmptyFolderIsSaid()
    {
        test::FileFixture files;
        const auto read = scenario::readPriceBook(files.path());
        QCOMPARE(read.error().kind(), ErrorKind::Environment);
        QVERIFY(read.error().message().starts_with("no price book in "));
    }
};

LAB_TEST(PriceBookReaderTest)
#include "tst_price_book_reader.moc"
