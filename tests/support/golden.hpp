#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QString>
#include <QTest>

#include <string>

namespace lab::test {

/// Compares a text with tests/golden/NAME byte by byte, and shows the first line that differs.
/// With LAB_UPDATE_GOLDEN=1 in the environment, writes the text there instead.
inline void compareWithGolden(const std::string& text, const QString& name)
{
    QFile file(QDir(LAB_SOURCE_DIR).filePath("tests/golden/" + name));
    if (qEnvironmentVariableIntValue("LAB_UPDATE_GOLDEN") == 1) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(text));
        return;
    }
    QVERIFY2(file.open(QIODevice::ReadOnly),
             qPrintable(file.fileName() + ": run once with LAB_UPDATE_GOLDEN=1"));
    const QList<QByteArray> expected = file.readAll().split('\n');
    const QList<QByteArray> actual = QByteArray::fromStdString(text).split('\n');
    for (qsizetype i = 0; i < qMax(expected.size(), actual.size()); ++i) {
        const QByteArray was = i < expected.size() ? expected[i] : QByteArray("(no such line)");
        const QByteArray is = i < actual.size() ? actual[i] : QByteArray("(no such line)");
        QVERIFY2(was == is,
                 qPrintable(QString("%1:%2\n  golden %3\n  actual %4")
                                .arg(name)
                                .arg(i + 1)
                                .arg(QString::fromUtf8(was), QString::fromUtf8(is))));
    }
}

} // namespace lab::test
