#include "support/test_main.hpp"

#include "base/random.hpp"
#include "routing/route_table.hpp"

#include <algorithm>
#include <sstream>

using lab::Random;
using lab::RouteId;
using lab::routing::PathKind;
using lab::routing::RouteRule;
using lab::routing::RouteTable;
using lab::routing::RouteTrace;

namespace {

std::vector<std::string> elementsOf(const std::string& path)
{
    std::vector<std::string> elements;
    std::istringstream text(path);
    for (std::string element; std::getline(text, element, '/');) {
        if (!element.empty()) {
            elements.push_back(element);
        }
    }
    return elements;
}

bool takesHost(const std::string& pattern, const std::string& host)
{
    if (pattern.starts_with("*.")) {
        const std::size_t dot = host.find('.');
        return dot != std::string::npos && dot > 0 && host.substr(dot) == pattern.substr(1);
    }
    return pattern.empty() || pattern == host;
}

bool takesPath(const RouteRule& rule, const std::string& path)
{
    if (rule.kind == PathKind::Exact) {
        return rule.path == path;
    }
    const auto wanted = elementsOf(rule.path);
    const auto given = elementsOf(path);
    return wanted.size() <= given.size() && std::equal(wanted.begin(), wanted.end(), given.begin());
}

/// The API text, read rule by rule: exact host, wildcard, any; longest path; Exact; first.
std::optional<RouteId>
naive(const std::vector<RouteRule>& rules, const std::string& host, const std::string& path)
{
    const auto hostClass = [&](const RouteRule& rule) {
        return rule.host.empty() ? 0 : rule.host.starts_with("*.") ? 1 : 2;
    };
    int chosenClass = -1;
    for (const RouteRule& rule : rules) {
        if (takesHost(rule.host, host)) {
            chosenClass = std::max(chosenClass, hostClass(rule));
        }
    }
    const RouteRule* best = nullptr;
    const auto length = [](const RouteRule& rule) { return elementsOf(rule.path).size(); };
    for (const RouteRule& rule : rules) {
        if (hostClass(rule) != chosenClass || !takesHost(rule.host, host) ||
            !takesPath(rule, path)) {
            continue;
        }
        if (best == nullptr || length(rule) > length(*best) ||
            (length(rule) == length(*best) && rule.kind == PathKind::Exact &&
             best->kind == PathKind::Prefix)) {
            best = &rule;
        }
    }
    return best == nullptr ? std::nullopt : std::optional(best->route);
}

std::string randomPath(Random& random)
{
    static const std::vector<std::string> elements{"a", "b", "ab", "aa"};
    std::string path;
    for (std::uint64_t n = random.below(4); n > 0; --n) {
        path += '/' + elements[static_cast<std::size_t>(random.below(elements.size()))];
    }
    return path.empty() || random.below(4) == 0 ? path + '/' : path;
}

std::string randomHost(Random& random, bool isPattern)
{
    static const std::vector<std::string> names{"a.lab", "b.lab", "x.a.lab", "y.x.a.lab", "lab"};
    std::string name = names[static_cast<std::size_t>(random.below(names.size()))];
    if (!isPattern) {
        return random.below(8) == 0 ? std::string() : name;
    }
    switch (random.below(4)) {
    case 0:
        return {};
    case 1:
        return "*." + name;
    default:
        return name;
    }
}

} // namespace

