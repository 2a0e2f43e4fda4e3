#include "support/test_main.hpp"

#include "base/random.hpp"
#include "live/proxy_protocol.hpp"

#include <string>

using lab::live::appendProxyHeader;
using lab::live::missingProxyBytes;
using lab::live::parseProxyHeader;
using lab::live::ProxyHeader;
using lab::live::socketAddress;
using State = lab::live::ProxyHeaderResult::State;

namespace {

constexpr std::size_t fixedBytes = 16;

std::string written(const std::string& source, const std::string& destination)
{
    std::string out;
    appendProxyHeader(
        out,
        {*socketAddress(std::string_view(source)), *socketAddress(std::string_view(destination))});
    return out;
}

/// A header by hand: version and command, family, and that many bytes behind the fixed part.
std::string header(int versionAndCommand, int family, std::size_t announced, std::string behind)
{
    std::string out("\r\n\r\n\0\r\nQUIT\n", 12);
    out += static_cast<char>(versionAndCommand);
    out += static_cast<char>(family);
    out += static_cast<char>(announced >> 8U);
    out += static_cast<char>(announced & 0xffU);
    return out + behind;
}

} // namespace

/// What one door writes the other reads; anything else is refused, and never read too far.
class ProxyProtocolTest : public QObject {
    Q_OBJECT

private slots:
    void writesWhatTheSpecificationSays()
    {
        // haproxy 2.6, doc/proxy-protocol.txt, 2.2: v2, PROXY, TCP over IPv4, 12 bytes behind.
        const QByteArray expected = QByteArray::fromHex("0d0a0d0a000d0a515549540a"
                                                        "21"
                                                        "11"
                                                        "000c"
                                                        "7f000305"
                                                        "7f000001"
                                                        "c350"
                                                        "0050");
        QCOMPARE(QByteArray::fromStdString(written("127.0.3.5:50000", "127.0.0.1:80")), expected);
    }

