#include "scenario/input_files.hpp"

#include "base/quoted.hpp"
#include "base/suggestion.hpp"
#include "scenario/file_text.hpp"
#include "scenario/manifest_folder.hpp"
#include "scenario/scenario_reader.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace lab::scenario {
namespace {

namespace fs = std::filesystem;

/// A path that is not there: with the neighbour that was probably meant.
Error missing(const std::string& path, const std::string& problem)
{
    std::string message = path + ' ' + problem;
    if (problem != "does not exist") {
        return {ErrorKind::Environment, message};
    }
    const fs::path folder = fs::path(path).parent_path();
    std::vector<std::string> neighbours;
    std::error_code error;
    constexpr std::size_t neighboursMax = 1000;
    for (fs::directory_iterator entry(folder.empty() ? "." : folder, error), end;
         !error && entry != end && neighbours.size() < neighboursMax;
         entry.increment(error)) {
        neighbours.push_back(entry->path().filename().string());
    }
    std::sort(neighbours.begin(), neighbours.end());
    const std::string_view near = nearest(fs::path(path).filename().string(), neighbours);
    if (!near.empty()) {
        message += "; did you mean " + (folder / near).string() + '?';
    }
    return {ErrorKind::Environment, message};
}

/// The scenario.yaml of a folder, or nothing.
std::optional<std::string> scenarioIn(const std::string& folder)
{
    for (const char* const name : {"scenario.yaml", "scenario.yml"}) {
        const fs::path path = fs::path(folder) / name;
        std::error_code error;
        if (fs::exists(path, error)) {
            return path.lexically_normal().string();
        }
    }
    return std::nullopt;
}

bool isNamedScenario(const std::string& path)
{
    const fs::path name = fs::path(path).filename();
    return name == "scenario.yaml" || name == "scenario.yml";
}

Result<void> openFile(const std::string& path, InputFiles& input)
{
    if (const std::optional<Finding> needed = renderingNeeded(path, Severity::Unreadable)) {
        input.findings.push_back(*needed);
        return {};
    }
    Result<std::string> text = readFile(path, manifestBytesMax);
    if (!text) {
        return missing(path, text.error().message());
    }
    if (isNamedScenario(path) || isLabFile(*text)) {
        input.scenario = ScenarioText{path, std::move(*text), fs::path(path).parent_path()};
    } else {
        input.manifests.push_back({path, std::move(*text)});
    }
    return {};
}

Result<void> openStandardInput(InputFiles& input)
{
    Result<std::string> text = readStandardInput(manifestBytesMax);
    if (!text) {
        return Error(ErrorKind::Environment, "standard input " + text.error().message());
    }
    if (isLabFile(*text)) {
        return Error(ErrorKind::WrongUse,
                     "a scenario names files beside it, so it cannot come from standard input; "
                     "name its file or folder");
    }
    input.manifests.push_back({"<stdin>", std::move(*text)});
    return {};
}

Result<void> openFolder(const std::string& path, const FolderLimits& limits, InputFiles& input)
{
    if (const std::optional<std::string> scenario = scenarioIn(path)) {
        return openFile(*scenario, input);
    }
    for (const char* const name : {"Chart.yaml", "Chart.yml"}) {
        std::error_code error;
        const fs::path chart = fs::path(path) / name;
        if (fs::exists(chart, error)) {
            input.findings.push_back(*renderingNeeded(chart.string(), Severity::Unreadable));
            return {};
        }
    }
    ManifestFolder folder = readManifestFolder(path, "", limits);
    std::move(folder.texts.begin(), folder.texts.end(), std::back_inserter(input.manifests));
    append(input.findings, std::move(folder.findings));
    return {};
}

Result<void> openOne(const std::string& named, const FolderLimits& limits, InputFiles& input)
{
    if (named == "-") {
        return openStandardInput(input);
    }
    std::error_code error;
    return fs::is_directory(named, error) ? openFolder(named, limits, input)
                                          : openFile(named, input);
}

/// What a scenario's `manifests` entry is no path for; empty when it may be one.
std::string pathProblem(const std::string& path)
{
    if (path.find("://") != path.npos) {
        return "is a URL; the lab reads files only";
    }
    if (fs::path(path).is_absolute()) {
        return "is an absolute path, outside of the scenario's folder";
    }
    return {};
}

bool isBeneath(const fs::path& folder, const fs::path& below)
{
    std::error_code error;
    const fs::path root = fs::canonical(folder, error);
    const fs::path inside = fs::weakly_canonical(root / below, error).lexically_relative(root);
    return !error && !inside.empty() && *inside.begin() != "..";
}

class ManifestOpener {
public:
    ManifestOpener(const Scenario& scenario, const FolderLimits& limits)
        : folder_(scenario.folder.empty() ? "." : scenario.folder)
        , limits_(limits)
    {
    }

    void open(const ManifestPath& named)
    {
        const std::string problem = pathProblem(named.path);
        std::error_code error;
        if (!problem.empty()) {
            refuse(named, problem);
        } else if (!isBeneath(folder_, named.path)) {
            refuse(named, "leads outside of the scenario's folder");
        } else if (fs::is_directory(fs::path(folder_) / named.path, error)) {
            ManifestFolder found = readManifestFolder(folder_, named.path, limits_);
            if (found.texts.empty() && found.findings.empty()) {
                refuse(named, "is a folder without manifests");
            }
            std::move(found.texts.begin(), found.texts.end(), std::back_inserter(opened_.texts));
            append(opened_.findings, std::move(found.findings));
        } else {
            openFile(named);
        }
    }

    ScenarioManifests take() { return std::move(opened_); }

private:
    void openFile(const ManifestPath& named)
    {
        if (auto needed = renderingNeeded(named.path, Severity::Unreadable)) {
            needed->place = named.place;
            opened_.findings.push_back(std::move(*needed));
            return;
        }
        Result<std::string> text = readFileBeneath(folder_, named.path, manifestBytesMax);
        if (!text) {
            refuse(named, text.error().message());
        } else if (isLabFile(*text)) {
            refuse(named, "is a file of the lab's own kind (a scenario cannot hold itself)");
        } else {
            const fs::path shown = (fs::path(folder_) / named.path).lexically_normal();
            opened_.texts.push_back({shown.string(), std::move(*text)});
        }
    }

    void refuse(const ManifestPath& named, const std::string& problem)
    {
        opened_.findings.push_back({Severity::Unreadable,
                                    "unreadable-manifest",
                                    named.place,
                                    quoted(named.path) + ' ' + problem,
                                    "name a file or folder below the scenario's own"});
    }

    std::string folder_;
    FolderLimits limits_;
    ScenarioManifests opened_;
};

} // namespace

Result<InputFiles> openInput(const std::vector<std::string>& named, const FolderLimits& limits)
{
    InputFiles input;
    for (const std::string& path : named) {
        const Result<void> opened = openOne(path, limits, input);
        if (!opened) {
            return opened.error();
        }
        if (input.scenario && (named.size() > 1)) {
            return Error(ErrorKind::WrongUse,
                         input.scenario->name + " is a scenario, which stands alone; name the "
                                                "scenario or manifests, not both");
        }
    }
    return input;
}

ScenarioManifests openManifests(const Scenario& scenario, const FolderLimits& limits)
{
    ManifestOpener opener(scenario, limits);
    for (const ManifestPath& named : scenario.manifests) {
        opener.open(named);
    }
    return opener.take();
}

} // namespace lab::scenario
