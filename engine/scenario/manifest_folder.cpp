#include "scenario/manifest_folder.hpp"

#include "scenario/file_text.hpp"
#include "scenario/scenario_reader.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace lab::scenario {
namespace {

namespace fs = std::filesystem;

bool hasManifestExtension(const fs::path& path)
{
    const fs::path extension = path.extension();
    return extension == ".yaml" || extension == ".yml" || extension == ".json";
}

bool isKustomization(const fs::path& path)
{
    constexpr std::array names{"kustomization.yaml", "kustomization.yml", "Kustomization"};
    return std::find(names.begin(), names.end(), path.filename()) != names.end();
}

bool isChart(const fs::path& path)
{
    return path.filename() == "Chart.yaml" || path.filename() == "Chart.yml";
}

std::string folderOf(const std::string& path)
{
    const fs::path folder = fs::path(path).parent_path();
    return folder.empty() ? "." : folder.string();
}

Place placeOf(const std::string& path)
{
    return {std::make_shared<const std::string>(path), 0, 0};
}

/// One walk over a folder: collects the paths of candidates, then their texts.
class FolderWalk {
public:
    FolderWalk(const std::string& root, const FolderLimits& limits)
        : root_(root)
        , limits_(limits)
    {
    }

    void list(const fs::path& below, std::size_t depth)
    {
        if (depth > limits_.depthMax) {
            add(Severity::Unreadable,
                "folder-too-deep",
                below,
                "folders nest too deeply here",
                "name a folder further down");
            return;
        }
        std::error_code error;
        std::vector<fs::path> names;
        for (fs::directory_iterator entry(fs::path(root_) / below, error), end;
             !error && entry != end;
             entry.increment(error)) {
            names.push_back(entry->path().filename());
        }
        if (error) {
            add(Severity::Unreadable,
                "unreadable-folder",
                below,
                "the folder cannot be read: " + error.message(),
                "");
            return;
        }
        std::sort(names.begin(), names.end());
        if (std::any_of(names.begin(), names.end(), isChart)) {
            found_.findings.push_back(
                *renderingNeeded(shown(below / "Chart.yaml"), Severity::Warning));
            return;
        }
        for (const fs::path& name : names) {
            visit(below / name, depth);
        }
    }

    ManifestFolder read()
    {
        std::sort(candidates_.begin(), candidates_.end());
        std::size_t bytes = 0;
        for (const std::string& below : candidates_) {
            Result<std::string> text = readFileBeneath(root_, below, manifestBytesMax);
            if (!text) {
                const bool isAvoided = text.error().message().starts_with("is not a regular");
                add(isAvoided ? Severity::Warning : Severity::Unreadable,
                    "unreadable-file",
                    below,
                    "the file " + text.error().message(),
                    isAvoided ? "it is skipped" : "");
                continue;
            }
            bytes += text->size();
            if (bytes > limits_.bytesMax) {
                add(Severity::Unreadable,
                    "folder-too-large",
                    below,
                    "the folder holds too much text",
                    "name a folder further down");
                break;
            }
            take(below, std::move(*text));
        }
        return std::move(found_);
    }

private:
    void visit(const fs::path& below, std::size_t depth)
    {
        const std::string name = below.filename().string();
        if (name.starts_with('.')) {
            return;
        }
        std::error_code error;
        const fs::path full = fs::path(root_) / below;
        const bool isLink = fs::is_symlink(fs::symlink_status(full, error));
        if (fs::is_directory(fs::status(full, error))) {
            if (isLink) {
                add(Severity::Warning,
                    "link-to-folder",
                    below,
                    "a link to a folder is not followed",
                    "name that folder too");
            } else {
                list(below, depth + 1);
            }
        } else if (isKustomization(below)) {
            found_.findings.push_back(*renderingNeeded(shown(below), Severity::Warning));
        } else if (hasManifestExtension(below)) {
            if (candidates_.size() < limits_.filesMax) {
                candidates_.push_back(below.string());
            } else if (!hasTooMany_) {
                hasTooMany_ = true;
                add(Severity::Unreadable,
                    "too-many-files",
                    below,
                    "the folder holds more than " + std::to_string(limits_.filesMax) + " files",
                    "name a folder further down");
            }
        }
    }

    void take(const std::string& below, std::string text)
    {
        if (isLabFile(text)) {
            add(Severity::Note,
                "own-file",
                below,
                "a file of the lab's own is no manifest",
                "it is skipped");
        } else if (!looksLikeManifest(text)) {
            add(Severity::Warning,
                "no-manifest",
                below,
                "the file has no apiVersion and kind",
                "it is skipped; values and templates are rendered by `helm template`");
        } else {
            found_.texts.push_back({shown(below), std::move(text)});
        }
    }

    [[nodiscard]] std::string shown(const fs::path& below) const
    {
        return (fs::path(root_) / below).lexically_normal().string();
    }

    void add(Severity severity,
             std::string id,
             const fs::path& below,
             std::string message,
             std::string remedy)
    {
        found_.findings.push_back({severity,
                                   std::move(id),
                                   placeOf(shown(below)),
                                   std::move(message),
                                   std::move(remedy)});
    }

    std::string root_;
    FolderLimits limits_;
    std::vector<std::string> candidates_;
    ManifestFolder found_;
    bool hasTooMany_ = false;
};

} // namespace

ManifestFolder
readManifestFolder(const std::string& root, const std::string& below, const FolderLimits& limits)
{
    FolderWalk walk(root.empty() ? "." : root, limits);
    walk.list(fs::path(below), 0);
    return walk.read();
}

std::optional<Finding> renderingNeeded(const std::string& path, Severity severity)
{
    Finding finding{severity, "needs-rendering", placeOf(path), "", ""};
    if (isKustomization(path)) {
        finding.message = "a kustomization is not rendered by the lab";
        finding.remedy = "pipe it: kubectl kustomize " + folderOf(path) + " | ingresslab lint -";
        return finding;
    }
    if (isChart(path)) {
        finding.message = "a chart is not rendered by the lab";
        finding.remedy = "pipe it: helm template " + folderOf(path) + " | ingresslab lint -";
        return finding;
    }
    return std::nullopt;
}

bool looksLikeManifest(std::string_view text)
{
    return text.find("apiVersion") != text.npos && text.find("kind") != text.npos;
}

} // namespace lab::scenario