    void readsWhatItWrote_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("destination");
        QTest::newRow("v4") << "127.0.3.9:50123"
                            << "10.1.2.3:443";
        QTest::newRow("v4, extremes") << "255.255.255.255:65535"
                                      << "0.0.0.0:1";
        QTest::newRow("v6") << "[2001:db8::1]:50123"
                            << "[::1]:80";
    }
    void readsWhatItWrote()
    {
        QFETCH(const QString, source);
        QFETCH(const QString, destination);
        const std::string bytes = written(source.toStdString(), destination.toStdString());
        const auto result = parseProxyHeader(bytes + "GET / HTTP/1.1\r\n");
        QCOMPARE(result.state, State::Complete);
        QCOMPARE(result.bytes, bytes.size());
        QCOMPARE(QString::fromStdString(result.header->source.text()), source);
        QCOMPARE(QString::fromStdString(result.header->destination.text()), destination);
    }

    void asksForExactlyWhatIsMissing_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("v4") << QByteArray::fromStdString(written("127.0.0.1:1", "127.0.0.1:2"));
        QTest::newRow("v6") << QByteArray::fromStdString(written("[::1]:1", "[::1]:2"));
        QTest::newRow("local, nothing behind") << QByteArray::fromStdString(header(0x20, 0, 0, ""));
        QTest::newRow("with extensions")
            << QByteArray::fromStdString(header(0x21, 0x11, 300, std::string(300, 'x')));
    }
    void asksForExactlyWhatIsMissing()
    {
        QFETCH(const QByteArray, bytes);
        const std::string all = bytes.toStdString() + "what follows must stay unread";
        std::string seen;
        for (std::size_t size = 0; size < static_cast<std::size_t>(bytes.size()); ++size) {
            const std::string_view part = std::string_view(all).substr(0, size);
            QCOMPARE(parseProxyHeader(part).state, State::Incomplete);
            const std::size_t missing = missingProxyBytes(part);
            QVERIFY(missing > 0);
            QVERIFY(size + missing <= static_cast<std::size_t>(bytes.size()));
        }
        while (parseProxyHeader(seen).state == State::Incomplete) {
            seen += all.substr(seen.size(), missingProxyBytes(seen));
        }
        QCOMPARE(QByteArray::fromStdString(seen), bytes);
    }

    void localSpeaksForItself()
    {
        const auto result = parseProxyHeader(header(0x20, 0, 4, "abcd") + "GET");
        QCOMPARE(result.state, State::Complete);
        QCOMPARE(result.bytes, fixedBytes + 4);
        QVERIFY(!result.header);
    }

    void extensionsBehindTheAddressesArePassedOver()
    {
        const std::string addresses = written("127.0.3.1:5", "127.0.0.1:6").substr(fixedBytes);
        const auto result =
            parseProxyHeader(header(0x21, 0x11, 52, addresses + std::string(40, '\x04')));
        QCOMPARE(result.state, State::Complete);
        QCOMPARE(result.bytes, fixedBytes + 52);
        QCOMPARE(result.header->source.text(), std::string("127.0.3.1:5"));
    }

    void refusesWhatIsNotTheProtocol_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        row("a request", "GET / HTTP/1.1\r\n");
        row("version 1", "PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n");
        row("TLS", std::string("\x16\x03\x01\x02\x00", 5));
        row("one byte of something else", "G");
        row("a signature that goes wrong", std::string("\r\n\r\n\0\r\nQUIX", 11));
        row("version 1 in the binary header", header(0x11, 0x11, 12, std::string(12, 'a')));
        row("unknown command", header(0x22, 0x11, 12, std::string(12, 'a')));
        row("udp", header(0x21, 0x12, 12, std::string(12, 'a')));
        row("unix", header(0x21, 0x31, 216, std::string(216, 'a')));
        row("v4 that is too short", header(0x21, 0x11, 11, std::string(11, 'a')));
        row("v6 that is too short", header(0x21, 0x21, 35, std::string(35, 'a')));
        row("longer than the maximum", header(0x21, 0x11, ProxyHeader::bytesMax - 15, ""));
        row("64 KiB announced", header(0x21, 0x11, 65'535, ""));
        row("local, 64 KiB announced", header(0x20, 0x00, 65'535, ""));
    }
    void refusesWhatIsNotTheProtocol()
    {
        QFETCH(const QByteArray, bytes);
        QCOMPARE(parseProxyHeader(bytes.toStdString()).state, State::Invalid);
    }

    void takesTheLargestAllowed()
    {
        const std::size_t behind = ProxyHeader::bytesMax - fixedBytes;
        const auto result = parseProxyHeader(header(0x21, 0x11, behind, std::string(behind, 'a')));
        QCOMPARE(result.state, State::Complete);
        QCOMPARE(result.bytes, ProxyHeader::bytesMax);
    }

    void anyBytesHaveAnAnswer()
    {
        lab::Random random(11);
        const std::string valid = written("127.0.3.1:5", "127.0.0.1:6");
        for (int i = 0; i < 20'000; ++i) {
            std::string bytes = valid + std::string(random.below(600), '\0');
            for (std::uint64_t change = random.below(4); change > 0; --change) {
                bytes[random.below(std::min<std::size_t>(bytes.size(), 30))] =
                    static_cast<char>(random.next());
            }
            bytes.resize(random.below(bytes.size() + 1));
            const auto result = parseProxyHeader(bytes);
            if (result.state == State::Complete) {
                QVERIFY(result.bytes >= fixedBytes && result.bytes <= bytes.size());
                QVERIFY(result.bytes <= ProxyHeader::bytesMax);
            } else if (result.state == State::Incomplete) {
                const std::size_t missing = missingProxyBytes(bytes);
                QVERIFY(missing > 0 && bytes.size() + missing <= ProxyHeader::bytesMax);
            }
        }
    }
};

LAB_TEST(ProxyProtocolTest)
#include "tst_proxy_protocol.moc"