/// Kubernetes' precedence of hosts and paths.
class RouteTableTest : public QObject {
    Q_OBJECT

private slots:
    void precedence_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("route"); // -1: none
        const auto row = [](const char* host, const char* path, int route) {
            QTest::addRow("%s %s", host, path) << host << path << route;
        };
        row("shop.lab", "/", 0);
        row("shop.lab", "/cart", 1);
        row("shop.lab", "/cart/", 1);
        row("shop.lab", "/cart/7", 1);
        row("shop.lab", "/cartoon", 0);
        row("shop.lab", "/Cart", 0);
        row("shop.lab", "/cart/pay", 2);
        row("shop.lab", "/cart/pay/", 3);
        row("shop.lab", "/cart/pay/now", 3);
        row("api.shop.lab", "/v1/x", 4);
        row("api.shop.lab", "/v2", -1);   // no fall-through to the any-host rules
        row("v2.api.shop.lab", "/v1", 5); // a wildcard is one label
        row(".shop.lab", "/v1", 5);
        row("other.lab", "/any", 5);
        row("", "/any", 5);
    }

    void precedence()
    {
        const RouteTable table({
            {"shop.lab", PathKind::Prefix, "/", RouteId(0)},
            {"shop.lab", PathKind::Prefix, "/cart", RouteId(1)},
            {"shop.lab", PathKind::Prefix, "/cart/pay/", RouteId(3)},
            {"shop.lab", PathKind::Exact, "/cart/pay", RouteId(2)},
            {"shop.lab", PathKind::Exact, "/cart/pay", RouteId(9)}, // the first wins
            {"*.shop.lab", PathKind::Prefix, "/v1", RouteId(4)},
            {"", PathKind::Prefix, "/", RouteId(5)},
        });
        QFETCH(QString, host);
        QFETCH(QString, path);
        QFETCH(int, route);
        const auto found = table.match(host.toStdString(), path.toStdString());
        QCOMPARE(found ? static_cast<int>(found->index()) : -1, route);
    }

    void anEmptyTableMatchesNothing()
    {
        QVERIFY(!RouteTable().match("shop.lab", "/"));
        QVERIFY(!RouteTable(std::vector<RouteRule>{}).match("", "/"));
    }

    void theTraceNamesEveryCandidateAndWhyItLost()
    {
        const RouteTable table({
            {"shop.lab", PathKind::Prefix, "/", RouteId(0)},
            {"shop.lab", PathKind::Prefix, "/cart", RouteId(1)},
            {"shop.lab", PathKind::Exact, "/cart", RouteId(2)},
            {"shop.lab", PathKind::Prefix, "/help", RouteId(3)},
            {"shop.lab", PathKind::Exact, "/cart", RouteId(4)},
        });
        RouteTrace trace;
        QCOMPARE(table.match("shop.lab", "/cart", &trace), std::optional(RouteId(2)));
        QCOMPARE(trace.hostPattern, std::string("shop.lab"));
        QVERIFY(trace.isHostKnown);
        using Verdict = RouteTrace::Verdict;
        const std::vector<std::pair<std::size_t, Verdict>> expected{
            {2, Verdict::Won},
            {1, Verdict::PrefixAfterExact},
            {4, Verdict::SameAsEarlier},
            {0, Verdict::ShorterPath},
            {3, Verdict::PathDiffers},
        };
        QCOMPARE(trace.candidates.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(trace.candidates[i].rule, expected[i].first);
            QCOMPARE(trace.candidates[i].verdict, expected[i].second);
        }
        QVERIFY(!table.match("other.lab", "/cart", &trace));
        QVERIFY(!trace.isHostKnown);
        QVERIFY(trace.candidates.empty());
    }

    void randomTablesEqualTheNaiveReading()
    {
        Random random(42);
        for (int round = 0; round < 400; ++round) {
            std::vector<RouteRule> rules;
            for (std::uint64_t n = random.below(24); n > 0; --n) {
                rules.push_back({randomHost(random, true),
                                 random.below(3) == 0 ? PathKind::Exact : PathKind::Prefix,
                                 randomPath(random),
                                 RouteId(rules.size())});
            }
            const RouteTable table(rules);
            for (int request = 0; request < 60; ++request) {
                const std::string host = randomHost(random, false);
                const std::string path = randomPath(random);
                RouteTrace trace;
                const auto found = table.match(host, path, &trace);
                QVERIFY2(found == naive(rules, host, path), (host + path).c_str());
                QVERIFY(table.match(host, path) == found); // tracing changes nothing
                const bool hasWinner = !trace.candidates.empty() &&
                                       trace.candidates[0].verdict == RouteTrace::Verdict::Won;
                QCOMPARE(hasWinner, found.has_value());
            }
        }
    }
};

LAB_TEST(RouteTableTest)
#include "tst_route_table.moc"
