#include "support/test_main.hpp"

#include "frontdoor/front_door.hpp"
#include "support/nginx_bench.hpp"

using namespace lab;
using frontdoor::RequestView;

namespace {

/// A door that believes the proxies of that range (empty: all).
frontdoor::FrontDoor trusting(const char* range)
{
    plan::FrontDoorPlan plan;
    plan.profile = plan::Profile::IngressNginx;
    plan::Door door;
    door.role = plan::DoorRole::Controller;
    door.trustsForwarded = true;
    if (const auto parsed = limiting::parseAddressRange(range)) {
        door.trustedProxies.push_back(*parsed);
    }
    plan.doors.push_back(std::move(door));
    return {std::make_shared<const plan::FrontDoorPlan>(std::move(plan)), DoorId(0)};
}

} // namespace

/// A proxy in front is believed as far as it is trusted.
class TrustedProxyTest : public QObject {
    Q_OBJECT

private slots:
    void theClientStandsLeftOfTheTrustedOnes_data()
    {
        QTest::addColumn<QString>("range");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("client");
        QTest::newRow("none") << ""
                              << ""
                              << "10.0.0.9";
        QTest::newRow("all trusted") << ""
                                     << "1.1.1.1, 2.2.2.2,3.3.3.3"
                                     << "1.1.1.1";
        QTest::newRow("some") << "10.0.0.0/8"
                              << "1.1.1.1, 2.2.2.2, 10.0.0.7"
                              << "2.2.2.2";
        QTest::newRow("peer untrusted") << "192.0.2.0/24"
                                        << "1.1.1.1"
                                        << "10.0.0.9";
        QTest::newRow("no address") << ""
                                    << "1.1.1.1, unknown"
                                    << "10.0.0.9";
        QTest::newRow("IPv6") << ""
                              << "2001:db8::1"
                              << "2001:db8::1";
    }
    void theClientStandsLeftOfTheTrustedOnes()
    {
        QFETCH(QString, range);
        QFETCH(QString, field);
        QFETCH(QString, client);
        const frontdoor::FrontDoor door = trusting(range.toUtf8().constData());
        const test::FieldMap fields(test::FieldValues{{"x-forwarded-for", field.toStdString()}});
        RequestView request{"GET", "a.lab", "/", "/", "10.0.0.9", false};
        request.fields = &fields;
        QCOMPARE(QString::fromStdString(std::string(door.clientOf(request))), client);
    }

    void thePortIsTheProxysWhereItIsOne()
    {
        const frontdoor::FrontDoor door = trusting("");
        RequestView request{"GET", "a.lab", "/", "/", "10.0.0.9", false};
        for (const auto& [text, port] : {std::pair("8443", 8443), {"x", 80}, {"70000", 80}}) {
            const test::FieldMap fields(test::FieldValues{{"x-forwarded-port", text}});
            request.fields = &fields;
            QCOMPARE(int{door.publicPort(request, 80)}, port);
        }
    }
};

LAB_TEST(TrustedProxyTest)
#include "tst_trusted_proxy.moc"
