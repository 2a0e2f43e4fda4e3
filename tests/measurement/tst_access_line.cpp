#include "support/test_main.hpp"

#include "base/random.hpp"
#include "measurement/access_line.hpp"

using namespace lab::measurement;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t thatMorning = 1'795'588'606'123; // 2026-11-25 06:36:46.123 UTC

/// A request to the cart that its pod answered.
RecordedHead cartHead()
{
    RecordedHead head;
    head.client = "203.0.113.9";
    head.requestLine = "GET /cart?id=7 HTTP/1.1";
    head.fields = "Host: shop.lab\r\nReferer: http://shop.lab/\r\nUser-Agent: curl/7.88.1\r\n"
                  "X-Request-ID: 0123abcd\r\n";
    DoorRecord& record = head.record;
    record.status = 200;
    record.routeAndMethod = {0, methodNumber("GET")};
    record.setBytesOut(1300, 300);
    record.bytesIn = 120;
    record.headTicks = ticksOf(1'024'000ns);
    record.beforePodTicks = ticksOf(2'048'000ns);
    record.upstreamTicks = ticksOf(10'240'000ns);
    record.totalTicks = ticksOf(20'480'000ns);
    return head;
}

AccessEntry entryOf(const RecordedHead& head)
{
    AccessEntry entry{head};
    entry.unixMs = thatMorning;
    entry.style = "ingress";
    entry.door = "ingress-nginx-controller-0";
    entry.route = "shop/web /cart";
    entry.nameSpace = "shop";
    entry.service = "cart";
    entry.servicePort = 80;
    entry.endpoint = "shop/cart-0:8080";
    return entry;
}

/// A request that no rule took, by a client that names nothing.
RecordedHead lostHead()
{
    RecordedHead head;
    head.client = "127.0.0.1";
    head.requestLine = "GET / HTTP/1.0";
    head.record.status = 404;
    head.record.setBytesOut(200, 150);
    head.record.bytesIn = 18;
    head.record.mark(DoorRecord::MadeHere);
    return head;
}

/// A connection at a tcp door; without a pod unless its status is 200.
RecordedHead connectionHead(std::uint16_t status)
{
    RecordedHead head;
    head.client = "127.0.3.5";
    head.record.status = status;
    head.record.mark(DoorRecord::Connection);
    head.record.totalTicks = ticksOf(20'480'000ns);
    if (status == 200) {
        head.record.beforePodTicks = ticksOf(2'048'000ns);
        head.record.setBytesOut(1000, 0);
        head.record.bytesIn = 120;
    }
    return head;
}

std::string written(void (*append)(std::string&, const AccessEntry&), const AccessEntry& entry)
{
    std::string line;
    append(line, entry);
    return line;
}

} // namespace

/// Lines of an access log.
class AccessLineTest : public QObject {
    Q_OBJECT

private slots:
    void combinedIsAsNginxWritesIt()
    {
        const RecordedHead head = cartHead();
        QCOMPARE(written(appendCombined, entryOf(head)),
                 std::string("203.0.113.9 - - [25/Nov/2026:06:36:46 +0000] "
                             "\"GET /cart?id=7 HTTP/1.1\" 200 1000 \"http://shop.lab/\" "
                             "\"curl/7.88.1\""));
    }

    void whatIsMissingIsADash()
    {
        const RecordedHead head = lostHead();
        AccessEntry entry{head};
        QCOMPARE(written(appendCombined, entry),
                 std::string("127.0.0.1 - - [01/Jan/1970:00:00:00 +0000] \"GET / HTTP/1.0\" 404 50 "
                             "\"-\" \"-\""));
        QCOMPARE(written(appendUpstreamFields, entry), std::string(" 18 0.000 [] [] - - - - -"));
    }

    void upstreamFieldsAreIngressNginxs()
    {
        const RecordedHead head = cartHead();
        QCOMPARE(written(appendUpstreamFields, entryOf(head)),
                 std::string(" 120 0.020 [shop-cart-80] [] shop/cart-0:8080 1000 0.017 200 "
                             "0123abcd"));
    }

    void aClientThatWentIs499()
    {
        RecordedHead head = cartHead();
        head.record.status = 0;
        head.record.setBytesOut(0, 0);
        QVERIFY(
            QString::fromStdString(written(appendCombined, entryOf(head))).contains("\" 499 0 \""));
    }

    void jsonHasEverything()
    {
        RecordedHead head = cartHead();
        head.record.mark(DoorRecord::Tls);
        head.record.upstreamAndTries = {0, 2};
        QCOMPARE(
            written(appendAccessJson, entryOf(head)),
            std::string(
                R"({"time":"2026-11-25T06:36:46.123Z","kind":"request","style":"ingress",)"
                R"("door":"ingress-nginx-controller-0","client":"203.0.113.9","host":"shop.lab",)"
                R"("method":"GET","request":"GET /cart?id=7 HTTP/1.1","status":200,"refusal":null,)"
                R"("end":"finished",)"
                R"("route":"shop/web /cart","service":"shop/cart","endpoint":"shop/cart-0:8080",)"
                R"("failedTries":2,"bytesIn":120,"headBytesOut":300,"bodyBytesOut":1000,)"
                R"("headMs":1.024,"beforePodMs":2.048,"upstreamMs":10.240,"totalMs":20.480,)"
                R"("tls":true,"referer":"http://shop.lab/","userAgent":"curl/7.88.1",)"
                R"("requestId":"0123abcd"})"));
    }

