#include "scenario/asset_folder.hpp"

#include "scenario/file_text.hpp"

#include <cstdlib>
#include <filesystem>
#include <vector>

namespace lab::scenario {

Result<std::string> assetFolder()
{
    namespace fs = std::filesystem;
    std::error_code error;
    // Read before any thread of ours is started.
    if (const char* const named = std::getenv("LAB_ASSETS")) { // NOLINT(concurrency-mt-unsafe)
        if (fs::is_directory(named, error)) {
            return std::string(named);
        }
        return Error(ErrorKind::Environment, "LAB_ASSETS names no folder: " + std::string(named));
    }
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    for (const fs::path& folder :
         {program.parent_path().parent_path() / "share" / "ingresslab", fs::path(LAB_ASSET_DIR)}) {
        if (fs::is_directory(folder / "prices", error)) {
            return folder.string();
        }
    }
    return Error(ErrorKind::Environment,
                 "the lab's own data files are not where it was built or installed; set "
                 "LAB_ASSETS to its assets folder");
}

Result<std::string> assetText(const std::string& below)
{
    const Result<std::string> folder = assetFolder();
    if (!folder) {
        return folder.error();
    }
    Result<std::string> text = readFile(*folder + '/' + below, ownBytesMax);
    if (!text) {
        return Error(ErrorKind::Environment, *folder + '/' + below + ' ' + text.error().message());
    }
    return text;
}

} // namespace lab::scenario
