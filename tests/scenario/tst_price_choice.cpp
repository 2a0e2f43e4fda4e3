#include "support/test_main.hpp"

#include "scenario/price_choice.hpp"
#include "support/file_fixture.hpp"

using namespace lab;

namespace {

constexpr const char* contract = "schemaVersion: 1\n"
                                 "asOf: \"2026-11-25\"\n"
                                 "sources:\n"
                                 "  - {id: \"mine\", title: \"Our contract\"}\n"
                                 "products:\n"
                                 "  - id: \"aws.nlb\"\n"
                                 "    facts:\n"
                                 "      - {key: \"hourly_fixed\", value: 0.01, unit: \"USD/h\", "
                                 "confidence: confirmed, source: \"mine\"}\n";

} // namespace

/// The program's own book, with the user's files and settings in its place.
class PriceChoiceTest : public QObject {
    Q_OBJECT

private slots:
    void withoutAChoiceTheBookHolds()
    {
        const auto book = scenario::openPrices({});
        QCOMPARE(book->product("aws.nlb")->number("hourly_fixed", 0), 0.0225);
    }

    void filesReplaceAndSettingsGoLast()
    {
        test::FileFixture files;
        files.file("contract.yaml", contract);
        const std::string path = files.path("contract.yaml");
        const auto byFile = scenario::openPrices({{path}, {}});
        QCOMPARE(byFile->product("aws.nlb")->number("hourly_fixed", 0), 0.01);
        QCOMPARE(byFile->sources.at("mine").title, "Our contract");
        QCOMPARE(byFile->product("aws.nlb")->number("usage_unit_price", 0), 0.006);
        const auto bySetting = scenario::openPrices({{path}, {"aws.nlb.hourly=0.5"}});
        QCOMPARE(bySetting->product("aws.nlb")->number("hourly_fixed", 0), 0.5);
    }

    void mistakesAreSaid()
    {
        test::FileFixture files;
        files.file("bad.yaml", QString(contract).replace("value", "vlaue").toStdString());
        const auto bad = scenario::openPrices({{files.path("bad.yaml")}, {}});
        QCOMPARE(bad.error().kind(), ErrorKind::BadInput);
        const QString first = files.shown(toText(bad.error().findings().front()));
        QVERIFY2(first.startsWith("bad.yaml:8:"), qPrintable(first));
        QCOMPARE(scenario::openPrices({{files.path("none.yaml")}, {}}).error().kind(),
                 ErrorKind::Environment);
        QCOMPARE(scenario::openPrices({{}, {"aws.nbl.hourly=1"}}).error().kind(),
                 ErrorKind::WrongUse);
    }
};

LAB_TEST(PriceChoiceTest)
#include "tst_price_choice.moc"
