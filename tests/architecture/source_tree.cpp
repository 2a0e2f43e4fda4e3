#include "architecture/source_tree.hpp"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTest>

namespace lab::house {
namespace {

const QDir& root()
{
    static const QDir directory(QStringLiteral(LAB_SOURCE_DIR));
    return directory;
}

} // namespace

QStringList filesUnder(const QString& folder, const QStringList& patterns)
{
    if (folder == ".") { // not through what was built, which may be large
        QStringList found = root().entryList(patterns, QDir::Files | QDir::Hidden, QDir::Name);
        for (const QString& top : foldersIn(".")) {
            found += top == "build" ? QStringList() : filesUnder(top, patterns);
        }
        return found;
    }
    QStringList found;
    QDirIterator files(root().filePath(folder),
                       patterns,
                       QDir::Files | QDir::Hidden,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        found << root().relativeFilePath(files.next());
    }
    found.sort();
    return found;
}

QStringList foldersIn(const QString& folder)
{
    return QDir(root().filePath(folder)).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

bool exists(const QString& path)
{
    if (!path.contains('*')) {
        return QFileInfo::exists(root().filePath(path));
    }
    QStringList candidates{"."};
    for (const QString& component : path.split('/', Qt::SkipEmptyParts)) {
        QStringList next;
        for (const QString& candidate : candidates) {
            const QDir directory(root().filePath(candidate));
            for (const QString& name :
                 directory.entryList({component}, QDir::AllEntries | QDir::NoDotAndDotDot)) {
                next << candidate + '/' + name;
            }
        }
        candidates = next;
    }
    return !candidates.isEmpty();
}

QString textOf(const QString& path)
{
    QFile file(root().filePath(path));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

std::vector<Include> includesOf(const QString& text)
{
    static const QRegularExpression pattern(R"(^\s*#\s*include\s*(["<])([^">]+)[">])",
                                            QRegularExpression::MultilineOption);
    std::vector<Include> includes;
    for (auto match = pattern.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch include = match.next();
        includes.push_back({include.captured(2), include.captured(1) == "\""});
    }
    return includes;
}

void expectNone(const QStringList& complaints)
{
    for (const QString& complaint : complaints) {
        qWarning("%s", qPrintable(complaint));
    }
    QVERIFY2(complaints.isEmpty(), "see the warnings above: each says what to do");
}

QString withoutComments(const QString& text)
{
    static const QRegularExpression comment(R"(//[^\n]*|/\*.*?\*/)",
                                            QRegularExpression::DotMatchesEverythingOption);
    return QString(text).remove(comment);
}

} // namespace lab::house
