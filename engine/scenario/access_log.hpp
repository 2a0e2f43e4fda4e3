#pragma once

#include "base/result.hpp"
#include "live/live_engine.hpp"
#include "scenario/file_descriptor.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace lab::scenario {

/// How a line of the access log looks: see measurement/access_line.hpp.
enum class AccessLogFormat {
    NginxCombined, ///< With ingress-nginx's upstream fields where that is the profile;
                   ///< connections as nginx's stream module writes them.
    Json,
};

/// Writes a line for every request that a served engine answers, and for every connection at a
/// door that knows no requests (tcp, tls). Connections on their way to a controller replica have
/// none: there each request has.
///
/// A thread of its own reads what the workers remember, 20 times a second, and never stops them:
/// what it is too slow for is counted and not written. Secrets (Authorization, Cookie) are not
/// among what workers remember. follow(), reopen() and finish() are called by one thread.
class AccessLog {
public:
    /// Heads that a worker can be ahead by; about 20,000 requests.
    static constexpr std::size_t headBytes = std::size_t{1} << 23U;

    /// \param path  appended to, and made if it is not there; "-": standard output
    [[nodiscard]] static Result<std::unique_ptr<AccessLog>> open(std::string path,
                                                                 AccessLogFormat format);
    ~AccessLog(); ///< As finish().
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;

    /// Begins to write. \pre the engine remembers all heads, and lives until finish()
    void follow(const live::LiveEngine& engine);
    /// Goes on in a new file of that name: the old one has been moved away (logrotate). If it
    /// cannot be opened, it goes on in the old one.
    [[nodiscard]] Result<bool> reopen();
    /// Writes what is there and ends. Idempotent.
    void finish();

    /// Requests written, and requests that are missing. From any thread.
    [[nodiscard]] std::uint64_t written() const { return written_; }
    [[nodiscard]] std::uint64_t lost() const { return lost_; }

private:
    struct Source;

    AccessLog(std::string path, AccessLogFormat format, FileDescriptor file);
    void run(const live::LiveEngine& engine);
    void writeNew(const live::LiveEngine& engine, std::vector<Source>& sources);
    void write(const std::string& lines, std::uint64_t count);

    std::string path_;
    AccessLogFormat format_;
    std::mutex mutex_; ///< For the next two: between the owner and the writing thread.
    FileDescriptor file_;
    bool isFinishing_ = false;
    std::condition_variable wakes_;
    std::atomic<std::uint64_t> written_ = 0;
    std::atomic<std::uint64_t> lost_ = 0;
    std::thread thread_;
};

} // namespace lab::scenario
