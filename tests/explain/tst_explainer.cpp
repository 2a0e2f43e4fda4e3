#include "support/test_main.hpp"

#include "explain/explainer.hpp"
#include "support/explain_bench.hpp"

using namespace lab;
using explain::OutcomeKind;

namespace {

constexpr std::uint64_t seed = 20'261'125;
constexpr int plansCount = 240;
constexpr int requestsAPlan = 100;
constexpr int requestsMin = 20'000; ///< Plans whose every Ingress is of a foreign class are passed.
/// LAB_EXPLAIN_PLANS=12000 makes it more than a million requests: the long form.
constexpr const char* plansVariable = "LAB_EXPLAIN_PLANS";

const std::vector<std::string> hosts{"a.lab", "b.lab", "x.a.lab", "*.a.lab", ""};
const std::vector<std::string> paths{"/", "/a", "/a/", "/a/b", "/ab", "/b", "/empty"};
const std::vector<std::string> services{"web", "other", "empty", "missing"};

template <typename T>
const T& oneOf(const std::vector<T>& all, Random& random)
{
    return all[random.below(all.size())];
}

/// A few Ingresses with what annotations decide about a request.
std::shared_ptr<const plan::FrontDoorPlan> randomPlan(Random& random)
{
    static const std::vector<test::Annotations> looks{
        {},
        {{"force-ssl-redirect", "true"}},
        {{"permanent-redirect", "https://new.lab"}},
        {{"whitelist-source-range", "10.0.0.0/8"}},
        {{"app-root", "/start"}},
        {{"use-regex", "true"}},
        {{"limit-rpm", "1"}},
        {{"rewrite-target", "/in"}},
        {{"enable-cors", "true"}},
        {{"upstream-hash-by", "$request_uri"}},
        {{"limit-connections", "1"}},
        {{"denylist-source-range", "127.0.0.0/8"}},
        {{"temporal-redirect", "https://t.lab"}},
        {{"from-to-www-redirect", "true"}},
        {{"affinity", "cookie"}},
        {{"proxy-body-size", "1k"}},
        {{"canary", "true"}, {"canary-weight", "50"}},
        {{"canary", "true"}, {"canary-by-header", "x-canary"}}};
    static const std::vector<std::string> patterns{"/a(/|$)(.*)", "/[ab]+", "/a/.*", "/(empty|b)"};
    test::ClusterBuilder builder;
    builder.deployment("web", 3, 8080).deployment("other", 1, 8080);
    builder.service("web", 80, 8080);
    builder.service("other", 80, 8080);
    builder.service("empty", 80, 8080);
    const std::size_t count = 1 + random.below(4);
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<test::PathTo> rules;
        for (std::size_t r = 0; r < 1 + random.below(4); ++r) {
            const auto type =
                random.below(2) == 0 ? model::PathType::Exact : model::PathType::Prefix;
            rules.push_back(
                {oneOf(hosts, random), oneOf(paths, random), oneOf(services, random), 80, type});
        }
        model::Ingress& ingress = builder.ingress("i" + std::to_string(i), rules);
        const test::Annotations& look = oneOf(looks, random);
        for (const auto& [name, value] : look) {
            test::annotateNginx(ingress.meta, name, value);
        }
        if (!look.empty() && look.front().first == "use-regex") {
            for (auto& rule : ingress.rules) {
                for (auto& path : rule.paths) {
                    path.type = model::PathType::ImplementationSpecific;
                    path.path = oneOf(patterns, random);
                }
            }
        }
        if (random.below(4) == 0) {
            ingress.tls.push_back({{"a.lab", "*.a.lab"}, "", {}});
        }
        if (random.below(8) == 0) {
            ingress.className = "somebody-else";
        }
    }
    plan::PlanOptions options;
    options.profile = random.below(2) == 0 ? plan::Profile::Spec : plan::Profile::IngressNginx;
    return std::make_shared<const plan::FrontDoorPlan>(
        plan::planFrontDoors(builder.cluster, options).ingress);
}

