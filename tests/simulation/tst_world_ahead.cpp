#include "support/test_main.hpp"

#include "simulation/footprint.hpp"
#include "simulation/world.hpp"
#include "support/simulated_shop.hpp"

using namespace lab;
using lab::simulation::Footprint;
using lab::simulation::World;
using namespace std::chrono_literals;

/// Fetching ahead neither loses a request nor changes what becomes of it.
class WorldAheadTest : public QObject {
    Q_OBJECT

private slots:
    void everyArrivalComesHoweverManyAreDrawnAhead_data()
    {
        QTest::addColumn<int>("arrivals");
        for (const int arrivals : {1, 2, 12, 13, 15, 16, 17, 31, 32, 33, 500}) {
            QTest::addRow("%d", arrivals) << arrivals;
        }
    }
    void everyArrivalComesHoweverManyAreDrawnAhead()
    {
        QFETCH(int, arrivals);
        simulation::SimulationSpec spec = test::simulationOf(
            test::shopOf(3).build(), test::poisson(static_cast<double>(arrivals)));
        spec.traffic[0].process = workload::ArrivalProcess::Constant;
        spec.traffic[0].clients = 5;
        spec.duration = 1s;
        World world(spec);
        while (world.step()) {
        }
        const auto sums = world.collector().result();
        QCOMPARE(world.arrivalCount(), static_cast<std::uint64_t>(arrivals));
        QCOMPARE(sums.offered, world.arrivalCount());
        QCOMPARE(sums.admitted, world.arrivalCount());
    }

    void aFootprintHasALineForEachOfItsBytesAndNoMoreThanItHolds()
    {
        const std::array<char, 300> memory{};
        Footprint footprint;
        footprint.add(memory.data(), 1);
        QCOMPARE(footprint.lineCount(), std::size_t{1});
        footprint.add(memory.data(), 65);
        QCOMPARE(footprint.lineCount(), std::size_t{3});
        footprint.add(nullptr, 0);
        QCOMPARE(footprint.lineCount(), std::size_t{3});
        for (std::size_t i = 0; i < Footprint::linesMax; ++i) {
            footprint.add(memory.data(), memory.size());
        }
        QCOMPARE(footprint.lineCount(), Footprint::linesMax);
        footprint.fetch(); // never faults, wherever it points
        Footprint::fetchLine(nullptr);
    }
};

LAB_TEST(WorldAheadTest)
#include "tst_world_ahead.moc"
