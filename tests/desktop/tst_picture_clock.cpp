#include "support/test_main.hpp"

#include "desktop/picture_clock.hpp"

using namespace lab;
using namespace std::chrono_literals;
using desktop::PictureClock;

/// The picture's time never jumps, whatever is done to the run's speed.
class PictureClockTest : public QObject {
    Q_OBJECT

private slots:
    void theRunTakesSpeedTimesThePicture()
    {
        PictureClock clock;
        clock.start(Instant(2s), 0.5);
        clock.advance(4);
        QVERIFY(clock.runNow() == Instant(4s));
        QCOMPARE(clock.pictureOf(Instant(3s)), 2.0);
        QCOMPARE(clock.pictureOf(Instant(5s)), 6.0);
        QCOMPARE(clock.pictureOf(Instant(1s)), -2.0);
    }

    void anotherSpeedLeavesThePastWhereItWas()
    {
        PictureClock clock;
        clock.start(Instant(), 1.0);
        clock.advance(2);
        const double before = clock.pictureOf(Instant(1500ms));
        clock.setSpeed(0.1);
        QVERIFY(clock.runNow() == Instant(2s));
        QCOMPARE(clock.pictureOf(Instant(1500ms)), before);
        clock.advance(5);
        QVERIFY(clock.runNow() == Instant(2500ms));
        QCOMPARE(clock.pictureOf(Instant(2500ms)), 7.0);
        clock.setSpeed(4);
        clock.setSpeed(2); // in the same moment: one segment
        clock.advance(1);
        QVERIFY(clock.runNow() == Instant(4500ms));
    }

    void segmentsHaveAMaximum()
    {
        PictureClock clock;
        clock.start(Instant(), 1.0);
        for (int i = 0; i < 500; ++i) {
            clock.setSpeed(i % 2 == 0 ? 2.0 : 1.0);
            clock.advance(0.1);
        }
        QVERIFY(clock.pictureOf(clock.runNow()) > 49.9);
        QVERIFY(clock.pictureOf(clock.runNow()) < 50.1);
    }
};

LAB_TEST(PictureClockTest)
#include "tst_picture_clock.moc"