OutcomeKind kindOf(const frontdoor::Decision& decision, const plan::Door& door)
{
    if (decision.isForward()) {
        return door.routes[decision.route.index()].isImplicitRoot ? OutcomeKind::Default
                                                                  : OutcomeKind::Backend;
    }
    return decision.refusal == frontdoor::Refusal::NoRoute    ? OutcomeKind::NoRoute
           : decision.refusal == frontdoor::Refusal::Redirect ? OutcomeKind::Redirect
                                                              : OutcomeKind::Refusal;
}

/// What is said and what was decided, side by side; empty: the same.
QString difference(const explain::Explanation& said,
                   const frontdoor::Decision& decision,
                   const plan::FrontDoorPlan& plan,
                   const plan::Door& door)
{
    const auto& outcome = said.outcome;
    if (outcome.kind != kindOf(decision, door) || outcome.status != decision.status ||
        outcome.location != decision.location) {
        return "outcome";
    }
    const std::string service =
        decision.upstream.isValid() ? plan.upstream(decision.upstream).fullService() : "";
    if (outcome.service != service) {
        return "service";
    }
    const plan::Route* const route =
        decision.route.isValid() ? &door.routes[decision.route.index()] : nullptr;
    if (outcome.route != (route == nullptr ? "" : route->name) ||
        toText(outcome.rule) != (route == nullptr ? "" : toText(route->place))) {
        return "rule";
    }
    const bool hasWinner = !said.candidates.empty() && said.candidates.front().hasWon;
    if (hasWinner != (route != nullptr) ||
        (hasWinner && said.candidates.front().route != route->name)) {
        return "candidate";
    }
    return decision.isForward() == said.podRequest.has_value() ? "" : "request to the pod";
}

} // namespace

/// What is explained is what was decided.
class ExplainerTest : public QObject {
    Q_OBJECT

private slots:
    void itSaysWhatTheDoorDecides()
    {
        Random random(seed);
        std::map<OutcomeKind, int> kinds;
        const int asked = qEnvironmentVariableIntValue(plansVariable);
        for (int p = 0; p < (asked > 0 ? asked : plansCount); ++p) {
            const auto plan = randomPlan(random);
            if (plan->doors.size() < 2) {
                continue; // every Ingress is of a class that is not ours
            }
            const DoorId controller = plan->doors.front().replicas.front();
            explain::Explainer explainer(plan);
            frontdoor::FrontDoor door(plan, controller);
            frontdoor::WorkerState worker(*plan, Random(1));
            for (int r = 0; r < requestsAPlan; ++r) {
                explain::Question question;
                question.isTls = random.below(2) == 0;
                question.host = random.below(5) == 0 ? "c.lab" : oneOf(hosts, random);
                question.host =
                    question.host.empty() || question.host[0] == '*' ? "y.a.lab" : question.host;
                question.target = oneOf(paths, random) + (random.below(3) == 0 ? "/z" : "");
                question.method = random.below(4) == 0 ? "OPTIONS" : "GET";
                test::FieldValues fields;
                if (random.below(3) == 0) {
                    fields["x-canary"] = random.below(2) == 0 ? "always" : "never";
                }
                if (random.below(8) == 0) {
                    fields["content-length"] = "2000";
                }
                question.fields.assign(fields.begin(), fields.end());
                const auto said = explainer.explain(question);

                std::string buffer;
                frontdoor::RequestView view;
                view.method = question.method;
                view.host = question.host;
                view.target = question.target;
                view.path = *routing::normalisedPath(question.target, buffer);
                view.clientAddress = question.clientAddress;
                view.isTls = question.isTls;
                view.hostField = question.host;
                view.bodyBytes = fields.contains("content-length") ? 2000 : 0;
                view.endsWithRelease = true;
                const test::FieldMap map(fields);
                view.fields = &map;
                const auto now = Instant() + std::chrono::hours(1 + r);
                const auto decision = door.decide(view, now, worker);
                if (decision.isForward()) {
                    door.finished(decision.upstream, decision.endpoint, worker);
                }
                door.release(decision);
                const QString differs = difference(said, decision, *plan, door.door());
                QVERIFY2(differs.isEmpty(),
                         qPrintable(differs + " of " + QString::fromStdString(question.url()) +
                                    " in plan " + QString::number(p)));
                ++kinds[said.outcome.kind];
            }
        }
        int compared = 0;
        for (const auto& [kind, count] : kinds) {
            compared += count;
        }
        qInfo("%d requests compared, seed %llu", compared, static_cast<unsigned long long>(seed));
        QVERIFY(asked > 0 || compared >= requestsMin);
        QVERIFY(kinds.size() >= 4); // the plans are not all of one kind
        QVERIFY(kinds[OutcomeKind::Backend] > 2000);
    }

