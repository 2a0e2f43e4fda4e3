#include "live/load_origin.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <utility>

namespace lab::live {

LoadOrigin::LoadOrigin(const SocketAddress& address,
                       bool isTls,
                       std::string serverName,
                       std::size_t connectionsMax)
    : address_(address)
    , isTls_(isTls)
    , serverName_(std::move(serverName))
    , connectionsMax_(connectionsMax)
{
    check(connectionsMax > 0, "an origin may have a connection");
}

std::shared_ptr<LoadConnection> LoadOrigin::takeIdle(std::uint32_t client)
{
    while (true) {
        const auto found = std::find_if(idle_.rbegin(), idle_.rend(), [client](const auto& idle) {
            return idle->client == client;
        });
        if (found == idle_.rend()) {
            return nullptr;
        }
        auto connection = std::move(*found);
        idle_.erase(std::next(found).base());
        if (connection->stream.isQuiet()) {
            return connection;
        }
        release();
    }
}

bool LoadOrigin::reserve()
{
    if (open_ == connectionsMax_) {
        if (idle_.empty()) {
            return false;
        }
        idle_.front()->stream.finishWriting();
        idle_.erase(idle_.begin()); // the one unused for longest
        release();
    }
    ++open_;
    return true;
}

void LoadOrigin::giveBack(std::shared_ptr<LoadConnection> connection)
{
    connection->stream.neverExpire();
    idle_.push_back(std::move(connection));
}

void LoadOrigin::release()
{
    check(open_ > 0, "a connection ends once");
    --open_;
}

} // namespace lab::live
