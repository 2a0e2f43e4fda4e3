#include "support/test_main.hpp"

#include "cost/bill_writer.hpp"
#include "support/price_book_fixture.hpp"

using namespace lab;
using cost::Bill;
using cost::BillWriter;
using test::priceBook;

/// Lines carry their price's origin, and nothing is priced in silence.
class BillWriterTest : public QObject {
    Q_OBJECT

private slots:
    void aLineCarriesItsPriceAndWhereItIsFrom()
    {
        BillWriter writer(priceBook(), options_, "aws");
        writer.charge(
            *priceBook().product("aws.nlb"), "hourly_fixed", {"hours", 730, "h", "1 × 730 h"});
        const Bill bill = writer.takeBill();
        QCOMPARE(bill.lines.size(), std::size_t{1});
        const cost::BillLine& line = bill.lines.front();
        QCOMPARE(line.unitPrice, 0.0225);
        QCOMPARE(line.amount, 730 * 0.0225);
        QCOMPARE(line.priceKey, std::string("aws.nlb.hourly_fixed"));
        QVERIFY(QString::fromStdString(line.source).startsWith("Infracost"));
        QVERIFY(!line.sourceAsOf.empty());
        QVERIFY(line.isConfirmed);
        QCOMPARE(bill.amount, line.amount);
    }

    void aPriceForSeveralUnitsIsDivided()
    {
        BillWriter writer(priceBook(), options_, "aws");
        writer.charge(
            *priceBook().product("aws.vpc"), "node_m5_large", {"pods", 10, "vCPU-h", "", 2});
        QCOMPARE(writer.takeBill().lines.front().unitPrice, 0.048);
    }

    void aRecalledPriceIsMarked()
    {
        BillWriter writer(priceBook(), options_, "gcp");
        writer.charge(*priceBook().product("gcp.l4"), "inter_zone_transfer", {"hop", 1, "GiB", ""});
        QVERIFY(!writer.takeBill().lines.front().isConfirmed);
    }

    void aMissingPriceCountsAsNothingAndIsNamed()
    {
        BillWriter writer(priceBook(), options_, "ovhcloud");
        writer.charge(*priceBook().product("ovh.lb"), "monthly_fixed_m", {"lb", 3, "month", ""});
        writer.charge(*priceBook().product("ovh.lb"), "public_ip", {"ip", 3, "month", ""});
        const Bill bill = writer.takeBill();
        QCOMPARE(bill.amount, 0.0);
        QVERIFY(!bill.lines[0].isConfirmed);
        QCOMPARE(bill.assumptions,
                 (std::vector<std::string>{
                     "the price book has no number for ovh.lb.monthly_fixed_m: counted as 0",
                     "the price book has no number for ovh.lb.public_ip: counted as 0"}));
    }

    void anAssumptionIsSaidOnce()
    {
        BillWriter writer(priceBook(), options_, "aws");
        writer.assume("three zones");
        writer.assume("three zones");
        QCOMPARE(writer.takeBill().assumptions.size(), std::size_t{1});
    }

    void theFirstPlaceOnEarthNamesTheRegion()
    {
        BillWriter writer(priceBook(), options_, "aws");
        writer.setMarket(*priceBook().product("aws.vpc")); // region "any"
        writer.setMarket(*priceBook().product("aws.nlb"));
        const Bill bill = writer.takeBill();
        QCOMPARE(bill.region, std::string("us-east-1"));
        QCOMPARE(bill.currency, std::string("USD"));
    }

    void aGroupAddsUpItsTraffic()
    {
        cost::BilledGroup group;
        group.doors.resize(3);
        for (auto& door : group.doors) {
            door.traffic = {1, 2, 3, 4, 5};
        }
        const cost::BilledTraffic total = group.total();
        QCOMPARE(total.requestsPerSecond, 3.0);
        QCOMPARE(total.bytesPerSecond, 6.0);
        QCOMPARE(total.newConnectionsPerSecond, 9.0);
        QCOMPARE(total.activeConnections, 12.0);
        QCOMPARE(total.inboundBytesPerSecond, 15.0);
    }

    void textsForPeople()
    {
        QCOMPARE(cost::hoursText(730), std::string("730 h"));
        QCOMPARE(cost::timesHoursText(1200, 730), std::string("1,200 × 730 h"));
        QCOMPARE(cost::countText(1, "zone"), std::string("1 zone"));
        QCOMPARE(cost::countText(3000, "zone"), std::string("3,000 zones"));
    }

private:
    cost::PricingOptions options_;
};

LAB_TEST(BillWriterTest)
#include "tst_bill_writer.moc"
