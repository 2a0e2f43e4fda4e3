#include "support/test_main.hpp"

#include "live/door_binding.hpp"
#include "support/plan_builder.hpp"
#include "support/raw_socket.hpp"

#include <algorithm>

using namespace lab::live;
using lab::DoorId;
using lab::plan::Style;
using lab::test::PlanBuilder;

namespace {

/// Two ports in a row that are free on 127.0.0.1, where this test's doors go.
std::uint16_t freePort()
{
    for (int i = 0; i < 100; ++i) {
        const UniqueFd first(*listenOn(*socketAddress("127.0.0.1", 0)));
        const std::uint16_t port = localAddressOf(first.get()).port();
        if (const auto second = listenOn(*socketAddress("127.0.0.1", port + 1))) {
            const UniqueFd closes(*second);
            return port;
        }
    }
    return 0;
}

auto bindDoors(const lab::plan::FrontDoorPlan& plan, const ListenOptions& options)
{
    return DoorSockets(options).bind(plan);
}

bool isFree(const std::string& host, int port)
{
    const auto fd = listenOn(*socketAddress(host, static_cast<std::uint16_t>(port)));
    const UniqueFd closes(fd ? *fd : -1);
    return fd.has_value();
}

/// A port from `first` on that is free, like the one after it, on all these addresses.
int freePort(int first, const std::vector<std::string>& hosts)
{
    int port = first;
    while (!std::ranges::all_of(hosts, [&](const std::string& host) {
        return isFree(host, port) && isFree(host, port + 1);
    })) {
        ++port;
    }
    return port;
}

std::vector<std::string> addressesOf(const std::vector<BoundSocket>& bound)
{
    std::vector<std::string> addresses;
    for (const BoundSocket& socket : bound) {
        addresses.push_back(socket.address.text());
    }
    return addresses;
}

std::string at(const std::string& host, int port)
{
    return host + ':' + std::to_string(port);
}

ListenOptions onPort(std::uint16_t port)
{
    ListenOptions options;
    options.httpPort = port;
    return options;
}

/// That many per-service doors with 80 and 443.
std::shared_ptr<const lab::plan::FrontDoorPlan> perService(int doors)
{
    PlanBuilder builder(Style::PerService);
    for (int i = 0; i < doors; ++i) {
        builder.addTlsPort(builder.door("shop/door-" + std::to_string(i)), {});
    }
    return builder.build();
}

} // namespace

/// Every door is where the rules say that it is, and all of them or none are bound.
class DoorBindingTest : public QObject {
    Q_OBJECT

private slots:
    void theIngressIsAtTheChosenPorts()
    {
        PlanBuilder builder;
        const DoorId cloud = builder.door("ingress", lab::plan::DoorMode::Tcp);
        builder.addTlsPort(cloud, {});
        const DoorId replica = builder.controllerOf(cloud, "controller-0");
        builder.addTlsPort(replica, {});
        const std::uint16_t port = freePort();
        const auto bound = bindDoors(*builder.build(), onPort(port));
        QVERIFY(bound.has_value());
        QCOMPARE(bound->size(), std::size_t{6}); // two public, two and two of the controller
        QCOMPARE((*bound)[0].address.text(), at("127.0.0.1", port));
        QCOMPARE((*bound)[1].address.text(), at("127.0.0.1", port + 1));
        int proxied = 0;
        for (const BoundSocket& socket : *bound) {
            QCOMPARE(socket.address.host(), std::string("127.0.0.1"));
            QVERIFY(socket.address.port() != 0);
            proxied += socket.isProxied ? 1 : 0;
            QVERIFY(!socket.isProxied || socket.door == replica);
        }
        QCOMPARE(proxied, 2);
    }

    void perServiceDoorsHaveAnAddressEach()
    {
        const std::uint16_t port = freePort();
        const auto bound = bindDoors(*perService(3), onPort(port));
        QVERIFY(bound.has_value());
        QCOMPARE(addressesOf(*bound),
                 (std::vector<std::string>{at("127.0.1.1", port),
                                           at("127.0.1.1", port + 1),
                                           at("127.0.1.2", port),
                                           at("127.0.1.2", port + 1),
                                           at("127.0.1.3", port),
                                           at("127.0.1.3", port + 1)}));
    }

    void beyondTheFirstBlockAddressesGoOn()
    {
        PlanBuilder builder(Style::PerService);
        constexpr std::size_t count = 254 + 254 + 2;
        for (std::size_t i = 0; i < count; ++i) {
            builder.door("shop/door-" + std::to_string(i));
        }
        ListenOptions options; // any free port: the addresses are what counts
        const auto bound = bindDoors(*builder.build(), options);
        QVERIFY(bound.has_value());
        QCOMPARE(bound->size(), count);
        QCOMPARE((*bound)[253].address.host(), std::string("127.0.1.254"));
        QCOMPARE((*bound)[254].address.host(), std::string("127.64.0.1"));
        QCOMPARE((*bound)[507].address.host(), std::string("127.64.0.254"));
        QCOMPARE((*bound)[508].address.host(), std::string("127.64.1.1"));
    }

    void theHttpsPortCanBeChosen()
    {
        const std::uint16_t port = freePort();
        ListenOptions options = onPort(static_cast<std::uint16_t>(port + 1));
        options.httpsPort = port;
        const auto bound = bindDoors(*perService(1), options);
        QVERIFY(bound.has_value());
        QCOMPARE(addressesOf(*bound),
                 (std::vector<std::string>{at("127.0.1.1", port + 1), at("127.0.1.1", port)}));
    }

