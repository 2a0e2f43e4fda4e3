#pragma once

#include "base/result.hpp"

#include <string>

namespace lab::scenario {

/// A file that only this user can read, in a folder of its own; both are removed at its end.
class PrivateFile {
public:
    PrivateFile() = default; ///< No file: path() is empty.

    /// Below $XDG_RUNTIME_DIR, else below the folder for temporary files.
    [[nodiscard]] static Result<PrivateFile> create(const std::string& name,
                                                    const std::string& text);

    PrivateFile(PrivateFile&& other) noexcept;
    PrivateFile& operator=(PrivateFile&& other) noexcept;
    ~PrivateFile() { remove(); }

    [[nodiscard]] const std::string& path() const { return path_; }

    /// Removes it now; for a process that ends without destructors.
    void remove() noexcept;

private:
    std::string folder_;
    std::string path_;
};

} // namespace lab::scenario
