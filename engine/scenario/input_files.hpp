#pragma once

#include "base/result.hpp"
#include "manifest/manifest_reader.hpp"
#include "scenario/scenario.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lab::scenario {

/// How much of a folder is looked at. Beyond any of them the folder is refused.
struct FolderLimits {
    std::size_t filesMax = 20'000;
    std::size_t depthMax = 32;
    std::size_t bytesMax = 256U << 20U; ///< Of all files together.
};

/// A scenario's text, and where its manifests are looked for.
struct ScenarioText {
    std::string name;
    std::string text;
    std::string folder; ///< Empty: the current one.
};

/// What was named on the command line, opened: either a scenario or manifests.
struct InputFiles {
    std::optional<ScenarioText> scenario;
    std::vector<manifest::ManifestText> manifests; ///< Empty with a scenario.
    Findings findings;                             ///< What was skipped in folders, and why.
};

/// Opens files and folders as a user names them (decision 16).
///
/// A scenario is a file scenario.yaml, a file of kind Scenario, or a folder with a scenario.yaml;
/// it stands alone. Everything else is manifests: files, folders (recursively, .yaml .yml .json,
/// sorted by path), or "-" for standard input. Inside a folder, kustomizations, charts, our own
/// files and files without apiVersion and kind are skipped with a finding that names the command
/// which renders them; named directly they are errors.
/// \return Environment where something named cannot be read; WrongUse where a scenario is mixed
///         with other things
[[nodiscard]] Result<InputFiles> openInput(const std::vector<std::string>& named,
                                           const FolderLimits& limits = {});

/// The manifests that a scenario names. They stay below its folder, whatever links there are.
struct ScenarioManifests {
    std::vector<manifest::ManifestText> texts;
    Findings findings; ///< Unreadable ones stand at the scenario's own lines.
};

[[nodiscard]] ScenarioManifests openManifests(const Scenario& scenario,
                                              const FolderLimits& limits = {});

} // namespace lab::scenario
