#include "scenario/port_owner.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace lab::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t socketsMax = 64;

/// The inodes of sockets that listen on that port, from one of the kernel's tables.
/// https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt
void addListeners(const char* table, std::uint16_t port, std::vector<std::string>& inodes)
{
    std::ifstream file(table);
    std::string line;
    std::getline(file, line); // the heading
    while (inodes.size() < socketsMax && std::getline(file, line)) {
        std::istringstream fields(line);
        std::string slot;
        std::string local;
        std::string remote;
        std::string state;
        std::string skipped;
        std::string inode;
        fields >> slot >> local >> remote >> state;
        for (int i = 0; i < 5; ++i) {
            fields >> skipped; // queues, timers, retransmits, user, timeout
        }
        fields >> inode;
        const std::size_t colon = local.rfind(':');
        unsigned number = 0;
        constexpr int hexadecimal = 16;
        if (state == "0A" && colon != local.npos &&
            std::from_chars(
                local.data() + colon + 1, local.data() + local.size(), number, hexadecimal)
                    .ec == std::errc{} &&
            number == port) {
            inodes.push_back("socket:[" + inode + ']');
        }
    }
}

bool holdsAny(const fs::path& process, const std::vector<std::string>& sockets)
{
    std::error_code error;
    for (fs::directory_iterator entry(process / "fd", error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code unreadable;
        const std::string target = fs::read_symlink(entry->path(), unreadable).string();
        if (std::find(sockets.begin(), sockets.end(), target) != sockets.end()) {
            return true;
        }
    }
    return false;
}

} // namespace

std::optional<std::string> portOwner(std::uint16_t port)
{
    std::vector<std::string> sockets;
    addListeners("/proc/net/tcp", port, sockets);
    addListeners("/proc/net/tcp6", port, sockets);
    if (sockets.empty()) {
        return std::nullopt;
    }
    std::error_code error;
    for (fs::directory_iterator entry("/proc", error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string pid = entry->path().filename().string();
        if (pid.find_first_not_of("0123456789") == pid.npos && holdsAny(entry->path(), sockets)) {
            std::string name;
            std::ifstream(entry->path() / "comm") >> name;
            return name + " (pid " + pid + ')';
        }
    }
    return std::nullopt;
}

} // namespace lab::scenario
