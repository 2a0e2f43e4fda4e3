#include "live/engine_state.hpp"

#include "live/descriptor_limit.hpp"

#include <future>
#include <utility>

namespace lab::live {
namespace {

/// What a reload may change; all else stays as it was at the start.
LiveOptions withChanges(LiveOptions options, const LiveOptions& wanted)
{
    options.listen.exactAddresses = wanted.listen.exactAddresses;
    options.timeouts = wanted.timeouts;
    options.requestBodyBytesMax = wanted.requestBodyBytesMax;
    options.seed = wanted.seed;
    options.podLatency = wanted.podLatency;
    options.podFaults = wanted.podFaults;
    return options;
}

std::size_t newSockets(const Rollout& rollout)
{
    std::size_t count = 0;
    for (const auto& sockets : rollout.sockets) {
        for (const BoundSocket& socket : sockets) {
            count += socket.fd.get() >= 0 ? 1U : 0U;
        }
    }
    return count;
}

} // namespace

LiveEngine::State::State(LiveOptions liveOptions)
    : options(std::move(liveOptions))
    , retirement(clock)
    , pods(clock)
    , tallies(static_cast<std::size_t>(options.workers))
{
}

LiveEngine::State::~State()
{
    stopAll();
}

Result<void> LiveEngine::State::begin(const Plans& plans)
{
    auto server = TlsServer::create();
    if (!server) {
        return server.error();
    }
    tls = std::move(*server);
    for (std::size_t i = 0; i < static_cast<std::size_t>(options.workers); ++i) {
        workers.push_back(std::make_unique<DoorWorker>(clock, *tls, i, options.recorder));
    }
    return turnTo(plans, options);
}

Result<void> LiveEngine::State::listenForAdmin(AdminHandler handler)
{
    if (!options.adminPort || !handler) {
        return {};
    }
    adminWorker = std::make_unique<Worker>(clock, "admin");
    admin = std::make_unique<AdminServer>(*adminWorker, std::move(handler), options.adminToken);
    const auto wanted = socketAddress("127.0.0.1", *options.adminPort);
    const auto bound = admin->listen(*wanted);
    if (!bound) {
        return bound.error();
    }
    ready.adminAddress = bound->text();
    return {};
}

void LiveEngine::State::startAll()
{
    pods.worker().start();
    for (const auto& worker : workers) {
        worker->worker().start();
    }
    if (adminWorker) {
        adminWorker->start();
    }
}

void LiveEngine::State::stopAll()
{
    retirement.end();
    for (const auto& worker : workers) {
        worker->worker().stop();
    }
    pods.worker().stop();
    if (adminWorker) {
        adminWorker->stop();
    }
}

Result<void> LiveEngine::State::replace(const Plans& plans, const LiveOptions* wanted)
{
    const std::lock_guard lock(replacing);
    if (hasEnded) {
        return Error(ErrorKind::Environment, "the doors have been closed");
    }
    return turnTo(plans, wanted == nullptr ? options : withChanges(options, *wanted));
}

Result<void> LiveEngine::State::turnTo(const Plans& plans, const LiveOptions& wanted)
{
    freeNumbers(plans.size());
    const RolloutParts parts{pods, store, addresses, numbers, retirement};
    auto prepared = Rollout::prepare(plans, wanted, parts, current.get());
    if (!prepared) {
        return prepared.error();
    }
    auto next = std::make_unique<Rollout>(std::move(*prepared));
    auto swaps = prepareSwaps(*next);
    if (!swaps) {
        return swaps.error();
    }
    // From here on nothing can fail.
    {
        const std::lock_guard lock(reading);
        const Instant now = clock.now();
        for (std::size_t i = 0; i < next->served.size(); ++i) {
            numbers.serve(next->served[i], now, i == 0);
        }
    }
    options = wanted;
    applyToAll(*swaps);
    const LabPods::Handles unneeded = pods.commit(std::move(next->pods));
    const std::unique_ptr<Rollout> old = publish(std::move(next));
    if (old) {
        pods.retire(unneeded);
        retire(*old, unneeded, *swaps);
    }
    return {};
}

/// Makes room for so many plans: where connections hold all numbers, the oldest plans' tunnels are
/// cut, if they have had their time.
void LiveEngine::State::freeNumbers(std::size_t wanted)
{
    if (numbers.freeCount() >= wanted) {
        return;
    }
    constexpr int turnsMax = 16; // of the loops, in which what was cut lets go of its plan
    const Instant now = clock.now();
    for (const std::uint64_t generation : numbers.heldSince(now, options.reloadGrace)) {
        for (const auto& worker : workers) {
            worker->worker().postAndWait([&] { worker->cutTunnelsOf(generation); });
        }
        for (int turn = 0; turn < turnsMax && numbers.freeCount() < wanted; ++turn) {
            for (const auto& worker : workers) {
                worker->worker().postAndWait([] {});
            }
        }
        if (numbers.freeCount() >= wanted) {
            return;
        }
    }
}

Result<LiveEngine::State::Swaps> LiveEngine::State::prepareSwaps(Rollout& next)
{
    constexpr std::size_t eachNeeds = 8;
    if (current) { // a start has counted before it began
        const std::size_t needed = newSockets(next) * (workers.size() - 1) + eachNeeds;
        if (const auto allowed = allowDescriptors(needed); !allowed) {
            return allowed.error();
        }
    }
    Swaps swaps;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        const bool isLast = i + 1 == workers.size();
        std::vector<PlanPart> parts;
        for (std::size_t plan = 0; plan < next.served.size(); ++plan) {
            PlanPart& part = parts.emplace_back();
            part.served = next.served[plan];
            auto duplicates = isLast
                                  ? Result<std::vector<BoundSocket>>(std::move(next.sockets[plan]))
                                  : duplicatesOf(next.sockets[plan]);
            if (!duplicates) {
                return duplicates.error();
            }
            part.sockets = std::move(*duplicates);
            const std::lock_guard lock(reading);
            for (const plan::Door& door : part.served->plan->doors) {
                part.tallies.push_back(
                    tallies.open(part.served->plan->style, door.name, next.generation)[i]);
            }
        }
        swaps.push_back(workers[i]->prepare(std::move(parts), retirement));
    }
    next.sockets.clear();
    return swaps;
}

