#pragma once

#include <QString>

#include "manifest/manifest_reader.hpp"

#include <string>

namespace lab::manifest {

/// One manifest, read alone.
inline ReadCluster readText(const std::string& text)
{
    return readManifests({{"t.yaml", text}});
}

/// What was said about it, a line each: "3:5 refused: Service default/a: spec.ports …".
inline QString said(const ReadCluster& read)
{
    QString all;
    for (const Finding& finding : read.findings) {
        const std::string text = toText(finding);
        all += QString::fromStdString(text.substr(std::string("t.yaml:").size())) + '\n';
    }
    return all;
}

} // namespace lab::manifest
