#pragma once

#include <QObject>
#include <QString>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "desktop/player.hpp"

namespace lab::desktop {

/// How is the selected Service?  Its requests on both sides, its pods, and what may be done to
/// them.
class ServiceDesk : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("the workshop owns it")
    Q_PROPERTY(bool isChosen READ isChosen NOTIFY changed)
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QVariantList rows READ rows NOTIFY changed)
    Q_PROPERTY(QString pods READ pods NOTIFY changed)
    Q_PROPERTY(bool isIll READ isIll NOTIFY changed)

public:
    using QObject::QObject;

    /// \param service  its row; below 0: none
    void show(const Player* player, int service);

    [[nodiscard]] bool isChosen() const { return !name_.isEmpty(); }
    [[nodiscard]] QString name() const { return name_; }
    /// {what, perService, ingress}, of the last second.
    [[nodiscard]] QVariantList rows() const { return rows_; }
    /// "2 pods, the first killed"
    [[nodiscard]] QString pods() const { return pods_; }
    [[nodiscard]] bool isIll() const { return isIll_; }

signals:
    void changed();

private:
    QString name_;
    QVariantList rows_;
    QString pods_;
    bool isIll_ = false;
};

/// "kill", "hang", "slow", "error", "refuse", "revive" as what is done to pods; nothing for
/// another word.
[[nodiscard]] std::optional<simulation::PodFault> faultNamed(const QString& name);

} // namespace lab::desktop
