#pragma once

#include <QAbstractListModel>
#include <QString>
#include <QtQml/qqmlregistration.h>

#include "desktop/player.hpp"

#include <vector>

namespace lab::desktop {

/// One question, and what each style answers at the moment that is shown.
struct ScoreCell {
    QString name;
    QString icon;
    QString perService;
    QString ingress;
    QString unit;
    QString better; ///< "per-service", "ingress", or empty: neither, or it is no contest.
    QString origin; ///< "counted", "priced (2026-11-23)", "simulated, seed 7"
    QString how;    ///< How both numbers come about.

    friend bool operator==(const ScoreCell&, const ScoreCell&) = default;
};

/// What do both styles come to?  Every number as the reports of the command line compute it.
[[nodiscard]] std::vector<ScoreCell> scoresOf(const Player& player);

/// The scores for QML: rows never come or go while a scenario is open.
class Scoreboard : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("the workshop owns it")

public:
    using QAbstractListModel::QAbstractListModel;

    void update(std::vector<ScoreCell> cells);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<ScoreCell> cells_;
};

} // namespace lab::desktop
