#include "support/test_main.hpp"

#include "explain/explanation_fields.hpp"
#include "support/nginx_bench.hpp"

using namespace lab;

namespace {

/// The field lines for a request to the little shop.
std::string fieldsFor(test::NginxBench& bench, const std::string& host, const std::string& path)
{
    frontdoor::RequestView view;
    view.method = "GET";
    view.host = host;
    view.path = path;
    view.target = path;
    view.clientAddress = "127.0.0.1";
    frontdoor::DecisionTrace trace;
    const auto decision = bench.door->decide(view, Instant(), *bench.worker, &trace);
    return explain::explanationFields(*bench.door, view, decision, trace, 0);
}

} // namespace

/// The answer's fields say which rule took the request, and why.
class ExplanationFieldsTest : public QObject {
    Q_OBJECT

private slots:
    void aForwardedRequestNamesRuleBackendAndDoor()
    {
        test::NginxBench bench({});
        const std::string fields = fieldsFor(bench, "shop.lab", "/x");
        const QString text = QString::fromStdString(fields);
        QVERIFY2(text.contains("x-lab-route: "), qPrintable(text));
        QVERIFY2(text.contains("default/shop"), qPrintable(text));
        QVERIFY2(text.contains("x-lab-backend: default/web:80; pod=default/web-"),
                 qPrintable(text));
        QVERIFY2(text.contains("x-lab-door: "), qPrintable(text));
        QVERIFY2(text.contains("x-lab-why: exact host shop.lab; longest path (1) among 2 rules; "
                               "endpoint: round robin, its turn (3 are ready)\r\n"),
                 qPrintable(text));
    }

    void aRefusalSaysItsPhase()
    {
        test::NginxBench bench({});
        const QString text = QString::fromStdString(fieldsFor(bench, "shop.lab", "/empty/x"));
        QVERIFY2(text.contains("x-lab-backend: default/empty:80\r\n"), qPrintable(text));
        QVERIFY2(text.contains("; endpoint: default/empty has no endpoint: "), qPrintable(text));
    }

    void whatNoRuleTakesHasNoRouteField()
    {
        test::NginxBench bench({});
        const QString text = QString::fromStdString(fieldsFor(bench, "other.lab", "/"));
        QVERIFY2(text.contains("x-lab-why: no rule names"), qPrintable(text));
        QVERIFY2(!text.contains("x-lab-backend"), qPrintable(text));
    }

    void earlierTriesAreCounted()
    {
        test::NginxBench bench({});
        frontdoor::RequestView view;
        view.host = "shop.lab";
        view.path = "/";
        view.target = "/";
        frontdoor::DecisionTrace trace;
        const auto decision = bench.door->decide(view, Instant(), *bench.worker, &trace);
        const std::string fields =
            explain::explanationFields(*bench.door, view, decision, trace, 2);
        QVERIFY(fields.find("; tried in vain before: 2\r\n") != std::string::npos);
    }

    void noNameEndsALine()
    {
        test::NginxBench bench({});
        plan::FrontDoorPlan plan = *bench.planned;
        for (plan::Route& route : plan.doors[1].routes) {
            route.name = "a\r\nx-evil: 1\x01é" + std::string(4000, 'n');
        }
        const auto odd = std::make_shared<const plan::FrontDoorPlan>(std::move(plan));
        const frontdoor::FrontDoor door(odd, DoorId(1));
        frontdoor::WorkerState worker(*odd, Random(1));
        frontdoor::RequestView view;
        view.host = "shop.lab";
        view.path = "/";
        view.target = "/";
        frontdoor::DecisionTrace trace;
        const auto decision = door.decide(view, Instant(), worker, &trace);
        const std::string fields = explain::explanationFields(door, view, decision, trace, 0);
        QVERIFY(fields.find("\r\nx-evil") == std::string::npos);
        QVERIFY(fields.find("a??x-evil: 1???n") != std::string::npos);
        QVERIFY(fields.size() < 4 * explain::explanationFieldMax);
    }
};

LAB_TEST(ExplanationFieldsTest)
#include "tst_explanation_fields.moc"
