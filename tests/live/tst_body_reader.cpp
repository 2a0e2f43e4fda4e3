#include "support/test_main.hpp"

#include "base/random.hpp"
#include "live/body_reader.hpp"

#include <algorithm>
#include <string>
#include <vector>

using lab::http::BodyFraming;
using lab::live::BodyFramer;
using lab::live::BodyReader;
using lab::live::Buffer;
using State = BodyReader::Piece::State;

namespace {

const std::string head = "the head\r\n\r\n";
const std::string nextRequest = "GET /next HTTP/1.1\r\n";

void append(Buffer& buffer, std::string_view text)
{
    std::copy(text.begin(), text.end(), buffer.free().begin());
    buffer.received(text.size());
}

/// What a reader made of bytes that came in these pieces, the first of them with the head.
struct Outcome {
    State end = State::NeedMore;
    std::string body;
    std::string trailers;
    std::string rest; ///< Behind the body, in the buffer.
};

void takeAll(BodyReader& reader, Outcome& outcome)
{
    while (outcome.end == State::NeedMore || outcome.end == State::Data) {
        const BodyReader::Piece piece = reader.take();
        outcome.end = piece.state;
        if (piece.state == State::NeedMore) {
            return;
        }
        outcome.body += piece.data;
    }
}

Outcome readInPieces(BodyFraming framing,
                     std::uint64_t length,
                     const std::vector<std::string_view>& pieces,
                     bool endsAfterwards = false)
{
    Buffer buffer;
    append(buffer, head);
    append(buffer, pieces[0]);
    BodyReader reader(framing, length, buffer, head.size());
    Outcome outcome;
    takeAll(reader, outcome);
    for (std::size_t i = 1; i < pieces.size() && outcome.end == State::NeedMore; ++i) {
        std::string_view left = pieces[i];
        while (!left.empty() && outcome.end == State::NeedMore) {
            const std::span<char> space = reader.space();
            const std::size_t count = std::min(space.size(), left.size());
            std::copy_n(left.begin(), count, space.begin());
            reader.received(count);
            left.remove_prefix(count);
            takeAll(reader, outcome);
        }
    }
    if (endsAfterwards && outcome.end == State::NeedMore) {
        outcome.end = reader.ended() ? State::Done : State::Invalid;
    }
    outcome.trailers = reader.trailers();
    outcome.rest = buffer.filled().substr(reader.endOffset());
    return outcome;
}

std::string chunked(const std::string& body, std::size_t chunk, const std::string& trailers = {})
{
    const BodyFramer framer(BodyFraming::Chunked);
    std::string out;
    for (std::size_t i = 0; i < body.size(); i += chunk) {
        const std::string part = body.substr(i, chunk);
        framer.appendPrefix(out, part.size());
        out += part;
        out += framer.suffix();
    }
    framer.appendEnd(out, trailers);
    return out;
}

std::string someText(std::size_t size)
{
    lab::Random random(7);
    std::string text(size, '\0');
    std::generate(text.begin(), text.end(), [&] { return static_cast<char>(random.next()); });
    return text;
}

} // namespace

Q_DECLARE_METATYPE(lab::http::BodyFraming)
Q_DECLARE_METATYPE(lab::live::BodyReader::Gathering)

