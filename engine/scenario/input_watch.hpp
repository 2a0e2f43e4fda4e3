#pragma once

#include "base/result.hpp"
#include "scenario/file_descriptor.hpp"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace lab::scenario {

/// Have the files changed that were named on the command line?
///
/// Watches the folders (inotify): a file that is replaced by rename, as editors do it, and links
/// that are turned to another folder, as Kubernetes does it with a mounted ConfigMap, count as
/// changes. A burst of changes counts as one: the files have to rest for `settles`, at most for
/// `settlesMax` in all. One thread.
class InputWatch {
public:
    static constexpr std::chrono::milliseconds settles{100};
    static constexpr std::chrono::milliseconds settlesMax{1000};
    static constexpr std::size_t foldersMax = 4096;

    /// \param named  as openInput() takes them; WrongUse for standard input
    /// \return Environment when the system watches no more
    [[nodiscard]] static Result<InputWatch> start(const std::vector<std::string>& named);

    /// Becomes readable when take() has something to do.
    [[nodiscard]] int descriptor() const { return poll_.get(); }

    /// Deals with what has come. \return whether it is time to read the files again
    [[nodiscard]] bool take();

private:
    InputWatch() = default;

    /// Watches whatever is there now; what is watched already stays so.
    [[nodiscard]] Result<void> watchAll();
    [[nodiscard]] Result<void> watchFolder(const std::string& path, const std::string& file);
    [[nodiscard]] Result<void> watchTree(const std::string& path);
    [[nodiscard]] bool drain();
    void arm();

    struct Watched {
        std::string path;
        std::string file; ///< Only this one matters there; empty: all manifests.
    };
    std::vector<std::string> named_;
    FileDescriptor poll_; ///< Of the next two.
    FileDescriptor events_;
    FileDescriptor timer_;
    std::map<int, std::vector<Watched>> watched_; ///< By inotify's descriptor.
    std::chrono::steady_clock::time_point first_; ///< Of the changes that are settling.
    bool isSettling_ = false;
};

} // namespace lab::scenario
