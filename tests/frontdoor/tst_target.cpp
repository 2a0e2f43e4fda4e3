#include "support/test_main.hpp"

#include "frontdoor/target.hpp"

using namespace lab::frontdoor;

/// Targets, queries and escapes.
class TargetTest : public QObject {
    Q_OBJECT

private slots:
    void partsAreFound()
    {
        QCOMPARE(originForm("/x?y"), std::string_view("/x?y"));
        QCOMPARE(originForm("http://a.lab/x?y"), std::string_view("/x?y"));
        QCOMPARE(originForm("http://a.lab"), std::string_view("/"));
        QCOMPARE(queryOf("/x?y=1?z"), std::string_view("?y=1?z"));
        QCOMPARE(queryOf("/x"), std::string_view(""));
    }

    void whatMayNotStandInAPathIsEscaped()
    {
        QCOMPARE(escapedPath("/a b%c?d#e\"\x01\xff"), std::string("/a%20b%25c%3Fd%23e%22%01%FF"));
        QCOMPARE(escapedPath("/plain/~path-1.x_y:z"), std::string("/plain/~path-1.x_y:z"));
    }
};

LAB_TEST(TargetTest)
#include "tst_target.moc"
