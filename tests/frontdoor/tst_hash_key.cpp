#include "support/test_main.hpp"

#include "frontdoor/hash_key.hpp"
#include "support/nginx_bench.hpp"

#include <set>

using namespace lab;
using test::FieldMap;
using test::NginxBench;

/// nginx variables in upstream-hash-by.
class HashKeyTest : public QObject {
    Q_OBJECT

private slots:
    void variablesAreFilledIn_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("key");
        QTest::newRow("request uri") << "$request_uri"
                                     << "/a/../b?x=1&y=2";
        QTest::newRow("uri") << "$uri"
                             << "/b";
        QTest::newRow("args") << "$args"
                              << "x=1&y=2";
        QTest::newRow("one argument") << "$arg_y"
                                      << "2";
        QTest::newRow("host and port") << "$host $http_host"
                                       << "shop.lab shop.lab:80";
        QTest::newRow("client") << "$remote_addr"
                                << "127.0.0.9";
        QTest::newRow("header") << "$http_x_user"
                                << "ann";
        QTest::newRow("cookie") << "$cookie_id"
                                << "7";
        QTest::newRow("method and scheme") << "$request_method$scheme"
                                           << "GEThttp";
        QTest::newRow("braces") << "${uri}x"
                                << "/bx";
        QTest::newRow("unknown") << "a$nothing-b"
                                 << "a-b";
        QTest::newRow("text") << "plain"
                              << "plain";
        QTest::newRow("lone") << "$"
                              << "";
    }

    void variablesAreFilledIn()
    {
        QFETCH(QString, text);
        QFETCH(QString, key);
        const FieldMap fields(test::FieldValues{{"x-user", "ann"}, {"cookie", "id=7"}});
        frontdoor::RequestView request{"GET", "shop.lab", "/b", "/a/../b?x=1&y=2", "", false};
        request.hostField = "shop.lab:80";
        request.fields = &fields;
        QCOMPARE(
            QString::fromStdString(frontdoor::hashKey(text.toStdString(), request, "127.0.0.9")),
            key);
    }

    void oneKeyIsOnePod()
    {
        NginxBench bench(test::Annotations{{"upstream-hash-by", "$request_uri"}});
        std::set<std::string> pods;
        for (int i = 0; i < 60; ++i) {
            const std::string target = "/u" + std::to_string(i);
            const std::string pod = bench.podOf(bench.decide(target));
            QCOMPARE(bench.podOf(bench.decide(target)), pod);
            pods.insert(pod);
        }
        QCOMPARE(pods.size(), std::size_t{3});
    }
};

LAB_TEST(HashKeyTest)
#include "tst_hash_key.moc"
