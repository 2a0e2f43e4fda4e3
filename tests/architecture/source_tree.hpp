#pragma once

#include <QString>
#include <QStringList>

#include <vector>

/// The checkout as text: what the house tests read. Paths are relative to its root.
namespace lab::house {

/// All files under `folder` (".": everywhere) that match a name pattern; nothing that was built.
[[nodiscard]] QStringList filesUnder(const QString& folder, const QStringList& patterns);

/// Names of the folders directly in `folder`, sorted.
[[nodiscard]] QStringList foldersIn(const QString& folder);

/// Is there such a file or folder? `*` stands for anything within one component.
[[nodiscard]] bool exists(const QString& path);

/// The whole text of a file of the checkout; empty if there is none.
[[nodiscard]] QString textOf(const QString& path);

/// One #include of a file.
struct Include {
    QString header; ///< "base/place.hpp" or "boost/json.hpp"
    bool isOwn;     ///< Written in quotes.
};

[[nodiscard]] std::vector<Include> includesOf(const QString& text);

/// Fails the running test with all complaints, one a line; passes if there are none.
void expectNone(const QStringList& complaints);

/// The text without its comments: what is forbidden in code may be named in prose.
[[nodiscard]] QString withoutComments(const QString& text);

} // namespace lab::house
