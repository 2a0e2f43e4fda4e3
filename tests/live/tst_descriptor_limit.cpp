#include "support/test_main.hpp"

#include "live/descriptor_limit.hpp"
#include "support/plan_builder.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace lab::live;
using lab::plan::Style;
using lab::test::PlanBuilder;

namespace {

/// That many doors with two ports each.
std::shared_ptr<const lab::plan::FrontDoorPlan> doors(int count)
{
    PlanBuilder builder(Style::PerService);
    for (int i = 0; i < count; ++i) {
        builder.addTlsPort(builder.door("shop/door-" + std::to_string(i)), {});
    }
    return builder.build();
}

/// What a process with those limits is told: in a child, since a hard limit cannot be raised again.
/// \return "" where it is allowed
std::string answerUnder(rlim_t soft, rlim_t hard, std::size_t needed, rlim_t& softAfter)
{
    int ends[2] = {};
    if (::pipe(ends) != 0) {
        return "no pipe";
    }
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit limit{soft, hard};
        ::setrlimit(RLIMIT_NOFILE, &limit);
        const auto allowed = allowDescriptors(needed);
        rlimit after{};
        ::getrlimit(RLIMIT_NOFILE, &after);
        const std::string said = std::to_string(after.rlim_cur) + '|' +
                                 (allowed ? std::string() : allowed.error().message());
        static_cast<void>(::write(ends[1], said.data(), said.size()));
        ::_exit(0);
    }
    ::close(ends[1]);
    std::string said;
    char part[512];
    for (ssize_t count = 0; (count = ::read(ends[0], part, sizeof part)) > 0;) {
        said.append(part, static_cast<std::size_t>(count));
    }
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    const std::size_t bar = said.find('|');
    softAfter = std::stoul(said.substr(0, bar));
    return said.substr(bar + 1);
}

} // namespace

/// Whether the doors fit into what the system allows is known before the first is bound.
class DescriptorLimitTest : public QObject {
    Q_OBJECT

private slots:
    void everyWorkerHasAListenerOfEachSocket()
    {
        const auto few = descriptorsNeeded({doors(10)}, 1);
        const auto more = descriptorsNeeded({doors(1010)}, 1);
        QCOMPARE(more - few, std::size_t{2000});
        QVERIFY(few < 20 + descriptorsForConnectionsMin + 64);
        const auto shared = descriptorsNeeded({doors(1010)}, 2) - descriptorsNeeded({doors(10)}, 2);
        QCOMPARE(shared, std::size_t{4000});
    }

    void bothStylesCount()
    {
        const auto one = descriptorsNeeded({doors(500)}, 1);
        QCOMPARE(descriptorsNeeded({doors(500), doors(500)}, 1) - one, std::size_t{1000});
    }

    void aPodPortCountsOnce()
    {
        PlanBuilder builder(Style::PerService);
        const auto none = descriptorsNeeded({builder.build()}, 1);
        const lab::EndpointId first = builder.pod("cart-0");
        builder.pod("cart-1");
        builder.backend("127.0.0.1:3000"); // runs already
        QCOMPARE(descriptorsNeeded({builder.build()}, 1), none + 2);
        builder.raw().endpoints.push_back(builder.at(first)); // in another Service too
        QCOMPARE(descriptorsNeeded({builder.build()}, 1), none + 2);
    }

    void theSoftLimitIsRaisedToTheHardOne()
    {
        rlim_t after = 0;
        QCOMPARE(answerUnder(300, 400, 200, after), std::string());
        QCOMPARE(after, rlim_t{400});
    }

    void tooLowAHardLimitIsExplained()
    {
        rlim_t after = 0;
        const std::string said = answerUnder(300, 400, 1000, after);
        QCOMPARE(after, rlim_t{300});
        QVERIFY(said.find("are needed, 400 are allowed") != std::string::npos);
        QVERIFY(said.find("ulimit -n 10") != std::string::npos); // 1000 and what is open
    }
};

LAB_TEST(DescriptorLimitTest)
#include "tst_descriptor_limit.moc"
