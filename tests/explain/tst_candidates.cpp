#include "support/test_main.hpp"

#include "explain/candidates.hpp"
#include "support/plan_builder.hpp"

using namespace lab;
using explain::Explanation;
using routing::PathKind;

namespace {

/// A door with these rules; route i belongs to rule i and stands in line i + 1.
class Rules {
public:
    explicit Rules(std::vector<routing::RouteRule> rules)
    {
        const auto file = std::make_shared<const std::string>("web.yaml");
        for (std::size_t i = 0; i < rules.size(); ++i) {
            rules[i].route = RouteId(i);
            plan::Route route;
            route.name = "shop/web " + rules[i].path;
            route.place = {file, static_cast<std::uint32_t>(i + 1), 0};
            door_.routes.push_back(route);
        }
        door_.table = routing::RouteTable(std::move(rules));
    }

    Explanation ask(const std::string& host, const std::string& path) const
    {
        Explanation explanation;
        explanation.host = host;
        explanation.path = path;
        routing::RouteTrace trace;
        static_cast<void>(door_.table.find(host, path, &trace));
        explain::explainCandidates(explain::HostIndex(door_), {}, trace, explanation);
        return explanation;
    }

private:
    plan::Door door_;
};

} // namespace

/// All rules in their order, each with the reason it lost.
class CandidatesTest : public QObject {
    Q_OBJECT

private slots:
    void theWinnerIsFirstAndTheOthersSayWhy()
    {
        const Rules rules({{"shop.lab", PathKind::Prefix, "/", {}},
                           {"shop.lab", PathKind::Exact, "/cart/x", {}},
                           {"shop.lab", PathKind::Prefix, "/cart", {}},
                           {"shop.lab", PathKind::Prefix, "/cart/xy", {}},
                           {"shop.lab", PathKind::Exact, "/cart/x/y", {}}});
        const Explanation said = rules.ask("shop.lab", "/cart/x/y");
        QCOMPARE(said.candidates.size(), std::size_t{5});
        QVERIFY(said.candidates[0].hasWon);
        QCOMPARE(toText(said.candidates[0].rule), "web.yaml:5");
        QCOMPARE(said.candidates[0].match, "exact /cart/x/y");
        QCOMPARE(said.candidates[1].lostBecause, "shorter path: 5 < 9");
        QCOMPARE(said.candidates[2].lostBecause, "shorter path: 1 < 9");
        QCOMPARE(said.candidates[3].lostBecause, "path differs");
        QCOMPARE(said.candidates[4].lostBecause, "path goes on: exact takes /cart/x only");
        QCOMPARE(said.decidedBy, "exact host shop.lab; exact path among 5 rules");
    }

    void halfAnElementIsNoPrefix()
    {
        const Explanation said =
            Rules({{"shop.lab", PathKind::Prefix, "/cart", {}}}).ask("shop.lab", "/cartoons");
        QCOMPARE(said.candidates[0].lostBecause, "path goes on within the element: no whole match");
        QCOMPARE(said.decidedBy, "exact host shop.lab; none of its 1 rule takes the path");
    }

    void doublesPatternsAndExactHaveTheirReasons()
    {
        const Rules doubles({{"a", PathKind::Prefix, "/x", {}}, {"a", PathKind::Prefix, "/x", {}}});
        QCOMPARE(doubles.ask("a", "/x").candidates[1].lostBecause,
                 "same host, path and type as an earlier rule");
        const Rules both({{"a", PathKind::Prefix, "/x", {}}, {"a", PathKind::Exact, "/x", {}}});
        QCOMPARE(both.ask("a", "/x").candidates[1].lostBecause,
                 "as long, but exact goes before prefix");
        const Rules patterns({{"a", PathKind::Regex, "/x", {}},
                              {"a", PathKind::Regex, "/[a-z]", {}},
                              {"a", PathKind::Regex, "/z", {}}});
        const Explanation said = patterns.ask("a", "/x");
        QCOMPARE(said.candidates[0].match, "pattern ^/x");
        QCOMPARE(said.decidedBy, "exact host a; first matching pattern among 3 rules");
        QStringList reasons;
        for (const auto& candidate : said.candidates) {
            reasons << QString::fromStdString(candidate.lostBecause);
        }
        QVERIFY(reasons.contains("matches too, but a pattern before it in the list does"));
        QVERIFY(reasons.contains("the pattern does not match"));
    }

    void otherHostsAreCountedAndTheTakersFirst()
    {
        const Rules rules({{"admin.lab", PathKind::Prefix, "/", {}},
                           {"a.shop.lab", PathKind::Prefix, "/", {}},
                           {"*.shop.lab", PathKind::Prefix, "/", {}},
                           {"*.shop.lab", PathKind::Prefix, "/x", {}}});
        const Explanation said = rules.ask("a.shop.lab", "/");
        QCOMPARE(said.decidedBy, "exact host a.shop.lab; the only rule");
        QCOMPARE(said.notConsidered.size(), std::size_t{2});
        QCOMPARE(said.notConsidered[0].host, "*.shop.lab");
        QCOMPARE(said.notConsidered[0].rules, std::size_t{2});
        QCOMPARE(said.notConsidered[1].because, "host differs");
        QCOMPARE(rules.ask("nobody.lab", "/").decidedBy,
                 "no rule names this host, and none is for any host");
    }

    void whatIsLeftOutIsCounted()
    {
        std::vector<routing::RouteRule> many;
        for (int i = 0; i < 300; ++i) {
            many.push_back({"a", PathKind::Exact, "/" + std::to_string(i), {}});
            many.push_back({"h" + std::to_string(i), PathKind::Exact, "/", {}});
        }
        const Explanation said = Rules(std::move(many)).ask("a", "/7");
        QCOMPARE(said.candidates.size(), Explanation::candidatesMax);
        QCOMPARE(said.candidatesLeftOut, std::size_t{300} - Explanation::candidatesMax);
        QCOMPARE(said.notConsidered.size(), Explanation::otherHostsMax);
        QCOMPARE(said.otherHostsLeftOut, std::size_t{300} - Explanation::otherHostsMax);
    }
};

LAB_TEST(CandidatesTest)
#include "tst_candidates.moc"