    void connectionsAreAsNginxsStreamModuleWritesThem_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("passed") << 200
                                << QByteArray("127.0.3.5 [25/Nov/2026:06:36:46 +0000] TCP 200 1000 "
                                              "120 0.020 \"shop/db-0:5432\" \"120\" \"1000\" "
                                              "\"0.002\"");
        QTest::newRow("no pod") << 502
                                << QByteArray("127.0.3.5 [25/Nov/2026:06:36:46 +0000] TCP 502 0 0 "
                                              "0.020 \"-\" \"-\" \"-\" \"-\"");
    }
    void connectionsAreAsNginxsStreamModuleWritesThem()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, line);
        const RecordedHead head = connectionHead(static_cast<std::uint16_t>(status));
        AccessEntry entry{head};
        entry.unixMs = thatMorning;
        entry.endpoint = status == 200 ? "shop/db-0:5432" : "";
        QCOMPARE(QByteArray::fromStdString(written(appendStreamLine, entry)), line);
    }

    void aConnectionHasNoRequestInJson()
    {
        const RecordedHead head = connectionHead(200);
        const QString line = QString::fromStdString(written(appendAccessJson, AccessEntry{head}));
        QVERIFY2(line.contains(R"("kind":"connection")"), qPrintable(line));
        QVERIFY2(line.contains(R"("method":null,"request":null,"status":200,"refusal":null,)"
                               R"("end":"finished")"),
                 qPrintable(line));
    }

    void kindAndEndAreSaid_data()
    {
        QTest::addColumn<int>("flags");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("end");
        const auto row = [](int flags, int status, const char* kind, const char* end) {
            QTest::addRow("%s, %s, %d", kind, end, status)
                << flags << status << QByteArray(kind) << QByteArray(end);
        };
        row(0, 200, "request", "finished");
        row(0, 502, "request", "finished");
        row(DoorRecord::ClientGone, 0, "request", "client-gone");
        row(DoorRecord::PodBroke, 200, "request", "pod-broke");
        row(DoorRecord::Tunnel, 101, "tunnel", "finished");
        row(DoorRecord::Tunnel | DoorRecord::WentIdle, 101, "tunnel", "idle");
        row(DoorRecord::Tunnel | DoorRecord::Cut, 101, "tunnel", "cut");
        row(DoorRecord::Connection, 200, "connection", "finished");
        row(DoorRecord::Connection, 403, "connection", "refused");
        row(DoorRecord::Connection | DoorRecord::BadHead, 400, "connection", "refused");
    }
    void kindAndEndAreSaid()
    {
        QFETCH(const int, flags);
        QFETCH(const int, status);
        QFETCH(const QByteArray, kind);
        QFETCH(const QByteArray, end);
        DoorRecord record;
        record.flags = static_cast<std::uint16_t>(flags);
        record.status = static_cast<std::uint16_t>(status);
        QCOMPARE(kindOf(record), std::string_view(kind.data()));
        QCOMPARE(endOf(record), std::string_view(end.data()));
    }

    void noTextEndsAFieldOrALine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("nginx");
        QTest::addColumn<QByteArray>("json");
        const auto row = [](const char* name,
                            const QByteArray& text,
                            const QByteArray& nginx,
                            const QByteArray& json) {
            QTest::newRow(name) << text << nginx << json;
        };
        row("plain", "curl/8 (x)", "curl/8 (x)", "curl/8 (x)");
        row("a quote", "a\"b", R"(a\x22b)", R"(a\"b)");
        row("a backslash", "a\\b", R"(a\x5Cb)", R"(a\\b)");
        row("a tab", "a\tb", R"(a\x09b)", R"(a\u0009b)");
        row("a line's end",
            "a\r\n127.0.0.1 - -",
            R"(a\x0D\x0A127.0.0.1 - -)",
            R"(a\u000d\u000a127.0.0.1 - -)");
        row("an escape of a terminal", "\x1b[2J", R"(\x1B[2J)", R"(\u001b[2J)");
        row("delete", "\x7f", R"(\x7F)", R"(\u007f)");
        row("beyond ASCII", "caf\xc3\xa9", R"(caf\xC3\xA9)", R"(caf\u00c3\u00a9)");
        row("no UTF-8", "\xff\xfe", R"(\xFF\xFE)", R"(\u00ff\u00fe)");
        row("what looks like an escape", R"(\x22)", R"(\x5Cx22)", R"(\\x22)");
    }
    void noTextEndsAFieldOrALine()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, nginx);
        QFETCH(const QByteArray, json);
        RecordedHead head = lostHead();
        head.fields = "User-Agent: " + text.toStdString();
        head.requestLine = text.toStdString();
        head.client = text.toStdString();
        const AccessEntry entry{head};
        std::string escaped;
        appendNginxEscaped(escaped, head.requestLine);
        QCOMPARE(escaped, nginx.toStdString());
        const std::string combined = written(appendCombined, entry);
        QVERIFY(combined.starts_with(nginx.toStdString() + " - - ["));
        QCOMPARE(std::count(combined.begin(), combined.end(), '"'), 6);
        QVERIFY(QString::fromStdString(written(appendAccessJson, entry))
                    .contains("\"request\":\"" + QString::fromLatin1(json) + '"'));
    }

    void anyBytesGiveOneLineOfAscii()
    {
        lab::Random random(7);
        for (int i = 0; i < 2000; ++i) {
            RecordedHead head = lostHead();
            std::string text(random.below(60), '\0');
            for (char& c : text) {
                c = static_cast<char>(random.below(256));
            }
            head.requestLine = text;
            head.fields = "Referer: " + text + "\r\nUser-Agent: " + text + "\r\n";
            const AccessEntry entry{head};
            for (const auto append : {appendCombined, appendUpstreamFields, appendAccessJson}) {
                for (const char c : written(append, entry)) {
                    QVERIFY(c >= 0x20 && c < 0x7f);
                }
            }
        }
    }
};

LAB_TEST(AccessLineTest)
#include "tst_access_line.moc"
