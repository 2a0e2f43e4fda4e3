#include "support/test_main.hpp"

#include "scenario/state_pages.hpp"
#include "support/raw_client.hpp"

#include <boost/json.hpp>

using namespace lab;
using scenario::ServedPlans;
using test::LiveWorld;
using test::PlanBuilder;

namespace {

constexpr const char* keyText = "-----BEGIN PRIVATE KEY-----hush";

/// One door with two routes, a Service without endpoints, limits, and a password.
std::shared_ptr<const plan::FrontDoorPlan> shopPlan()
{
    PlanBuilder builder;
    const DoorId door = builder.door("ingress");
    builder.route(door, "shop.lab", "/", builder.upstream("cart", {builder.pod("cart-0")}));
    const UpstreamId empty = builder.upstream("empty", {});
    builder.route(door, "shop.lab", "/empty", empty);
    builder.raw().upstreams[empty.index()].brokenLink = "no pod matches its selector";
    plan::Door& made = builder.at(door);
    made.place = {std::make_shared<const std::string>("shop.yaml"), 3, 1};
    made.routes[0].place = {made.place.file, 12, 5};
    made.limit = limiting::BucketPolicy{10, 5};
    made.rateZones = {{"shop/web limit-rps", {2, 10}}};
    made.connectionZones = {{"shop/web limit-connections", 4}};
    plan::RoutePolicy policy;
    policy.rateZones = {0};
    policy.basicAuth = plan::BasicAuth{"Staff", {{"ann", "$apr1$hush"}}};
    made.routes[0].policy = std::make_shared<const plan::RoutePolicy>(policy);
    builder.certificate({"shop.lab"});
    return builder.build();
}

boost::json::value
page(const char* path, const ServedPlans& plans, const live::LiveEngine* engine = nullptr)
{
    const auto answer = scenario::statePage(path, "", plans, engine);
    if (!answer || answer->status != 200) {
        qFatal("no page %s", path);
    }
    return boost::json::parse(answer->body);
}

std::string textAt(const boost::json::value& value, const char* key)
{
    return std::string(value.at(key).as_string());
}

} // namespace

/// What is served now.
class StatePagesTest : public QObject {
    Q_OBJECT

private slots:
    void routesNameServicePolicyAndSource()
    {
        const auto routes = page("/routes", {shopPlan()}).at("routes").as_array();
        QCOMPARE(routes.size(), std::size_t{2});
        QCOMPARE(textAt(routes[0], "style"), std::string("ingress"));
        QCOMPARE(textAt(routes[0], "door"), std::string("ingress"));
        QCOMPARE(textAt(routes[0], "host"), std::string("shop.lab"));
        QCOMPARE(textAt(routes[0], "match"), std::string("prefix"));
        QCOMPARE(textAt(routes[0], "service"), std::string("shop/cart"));
        QCOMPARE(routes[0].at("port").as_int64(), 80);
        QCOMPARE(textAt(routes[0], "source"), std::string("shop.yaml:12:5"));
        QCOMPARE(boost::json::serialize(routes[0].at("policy").at("limits")),
                 std::string(R"(["shop/web limit-rps"])"));
        QVERIFY(routes[1].at("policy").is_null());
    }

    void endpointsHaveTheirRealAddress()
    {
        const LiveWorld world(shopPlan());
        const auto endpoints =
            page("/endpoints", {world.plan}, world.engine.get()).at("endpoints").as_array();
        QCOMPARE(endpoints.size(), std::size_t{2});
        QCOMPARE(textAt(endpoints[0], "name"), std::string("shop/cart-0:8080"));
        QCOMPARE(textAt(endpoints[0], "address"), world.engine->ready().pods.at(0).address);
        QVERIFY(endpoints[0].at("ready").as_bool());
        QVERIFY(endpoints[1].at("name").is_null());
        QCOMPARE(textAt(endpoints[1], "brokenLink"), std::string("no pod matches its selector"));
        const auto early = page("/endpoints", {world.plan}).at("endpoints").as_array();
        QVERIFY(early[0].at("address").is_null());
    }

