#pragma once

#include <QByteArray>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QSet>

#include <string>

namespace lab::test {

/// One case of tests/http1-corpus/cases.jsonl, as far as parsers alone can judge it.
struct CorpusCase {
    QByteArray id;
    QByteArray category;
    QByteArray why;
    std::string bytes;    ///< All that the client sends.
    std::string answer;   ///< All that the pod sends first; empty: not scripted.
    QByteArray preferred; ///< "refused", "taken", "not forwarded", "unfinished"; the first outcome.
    QSet<int> statuses;   ///< Of a refusal.

    /// Cases about time, connections and routes are the live doors'.
    [[nodiscard]] bool isForParsers() const
    {
        static const QSet<QByteArray> routed{"rl-dotdot"}; // refused by the route's normaliser
        static const QSet<QByteArray> closed{"fx-empty", "fx-half-line"}; // by the peer's end
        return category != "timeout" && category != "upstream-response" && !preferred.isEmpty() &&
               !routed.contains(id) && !closed.contains(id);
    }
    [[nodiscard]] bool isForAnswerParser() const
    {
        // Refused for what follows the head, or for what the request did not ask for.
        static const QSet<QByteArray> laterRefused{"us-101-unasked"};
        return category == "upstream-response" && !answer.empty() && !laterRefused.contains(id);
    }
};

namespace detail {

inline std::string played(const QJsonArray& segments)
{
    QByteArray bytes;
    for (const QJsonValue& segment : segments) {
        const QJsonObject piece = segment.toObject();
        bytes += piece["d"].toString().toLatin1() + piece["bytewise"].toString().toLatin1() +
                 QByteArray::fromBase64(piece["b64"].toString().toLatin1());
        const QByteArray repeated = piece["rep"].toString().toLatin1();
        const bool isNumbered = repeated.contains("%d");
        for (int i = 0; !repeated.isEmpty() && i < piece["n"].toInt(); ++i) {
            bytes +=
                isNumbered ? QByteArray(repeated).replace("%d", QByteArray::number(i)) : repeated;
        }
    }
    return bytes.toStdString();
}

inline QByteArray wordFor(const QJsonObject& outcome)
{
    const QString kind = outcome["kind"].toString();
    if (kind == "reject") {
        return "refused";
    }
    if (kind == "accept") {
        return outcome["n"] == QJsonValue(0) ? "not forwarded" : "taken";
    }
    return kind == "incomplete" ? "unfinished" : kind == "truncated" ? "taken" : "";
}

inline CorpusCase toCase(const QJsonObject& object)
{
    const QJsonObject outcome = object["allow"].toArray()[0].toObject();
    const QJsonArray replies = object["replies"].toArray();
    CorpusCase corpusCase{
        .id = object["id"].toString().toLatin1(),
        .category = object["class"].toString().toLatin1(),
        .why = object["why"].toString().toUtf8(),
        .bytes = played(object["segments"].toArray()),
        .answer = played(replies.isEmpty() ? QJsonArray() : replies[0].toArray()),
        .preferred = wordFor(outcome),
        .statuses = {},
    };
    const QJsonArray responses = outcome["responses"].toArray();
    const QJsonArray statuses = responses.isEmpty() ? QJsonArray() : responses[0].toArray();
    for (const QJsonValue& status : statuses) {
        corpusCase.statuses << status.toInt();
    }
    return corpusCase;
}

} // namespace detail

inline QList<CorpusCase> readCorpus()
{
    QFile file(LAB_SOURCE_DIR "/tests/http1-corpus/cases.jsonl");
    QList<CorpusCase> cases;
    if (file.open(QIODevice::ReadOnly)) {
        while (!file.atEnd()) {
            cases << detail::toCase(QJsonDocument::fromJson(file.readLine()).object());
        }
    }
    return cases;
}

} // namespace lab::test

Q_DECLARE_METATYPE(lab::test::CorpusCase)
