#include "support/test_main.hpp"

#include "scenario/explain_page.hpp"
#include "support/plan_builder.hpp"

#include <boost/json.hpp>

using namespace lab;

namespace {

scenario::ServedPlans served()
{
    test::PlanBuilder perService(plan::Style::PerService);
    const DoorId own = perService.door("shop/cart", plan::DoorMode::Tcp);
    perService.at(own).hosts = {"cart.lab"};
    perService.at(own).ports = {{80, false, perService.upstream("cart", {perService.pod("p")})}};
    test::PlanBuilder ingress;
    const DoorId cloud = ingress.door("ingress", plan::DoorMode::Tcp);
    const DoorId replica = ingress.controllerOf(cloud, "controller-0");
    ingress.route(replica, "shop.lab", "/cart", ingress.upstream("cart", {ingress.pod("p")}));
    return {perService.build(), ingress.build()};
}

} // namespace

/// `/explain` of the admin interface.
class ExplainPageTest : public QObject {
    Q_OBJECT

private slots:
    void theIngressIsAskedFirst()
    {
        const auto answer = scenario::ExplainPage(served()).answer(
            "url=http%3A%2F%2Fshop.lab%2Fcart&method=PUT&header=A:%201&"
            "header=C:+3&header=B:2&client=10.0.0.1",
            nullptr);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.contentType, "application/json");
        const auto root = boost::json::parse(answer.body);
        QVERIFY(root.at("style") == "ingress");
        QVERIFY(root.at("outcome").at("service") == "shop/cart");
        QVERIFY(root.at("request").at("method") == "PUT");
        QVERIFY(root.at("request").at("client") == "10.0.0.1");
        QVERIFY(root.at("request").at("headers").at(0).at("value") == "1");
        QVERIFY(root.at("request").at("headers").at(2).at("name") == "B");
    }

    void theOtherStyleIsAskedByName()
    {
        const auto answer = scenario::ExplainPage(served()).answer(
            "url=http://cart.lab/&style=per-service", nullptr);
        const auto root = boost::json::parse(answer.body);
        QVERIFY(root.at("style") == "per-service");
        QVERIFY(root.at("outcome").at("endpoint") == "shop/p:8080");
    }

    void whatIsNoQuestionIsRefused_data()
    {
        QTest::addColumn<QString>("says");
        QTest::newRow("") << "no http or https URL";
        QTest::newRow("url=shop.lab") << "write https://shop.lab";
        QTest::newRow("url=http://a/&style=both") << "style takes";
        QTest::newRow("url=http://a/&hedaer=x") << "no parameter of that name";
        QTest::newRow("url=http://a/%2") << "percent-encoded";
        QTest::newRow("url=%zz") << "percent-encoded";
    }
    void whatIsNoQuestionIsRefused()
    {
        QFETCH(QString, says);
        const auto answer =
            scenario::ExplainPage(served()).answer(QTest::currentDataTag(), nullptr);
        QCOMPARE(answer.status, 400);
        QVERIFY2(answer.body.find(says.toStdString()) != std::string::npos, answer.body.c_str());
    }
};

LAB_TEST(ExplainPageTest)
#include "tst_explain_page.moc"
