#include "support/test_main.hpp"

#include "live/buffer_pool.hpp"

#include <algorithm>
#include <string>
#include <vector>

using lab::live::Buffer;
using lab::live::BufferPool;

namespace {

void append(Buffer& buffer, std::string_view text)
{
    std::copy(text.begin(), text.end(), buffer.free().begin());
    buffer.received(text.size());
}

} // namespace

/// Buffers keep what they were given, and go home by themselves.
class BufferPoolTest : public QObject {
    Q_OBJECT

private slots:
    void keepsWhatItReceived()
    {
        Buffer buffer;
        QVERIFY(buffer.filled().empty());
        QCOMPARE(buffer.free().size(), Buffer::capacity);
        append(buffer, "GET / ");
        append(buffer, "HTTP/1.1");
        QCOMPARE(std::string(buffer.filled()), std::string("GET / HTTP/1.1"));
        QCOMPARE(buffer.free().size(), Buffer::capacity - 14);
    }

    void dropsItsFront_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("rest");
        QTest::newRow("nothing") << 0 << "0123456789";
        QTest::newRow("less than what moves") << 3 << "3456789";
        QTest::newRow("more than what moves") << 8 << "89";
        QTest::newRow("everything") << 10 << "";
    }
    void dropsItsFront()
    {
        QFETCH(const int, count);
        Buffer buffer;
        append(buffer, "0123456789");
        buffer.dropFront(static_cast<std::size_t>(count));
        QTEST(QString::fromStdString(std::string(buffer.filled())), "rest");
        append(buffer, "x");
        QVERIFY(buffer.filled().ends_with('x'));
    }

    void isFullAtItsCapacity()
    {
        Buffer buffer;
        append(buffer, std::string(Buffer::capacity - 1, 'a'));
        QVERIFY(!buffer.isFull());
        append(buffer, "b");
        QVERIFY(buffer.isFull());
        QVERIFY(buffer.free().empty());
        buffer.truncate(5);
        QCOMPARE(std::string(buffer.filled()), std::string("aaaaa"));
        buffer.clear();
        QVERIFY(buffer.filled().empty());
    }

    void whatComesBackGoesOutFirstAndEmpty()
    {
        BufferPool pool;
        BufferPool::Lease first = pool.take();
        BufferPool::Lease second = pool.take();
        append(*first, "left over");
        const Buffer* const address = &*first;
        first.release();
        QVERIFY(!first);
        second.release();
        const BufferPool::Lease third = pool.take();
        const BufferPool::Lease fourth = pool.take();
        QVERIFY(&*third != address); // the last one back goes out first
        QVERIFY(&*fourth == address);
        QVERIFY(fourth->filled().empty());
    }

    void aLeaseReturnsItsBufferAtItsEnd()
    {
        BufferPool pool;
        const Buffer* address = nullptr;
        {
            const BufferPool::Lease lease = pool.take();
            address = &*lease;
        }
        BufferPool::Lease again = pool.take();
        QVERIFY(&*again == address);
        BufferPool::Lease moved = std::move(again);
        QVERIFY(moved && &*moved == address);
        moved = pool.take(); // what it held goes back, not away
        QVERIFY(&*pool.take() == address);
    }

    void givesOutEmptyOnesHoweverManyCameBack()
    {
        BufferPool pool;
        {
            std::vector<BufferPool::Lease> leases;
            for (std::size_t i = 0; i < BufferPool::keptMax + 10; ++i) {
                leases.push_back(pool.take());
                append(*leases.back(), "used");
            }
        }
        for (std::size_t i = 0; i < BufferPool::keptMax + 10; ++i) {
            const BufferPool::Lease lease = pool.take();
            QVERIFY(lease->filled().empty());
        }
    }

    void anEmptyLeaseMayBeReleased()
    {
        BufferPool::Lease lease;
        lease.release();
        QVERIFY(!lease);
    }
};

LAB_TEST(BufferPoolTest)
#include "tst_buffer_pool.moc"