/// All at the same time; returns when the last has turned.
void LiveEngine::State::applyToAll(Swaps& swaps)
{
    std::vector<std::promise<void>> turned(workers.size());
    for (std::size_t i = 0; i < workers.size(); ++i) {
        const auto turn = [&worker = *workers[i], &swap = swaps[i], &done = turned[i]] {
            worker.apply(swap);
            done.set_value();
        };
        if (workers[i]->worker().isStarted()) {
            workers[i]->worker().post(turn);
        } else {
            turn();
        }
    }
    for (std::size_t i = 0; i < workers.size(); ++i) {
        turned[i].get_future().wait();
        workers[i]->commit();
    }
}

/// \return what was served before
std::unique_ptr<Rollout> LiveEngine::State::publish(std::unique_ptr<Rollout> next)
{
    next->book.settle();
    const std::lock_guard lock(reading);
    tallies.forgetLongGone(next->generation);
    ready.doors = std::exchange(next->doors, {});
    ready.pods = pods.bound();
    ready.caPem = store.authorityPem();
    return std::exchange(current, std::move(next));
}

/// What of the old plans' only they needed goes when nobody works by them, or has had time enough.
void LiveEngine::State::retire(const Rollout& old,
                               const LabPods::Handles& unneeded,
                               const Swaps& swaps)
{
    struct Gone {
        std::vector<std::weak_ptr<DoorSite>> sites; // weak: they hold their plans
        std::vector<AddressId> addresses;
    };
    std::vector<Gone> gone;
    for (const PlanSwap& swap : swaps) {
        gone.push_back({{swap.gone.begin(), swap.gone.end()}, swap.closedAddresses});
    }
    Retirement::Rest rest;
    rest.plans.assign(old.served.begin(), old.served.end());
    rest.cutAt = clock.now() + options.reloadGrace;
    rest.close = [this, unneeded] { pods.remove(unneeded); };
    rest.cut = [this, unneeded, gone] {
        pods.cut(unneeded);
        for (std::size_t i = 0; i < gone.size(); ++i) {
            workers[i]->worker().postAndWait([&] {
                std::vector<std::shared_ptr<DoorSite>> left;
                for (const auto& site : gone[i].sites) {
                    if (auto held = site.lock()) {
                        left.push_back(std::move(held));
                    }
                }
                workers[i]->cut(left, gone[i].addresses);
            });
        }
    };
    retirement.after(std::move(rest));
}

} // namespace lab::live
