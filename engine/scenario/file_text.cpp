#include "scenario/file_text.hpp"

#include "scenario/file_descriptor.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace lab::scenario {
namespace {

namespace fs = std::filesystem;

constexpr int readFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

Error refused(std::string message)
{
    return {ErrorKind::Environment, std::move(message)};
}

Error refusedBySystem(int error)
{
    if (error == ENOENT || error == ENOTDIR) {
        return refused("does not exist");
    }
    if (error == EXDEV || error == ELOOP) {
        return refused("leads outside the folder it was named in");
    }
    return refused("cannot be read: " + std::string(std::strerror(error)));
}

std::string tooLarge(std::size_t bytesMax)
{
    return "is larger than " + std::to_string(bytesMax >> 20U) + " MiB";
}

/// \param bytesExpected  what the text is given room for at first
Result<std::string>
readAll(const FileDescriptor& file, std::size_t bytesMax, std::size_t bytesExpected = 0)
{
    std::array<char, 64U << 10U> piece; // NOLINT: filled by the kernel
    std::string text;
    text.reserve(bytesExpected);
    while (true) {
        const ssize_t count = ::read(file.get(), piece.data(), piece.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return refusedBySystem(errno);
        }
        if (count == 0) {
            return text;
        }
        text.append(piece.data(), static_cast<std::size_t>(count));
        if (text.size() > bytesMax) {
            return refused(tooLarge(bytesMax));
        }
    }
}

Result<std::string> readRegular(const FileDescriptor& file, std::size_t bytesMax)
{
    if (!file.isOpen()) {
        return refusedBySystem(errno);
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) {
        return refusedBySystem(errno);
    }
    if (S_ISDIR(status.st_mode)) {
        return refused("is a folder, not a regular file");
    }
    if (!S_ISREG(status.st_mode)) {
        return refused("is not a regular file, but a device, pipe or socket");
    }
    if (static_cast<std::uintmax_t>(status.st_size) > bytesMax) {
        return refused(tooLarge(bytesMax));
    }
    return readAll(file, bytesMax, static_cast<std::size_t>(status.st_size));
}

FileDescriptor openBeneath(const FileDescriptor& folder, const std::string& below)
{
    struct open_how how {};
    how.flags = static_cast<std::uint64_t>(readFlags);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    return FileDescriptor(
        static_cast<int>(::syscall(SYS_openat2, folder.get(), below.c_str(), &how, sizeof how)));
}

/// Where the kernel has no openat2 (before Linux 5.6, or forbidden by a sandbox).
Result<std::string>
readResolved(const std::string& folder, const std::string& below, std::size_t bytesMax)
{
    std::error_code error;
    const fs::path root = fs::canonical(folder, error);
    if (error) {
        return refused("does not exist");
    }
    const fs::path resolved = fs::canonical(root / below, error);
    if (error) {
        return refused("does not exist");
    }
    const fs::path inside = resolved.lexically_relative(root);
    if (inside.empty() || *inside.begin() == "..") {
        return refusedBySystem(EXDEV);
    }
    return readFile(resolved.string(), bytesMax);
}

} // namespace

Result<std::string> readFile(const std::string& path, std::size_t bytesMax)
{
    return readRegular(FileDescriptor(::open(path.c_str(), readFlags)), bytesMax);
}

Result<std::string>
readFileBeneath(const std::string& folder, const std::string& below, std::size_t bytesMax)
{
    const char* const root = folder.empty() ? "." : folder.c_str();
    const FileDescriptor directory(::open(root, O_RDONLY | O_CLOEXEC | O_DIRECTORY));
    if (!directory.isOpen()) {
        return refusedBySystem(errno);
    }
    const FileDescriptor file = openBeneath(directory, below);
    if (!file.isOpen() && (errno == ENOSYS || errno == EPERM)) {
        return readResolved(root, below, bytesMax);
    }
    return readRegular(file, bytesMax);
}

Result<std::string> readStandardInput(std::size_t bytesMax)
{
    return readAll(FileDescriptor(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)), bytesMax);
}

Result<void> writeFile(const std::string& path, const std::string& text)
{
    const auto failed = [&path](int error) {
        return refused(path + " cannot be written: " + std::strerror(error));
    };
    std::string draft = path + ".XXXXXX";
    const FileDescriptor file(::mkostemp(draft.data(), O_CLOEXEC));
    if (!file.isOpen()) {
        return failed(errno);
    }
    constexpr mode_t readableByAll = 0644;
    std::size_t written = 0;
    int error = 0;
    while (written < text.size() && error == 0) {
        const ssize_t count = ::write(file.get(), text.data() + written, text.size() - written);
        if (count >= 0) {
            written += static_cast<std::size_t>(count);
        } else if (errno != EINTR) {
            error = errno;
        }
    }
    if (error == 0 && (::fchmod(file.get(), readableByAll) != 0 || ::fsync(file.get()) != 0 ||
                       std::rename(draft.c_str(), path.c_str()) != 0)) {
        error = errno;
    }
    if (error != 0) {
        ::unlink(draft.c_str());
        return failed(error);
    }
    return {};
}

} // namespace lab::scenario
