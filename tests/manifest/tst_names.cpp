#include "support/test_main.hpp"

#include "manifest/names.hpp"

using namespace lab::manifest;

namespace {

using Rule = std::string (*)(std::string_view);

void rows(const char* rule, Rule check, std::initializer_list<const char*> texts, bool isRight)
{
    for (const char* text : texts) {
        QTest::addRow("%s: %s", rule, text) << QByteArray(text) << isRight << quintptr(check);
    }
}

} // namespace

/// What Kubernetes lets things be called.
class NamesTest : public QObject {
    Q_OBJECT

private slots:
    void namesFollowTheirRule_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isRight");
        QTest::addColumn<quintptr>("rule");
        rows("label", labelNameMistake, {"a", "0", "web-1", "a--b"}, true);
        rows("label", labelNameMistake, {"", "-a", "a-", "A", "a.b", "a_b", "é"}, false);
        rows("service", serviceNameMistake, {"web", "w0"}, true);
        rows("service", serviceNameMistake, {"0web", "Web", ""}, false);
        rows("subdomain", subdomainMistake, {"a", "a.b", "0.example.com", "a-b.c"}, true);
        rows("subdomain", subdomainMistake, {"", ".a", "a.", "a..b", "A.b", "a_b", "a.-b"}, false);
        rows("host", hostMistake, {"shop.test", "*.shop.test", "localhost", "*.test"}, true);
        rows("host",
             hostMistake,
             {"192.0.2.1",
              "::1",
              "2001:db8::1",
              "*",
              "*.",
              "foo*.test",
              "a.*.test",
              "*.*.test",
              "Foo.test",
              "shop.test:80",
              "**.test"},
             false);
        rows("port", portNameMistake, {"http", "h2c", "a", "my-port-8", "0a"}, true);
        rows("port",
             portNameMistake,
             {"", "80", "-a", "a-", "a--b", "Http", "sixteen-letters-"},
             false);
        rows("key", keyMistake, {"app", "a.b/c", "app.kubernetes.io/name", "A_b.c-d", "a/B"}, true);
        rows("key", keyMistake, {"", "/a", "a/", "a/b/c", "-a", "a b", "A.B/c", "<<"}, false);
        rows("value", labelValueMistake, {"", "web", "V1.2_3-4", "0"}, true);
        rows("value", labelValueMistake, {"-a", "a-", "a b", "a/b", "é"}, false);
        rows("data key", dataKeyMistake, {"tls.crt", ".dockerconfigjson", "A_b", "...", "-"}, true);
        rows("data key", dataKeyMistake, {"", ".", "..", "a/b", "a b"}, false);
    }

    void namesFollowTheirRule()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, isRight);
        QFETCH(quintptr, rule);
        const auto check = reinterpret_cast<Rule>(rule);
        QCOMPARE(check(text.toStdString()).empty(), isRight);
    }

    void lengthsAreLimited()
    {
        QVERIFY(labelNameMistake(std::string(63, 'a')).empty());
        QVERIFY(!labelNameMistake(std::string(64, 'a')).empty());
        QVERIFY(labelValueMistake(std::string(63, 'a')).empty());
        QVERIFY(!labelValueMistake(std::string(64, 'a')).empty());
        QVERIFY(subdomainMistake(std::string(253, 'a')).empty());
        QVERIFY(!subdomainMistake(std::string(254, 'a')).empty());
        QVERIFY(portNameMistake(std::string(15, 'a')).empty());
        QVERIFY(!portNameMistake(std::string(16, 'a')).empty());
        QVERIFY(keyMistake("a.b/" + std::string(63, 'a')).empty());
        QVERIFY(!keyMistake("a.b/" + std::string(64, 'a')).empty());
        QVERIFY(dataKeyMistake(std::string(253, 'a')).empty());
        QVERIFY(!dataKeyMistake(std::string(254, 'a')).empty());
    }

    void addressesAreRecognised_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("version");
        for (const char* text : {"0.0.0.0", "10.1.0.1", "255.255.255.255"}) {
            QTest::newRow(text) << text << 4;
        }
        for (const char* text : {"::",
                                 "::1",
                                 "1::",
                                 "2001:db8::8:800:200c:417a",
                                 "1:2:3:4:5:6:7:8",
                                 "::ffff:10.0.0.1",
                                 "1:2:3:4:5:6:10.0.0.1",
                                 "1::8",
                                 "ABCD::"}) {
            QTest::newRow(text) << text << 6;
        }
        for (const char* text : {"",
                                 "1.2.3",
                                 "1.2.3.4.5",
                                 "256.0.0.1",
                                 "01.2.3.4",
                                 "1.2.3.x",
                                 ":",
                                 ":::",
                                 "1:2",
                                 "1:2:3:4:5:6:7:8:9",
                                 "1::2::3",
                                 "12345::",
                                 "g::",
                                 "1:2:3:4:5:6:7::8",
                                 "::1%eth0",
                                 "10.0.0.1::",
                                 "1:2:3:4:5:6:7:1.2.3.4"}) {
            QTest::newRow(qPrintable(QString("no: ") + text)) << text << 0;
        }
    }

    void addressesAreRecognised()
    {
        QFETCH(QString, text);
        QFETCH(int, version);
        QCOMPARE(isIpv4(text.toStdString()), version == 4);
        QCOMPARE(isIpv6(text.toStdString()), version == 6);
    }

    void rangesAreRecognised()
    {
        for (const char* text :
             {"10.0.0.0/8", "0.0.0.0/0", "1.2.3.4/32", "2001:db8::/32", "::/128"}) {
            QVERIFY2(isCidr(text), text);
        }
        for (const char* text : {"",
                                 "10.0.0.0",
                                 "10.0.0.0/33",
                                 "10.0.0.0/",
                                 "/8",
                                 "::/129",
                                 "10.0.0.0/08",
                                 "10.0.0.0/8/8",
                                 "a/8"}) {
            QVERIFY2(!isCidr(text), text);
        }
    }
};

LAB_TEST(NamesTest)
#include "tst_names.moc"
