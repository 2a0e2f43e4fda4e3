#include "scenario/access_log.hpp"

#include "measurement/access_line.hpp"
#include "scenario/record_names.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <utility>

namespace lab::scenario {
namespace {

constexpr std::chrono::milliseconds look(50); ///< How long lines wait at most.
constexpr std::size_t chunkBytes = 64 * 1024; ///< Written at once.

Result<FileDescriptor> openFor(const std::string& path)
{
    if (path == "-") {
        return FileDescriptor(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0));
    }
    constexpr mode_t mode = 0644;
    // Without O_NONBLOCK the opening of a FIFO would wait for its reader.
    FileDescriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, mode));
    if (!file.isOpen()) {
        return Error(ErrorKind::Environment,
                     "cannot write the access log " + path + ": " + std::strerror(errno));
    }
    ::fcntl(file.get(), F_SETFL, O_APPEND);
    return file;
}

bool writeAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    return true;
}

std::int64_t unixMsNow()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::int64_t toMs(Duration duration)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

void appendLine(std::string& lines,
                const measurement::AccessEntry& entry,
                AccessLogFormat format,
                bool hasUpstreamFields)
{
    if (format == AccessLogFormat::Json) {
        measurement::appendAccessJson(lines, entry);
    } else if (entry.head.record.is(measurement::DoorRecord::Connection)) {
        measurement::appendStreamLine(lines, entry);
    } else {
        measurement::appendCombined(lines, entry);
        if (hasUpstreamFields) {
            measurement::appendUpstreamFields(lines, entry);
        }
    }
    lines += '\n';
}

/// A connection that a cloud's door passes on to a controller: its requests have their own lines.
bool isHop(const measurement::DoorRecord& record)
{
    return record.is(measurement::DoorRecord::Connection) &&
           record.routeAndMethod.id() != measurement::DoorRecord::none;
}

} // namespace

/// One worker's heads, and what of them has been accounted for.
struct AccessLog::Source {
    const measurement::HeadRing* ring;
    measurement::HeadCursor cursor;
    std::uint64_t lost = 0;

    std::uint64_t newlyLost()
    {
        const std::uint64_t all = cursor.lost() + ring->tooLarge();
        return all - std::exchange(lost, all);
    }
};

AccessLog::AccessLog(std::string path, AccessLogFormat format, FileDescriptor file)
    : path_(std::move(path))
    , format_(format)
    , file_(std::move(file))
{
}

AccessLog::~AccessLog()
{
    finish();
}

Result<std::unique_ptr<AccessLog>> AccessLog::open(std::string path, AccessLogFormat format)
{
    Result<FileDescriptor> file = openFor(path);
    if (!file) {
        return file.error();
    }
    return std::unique_ptr<AccessLog>(new AccessLog(std::move(path), format, std::move(*file)));
}

void AccessLog::follow(const live::LiveEngine& engine)
{
    thread_ = std::thread([this, &engine] {
        sigset_t pipe;
        ::sigemptyset(&pipe);
        ::sigaddset(&pipe, SIGPIPE); // a reader that has gone is an error like any other
        ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
        run(engine);
    });
}

Result<bool> AccessLog::reopen()
{
    Result<FileDescriptor> file = openFor(path_);
    if (!file) {
        return file.error();
    }
    const std::lock_guard lock(mutex_);
    file_ = std::move(*file);
    return true;
}

void AccessLog::finish()
{
    if (!thread_.joinable()) {
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        isFinishing_ = true;
    }
    wakes_.notify_one();
    thread_.join();
}

void AccessLog::run(const live::LiveEngine& engine)
{
    std::vector<Source> sources;
    for (const measurement::FlightRecorder* recorder : engine.recorders()) {
        sources.push_back({&recorder->heads(), measurement::HeadCursor(recorder->heads())});
    }
    for (bool isLast = false; !isLast;) {
        {
            std::unique_lock lock(mutex_);
            isLast = wakes_.wait_for(lock, look, [this] { return isFinishing_; });
        }
        writeNew(engine, sources);
    }
}

void AccessLog::writeNew(const live::LiveEngine& engine, std::vector<Source>& sources)
{
    const std::int64_t unixMsAtStart = unixMsNow() - toMs(engine.now().sinceStart());
    std::string lines;
    std::uint64_t count = 0;
    for (Source& source : sources) {
        while (const auto head = source.cursor.next()) {
            const measurement::DoorRecord& record = head->record;
            if (isHop(record)) {
                continue;
            }
            const auto plan = engine.planOf(record);
            appendLine(lines,
                       accessEntry(*head, plan.get(), unixMsAtStart),
                       format_,
                       plan != nullptr && plan->profile == plan::Profile::IngressNginx);
            ++count;
            if (lines.size() >= chunkBytes) {
                write(lines, count);
                lines.clear();
                count = 0;
            }
        }
        lost_ += source.newlyLost();
    }
    write(lines, count);
}

/// Who reopens waits for a write, never a worker.
void AccessLog::write(const std::string& lines, std::uint64_t count)
{
    const std::lock_guard lock(mutex_);
    (writeAll(file_.get(), lines) ? written_ : lost_) += count;
}

} // namespace lab::scenario
