#include "support/test_main.hpp"

#include "routing/path_pattern.hpp"
#include "routing/route_table.hpp"

using lab::RouteId;
using lab::routing::PathKind;
using lab::routing::PathPattern;
using lab::routing::RouteTable;
using lab::routing::RouteTrace;

/// Paths as patterns, as ingress-nginx reads those of a regex host.
class PathPatternTest : public QObject {
    Q_OBJECT

private slots:
    void itMatchesFromTheStartInAnyCaseAndIsOpenAtTheEnd()
    {
        const PathPattern pattern("/fruit/[a-z]+");
        QVERIFY(pattern.matchesStart("/fruit/apple9"));
        QVERIFY(pattern.matchesStart("/FRUIT/Pear"));
        QVERIFY(!pattern.matchesStart("/fruit/9"));
        QVERIFY(!pattern.matchesStart("/x/fruit/apple"));
        QVERIFY(pattern.matchesWithin("/x/fruit/apple"));
    }

    void groupsGoIntoTheTarget_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("rewritten");
        QTest::newRow("nothing behind") << "/something"
                                        << "/";
        QTest::newRow("a slash") << "/something/"
                                 << "/";
        QTest::newRow("a rest") << "/Something/new/x"
                                << "/new/x";
        QTest::newRow("no match") << "/somethingelse"
                                  << "(none)";
    }

    void groupsGoIntoTheTarget()
    {
        QFETCH(QString, path);
        QFETCH(QString, rewritten);
        const auto made = PathPattern("/something(/|$)(.*)").rewritten(path.toStdString(), "/$2");
        QCOMPARE(QString::fromStdString(made.value_or("(none)")), rewritten);
    }

    void absentGroupsAreEmptyAndOtherTextStays()
    {
        QCOMPARE(*PathPattern("/a(b)?").rewritten("/a", "/x$1y$9z$"), std::string("/xyz$"));
    }

    void whatRe2DoesNotKnowIsNamed_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("word"); // empty: usable
        QTest::newRow("plain") << "/a/(.*)"
                               << "";
        QTest::newRow("look ahead") << "/a(?!b)"
                                    << "look-around";
        QTest::newRow("look behind") << "/a(?<=b)"
                                     << "look-around";
        QTest::newRow("back reference") << "/(a)\\1"
                                        << "back-reference";
        QTest::newRow("broken") << "/a("
                                << "missing";
    }

    void whatRe2DoesNotKnowIsNamed()
    {
        QFETCH(QString, expression);
        QFETCH(QString, word);
        const auto problem = PathPattern::problemOf(expression.toStdString());
        QCOMPARE(problem.has_value(), !word.isEmpty());
        QVERIFY(!problem || QString::fromStdString(*problem).contains(word));
    }

    void aHostWithPatternsIsMatchedByThemAloneInTheirOrder()
    {
        const RouteTable table({
            {"a.lab", PathKind::Regex, "/foo/bar/[A-Z0-9]{3}", RouteId(0)},
            {"a.lab", PathKind::Regex, "/foo/bar/bar", RouteId(1)},
            {"a.lab", PathKind::Regex, "/", RouteId(2)},
            {"b.lab", PathKind::Prefix, "/foo", RouteId(3)},
        });
        RouteTrace trace;
        QCOMPARE(table.match("a.lab", "/foo/bar/bar", &trace), std::optional(RouteId(0)));
        QCOMPARE(trace.candidates[1].verdict, RouteTrace::Verdict::LaterPattern);
        QCOMPARE(table.match("a.lab", "/foox"), std::optional(RouteId(2)));
        QVERIFY(!table.match("b.lab", "/foox"));
    }

    void aPathThatLacksItsSlashIsRedirectedUnlessItHasARuleOfItsOwn()
    {
        const RouteTable table({
            {"a.lab", PathKind::Prefix, "/x/", RouteId(0), true},
            {"a.lab", PathKind::Exact, "/y/", RouteId(1), true},
            {"a.lab", PathKind::Prefix, "/z/", RouteId(2), true},
            {"a.lab", PathKind::Exact, "/z", RouteId(3)},
            {"a.lab", PathKind::Prefix, "/", RouteId(4)},
        });
        QVERIFY(table.find("a.lab", "/x").isSlashRedirect);
        QVERIFY(table.find("a.lab", "/y").isSlashRedirect);
        QCOMPARE(table.find("a.lab", "/y").route, std::optional(RouteId(1)));
        QVERIFY(!table.find("a.lab", "/z").isSlashRedirect);
        QVERIFY(!table.find("a.lab", "/x/1").isSlashRedirect);
        QCOMPARE(table.find("a.lab", "/y/1").route, std::optional(RouteId(4)));
        QVERIFY(!table.match("a.lab", "/x"));
    }
};

LAB_TEST(PathPatternTest)
#include "tst_path_pattern.moc"
