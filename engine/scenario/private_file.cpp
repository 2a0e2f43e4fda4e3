#include "scenario/private_file.hpp"

#include "scenario/file_descriptor.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <utility>

namespace lab::scenario {
namespace {

std::string parentFolder()
{
    std::error_code error;
    // Read before any thread of ours is started.
    const char* const runtime = std::getenv("XDG_RUNTIME_DIR"); // NOLINT(concurrency-mt-unsafe)
    if (runtime != nullptr && std::filesystem::is_directory(runtime, error)) {
        return runtime;
    }
    const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
    return error ? "/tmp" : folder.string();
}

Error cannot(const std::string& what)
{
    return {ErrorKind::Environment, "cannot write " + what + ": " + std::strerror(errno)};
}

} // namespace

Result<PrivateFile> PrivateFile::create(const std::string& name, const std::string& text)
{
    PrivateFile file;
    std::string folder = parentFolder() + "/ingresslab-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) { // mode 0700
        return cannot(folder);
    }
    file.folder_ = folder;
    file.path_ = folder + '/' + name;
    constexpr mode_t ownerOnly = 0600;
    const FileDescriptor fd(
        ::open(file.path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, ownerOnly));
    if (!fd.isOpen() ||
        ::write(fd.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        return cannot(file.path_);
    }
    return file;
}

PrivateFile::PrivateFile(PrivateFile&& other) noexcept
    : folder_(std::exchange(other.folder_, {}))
    , path_(std::exchange(other.path_, {}))
{
}

PrivateFile& PrivateFile::operator=(PrivateFile&& other) noexcept
{
    std::swap(folder_, other.folder_);
    std::swap(path_, other.path_);
    return *this;
}

void PrivateFile::remove() noexcept
{
    if (!folder_.empty()) {
        ::unlink(path_.c_str());
        ::rmdir(folder_.c_str());
        folder_.clear();
        path_.clear();
    }
}

} // namespace lab::scenario
