#include "support/test_main.hpp"

#include "explain/host_index.hpp"

using namespace lab;
using routing::PathKind;

/// A door's rules by host and by path.
class HostIndexTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const auto add = [&](const char* host, PathKind kind, const char* path) {
            rules_.push_back({host, kind, path, RouteId(rules_.size())});
        };
        add("b.lab", PathKind::Prefix, "/x/");
        add("*.lab", PathKind::Exact, "/x");
        add("b.lab", PathKind::Prefix, "/");
        add("", PathKind::Regex, "/y[0-9]");
        add("", PathKind::Regex, "/z[0-9]");
        door_.table = routing::RouteTable(rules_);
        door_.routes.resize(rules_.size());
    }

    void hostsAreCountedAndSorted()
    {
        const explain::HostIndex index(door_);
        QCOMPARE(index.hosts().size(), std::size_t{3});
        QVERIFY(index.hosts()[0].name.empty());
        QCOMPARE(index.hosts()[1].name, std::string_view("*.lab"));
        const auto* const host = index.find("b.lab");
        QVERIFY(host != nullptr);
        QCOMPARE(host->rules, std::size_t{2});
        QCOMPARE(host->firstRule, std::size_t{0});
        QVERIFY(index.find("c.lab") == nullptr);
        QCOMPARE(index.plainNames(), std::vector<std::string>{"b.lab"});
    }

    void aPathFindsItsRulesWhateverTheSlash()
    {
        const explain::HostIndex index(door_);
        QCOMPARE(index.rulesFor("/x").size(), std::size_t{2});
        QCOMPARE(index.rulesFor("/x/").size(), std::size_t{2});
        QVERIFY(index.rulesFor("/").empty()); // takes everything: says nothing
        QVERIFY(index.rulesFor("/x/y").empty());
        QCOMPARE(index.patterns().size(), std::size_t{1}); // one of the host
    }

private:
    std::vector<routing::RouteRule> rules_;
    plan::Door door_;
};

LAB_TEST(HostIndexTest)
#include "tst_host_index.moc"
