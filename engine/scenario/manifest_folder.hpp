#pragma once

#include "manifest/manifest_reader.hpp"
#include "scenario/input_files.hpp"

#include <string>
#include <vector>

namespace lab::scenario {

/// All manifests of one folder, with a finding for each file that is none.
///
/// Links inside the folder are followed to files that stay below it, never to folders.
struct ManifestFolder {
    std::vector<manifest::ManifestText> texts;
    Findings findings;
};

/// \param shownAs  how findings call the folder; nothing is appended for ""
/// \param root     nothing below it may lead outside of it
/// \param below    the folder, relative to `root`
[[nodiscard]] ManifestFolder
readManifestFolder(const std::string& root, const std::string& below, const FolderLimits& limits);

/// Why a file of that name cannot be a manifest (a kustomization, a chart), with the command that
/// renders it; nothing if it may be one.
[[nodiscard]] std::optional<Finding> renderingNeeded(const std::string& path, Severity severity);

/// Does the text speak of apiVersion and kind at all?
[[nodiscard]] bool looksLikeManifest(std::string_view text);

} // namespace lab::scenario
