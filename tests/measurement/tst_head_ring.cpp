#include "support/test_main.hpp"

#include "base/random.hpp"
#include "measurement/head_ring.hpp"

#include <atomic>
#include <thread>

using namespace lab::measurement;

namespace {

std::string textOf(std::uint64_t number, std::size_t size)
{
    return std::string(size, static_cast<char>('a' + number % 26));
}

/// Entry `number`, with texts whose sizes and letters follow from it.
bool write(HeadRing& ring, std::uint64_t number)
{
    DoorRecord record;
    record.beganNs = static_cast<std::int64_t>(number);
    return ring.write(number,
                      record,
                      textOf(number, number % 40),
                      textOf(number + 1, number * 7 % 150),
                      textOf(number + 2, number * 13 % 200));
}

bool isWhole(const RecordedHead& head)
{
    const std::uint64_t n = head.number;
    return head.record.beganNs == static_cast<std::int64_t>(n) &&
           head.client == textOf(n, n % 40) && head.requestLine == textOf(n + 1, n * 7 % 150) &&
           head.fields == textOf(n + 2, n * 13 % 200);
}

} // namespace

/// Some heads of a worker's requests, read while it writes.
class HeadRingTest : public QObject {
    Q_OBJECT

private slots:
    void readsWhatWasWrittenInOrder()
    {
        HeadRing ring(65'536);
        HeadCursor cursor(ring);
        QVERIFY(!cursor.next());
        for (std::uint64_t i = 0; i < 100; ++i) {
            QVERIFY(write(ring, i));
        }
        for (std::uint64_t i = 0; i < 100; ++i) {
            const auto head = cursor.next();
            QVERIFY(head && isWhole(*head));
            QCOMPARE(head->number, i);
        }
        QVERIFY(!cursor.next());
        QCOMPARE(cursor.lost(), std::uint64_t{0});
    }

    void theOldestAreOverwrittenWholeAndCounted()
    {
        HeadRing ring(HeadRing::bytesMin);
        HeadCursor cursor(ring);
        for (std::uint64_t i = 0; i < 1000; ++i) {
            QVERIFY(write(ring, i));
        }
        std::uint64_t count = 0;
        std::uint64_t next = 0;
        while (const auto head = cursor.next()) {
            QVERIFY(isWhole(*head));
            QVERIFY(count == 0 || head->number == next);
            next = head->number + 1;
            ++count;
        }
        QCOMPARE(next, std::uint64_t{1000});
        QVERIFY(count >= 5);
        QCOMPARE(count + cursor.lost(), std::uint64_t{1000});
    }

    void whatIsTooLargeIsCountedNotWritten()
    {
        HeadRing ring(HeadRing::bytesMin);
        HeadCursor cursor(ring);
        QVERIFY(!ring.write(0, {}, "127.0.0.1", std::string(600, 'x'), ""));
        QCOMPARE(ring.tooLarge(), std::uint64_t{1});
        QVERIFY(!cursor.next());
    }

    void findsFieldsWithoutRegardToCase_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("as written") << QByteArray("Host") << QByteArray("a.lab");
        QTest::newRow("another case") << QByteArray("user-agent") << QByteArray("curl: 8");
        QTest::newRow("the first of two") << QByteArray("X") << QByteArray("1");
        QTest::newRow("empty") << QByteArray("Referer") << QByteArray("");
        QTest::newRow("not there") << QByteArray("Hos") << QByteArray("");
    }
    void findsFieldsWithoutRegardToCase()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const QByteArray, value);
        RecordedHead head;
        head.fields = "Host: a.lab\r\nUser-Agent: curl: 8\r\nReferer: \r\nx: 1\r\nX: 2\r\n";
        QCOMPARE(std::string(head.field(name.toStdString())), value.toStdString());
    }

    void readersSeeWholeHeadsInOrderWhileItIsWritten()
    {
        constexpr std::uint64_t heads = 100'000;
        constexpr std::size_t readers = 2;
        HeadRing ring(16'384);
        std::atomic<std::size_t> reading = 0;
        std::atomic<bool> isOver = false;
        std::atomic<std::uint64_t> broken = 0;
        std::array<std::uint64_t, readers> accounted{};
        std::vector<std::thread> threads;
        for (std::size_t reader = 0; reader < readers; ++reader) {
            threads.emplace_back([&, reader] {
                HeadCursor cursor(ring);
                std::uint64_t next = 0;
                ++reading;
                for (bool isLast = false; !isLast;) {
                    isLast = isOver;
                    while (const auto head = cursor.next()) {
                        broken += isWhole(*head) && head->number >= next ? 0 : 1;
                        next = head->number + 1;
                        ++accounted[reader];
                    }
                }
                accounted[reader] += cursor.lost();
            });
        }
        while (reading < readers) {
            std::this_thread::yield();
        }
        for (std::uint64_t i = 0; i < heads; ++i) {
            write(ring, i);
        }
        isOver = true;
        for (std::thread& thread : threads) {
            thread.join();
        }
        QCOMPARE(broken.load(), std::uint64_t{0});
        for (const std::uint64_t count : accounted) {
            QCOMPARE(count, heads);
        }
    }
};

LAB_TEST(HeadRingTest)
#include "tst_head_ring.moc"
