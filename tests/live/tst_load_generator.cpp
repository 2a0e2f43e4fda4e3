#include "support/test_main.hpp"

#include "live/load_generator.hpp"
#include "live/load_world.hpp"
#include "support/echo_server.hpp"

using namespace lab::live;
using namespace lab::test;
using lab::measurement::Measurements;
using namespace std::chrono_literals;

namespace {

/// The id of a request, out of its head.
std::string idOf(const std::string& head)
{
    constexpr std::string_view field = "X-Request-ID: ";
    return head.substr(head.find(field) + field.size(), 32);
}

/// Which style and which arrival an id is of.
std::size_t styleOf(const std::string& id)
{
    return std::stoul(id.substr(16, 2), nullptr, 16);
}
std::size_t arrivalOf(const std::string& id)
{
    return std::stoul(id.substr(18), nullptr, 16);
}

/// Runs a generator to its end.
std::vector<Measurements> run(const LoadSpec& spec)
{
    const LiveClock clock;
    Worker worker(clock, "test-load");
    auto generator = LoadGenerator::create(worker, clock, spec);
    worker.start();
    (*generator)->start();
    (*generator)->finished().wait();
    worker.stop();
    return *(*generator)->measurements();
}

} // namespace

/// In which order, when, and over which connections the clients send.
class LoadGeneratorTest : public QObject {
    Q_OBJECT

private slots:
    void bothStylesSendTheSameArrivalsInTurns()
    {
        const EchoServer server;
        LoadSpec spec = shortLoad(500, 400ms);
        spec.slice = 100ms;
        spec.styles = {styleTo("a", server.address()), styleTo("b", server.address())};
        run(spec);
        std::string turns;
        std::vector<std::size_t> arrivals[2];
        for (const std::string& head : server.heads()) {
            const std::size_t style = styleOf(idOf(head));
            arrivals[style].push_back(arrivalOf(idOf(head)));
            const char letter = style == 0 ? 'A' : 'B';
            if (turns.empty() || turns.back() != letter) {
                turns += letter;
            }
        }
        QCOMPARE(turns, std::string("ABABA")); // A, B B, A A, B B, A: neighbours look like one
        std::sort(arrivals[0].begin(), arrivals[0].end()); // connections may overtake each other
        std::sort(arrivals[1].begin(), arrivals[1].end());
        QCOMPARE(arrivals[0].size(), arrivalsOf(spec).size());
        QVERIFY(arrivals[0] == arrivals[1]);
    }

    void aSliceBeginsWhenTheAnswersOfTheOneBeforeAreIn()
    {
        // The last request of every slice of A is answered late: no request of B may come before.
        std::atomic<bool> isStalling = false;
        std::atomic<int> overlaps = 0;
        const EchoServer slow([&](const std::string&) {
            isStalling = true;
            std::this_thread::sleep_for(20ms);
            isStalling = false;
            return EchoReply{};
        });
        const EchoServer quick([&](const std::string&) {
            overlaps += isStalling ? 1 : 0;
            return EchoReply{};
        });
        LoadSpec spec = shortLoad(100, 200ms);
        spec.slice = 100ms;
        spec.connectionsPerDestinationMax = 1;
        spec.styles = {styleTo("slow", slow.address()), styleTo("quick", quick.address())};
        const auto measured = run(spec);
        QCOMPARE(overlaps.load(), 0);
        QCOMPARE(measured[0].statusCounts.at(200), measured[1].statusCounts.at(200));
    }

    void everyIdIsUsedOnce()
    {
        const EchoServer server;
        LoadSpec spec = shortLoad(1000, 200ms);
        spec.styles = {styleTo("a", server.address())};
        run(spec);
        std::vector<std::string> ids;
        for (const std::string& head : server.heads()) {
            ids.push_back(idOf(head));
        }
        std::sort(ids.begin(), ids.end());
        QVERIFY(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
        QCOMPARE(ids.size(), arrivalsOf(spec).size());
    }

    void connectionsAreUsedAgainUnlessTheDoorClosesThem()
    {
        const EchoServer keeping;
        const EchoServer closing([](const std::string&) {
            return EchoReply{
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", true, false};
        });
        LoadSpec spec = shortLoad(200, 200ms);
        spec.connectionsPerDestinationMax = 1;
        spec.styles = {styleTo("keeping", keeping.address()),
                       styleTo("closing", closing.address())};
        const auto measured = run(spec);
        QCOMPARE(keeping.connectionCount(), std::size_t{1});
        QCOMPARE(closing.connectionCount(), arrivalsOf(spec).size());
        QCOMPARE(measured[0].connectionsOpened, std::uint64_t{1});
        QCOMPARE(measured[1].connectionsOpened, std::uint64_t{closing.connectionCount()});
    }

    void neverMoreConnectionsThanAllowed()
    {
        const EchoServer server([](const std::string&) {
            std::this_thread::sleep_for(2ms); // one at a time: a line forms
            return EchoReply{};
        });
        LoadSpec spec = shortLoad(1000, 200ms);
        spec.connectionsPerDestinationMax = 3;
        spec.styles = {styleTo("a", server.address())};
        const auto measured = run(spec);
        QCOMPARE(server.connectionCount(), std::size_t{3});
        QCOMPARE(measured[0].statusCounts.at(200), std::uint64_t{arrivalsOf(spec).size()});
    }

    void everyClientHasItsOwnAddress()
    {
        const EchoServer server;
        LoadSpec spec = shortLoad(1000, 200ms);
        spec.traffic[0].clients = 3;
        spec.styles = {styleTo("a", server.address())};
        run(spec);
        auto clients = server.clients();
        std::sort(clients.begin(), clients.end());
        clients.erase(std::unique(clients.begin(), clients.end()), clients.end());
        QCOMPARE(clients, (std::vector<std::string>{"127.0.3.1", "127.0.3.2", "127.0.3.3"}));
    }

    void anAddressThatIsNoneIsRefused()
    {
        const LiveClock clock;
        Worker worker(clock, "test-load");
        LoadSpec spec = shortLoad(10, 100ms);
        spec.styles = {styleTo("a", "nowhere")};
        const auto generator = LoadGenerator::create(worker, clock, spec);
        QVERIFY(generator.has_error());
        QCOMPARE(generator.error().kind(), lab::ErrorKind::Environment);
    }
};

LAB_TEST(LoadGeneratorTest)
#include "tst_load_generator.moc"
