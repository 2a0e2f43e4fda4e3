#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lab::scenario {
class Serving;
}

namespace lab::desktop {

/// Who comes from outside?  The live engine with the opened scenario on loopback, for any client:
/// where it listens, how to ask it, and what its doors count.
///
/// The engine serves on threads of its own and does not know that it is watched: thirty times a
/// second its counters are read, and nothing is told for a single request.
class OutsideDesk : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("the workshop owns it")
    Q_PROPERTY(bool isServing READ isServing NOTIFY servingChanged)
    Q_PROPERTY(QString mistake READ mistake NOTIFY servingChanged)
    Q_PROPERTY(QVariantList commands READ commands NOTIFY servingChanged)
    Q_PROPERTY(QVariantList doors READ doors NOTIFY counted)

public:
    static constexpr int snapshotsPerSecond = 30;
    static constexpr std::size_t doorsMax = 40; ///< Shown; those that were asked most come first.

    explicit OutsideDesk(QObject* parent = nullptr);
    ~OutsideDesk() override;

    /// Ends what is served; what is served next. \param url  for the commands
    void setScenario(const QString& path, const QString& url);

    [[nodiscard]] bool isServing() const { return serving_ != nullptr; }
    [[nodiscard]] QString mistake() const { return mistake_; }
    /// {style, what, command}: for a shell, as they are.
    [[nodiscard]] QVariantList commands() const { return commands_; }
    /// {style, name, address, requests, perSecond, refused, failed}
    [[nodiscard]] QVariantList doors() const { return doors_; }

    /// On any free ports of loopback.
    Q_INVOKABLE void start();
    Q_INVOKABLE void stop();
    Q_INVOKABLE void copy(const QString& command) const;

signals:
    void servingChanged();
    void counted();

private:
    void snapshot();

    QString path_;
    QString url_;
    std::unique_ptr<scenario::Serving> serving_;
    QString mistake_;
    QVariantList commands_;
    QVariantList doors_;
    QTimer snapshots_;
    /// By door: its requests at the last snapshots, for a rate over a second.
    std::map<std::string, std::deque<std::uint64_t>> lately_;
};

} // namespace lab::desktop
