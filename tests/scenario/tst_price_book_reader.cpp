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
                                << "x.yaml:22:17: unreadable: ";
        QTest::newRow("endless") << "0.0225"
                                 << "inf"
                                 << "x.yaml:19:16: unreadable: ";
        QTest::newRow("negative") << "0.0225"
                                  << "-0.0225"
                                  << "x.yaml:19:16: unreadable: ";
        QTest::newRow("twice") << "\"how\""
                               << "\"hourly_fixed\""
                               << "x.yaml:23:14: unreadable: ";
        QTest::newRow("kind") << "primary"
                              << "primry"
                              << "x.yaml:9:11: unreadable: ";
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

    void aFileOfTheUsersReplacesPrices()
    {
        cost::PriceBook read;
        Findings findings;
        scenario::readPriceFile(book, "x.yaml", read, findings);
        scenario::replacePrices("schemaVersion: 1\n"
                                "asOf: \"2026-11-25\"\n"
                                "sources:\n"
                                "  - id: \"mine\"\n"
                                "    title: \"Our contract\"\n"
                                "products:\n"
                                "  - id: \"x.lb\"\n"
                                "    region: \"elsewhere\"\n"
                                "    facts:\n"
                                "      - key: \"hourly_fixed\"\n"
                                "        value: 0.01\n"
                                "        unit: \"USD/h\"\n"
                                "        confidence: \"confirmed\"\n"
                                "        source: \"mine\"\n",
                                "mine.yaml",
                                read,
                                findings);
        QVERIFY2(findings.empty(), findings.empty() ? "" : toText(findings.front()).c_str());
        const cost::Product& product = read.products.at("x.lb");
        QCOMPARE(product.number("hourly_fixed", 0), 0.01);
        QCOMPARE(product.fact("hourly_fixed")->source, "mine");
        QCOMPARE(product.facts.size(), 2U);
        QCOMPARE(product.region, "elsewhere");
        QCOMPARE(product.currency, "USD");
    }

    void aReplacementThatReplacesNothingIsRefused_data()
    {
        QTest::addColumn<QString>("product");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("finding");
        QTest::newRow("product")
            << "x.bl"
            << "hourly_fixed"
            << "mine.yaml:6:9: unreadable: products[0].id \"x.bl\" is no product of the price "
               "book; did you mean \"x.lb\"?";
        QTest::newRow("price") << "x.lb"
                               << "hourly_fixd"
                               << "mine.yaml:8:15: unreadable: products[0].facts[0].key "
                                  "\"hourly_fixd\" is no price of x.lb; did you mean "
                                  "\"hourly_fixed\"?";
    }
    void aReplacementThatReplacesNothingIsRefused()
    {
        QFETCH(QString, product);
        QFETCH(QString, key);
        QFETCH(QString, finding);
        cost::PriceBook read;
        Findings findings;
        scenario::readPriceFile(book, "x.yaml", read, findings);
        const QString text = QString("schemaVersion: 1\n"
                                     "asOf: \"2026-11-25\"\n"
                                     "sources:\n"
                                     "  - {id: \"mine\", title: \"Our contract\"}\n"
                                     "products:\n"
                                     "  - id: \"%1\"\n"
                                     "    facts:\n"
                                     "      - {key: \"%2\", value: 1, confidence: confirmed, "
                                     "source: \"mine\"}\n")
                                 .arg(product, key);
        scenario::replacePrices(text.toStdString(), "mine.yaml", read, findings);
        QCOMPARE(findings.size(), 1U);
        QCOMPARE(QString::fromStdString(toText(findings.front())), finding);
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
