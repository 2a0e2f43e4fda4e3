#include "support/test_main.hpp"

#include "frontdoor/decision.hpp"
#include "frontdoor/l4_door.hpp"
#include "scenario/record_names.hpp"
#include "support/plan_builder.hpp"

using namespace lab;
using measurement::DoorRecord;
using scenario::RecordNames;

/// What a record's ids stand for.
class RecordNamesTest : public QObject {
    Q_OBJECT

private slots:
    void idsBecomeThePlansNames()
    {
        test::PlanBuilder builder;
        const DoorId door = builder.door("ingress");
        builder.route(door, "shop.lab", "/", builder.upstream("cart", {builder.pod("cart-0")}));
        const auto plan = builder.build();
        DoorRecord record;
        record.doorAndPlan = {0, 0};
        record.routeAndMethod = {0, 1};
        record.upstreamAndTries = {0, 0};
        record.endpointAndRefusal = {0, 0};
        const RecordNames names(plan.get(), record);
        QCOMPARE(names.style, std::string_view("ingress"));
        QCOMPARE(names.door, std::string_view("ingress"));
        QCOMPARE(names.route, std::string_view("shop/web /"));
        QCOMPARE(names.nameSpace, std::string_view("shop"));
        QCOMPARE(names.service, std::string_view("cart"));
        QCOMPARE(names.servicePort, 80);
        QCOMPARE(names.endpoint, std::string_view("shop/cart-0:8080"));
        QVERIFY(names.refusal.empty());
    }

    void aConnectionMayGoToAReplica()
    {
        test::PlanBuilder builder;
        const DoorId cloud = builder.door("ingress", plan::DoorMode::Tcp);
        const DoorId replica = builder.controllerOf(cloud, "controller-0");
        builder.route(replica, "", "/", builder.upstream("cart", {builder.pod("cart-0")}));
        const auto plan = builder.build();
        DoorRecord record;
        record.mark(DoorRecord::Connection);
        record.doorAndPlan = {cloud.index(), 0};
        record.routeAndMethod = {replica.index(), 0};
        const RecordNames names(plan.get(), record);
        QCOMPARE(names.door, std::string_view("ingress"));
        QCOMPARE(names.endpoint, std::string_view("controller-0"));
        QVERIFY(names.route.empty() && names.service.empty() && names.refusal.empty());
        record.endpointAndRefusal = {
            DoorRecord::none, static_cast<std::uint8_t>(frontdoor::L4Decision::Outcome::NotLocal)};
        QCOMPARE(RecordNames(plan.get(), record).refusal, std::string_view("not-local"));
    }

    void whatIsNotThereHasNoName()
    {
        const auto plan = test::PlanBuilder().build();
        DoorRecord record;
        record.doorAndPlan = {5, 0};
        record.endpointAndRefusal = {DoorRecord::none,
                                     static_cast<std::uint8_t>(frontdoor::Refusal::NoRoute)};
        const plan::FrontDoorPlan* const unknown = nullptr;
        for (const plan::FrontDoorPlan* known : {plan.get(), unknown}) {
            const RecordNames names(known, record);
            QVERIFY(names.door.empty() && names.route.empty() && names.service.empty());
            QVERIFY(names.endpoint.empty());
            QCOMPARE(names.refusal, std::string_view("no-route"));
        }
    }
};

LAB_TEST(RecordNamesTest)
#include "tst_record_names.moc"
