#include "support/test_main.hpp"

#include "scenario/reader_fixture.hpp"

using namespace lab;
using namespace std::chrono_literals;
using Kind = simulation::PodFault::Kind;

/// What happens, to whom, and when.
class TimelineReaderTest : public QObject {
    Q_OBJECT

private slots:
    void eventsAreRead()
    {
        const auto read = test::readSpec("  manifests: [k8s/]\n"
                                         "  duration: 10s\n"
                                         "  timeline:\n"
                                         "    - {at: 0s, slow: cart, by: 250ms}\n"
                                         "    - {at: 1s, kill: shop/cart, pods: 1}\n"
                                         "    - {at: 1500ms, fail: cart, status: 502}\n"
                                         "    - {at: 2s, hang: cart}\n"
                                         "    - {at: 3s, refuse: cart}\n"
                                         "    - {at: 9s, heal: cart}\n");
        QCOMPARE(read.findings.size(), std::size_t{0});
        const auto& events = read.scenario.timeline;
        QCOMPARE(events.size(), std::size_t{6});
        QVERIFY(events[0].fault.kind == Kind::Delay && events[0].fault.delay == 250ms);
        QVERIFY(events[0].at == 0s && events[0].service == "cart" && !events[0].pods);
        QVERIFY(events[1].fault.kind == Kind::Kill && events[1].pods == std::size_t{1});
        QVERIFY(events[2].fault.kind == Kind::Status && events[2].fault.status == 502);
        QVERIFY(events[3].fault.kind == Kind::Hang && events[4].fault.kind == Kind::Refuse);
        QVERIFY(events[5].fault.kind == Kind::None && events[5].at == 9s);
        QVERIFY(scenario::virtualOnly(read.scenario, Severity::Warning).empty()); // live too
    }

    void mistakesAreTold_data()
    {
        QTest::addColumn<QString>("event");
        QTest::addColumn<QString>("words");
        QTest::newRow("no time") << "{kill: cart}"
                                 << "at is missing";
        QTest::newRow("too late") << "{at: 4s, kill: cart}"
                                  << "must lie within the duration";
        QTest::newRow("negative") << "{at: -5s, kill: cart}"
                                  << "at";
        QTest::newRow("nothing happens") << "{at: 1s}"
                                         << "must say one thing";
        QTest::newRow("two things") << "{at: 1s, kill: a, hang: b}"
                                    << "must say one thing";
        QTest::newRow("how slow") << "{at: 1s, slow: a}"
                                  << "by is missing";
        QTest::newRow("no failure") << "{at: 1s, fail: a, status: 200}"
                                    << "status";
        QTest::newRow("unknown") << "{at: 1s, kil: a}"
                                 << "kill";
    }
    void mistakesAreTold()
    {
        QFETCH(QString, event);
        QFETCH(QString, words);
        const auto read =
            test::readSpec("  manifests: [k8s/]\n  timeline:\n    - " + event.toStdString() + "\n");
        QString all;
        for (const Finding& finding : read.findings) {
            all += QString::fromStdString(toText(finding)) + '\n';
        }
        QVERIFY2(all.contains(words), qPrintable(all));
    }
};

LAB_TEST(TimelineReaderTest)
#include "tst_timeline_reader.moc"
