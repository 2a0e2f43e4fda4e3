#include "support/test_main.hpp"

#include "frontdoor/forwarding.hpp"
#include "support/plan_builder.hpp"

using namespace lab;

namespace {

/// Fields of a client that speaks for another.
class ForwardedFields : public frontdoor::RequestFields {
public:
    [[nodiscard]] std::string_view value(std::string_view name) const override
    {
        return name == "x-forwarded-for"     ? "203.0.113.9, 10.0.0.1"
               : name == "x-forwarded-proto" ? "https"
               : name == "x-forwarded-host"  ? "outer.lab"
                                             : "";
    }
};

std::shared_ptr<const plan::FrontDoorPlan> shop(plan::Profile profile, bool trustsForwarded)
{
    test::PlanBuilder builder;
    const DoorId door = builder.door("ingress");
    builder.route(door, "shop.lab", "/", builder.upstream("cart", {builder.pod("cart-0")}));
    builder.at(door).trustsForwarded = trustsForwarded;
    plan::FrontDoorPlan plan = *builder.build();
    plan.profile = profile;
    return std::make_shared<const plan::FrontDoorPlan>(std::move(plan));
}

const ForwardedFields forwarded;

frontdoor::RequestView request()
{
    frontdoor::RequestView view;
    view.method = "GET";
    view.host = "shop.lab";
    view.hostField = "shop.lab:8080";
    view.path = "/";
    view.target = "/";
    view.clientAddress = "127.0.3.4";
    view.fields = &forwarded;
    return view;
}

} // namespace

/// What a pod is told of a request's client and host.
class ForwardingTest : public QObject {
    Q_OBJECT

private slots:
    void aStrangersWordIsNotPassedOn()
    {
        const frontdoor::FrontDoor door(shop(plan::Profile::Spec, false), DoorId(0));
        const frontdoor::Decision decision;
        const auto said = frontdoor::forwardingOf(door, decision, request(), 80);
        QCOMPARE(said.clientAddress, std::string_view("127.0.3.4"));
        QCOMPARE(said.host, std::string_view("shop.lab:8080"));
        QCOMPARE(said.forwardedHost, std::string_view("shop.lab:8080"));
        QVERIFY(said.forwardedProto.empty());
        QVERIFY(said.addsVia);
        QVERIFY(!said.addsNginxFields);
        QCOMPARE(int{said.port}, 80);
    }

    void aTrustedProxysWordIs()
    {
        const frontdoor::FrontDoor door(shop(plan::Profile::IngressNginx, true), DoorId(0));
        const frontdoor::Decision decision;
        const auto said = frontdoor::forwardingOf(door, decision, request(), 443);
        QCOMPARE(said.clientAddress, std::string_view("203.0.113.9"));
        QCOMPARE(said.forwardedHost, std::string_view("outer.lab"));
        QCOMPARE(said.forwardedProto, std::string_view("https"));
        QVERIFY(!said.addsVia);
        QVERIFY(said.addsNginxFields);
        QVERIFY(said.dropsOddNames);
    }

    void bodiesAreGatheredWhereNginxBuffersThem_data()
    {
        QTest::addColumn<bool>("isNginx");
        QTest::addColumn<bool>("buffers");
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<bool>("isGathered");
        QTest::newRow("by default") << true << true << "HTTP" << true;
        QTest::newRow("switched off") << true << false << "HTTP" << false;
        QTest::newRow("gRPC") << true << true << "GRPC" << false;
        QTest::newRow("profile spec") << false << true << "HTTP" << false;
    }
    void bodiesAreGatheredWhereNginxBuffersThem()
    {
        QFETCH(const bool, isNginx);
        QFETCH(const bool, buffers);
        QFETCH(const QString, protocol);
        const auto profile = isNginx ? plan::Profile::IngressNginx : plan::Profile::Spec;
        const frontdoor::FrontDoor door(shop(profile, false), DoorId(0));
        plan::RoutePolicy policy;
        policy.buffersRequest = buffers;
        policy.backendProtocol = protocol.toStdString();
        frontdoor::Decision decision;
        decision.upstream = UpstreamId(0);
        decision.policy = &policy;
        QTEST(frontdoor::gathersBody(door, decision), "isGathered");
        decision.policy = nullptr; // a Service's own door
        QCOMPARE(frontdoor::gathersBody(door, decision), isNginx);
    }

    void theDecisionsOwnFieldsAndHostGoIn()
    {
        const frontdoor::FrontDoor door(shop(plan::Profile::Spec, false), DoorId(0));
        frontdoor::Decision decision;
        decision.podHost = "inner.lab";
        decision.podFields = "X-Forwarded-Prefix: /shop\r\n";
        decision.dropsAuthorization = true;
        const auto said = frontdoor::forwardingOf(door, decision, request(), 80);
        QCOMPARE(said.host, std::string_view("inner.lab"));
        QCOMPARE(said.forwardedHost, std::string_view("shop.lab:8080"));
        QCOMPARE(said.extraFields, std::string_view("X-Forwarded-Prefix: /shop\r\n"));
        QVERIFY(said.dropsAuthorization);
    }
};

LAB_TEST(ForwardingTest)
#include "tst_forwarding.moc"
