#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace lab::desktop {

/// What the command line asks for.
struct Options {
    static constexpr int sideMax = 8192; ///< Of a picture, device pixels.

    QString scenario;           ///< To open at once; empty: the first of the program's own.
    QString screenshot;         ///< Draw one picture into that file and end; empty: a window.
    double at = 10;             ///< Run seconds that the picture shows.
    QString page;               ///< Which page is open beside the stage; empty: the first.
    std::optional<bool> isDark; ///< None: as the system says.
    QSize size{1440, 900};      ///< Logical pixels.
    double scale = 1;           ///< Device pixels a logical one.
    bool measuresStart = false; ///< Say on stderr how long the first frame took, and end.
};

/// Arguments, or what is wrong with them.
struct ReadOptions {
    Options options;
    QString mistake;       ///< Empty: none.
    bool asksHelp = false; ///< `helpText()` and nothing else.
    bool asksVersion = false;
};

/// \param arguments  without the program's name
[[nodiscard]] ReadOptions readOptions(const QStringList& arguments);

[[nodiscard]] QString helpText();

/// The names that --page takes.
[[nodiscard]] const QStringList& pageNames();

} // namespace lab::desktop
