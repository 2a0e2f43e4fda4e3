#include "support/test_main.hpp"

#include "plan/front_door_plan.hpp"

using namespace lab::plan;

/// What a plan is counted by.
class FrontDoorPlanTest : public QObject {
    Q_OBJECT

private slots:
    void doorsCertificatesAndLimitsAreCounted()
    {
        FrontDoorPlan plan;
        plan.doors.resize(3);
        plan.doors[1].role = DoorRole::Controller;
        plan.doors[2].role = DoorRole::Controller;
        plan.doors[2].limit = lab::limiting::BucketPolicy{10, 5};
        plan.certificates.resize(2);
        plan.certificates[0].source = PlannedCertificate::Source::SelfSigned;
        plan.certificates[1].source = PlannedCertificate::Source::Secret;
        QCOMPARE(plan.loadBalancerCount(), std::size_t{1});
        QCOMPARE(plan.controllerCount(), std::size_t{2});
        QCOMPARE(plan.limitingPointCount(), std::size_t{1});
        QCOMPARE(plan.certificateCount(), std::size_t{1}); // nobody renews the default one
    }

    void shrinkingChangesNothingButTheRoom()
    {
        FrontDoorPlan plan;
        plan.doors.reserve(100);
        plan.doors.resize(3);
        plan.doors[2].name = "shop/cart";
        plan.upstreams.reserve(100);
        plan.shrinkToFit();
        QCOMPARE(plan.doors.size(), std::size_t{3});
        QCOMPARE(plan.doors.capacity(), std::size_t{3});
        QCOMPARE(plan.doors[2].name, std::string("shop/cart"));
        QCOMPARE(plan.upstreams.capacity(), std::size_t{0});
    }

    void wordsAreThoseOfTheInterface()
    {
        QCOMPARE(toText(Style::PerService), std::string_view("per-service"));
        QCOMPARE(toText(Style::Ingress), std::string_view("ingress"));
        QCOMPARE(toText(Profile::Spec), std::string_view("spec"));
        QCOMPARE(toText(Profile::IngressNginx), std::string_view("ingress-nginx"));
        QCOMPARE(toText(DoorMode::Tcp), std::string_view("tcp"));
        QCOMPARE(toText(DoorMode::Tls), std::string_view("tls"));
        QCOMPARE(toText(DoorMode::Http), std::string_view("http"));
    }
};

LAB_TEST(FrontDoorPlanTest)
#include "tst_front_door_plan.moc"
