#include "support/test_main.hpp"

#include "http/field_section.hpp"
#include "http/hop_headers.hpp"
#include "http/readable.hpp"

using namespace lab::http;
using lab::test::readable;

namespace {

struct Fields {
    std::string text;
    FieldList list;

    explicit Fields(const QByteArray& lines)
        : text(lab::test::toText(lines + "\r\n"))
    {
        (void)parseFieldSection(text.data(), text.data() + text.size(), FieldsOf::Request, list);
    }

    [[nodiscard]] QByteArray endToEndNames() const
    {
        QByteArray names;
        for (const Field& field : list.all()) {
            names += field.isHopByHop ? QByteArray() : readable(field.name) + ' ';
        }
        return names.trimmed();
    }
};

} // namespace

/// What was meant for this hop must not travel on. RFC 9110 7.6.1
class HopHeadersTest : public QObject {
    Q_OBJECT

private slots:
    void namedFieldsEndHere_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QByteArray>("endToEnd");
        const auto row = [](const char* rule, QByteArray lines, QByteArray endToEnd) {
            QTest::newRow(rule) << lines << endToEnd;
        };
        row("nothing named", "X-A: 1\r\n", "X-A");
        row("one named", "Connection: X-Hop\r\nX-Hop: 1\r\nX-A: 1\r\n", "X-A");
        row("named before and after", "X-Hop: 1\r\nConnection: x-hOP\r\nX-Hop: 2\r\n", "");
        row("two Connection lines",
            "Connection: X-A\r\nX-A: 1\r\nConnection: X-B\r\nX-B: 2\r\n",
            "");
        row("empty elements", "Connection: ,, X-Hop ,\r\nX-Hop: 1\r\n", "");
        row("a longer name is another", "Connection: X-Hop\r\nX-Hopper: 1\r\n", "X-Hopper");
        row("hop-by-hop by name", "Keep-Alive: timeout=9\r\nTE: trailers\r\nX-A: 1\r\n", "X-A");
        row("options name no fields", "Connection: close, keep-alive\r\nClose: 1\r\n", "Close");
    }

    void namedFieldsEndHere()
    {
        QFETCH(QByteArray, lines);
        QFETCH(QByteArray, endToEnd);
        Fields fields(lines);
        QVERIFY(!applyConnectionFields(fields.list).isTooLong);
        QCOMPARE(fields.endToEndNames(), endToEnd);
    }

    void optionsAreReadFromEveryLineInAnyCase()
    {
        Fields fields("Connection: Keep-ALIVE\r\nX-A: 1\r\nConnection: x, CLOSE\r\n");
        const ConnectionOptions options = applyConnectionFields(fields.list);
        QVERIFY(options.hasKeepAlive);
        QVERIFY(options.hasClose);
        QVERIFY(!options.hasUpgrade);
    }

    void moreOptionsThanAnyoneNeedsAreTooMany()
    {
        const auto most = static_cast<qsizetype>(ConnectionOptions::optionsMax);
        Fields enough("Connection: " + QByteArray("a,").repeated(most) + "\r\n");
        QVERIFY(!applyConnectionFields(enough.list).isTooLong);
        Fields more("Connection: " + QByteArray("a,").repeated(most + 1) + "\r\n");
        QVERIFY(applyConnectionFields(more.list).isTooLong);
    }

    void anUpgradeIsOfferedUnlessItIsToHttp2_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QByteArray>("offer");
        const auto row = [](const char* rule, QByteArray lines, QByteArray offer) {
            QTest::newRow(rule) << lines << offer;
        };
        row("none", "X-A: 1\r\n", "");
        row("websocket", "Upgrade: websocket\r\n", "websocket");
        row("a choice", "Upgrade: foo/2, websocket\r\n", "foo/2, websocket");
        row("h2c", "Upgrade: h2c\r\n", "");
        row("h2c in any case among others", "Upgrade: websocket, H2C\r\n", "");
        row("two lines", "Upgrade: websocket\r\nUpgrade: foo\r\n", "");
    }

    void anUpgradeIsOfferedUnlessItIsToHttp2()
    {
        QFETCH(QByteArray, lines);
        QFETCH(QByteArray, offer);
        QCOMPARE(readable(upgradeOffer(Fields(lines).list)), offer);
    }

    void aSwitchGoesOnlyToWhatWasOffered_data()
    {
        QTest::addColumn<std::string>("chosen");
        QTest::addColumn<std::string>("offer");
        QTest::addColumn<bool>("isOk");
        using std::string;
        QTest::newRow("the only one") << string("websocket") << string("WebSocket") << true;
        QTest::newRow("one of two") << string("b/1") << string("a, b/1") << true;
        QTest::newRow("another") << string("h2c") << string("websocket") << false;
        QTest::newRow("one more") << string("websocket, b") << string("websocket") << false;
        QTest::newRow("part of it") << string("web") << string("websocket") << false;
        QTest::newRow("none named") << string("") << string("websocket") << false;
        QTest::newRow("only commas") << string(", ,") << string("websocket") << false;
        QTest::newRow("none offered") << string("websocket") << string("") << false;
    }

    void aSwitchGoesOnlyToWhatWasOffered()
    {
        QFETCH(std::string, chosen);
        QFETCH(std::string, offer);
        QFETCH(bool, isOk);
        QCOMPARE(isOffered(chosen, offer), isOk);
    }

    void continueIsAskedForInAnyElement_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("isAsked");
        QTest::newRow("alone") << QByteArray("Expect: 100-Continue\r\n") << true;
        QTest::newRow("in a list") << QByteArray("Expect: foo, 100-continue\r\n") << true;
        QTest::newRow("something else") << QByteArray("Expect: 100-continued\r\n") << false;
        QTest::newRow("another field") << QByteArray("X-Expect: 100-continue\r\n") << false;
    }

    void continueIsAskedForInAnyElement()
    {
        QFETCH(QByteArray, line);
        QFETCH(bool, isAsked);
        QCOMPARE(asksForContinue(Fields(line).list.all()[0]), isAsked);
    }
};

LAB_TEST(HopHeadersTest)
#include "tst_hop_headers.moc"