    void limitsHaveTheirLevel()
    {
        const LiveWorld world(shopPlan());
        const auto limits =
            page("/limits", {world.plan}, world.engine.get()).at("limits").as_array();
        QCOMPARE(limits.size(), std::size_t{3});
        QCOMPARE(textAt(limits[0], "kind"), std::string("overall"));
        QCOMPARE(limits[0].at("level").to_number<double>(), 5.0);
        QCOMPARE(textAt(limits[1], "kind"), std::string("rate-per-client"));
        QCOMPARE(textAt(limits[1], "name"), std::string("shop/web limit-rps"));
        QCOMPARE(limits[2].at("max").as_int64(), 4);
    }

    void certificatesShowNoKey()
    {
        const auto made = std::make_shared<plan::FrontDoorPlan>(*shopPlan());
        plan::PlannedCertificate secret;
        secret.name = "shop/web-tls";
        secret.source = plan::PlannedCertificate::Source::Secret;
        secret.pem =
            std::make_shared<const plan::PemPair>(plan::PemPair{"no certificate", keyText});
        made->certificates.push_back(secret);
        const auto certificates = page("/certs", {made}).at("certificates").as_array();
        QCOMPARE(certificates.size(), std::size_t{2});
        QCOMPARE(textAt(certificates[0], "origin"), std::string("lab"));
        QCOMPARE(textAt(certificates[1], "origin"), std::string("secret"));
        QVERIFY(certificates[1].at("mustBeRenewed").as_bool());
        const auto dump = scenario::statePage("/config_dump", "", {made}, nullptr);
        QVERIFY(dump->body.find("hush") == std::string::npos);
        QVERIFY(dump->body.find("redacted") != std::string::npos);
    }

    void theDumpIsEverythingOrOnePart()
    {
        const LiveWorld world(shopPlan());
        const auto all = page("/config_dump", {world.plan}, world.engine.get()).as_object();
        QStringList parts;
        for (const auto& [key, value] : all) {
            parts += QString::fromStdString(std::string(key));
        }
        QCOMPARE(parts, QStringList({"doors", "routes", "endpoints", "certificates", "limits"}));
        const auto& door = all.at("doors").as_array().at(0);
        QCOMPARE(textAt(door, "mode"), std::string("http"));
        QCOMPARE(textAt(door, "source"), std::string("shop.yaml:3:1"));
        QCOMPARE(textAt(door.at("ports").as_array().at(0), "address"), world.address());
        const auto one =
            scenario::statePage("/config_dump", "resource=limits", {world.plan}, nullptr);
        const boost::json::value only = boost::json::parse(one->body);
        QCOMPARE(only.as_object().size(), std::size_t{1});
        QCOMPARE(only.at("limits").as_array().size(), std::size_t{3});
    }

    void wrongQuestionsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no such part") << QByteArray("/config_dump") << QByteArray("resource=keys")
                                      << QByteArray("no resource of that name");
        QTest::newRow("mask") << QByteArray("/config_dump") << QByteArray("mask=a")
                              << QByteArray("comes with a later version");
        QTest::newRow("another word") << QByteArray("/config_dump") << QByteArray("part=doors")
                                      << QByteArray("takes resource=");
        QTest::newRow("broken") << QByteArray("/config_dump") << QByteArray("resource=%")
                                << QByteArray("percent-encoded");
        QTest::newRow("none expected")
            << QByteArray("/routes") << QByteArray("a=b") << QByteArray("takes no parameters");
    }
    void wrongQuestionsAreRefused()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, query);
        QFETCH(const QByteArray, says);
        const auto answer =
            scenario::statePage(path.toStdString(), query.toStdString(), {shopPlan()}, nullptr);
        QVERIFY(answer.has_value());
        QCOMPARE(answer->status, 400);
        QVERIFY2(QByteArray::fromStdString(answer->body).contains(says), answer->body.c_str());
    }

    void otherPathsAreNotItsOwn()
    {
        QVERIFY(!scenario::statePage("/metrics", "", {}, nullptr));
        QVERIFY(!scenario::statePage("", "", {}, nullptr));
    }
};

LAB_TEST(StatePagesTest)
#include "tst_state_pages.moc"