    void aBadRequestIsAnsweredBeforeAnyRule()
    {
        test::ExplainBench bench;
        const auto climbing = bench.ask("http://shop.lab/%2e%2e/x");
        QCOMPARE(int{climbing.outcome.status}, 400);
        QCOMPARE(climbing.answeredBy, "request");
        const auto twice = bench.ask("http://shop.lab/", {"Content-Length: 1x"}, "POST");
        QCOMPARE(int{twice.outcome.status}, 400);
        QVERIFY(twice.candidates.empty());
    }

    void aDoorWithoutTlsSaysSo()
    {
        test::ExplainBench bench;
        auto changed = *bench.bench.planned;
        changed.doors[1].ports = {{80, false, {}}};
        explain::Explainer explainer(std::make_shared<const plan::FrontDoorPlan>(changed));
        const auto said =
            explainer.explain(*explain::readQuestion({"https://shop.lab/", "GET", {}, "::1"}));
        QCOMPARE(said.outcome.kind, OutcomeKind::NotExpressible);
    }

    void aRunningDoorsLimitsAreToldAndNotTouched()
    {
        test::ExplainBench bench({{"limit-rpm", "1"}, {"limit-burst-multiplier", "2"}});
        explain::Explainer::Running running;
        running.door = [&](DoorId) {
            return std::shared_ptr<const frontdoor::FrontDoor>(std::shared_ptr<void>(),
                                                               bench.bench.door.get());
        };
        running.now = [] { return Instant(); };
        explain::Explainer explainer(bench.bench.planned, {}, running);
        const auto question = *explain::readQuestion({"http://shop.lab/", "GET", {}, "127.0.0.1"});
        const auto first = explainer.explain(question);
        QVERIFY(first.isLive);
        const std::string before = first.limits.back().state;
        QVERIFY(before.starts_with("admits it: "));
        QVERIFY(before.ends_with(" tokens left now"));
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(explainer.explain(question).limits.back().state, before);
        }
        while (bench.bench.decide("/").isForward()) { // until the bucket is empty
        }
        const auto last = explainer.explain(question);
        QCOMPARE(last.outcome.refusal, "client-limit");
        QVERIFY(last.limits.back().state.starts_with("refuses it: 0 of "));
    }

    void passwordsAreChecked()
    {
        test::ExplainBench bench(test::Annotations{{"auth-type", "basic"}, {"auth-secret", "u"}},
                                 [](test::ClusterBuilder& builder) {
                                     builder.secret("u", {{"auth", "ann:secret"}});
                                 });
        QCOMPARE(int{bench.ask("http://shop.lab/").outcome.status}, 401);
        const auto said = bench.ask("http://shop.lab/", {"Authorization: Basic YW5uOnNlY3JldA=="});
        QCOMPARE(said.outcome.kind, OutcomeKind::Backend);
    }
};

LAB_TEST(ExplainerTest)
#include "tst_explainer.moc"
