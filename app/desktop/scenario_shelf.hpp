#pragma once

#include <QString>
#include <QVariantList>

#include <vector>

namespace lab::desktop {

/// A scenario that can be opened.
struct ShelfEntry {
    QString name; ///< metadata.name
    QString title;
    QString path; ///< Its folder.
    bool hasLesson = false;
};

/// The scenarios below a folder, by name; what cannot be read is left out.
[[nodiscard]] std::vector<ShelfEntry> scenariosIn(const QString& folder);

/// The same for QML: {name, title, path, hasLesson}.
[[nodiscard]] QVariantList asList(const std::vector<ShelfEntry>& entries);

} // namespace lab::desktop
