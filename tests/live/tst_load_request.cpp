#include "support/test_main.hpp"

#include "live/load_request.hpp"
#include "live/load_run.hpp"

#include <set>

using namespace lab::live;

namespace {

LoadDestination shop()
{
    LoadDestination destination;
    destination.hasDoor = true;
    destination.host = "shop.lab:8080";
    destination.target = "/cart?id=1";
    return destination;
}

lab::workload::MixEntry entry(std::string method, std::uint64_t bodyBytes = 0)
{
    lab::workload::MixEntry made;
    made.method = std::move(method);
    made.bodyBytes = bodyBytes;
    return made;
}

} // namespace

/// What goes over the wire.
class LoadRequestTest : public QObject {
    Q_OBJECT

private slots:
    void aGetHasNoBody()
    {
        const LoadRequest request(entry("GET"), shop());
        QCOMPARE(request.headStart,
                 std::string("GET /cart?id=1 HTTP/1.1\r\nHost: shop.lab:8080\r\n"
                             "User-Agent: ingresslab-load\r\nAccept: */*\r\nX-Request-ID: "));
        QCOMPARE(request.size(), std::uint64_t{request.headStart.size() + 36});
        QVERIFY(bodyPiece(request.bodyBytes).empty());
    }

    void aBodyIsAnnounced_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("bytes");
        QTest::addColumn<bool>("announces");
        QTest::newRow("POST without") << QByteArray("POST") << 0 << true;
        QTest::newRow("PUT without") << QByteArray("PUT") << 0 << true;
        QTest::newRow("DELETE without") << QByteArray("DELETE") << 0 << false;
        QTest::newRow("GET with") << QByteArray("GET") << 5 << true;
        QTest::newRow("POST with") << QByteArray("POST") << 100 << true;
    }
    void aBodyIsAnnounced()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const int, bytes);
        const LoadRequest request(entry(method.toStdString(), static_cast<std::uint64_t>(bytes)),
                                  shop());
        const auto field = "\r\nContent-Length: " + std::to_string(bytes) + "\r\n";
        QTEST(request.headStart.find(field) != std::string::npos, "announces");
    }

    void largeBodiesGoOutPieceByPiece()
    {
        QVERIFY(LoadRequest(entry("POST", 16 * 1024), shop()).hasInlineBody());
        QVERIFY(!LoadRequest(entry("POST", 16 * 1024 + 1), shop()).hasInlineBody());
        std::uint64_t left = 1'000'000;
        while (left > 0) {
            const auto piece = bodyPiece(left);
            QVERIFY(!piece.empty() && piece.size() <= left);
            QVERIFY(piece.find_first_not_of('x') == std::string_view::npos);
            left -= piece.size();
        }
    }

    void idsAreUniqueAndComparableBetweenStyles()
    {
        std::set<std::string> ids;
        for (std::size_t style = 0; style < 2; ++style) {
            for (std::size_t arrival = 0; arrival < 1000; ++arrival) {
                ids.emplace(LoadRequestId(0x123456789abcdef0, style, arrival).text());
            }
        }
        QCOMPARE(ids.size(), std::size_t{2000});
        QCOMPARE(LoadRequestId(0x123456789abcdef0, 1, 0xbeef).text(),
                 std::string_view("123456789abcdef0010000000000beef"));
        QCOMPARE(LoadRequestId(1, 0, 0).endOfHead(),
                 std::string_view("00000000000000010000000000000000\r\n\r\n"));
    }
};

LAB_TEST(LoadRequestTest)
#include "tst_load_request.moc"