    void otherPortsKeepTheirNumber()
    {
        PlanBuilder builder(Style::PerService);
        const DoorId door = builder.door("shop/mail", lab::plan::DoorMode::Tcp);
        const int shifted = freePort(10'025, {"127.0.1.1"});
        const int other = freePort(15'432, {"127.0.1.1"});
        builder.at(door).ports = {
            {shifted - 10'000, false, {}}, {other, false, {}}, {shifted, false, {}}};
        const auto bound = bindDoors(*builder.build(), onPort(freePort()));
        QVERIFY(bound.has_value());
        QCOMPARE((*bound)[0].address.text(), at("127.0.1.1", shifted)); // below 1024
        QCOMPARE((*bound)[1].address.text(), at("127.0.1.1", other));
        QCOMPARE((*bound)[2].address.text(), at("127.0.1.1", shifted + 1)); // taken by the first
    }

    void nodePortsKeepTheirNumberOnEveryNodeThatListens()
    {
        PlanBuilder builder(Style::PerService);
        std::vector<lab::NodeId> nodes;
        for (const char* name : {"a", "b", "c"}) {
            nodes.push_back(builder.node(name));
        }
        builder.door("shop/web", lab::plan::DoorMode::Tcp);
        const DoorId door = builder.door("shop/web@nodes", lab::plan::DoorMode::Tcp);
        builder.at(door).role = lab::plan::DoorRole::NodePort;
        const int first = freePort(30'471, {"127.0.2.1", "127.0.2.3"});
        const int second = freePort(first + 2, {"127.0.2.1", "127.0.2.3"});
        builder.at(door).ports = {{first, false, {}}, {second, false, {}, true}};
        builder.at(door).nodes = {nodes[0], nodes[2]};
        const std::uint16_t http = freePort();
        const auto bound = bindDoors(*builder.build(), onPort(http));
        QVERIFY(bound.has_value());
        QCOMPARE(addressesOf(*bound),
                 (std::vector<std::string>{at("127.0.1.1", http),
                                           at("127.0.2.1", first),
                                           at("127.0.2.3", first),
                                           at("127.0.2.1", second),
                                           at("127.0.2.3", second)}));
        QCOMPARE((*bound)[2].node, nodes[2]);
        QCOMPARE((*bound)[3].portIndex, std::size_t{1});
        QVERIFY((*bound)[3].port.answersHealth);
        const auto free = bindDoors(*builder.build(), {});
        QVERIFY(free.has_value());
        QCOMPARE((*free)[1].address.host(), std::string("127.0.2.1"));
        QVERIFY((*free)[1].address.port() != first);
    }

    void withoutAPortAllAreFreeOnes()
    {
        const auto bound = bindDoors(*perService(2), {});
        QVERIFY(bound.has_value());
        for (const BoundSocket& socket : *bound) {
            QVERIFY(socket.address.port() != 0);
        }
        QCOMPARE((*bound)[0].address.host(), std::string("127.0.1.1"));
        QCOMPARE((*bound)[2].address.host(), std::string("127.0.1.2"));
    }

    void perServicePortsAreInARow()
    {
        ListenOptions options = onPort(8080);
        options.usesAddressPerDoor = false;
        options.address = "127.0.9.9"; // nobody else listens there
        const auto bound = bindDoors(*perService(2), options);
        QVERIFY(bound.has_value());
        QCOMPARE(addressesOf(*bound),
                 (std::vector<std::string>{at("127.0.9.9", 20'001),
                                           at("127.0.9.9", 20'002),
                                           at("127.0.9.9", 20'003),
                                           at("127.0.9.9", 20'004)}));
    }

    void whatIsTakenBindsNothing()
    {
        const std::uint16_t port = freePort();
        const UniqueFd holder(*listenOn(*socketAddress("127.0.1.2", port)));
        const auto bound = bindDoors(*perService(3), onPort(port));
        QVERIFY(!bound.has_value());
        QVERIFY(QString::fromStdString(bound.error().message())
                    .contains(QString::fromStdString(at("127.0.1.2", port))));
        for (const char* host : {"127.0.1.1", "127.0.1.3"}) {
            for (const std::uint16_t each : {port, static_cast<std::uint16_t>(port + 1)}) {
                const auto again = listenOn(*socketAddress(host, each));
                QVERIFY2(again.has_value(), host);
                const UniqueFd closes(*again);
            }
        }
    }

    void everythingListens()
    {
        const auto bound = bindDoors(*perService(2), {});
        for (const BoundSocket& socket : *bound) {
            const auto client = lab::test::connectTo(socket.address.text());
            QCOMPARE(peerAddressOf(client.fd()).text(), socket.address.text());
        }
    }

    void anAddressThatIsNoneIsRefused()
    {
        PlanBuilder builder;
        const DoorId cloud = builder.door("ingress", lab::plan::DoorMode::Tcp);
        builder.controllerOf(cloud, "controller-0");
        ListenOptions options;
        options.address = "everywhere";
        const auto bound = bindDoors(*builder.build(), options);
        QVERIFY(!bound.has_value());
        QVERIFY(QString::fromStdString(bound.error().message()).contains("everywhere"));
    }
};

LAB_TEST(DoorBindingTest)
#include "tst_door_binding.moc"
