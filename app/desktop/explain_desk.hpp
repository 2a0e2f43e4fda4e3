#pragma once

#include <QObject>
#include <QString>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace lab::desktop {

/// Which rule takes this request, and why not the others?  Both styles' answers to one URL,
/// without traffic.
///
/// Asked of the code that serves: nothing is told again here.
class ExplainDesk : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("the workshop owns it")
    Q_PROPERTY(QString url READ url WRITE setUrl NOTIFY asked)
    Q_PROPERTY(QString method READ method WRITE setMethod NOTIFY asked)
    Q_PROPERTY(QString mistake READ mistake NOTIFY answered)
    Q_PROPERTY(QVariantList answers READ answers NOTIFY answered)
    Q_PROPERTY(QString curl READ curl NOTIFY asked)

public:
    using QObject::QObject;

    /// What is asked about from now on: a scenario's file or folder, and a URL of its mix.
    void setScenario(const QString& path, const QString& firstUrl);

    [[nodiscard]] QString url() const { return url_; }
    void setUrl(const QString& url);
    [[nodiscard]] QString method() const { return method_; }
    void setMethod(const QString& method);
    /// Why there is no answer: what is wrong with the URL. Empty: nothing.
    [[nodiscard]] QString mistake() const { return mistake_; }
    /// Per-service, then ingress: {style, verdict, isServed, decidedBy, place, steps: [{phase,
    /// text, hasAnswered}], candidates: [{match, service, place, hasWon, because}], certificate,
    /// limits: [{name, amount, state}], endpoint}.
    [[nodiscard]] QVariantList answers() const { return answers_; }
    /// The same request for a shell.
    [[nodiscard]] QString curl() const;

    Q_INVOKABLE void ask();
    Q_INVOKABLE void copyCurl() const;

signals:
    void asked();
    void answered();

private:
    QString path_;
    QString url_;
    QString method_ = QStringLiteral("GET");
    QString mistake_;
    QVariantList answers_;
};

} // namespace lab::desktop
