#include "scenario/input_watch.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace lab::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t changes = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
                                  IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

/// Kubernetes turns the link "..data" of a mounted ConfigMap to another folder.
bool isLinkOfMount(std::string_view name)
{
    return name.starts_with("..");
}

bool isManifestName(std::string_view name)
{
    return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json");
}

Error cannotWatch(const std::string& path, int error)
{
    std::string message = "cannot watch " + path + ": " + std::strerror(error);
    if (error == ENOSPC) {
        message += "; raise fs.inotify.max_user_watches";
    }
    return {ErrorKind::Environment, message};
}

bool addTo(int poll, int descriptor)
{
    epoll_event event{};
    event.events = EPOLLIN;
    return ::epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

} // namespace

Result<InputWatch> InputWatch::start(const std::vector<std::string>& named)
{
    if (std::ranges::find(named, "-") != named.end()) {
        return Error(ErrorKind::WrongUse, "standard input cannot be watched; name files");
    }
    InputWatch watch;
    watch.named_ = named;
    watch.poll_ = FileDescriptor(::epoll_create1(EPOLL_CLOEXEC));
    watch.events_ = FileDescriptor(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    watch.timer_ = FileDescriptor(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
    if (!watch.poll_.isOpen() || !watch.events_.isOpen() || !watch.timer_.isOpen() ||
        !addTo(watch.poll_.get(), watch.events_.get()) ||
        !addTo(watch.poll_.get(), watch.timer_.get())) {
        return cannotWatch("files", errno);
    }
    if (const Result<void> watched = watch.watchAll(); !watched) {
        return watched.error();
    }
    return watch;
}

Result<void> InputWatch::watchAll()
{
    for (const std::string& name : named_) {
        std::error_code error;
        if (fs::is_directory(name, error)) {
            if (const Result<void> watched = watchTree(name); !watched) {
                return watched;
            }
            continue;
        }
        const fs::path path(name);
        const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
        const std::string file = path.filename().string();
        const bool isScenario = file == "scenario.yaml" || file == "scenario.yml";
        const Result<void> watched = isScenario ? watchTree(folder) : watchFolder(folder, file);
        if (!watched) {
            return watched;
        }
        const fs::path target = fs::canonical(path, error);
        if (!error && fs::is_symlink(path, error)) {
            const Result<void> followed =
                watchFolder(target.parent_path().string(), target.filename().string());
            if (!followed) {
                return followed;
            }
        }
    }
    return {};
}

Result<void> InputWatch::watchFolder(const std::string& path, const std::string& file)
{
    const int descriptor = ::inotify_add_watch(events_.get(), path.c_str(), changes);
    if (descriptor < 0) {
        // What is not there (any more) is the reading's to complain about.
        return errno == ENOENT || errno == ENOTDIR ? Result<void>()
                                                   : Result<void>(cannotWatch(path, errno));
    }
    std::vector<Watched>& all = watched_[descriptor];
    const bool isKnown = std::ranges::any_of(
        all, [&](const Watched& one) { return one.path == path && one.file == file; });
    if (!isKnown) {
        all.push_back({path, file});
    }
    if (watched_.size() > foldersMax) {
        return Error(ErrorKind::Environment,
                     "more than " + std::to_string(foldersMax) +
                         " folders are too many to watch; name fewer");
    }
    return {};
}

Result<void> InputWatch::watchTree(const std::string& path)
{
    if (const Result<void> watched = watchFolder(path, ""); !watched) {
        return watched;
    }
    std::error_code error;
    for (fs::recursive_directory_iterator entry(path, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) {
            if (const Result<void> watched = watchFolder(entry->path().string(), ""); !watched) {
                return watched;
            }
        }
    }
    return {};
}

/// \return whether something that matters has changed
bool InputWatch::drain()
{
    constexpr std::size_t bytesMax = 16 * 1024;
    alignas(inotify_event) std::array<char, bytesMax> bytes{};
    bool hasChanged = false;
    while (true) {
        const ssize_t count = ::read(events_.get(), bytes.data(), bytes.size());
        if (count <= 0) {
            return hasChanged;
        }
        for (ssize_t at = 0; at < count;) {
            inotify_event event{};
            std::memcpy(&event, bytes.data() + at, sizeof event);
            const char* const text = bytes.data() + at + sizeof event;
            const std::string_view name(text, event.len > 0 ? ::strnlen(text, event.len) : 0);
            at += static_cast<ssize_t>(sizeof event + event.len);
            if ((event.mask & IN_Q_OVERFLOW) != 0) {
                hasChanged = true; // who knows what
                continue;
            }
            const auto watched = watched_.find(event.wd);
            if (watched == watched_.end()) {
                continue;
            }
            if ((event.mask & IN_IGNORED) != 0) {
                watched_.erase(watched);
                hasChanged = true;
                continue;
            }
            const bool isFolder = (event.mask & (IN_ISDIR | IN_DELETE_SELF | IN_MOVE_SELF)) != 0;
            for (const Watched& one : watched->second) {
                hasChanged =
                    hasChanged || isLinkOfMount(name) ||
                    (one.file.empty() ? isFolder || isManifestName(name) : one.file == name);
            }
        }
    }
}

void InputWatch::arm()
{
    using std::chrono::steady_clock;
    const steady_clock::time_point now = steady_clock::now();
    if (!isSettling_) {
        first_ = now;
        isSettling_ = true;
    }
    const auto left =
        std::chrono::duration_cast<std::chrono::nanoseconds>(first_ + settlesMax - now);
    const auto wait =
        std::clamp<std::chrono::nanoseconds>(left, std::chrono::nanoseconds(1), settles);
    itimerspec when{};
    when.it_value.tv_nsec = static_cast<long>(wait.count());
    ::timerfd_settime(timer_.get(), 0, &when, nullptr);
}

bool InputWatch::take()
{
    if (drain()) {
        arm();
    }
    std::uint64_t expirations = 0;
    if (::read(timer_.get(), &expirations, sizeof expirations) != sizeof expirations) {
        return false;
    }
    isSettling_ = false;
    // New folders, before they are read. What cannot be watched now was not there at the start.
    static_cast<void>(watchAll());
    return true;
}

} // namespace lab::scenario
