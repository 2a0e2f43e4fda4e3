#include "support/test_main.hpp"

#include "frontdoor/decision.hpp"
#include "scenario/record_filter.hpp"
#include "support/plan_builder.hpp"

using namespace lab;
using measurement::DoorRecord;
using scenario::RecordFilter;
using scenario::RecordNames;

namespace {

std::shared_ptr<const plan::FrontDoorPlan> shopPlan()
{
    test::PlanBuilder builder;
    const DoorId door = builder.door("ingress");
    builder.route(door, "shop.lab", "/", builder.upstream("cart", {builder.pod("cart-0")}));
    return builder.build();
}

} // namespace

/// Which records are wanted?
class RecordFilterTest : public QObject {
    Q_OBJECT

private slots:
    void allTermsMustHold_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<bool>("isTaken");
        const auto row = [](const char* filter, bool isTaken) {
            QTest::newRow(filter) << QByteArray(filter) << isTaken;
        };
        row("", true);
        row("status=503", true);
        row("status=5xx", true);
        row("status=4xx", false);
        row("status=0", false);
        row("method=POST", true);
        row("method=post", false);
        row("style=ingress", true);
        row("door=ingress", true);
        row("door=other", false);
        row("route=shop/web /", true);
        row("service=shop/cart", true);
        row("service=cart", false);
        row("endpoint=shop/cart-0:8080", true);
        row("refusal=no-endpoint", true);
        row("kind=request", true);
        row("kind=connection", false);
        row("end=finished", true);
        row("end=cut", false);
        row("slowerMs=4", true);
        row("slowerMs=6", false);
        row("status=5xx,slowerMs=4,style=ingress", true);
        row("status=5xx,slowerMs=6,style=ingress", false);
    }
    void allTermsMustHold()
    {
        QFETCH(const QByteArray, filter);
        QFETCH(const bool, isTaken);
        const auto plan = shopPlan();
        DoorRecord record;
        record.status = 503;
        record.totalTicks = measurement::ticksOf(std::chrono::milliseconds(5));
        record.doorAndPlan = {0, 0};
        record.routeAndMethod = {0, measurement::methodNumber("POST")};
        record.upstreamAndTries = {0, 0};
        record.endpointAndRefusal = {0, static_cast<std::uint8_t>(frontdoor::Refusal::NoEndpoint)};
        const auto read = RecordFilter::read(filter.toStdString());
        QVERIFY2(read.has_value(), filter);
        QCOMPARE(read->takes(record, RecordNames(plan.get(), record)), isTaken);
    }

    void whatItDoesNotKnowIsRefused_data()
    {
        QTest::addColumn<QByteArray>("filter");
        const QByteArray many = QByteArray("style=a,").repeated(17);
        for (const QByteArray& filter : {QByteArray("status"),
                                         QByteArray("colour=red"),
                                         QByteArray("status=50x"),
                                         QByteArray("slowerMs=1s"),
                                         QByteArray("status=5xx,,"),
                                         many}) {
            QTest::newRow(filter.left(20)) << filter;
        }
    }
    void whatItDoesNotKnowIsRefused()
    {
        QFETCH(const QByteArray, filter);
        const auto read = RecordFilter::read(filter.toStdString());
        QVERIFY(!read);
        QCOMPARE(read.error().kind(), ErrorKind::WrongUse);
        QVERIFY(!read.error().message().empty());
    }
};

LAB_TEST(RecordFilterTest)
#include "tst_record_filter.moc"
