#pragma once

#include <QByteArray>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QString>
#include <QTest>

#include <string>
#include <vector>

namespace lab::test {

/// One case of tests/bad-yaml/cases.jsonl: nasty text, and what must be said about it.
struct BadYamlCase {
    QString id;
    QString kind; ///< The file's "class": syntax, encoding, bomb, control, manifest, …
    std::string mainName;
    std::string text; ///< Of the main file, generated parts expanded.
    QList<int> lines; ///< One of these, when not empty.
    QList<int> columns;
    QString gist; ///< A regular expression with alternatives, case-insensitive.
    QStringList never;
    bool mayPass = false; ///< Exit status 0 is allowed.
};

/// {"rep": text, "n": count, "from": first, "d": numbered}: repeats, with %d and %e (one less).
inline QByteArray expandPart(const QJsonObject& part)
{
    if (part.contains("b64")) {
        return QByteArray::fromBase64(part["b64"].toString().toLatin1());
    }
    const QByteArray unit = part["rep"].toString().toUtf8();
    const int count = part["n"].toInt();
    if (!part["d"].toBool()) {
        return unit.repeated(count);
    }
    QByteArray text;
    for (int i = part["from"].toInt(); i < count; ++i) {
        QByteArray piece = unit;
        text += piece.replace("%d", QByteArray::number(i)).replace("%e", QByteArray::number(i - 1));
    }
    return text;
}

inline std::string expandFile(const QJsonValue& spec)
{
    QByteArray text;
    const QJsonArray parts = spec.isArray() ? spec.toArray() : QJsonArray{spec};
    for (const QJsonValue& part : parts) {
        text += part.isString() ? part.toString().replace("@API@", "ingresslab.dev/v1").toUtf8()
                                : expandPart(part.toObject());
    }
    return text.toStdString();
}

/// The cases of these classes, in the file's order.
inline std::vector<BadYamlCase> badYamlCases(const QStringList& kinds)
{
    QFile file(QStringLiteral(LAB_SOURCE_DIR "/tests/bad-yaml/cases.jsonl"));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("tests/bad-yaml/cases.jsonl cannot be read");
    }
    std::vector<BadYamlCase> cases;
    while (!file.atEnd()) {
        const QJsonObject json = QJsonDocument::fromJson(file.readLine()).object();
        if (!kinds.contains(json["class"].toString())) {
            continue;
        }
        const QJsonObject expect = json["expect"].toObject();
        BadYamlCase one;
        one.id = json["id"].toString();
        one.kind = json["class"].toString();
        one.mainName = json["main"].toString("scenario.yaml").toStdString();
        one.text = expandFile(json["files"].toObject()[QString::fromStdString(one.mainName)]);
        for (const QJsonValue& line : expect["lines"].toArray()) {
            one.lines.append(line.toInt());
        }
        for (const QJsonValue& column : expect["cols"].toArray()) {
            one.columns.append(column.toInt());
        }
        for (const QJsonValue& text : expect["never"].toArray()) {
            one.never.append(text.toString());
        }
        one.gist = expect["gist"].toString();
        one.mayPass = expect["exit"].toArray().contains(0);
        cases.push_back(std::move(one));
    }
    return cases;
}

} // namespace lab::test
