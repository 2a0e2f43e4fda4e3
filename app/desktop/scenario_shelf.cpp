#include "desktop/scenario_shelf.hpp"

#include <QDir>
#include <QFile>

#include "scenario/scenario_reader.hpp"

namespace lab::desktop {

std::vector<ShelfEntry> scenariosIn(const QString& folder)
{
    std::vector<ShelfEntry> entries;
    const QDir shelf(folder);
    for (const QString& name : shelf.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        const QString path = shelf.filePath(name);
        QFile file(path + "/scenario.yaml");
        if (!file.open(QIODevice::ReadOnly)) {
            continue;
        }
        const auto read = scenario::readScenario(
            file.readAll().toStdString(), file.fileName().toStdString(), path.toStdString());
        if (read.isReadable()) {
            entries.push_back({QString::fromStdString(read.scenario.name),
                               QString::fromStdString(read.scenario.title),
                               path,
                               QFile::exists(path + "/lesson.yaml")});
        }
    }
    return entries;
}

QVariantList asList(const std::vector<ShelfEntry>& entries)
{
    QVariantList list;
    for (const ShelfEntry& entry : entries) {
        list << QVariantMap{{"name", entry.name},
                            {"title", entry.title},
                            {"path", entry.path},
                            {"hasLesson", entry.hasLesson}};
    }
    return list;
}

} // namespace lab::desktop