/// However a body is cut into pieces, the same comes out, and nothing of the next message is taken.
class BodyReaderTest : public QObject {
    Q_OBJECT

private slots:
    void readsTheSameSplitAnywhere_data()
    {
        QTest::addColumn<BodyFraming>("framing");
        QTest::addColumn<int>("length");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("trailers");
        const auto row = [](const char* name,
                            BodyFraming framing,
                            int length,
                            const QByteArray& bytes,
                            const QByteArray& body,
                            const QByteArray& trailers = {}) {
            QTest::newRow(name) << framing << length << bytes << body << trailers;
        };
        row("none", BodyFraming::None, 0, "", "");
        row("length 0", BodyFraming::Length, 0, "", "");
        row("length", BodyFraming::Length, 11, "hello world", "hello world");
        row("no chunk", BodyFraming::Chunked, 0, "0\r\n\r\n", "");
        row("chunks",
            BodyFraming::Chunked,
            0,
            "5\r\nhello\r\n6;a=\"b\"\r\n world\r\n0\r\n\r\n",
            "hello world");
        row("trailers",
            BodyFraming::Chunked,
            0,
            "2\r\nhi\r\n0\r\nX-Sum: 1\r\nY: 2\r\n\r\n",
            "hi",
            "X-Sum: 1\r\nY: 2\r\n");
    }
    void readsTheSameSplitAnywhere()
    {
        QFETCH(const BodyFraming, framing);
        QFETCH(const int, length);
        QFETCH(const QByteArray, bytes);
        const std::string all = bytes.toStdString() + nextRequest;
        const auto size = static_cast<std::uint64_t>(length);
        for (std::size_t first = 0; first <= all.size(); ++first) {
            for (std::size_t second = first; second <= all.size(); ++second) {
                const std::string_view view = all;
                const Outcome outcome = readInPieces(framing,
                                                     size,
                                                     {view.substr(0, first),
                                                      view.substr(first, second - first),
                                                      view.substr(second)});
                QCOMPARE(outcome.end, State::Done);
                QTEST(QByteArray::fromStdString(outcome.body), "body");
                QTEST(QByteArray::fromStdString(outcome.trailers), "trailers");
                QVERIFY(nextRequest.starts_with(outcome.rest)); // what has come of it
            }
        }
    }

    void untilCloseTakesEverything()
    {
        const std::string all = "some bytes of unknown number";
        for (std::size_t cut = 0; cut <= all.size(); ++cut) {
            const std::string_view view = all;
            const auto outcome = readInPieces(
                BodyFraming::UntilClose, 0, {view.substr(0, cut), view.substr(cut)}, true);
            QCOMPARE(outcome.end, State::Done);
            QCOMPARE(outcome.body, all);
        }
    }

    void anEarlyEndIsNoEnd_data()
    {
        QTest::addColumn<BodyFraming>("framing");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("length") << BodyFraming::Length << QByteArray("hello worl");
        QTest::newRow("length, nothing") << BodyFraming::Length << QByteArray();
        QTest::newRow("chunk") << BodyFraming::Chunked << QByteArray("5\r\nhell");
        QTest::newRow("between chunks") << BodyFraming::Chunked << QByteArray("5\r\nhello\r\n");
        QTest::newRow("trailers") << BodyFraming::Chunked << QByteArray("0\r\nX: 1\r\n");
    }
    void anEarlyEndIsNoEnd()
    {
        QFETCH(const BodyFraming, framing);
        QFETCH(const QByteArray, bytes);
        const std::string text = bytes.toStdString();
        QCOMPARE(readInPieces(framing, 11, {text}, true).end, State::Invalid);
    }

