#include "support/test_main.hpp"

#include "frontdoor/endpoint_flags.hpp"

using namespace lab;

/// Which endpoints may be chosen.
class EndpointFlagsTest : public QObject {
    Q_OBJECT

private slots:
    void readyOnesThatHaveNotFailedUpToTheLimit()
    {
        plan::FrontDoorPlan plan;
        plan::Upstream upstream;
        for (std::size_t i = 0; i < 2000; ++i) {
            plan.endpoints.emplace_back().isReady = i != 1;
            upstream.endpoints.push_back(EndpointId(i));
        }
        const frontdoor::EndpointFlags flags(plan, upstream, {EndpointId(2)});
        QCOMPARE(flags.all().size(), frontdoor::FrontDoor::endpointsMax);
        QVERIFY(flags.all()[0] && !flags.all()[1] && !flags.all()[2] && flags.all()[3]);
    }
};

LAB_TEST(EndpointFlagsTest)
#include "tst_endpoint_flags.moc"
