#include "support/test_main.hpp"
#include <QTest>

#include "live/frame_pool.hpp"

#include <cstring>
#include <thread>
#include <vector>

using lab::live::FramePool;

/// Memory for coroutine frames, of all sizes, across threads, bounded.
class FramePoolTest : public QObject {
    Q_OBJECT

private slots:
    void framesOfManySizesHoldWhatIsWrittenIntoThem()
    {
        std::vector<std::pair<unsigned char*, std::size_t>> frames;
        for (std::size_t bytes = 1; bytes <= 2 * FramePool::frameBytesMax; bytes += 37) {
            auto* const frame = static_cast<unsigned char*>(FramePool::take(bytes));
            std::memset(frame, static_cast<int>(bytes & 0xFFU), bytes);
            frames.emplace_back(frame, bytes);
        }
        for (const auto& [frame, bytes] : frames) {
            QCOMPARE(frame[0], static_cast<unsigned char>(bytes & 0xFFU));
            QCOMPARE(frame[bytes - 1], static_cast<unsigned char>(bytes & 0xFFU));
            FramePool::give(frame, bytes);
        }
    }

    void aThreadKeepsNoMoreThanItsShareAndFreesItAtItsEnd()
    {
        std::thread([] { // the leak checker of the sanitizer build looks after it
            std::vector<void*> frames;
            for (std::size_t i = 0; i < 2 * FramePool::keptMax; ++i) {
                frames.push_back(FramePool::take(200));
            }
            for (void* const frame : frames) {
                FramePool::give(frame, 200);
            }
        })
            .join();
    }

    void aFrameMayComeBackOnAnotherThread()
    {
        void* const frame = FramePool::take(500);
        std::thread([frame] { FramePool::give(frame, 500); }).join();
        void* const next = FramePool::take(500);
        QVERIFY(next != nullptr);
        FramePool::give(next, 500);
    }
};

LAB_TEST(FramePoolTest)
#include "tst_frame_pool.moc"