    void brokenChunksAreInvalidSplitAnywhere_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        for (const char* bytes : {"x\r\n",
                                  "5\nhello\r\n0\r\n\r\n",
                                  "5\r\nhelloo0\r\n\r\n",
                                  "-1\r\n\r\n",
                                  "ffffffffffffffffff\r\n",
                                  "0\r\nbad trailer\r\n\r\n"}) {
            QTest::newRow(bytes) << QByteArray(bytes);
        }
    }
    void brokenChunksAreInvalidSplitAnywhere()
    {
        QFETCH(const QByteArray, bytes);
        const std::string all = bytes.toStdString();
        for (std::size_t cut = 0; cut <= all.size(); ++cut) {
            const std::string_view view = all;
            const auto outcome =
                readInPieces(BodyFraming::Chunked, 0, {view.substr(0, cut), view.substr(cut)});
            QCOMPARE(outcome.end, State::Invalid);
        }
    }

    void bodiesLargerThanTheBufferPassThroughIt_data()
    {
        QTest::addColumn<BodyFraming>("framing");
        QTest::newRow("length") << BodyFraming::Length;
        QTest::newRow("chunked") << BodyFraming::Chunked;
        QTest::newRow("until close") << BodyFraming::UntilClose;
    }
    void bodiesLargerThanTheBufferPassThroughIt()
    {
        QFETCH(const BodyFraming, framing);
        lab::Random random(5);
        const std::string body = someText(3 * Buffer::capacity + 17);
        const std::string sent =
            framing == BodyFraming::Chunked ? chunked(body, 70'001, "Sum: 7\r\n") : body;
        std::vector<std::string_view> pieces;
        for (std::size_t i = 0; i < sent.size();) {
            const std::size_t count = random.below(i == 0 ? 50'000 : 60'000);
            pieces.push_back(std::string_view(sent).substr(i, count));
            i += pieces.back().size();
        }
        const Outcome outcome = readInPieces(framing, body.size(), pieces, true);
        QCOMPARE(outcome.end, State::Done);
        QVERIFY(outcome.body == body);
        QCOMPARE(outcome.trailers,
                 std::string(framing == BodyFraming::Chunked ? "Sum: 7\r\n" : ""));
    }

    void knowsWhenAllOfItIsHere_data()
    {
        QTest::addColumn<BodyFraming>("framing");
        QTest::addColumn<int>("length");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isWhole");
        QTest::newRow("none") << BodyFraming::None << 0 << QByteArray() << true;
        QTest::newRow("none, more behind") << BodyFraming::None << 0 << QByteArray("GET") << true;
        QTest::newRow("length, whole") << BodyFraming::Length << 3 << QByteArray("abc") << true;
        QTest::newRow("length, more") << BodyFraming::Length << 3 << QByteArray("abcG") << true;
        QTest::newRow("length, less") << BodyFraming::Length << 3 << QByteArray("ab") << false;
        QTest::newRow("chunked: never said")
            << BodyFraming::Chunked << 0 << QByteArray("0\r\n\r\n") << false;
    }
    void knowsWhenAllOfItIsHere()
    {
        QFETCH(const BodyFraming, framing);
        QFETCH(const int, length);
        QFETCH(const QByteArray, bytes);
        Buffer buffer;
        append(buffer, head);
        append(buffer, bytes.toStdString());
        const BodyReader reader(framing, static_cast<std::uint64_t>(length), buffer, head.size());
        QTEST(reader.isWhollyBuffered(), "isWhole");
    }

    void anEmptySpaceIsNeverOffered()
    {
        // The head fills most of the buffer; each piece that was taken frees its room again.
        Buffer buffer;
        append(buffer, std::string(Buffer::headBytesMax, 'h'));
        BodyReader reader(BodyFraming::Length, 1'000'000, buffer, Buffer::headBytesMax);
        for (int i = 0; i < 20; ++i) {
            const std::size_t room = reader.space().size();
            QCOMPARE(room, Buffer::capacity - Buffer::headBytesMax);
            reader.received(room);
            QCOMPARE(reader.take().data.size(), room);
            QCOMPARE(reader.take().state, State::NeedMore);
        }
    }

    void gathersChunksInPlace_data()
    {
        QTest::addColumn<int>("chunk");
        QTest::addColumn<int>("piece");
        QTest::newRow("one chunk, at once") << 5000 << 100'000;
        QTest::newRow("small chunks, byte by byte") << 3 << 1;
        QTest::newRow("one chunk, in pieces") << 5000 << 999;
    }
    void gathersChunksInPlace()
    {
        QFETCH(const int, chunk);
        QFETCH(const int, piece);
        const std::string body = someText(5000);
        const std::string raw =
            chunked(body, static_cast<std::size_t>(chunk), "A: b\r\n") + nextRequest;
        std::string_view left = raw;
        Buffer buffer;
        append(buffer, head);
        BodyReader reader(BodyFraming::Chunked, 0, buffer, head.size());
        auto state = reader.gather(body.size());
        while (state == BodyReader::Gathering::NeedMore && !left.empty()) {
            const std::string_view next = left.substr(0, static_cast<std::size_t>(piece));
            std::copy(next.begin(), next.end(), reader.space().begin());
            reader.received(next.size());
            left.remove_prefix(next.size());
            state = reader.gather(body.size());
        }
        QCOMPARE(state, BodyReader::Gathering::Whole);
        QCOMPARE(reader.gatheredBytes(), body.size());
        QVERIFY(buffer.filled().substr(0, head.size()) == head);
        QVERIFY(buffer.filled().substr(head.size(), body.size()) == body);
        const std::string rest(buffer.filled().substr(reader.endOffset()));
        QCOMPARE(rest + std::string(left), nextRequest);
    }

    void whatDoesNotFitIsTakenAfterAll_data()
    {
        QTest::addColumn<int>("headBytes");
        QTest::addColumn<int>("gatheredMax");
        QTest::newRow("more than may be gathered") << 100 << 20'000;
        QTest::newRow("more than the buffer takes") << 64 * 1024 << 64 * 1024;
    }
    void whatDoesNotFitIsTakenAfterAll()
    {
        QFETCH(const int, headBytes);
        QFETCH(const int, gatheredMax);
        const std::string body = someText(200'000);
        const std::string raw = chunked(body, 1000, "Sum: 7\r\n");
        Buffer buffer;
        append(buffer, std::string(static_cast<std::size_t>(headBytes), 'h'));
        BodyReader reader(BodyFraming::Chunked, 0, buffer, static_cast<std::size_t>(headBytes));
        std::string_view left = raw;
        const auto receive = [&] {
            const std::span<char> space = reader.space();
            const std::size_t count = std::min<std::size_t>({space.size(), left.size(), 7777});
            std::copy_n(left.begin(), count, space.begin());
            reader.received(count);
            left.remove_prefix(count);
        };
        const auto max = static_cast<std::size_t>(gatheredMax);
        auto state = reader.gather(max);
        while (state == BodyReader::Gathering::NeedMore) {
            receive();
            state = reader.gather(max);
        }
        QCOMPARE(state, BodyReader::Gathering::TooMuch);
        QVERIFY(reader.gatheredBytes() < body.size());
        Outcome outcome;
        takeAll(reader, outcome);
        while (outcome.end == State::NeedMore) {
            receive();
            takeAll(reader, outcome);
        }
        QCOMPARE(outcome.end, State::Done);
        QVERIFY(outcome.body == body);
        QCOMPARE(reader.trailers(), std::string("Sum: 7\r\n"));
    }

    void knowsAtOnceWhetherALengthFits_data()
    {
        using Gathering = BodyReader::Gathering;
        QTest::addColumn<int>("headBytes");
        QTest::addColumn<int>("length");
        QTest::addColumn<Gathering>("found");
        QTest::newRow("nothing") << 100 << 0 << Gathering::Whole;
        QTest::newRow("it fits") << 100 << 64 * 1024 << Gathering::NeedMore;
        QTest::newRow("too long") << 100 << 64 * 1024 + 1 << Gathering::TooMuch;
        QTest::newRow("no room behind the head") << 40 * 1024 << 64 * 1024 << Gathering::TooMuch;
    }
    void knowsAtOnceWhetherALengthFits()
    {
        QFETCH(const int, headBytes);
        QFETCH(const int, length);
        Buffer buffer;
        append(buffer, std::string(static_cast<std::size_t>(headBytes), 'h'));
        BodyReader reader(BodyFraming::Length,
                          static_cast<std::uint64_t>(length),
                          buffer,
                          static_cast<std::size_t>(headBytes));
        QTEST(reader.gather(64 * 1024), "found");
    }

    void framesWhatItIsGiven()
    {
        QCOMPARE(chunked("hello world", 6, "A: b\r\n"),
                 std::string("6\r\nhello \r\n5\r\nworld\r\n0\r\nA: b\r\n\r\n"));
        const BodyFramer plain(BodyFraming::Length);
        std::string out;
        plain.appendPrefix(out, 5);
        plain.appendEnd(out, "A: b\r\n");
        QVERIFY(out.empty() && plain.suffix().empty());
    }
};

LAB_TEST(BodyReaderTest)
#include "tst_body_reader.moc"
