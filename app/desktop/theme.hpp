#pragma once

#include <QColor>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace lab::desktop {

/// Which colours does everything have?  The design tokens, dark or light, for QML and painters.
///
/// Contrasts on a card are at least 4.5 for texts; the four request colours stay apart for the
/// colour-blind (and each has a shape of its own besides).
class Theme : public QObject {
    Q_OBJECT
    QML_NAMED_ELEMENT(LabTheme)
    QML_UNCREATABLE("the workshop owns it")
    Q_PROPERTY(bool isDark READ isDark WRITE setDark NOTIFY changed)
    Q_PROPERTY(QColor window READ window NOTIFY changed)
    Q_PROPERTY(QColor panel READ panel NOTIFY changed)
    Q_PROPERTY(QColor card READ card NOTIFY changed)
    Q_PROPERTY(QColor raised READ raised NOTIFY changed)
    Q_PROPERTY(QColor canvas READ canvas NOTIFY changed)
    Q_PROPERTY(QColor border READ border NOTIFY changed)
    Q_PROPERTY(QColor strongBorder READ strongBorder NOTIFY changed)
    Q_PROPERTY(QColor text READ text NOTIFY changed)
    Q_PROPERTY(QColor muted READ muted NOTIFY changed)
    Q_PROPERTY(QColor faint READ faint NOTIFY changed)
    Q_PROPERTY(QColor perService READ perService NOTIFY changed)
    Q_PROPERTY(QColor ingress READ ingress NOTIFY changed)
    Q_PROPERTY(QColor served READ served NOTIFY changed)
    Q_PROPERTY(QColor slow READ slow NOTIFY changed)
    Q_PROPERTY(QColor refused READ refused NOTIFY changed)
    Q_PROPERTY(QColor failed READ failed NOTIFY changed)
    Q_PROPERTY(QColor onAction READ onAction NOTIFY changed)

public:
    using QObject::QObject;

    [[nodiscard]] bool isDark() const { return isDark_; }
    void setDark(bool isDark);

    [[nodiscard]] QColor window() const { return pick(0x0B0E13, 0xF4F6F9); }
    [[nodiscard]] QColor panel() const { return pick(0x10141B, 0xFFFFFF); }
    [[nodiscard]] QColor card() const { return pick(0x161C26, 0xFFFFFF); }
    [[nodiscard]] QColor raised() const { return pick(0x1E2633, 0xEEF1F5); }
    [[nodiscard]] QColor canvas() const { return pick(0x0E1218, 0xFBFCFD); }
    [[nodiscard]] QColor node() const { return pick(0x1A212C, 0xF1F4F8); }
    [[nodiscard]] QColor border() const { return pick(0x212A37, 0xE2E7EE); }
    [[nodiscard]] QColor strongBorder() const { return pick(0x334155, 0xC5CEDA); }
    [[nodiscard]] QColor text() const { return pick(0xE8EDF4, 0x111827); }
    [[nodiscard]] QColor muted() const { return pick(0xA3B0C2, 0x4A5768); }
    [[nodiscard]] QColor faint() const { return pick(0x7F8DA1, 0x667386); }
    [[nodiscard]] QColor edge() const { return pick(0x7F93B5, 0x7488A8); }
    [[nodiscard]] QColor gridDot() const;
    [[nodiscard]] QColor perService() const { return pick(0xF2A93B, 0xAB5A05); }
    [[nodiscard]] QColor ingress() const { return pick(0x5AA9FF, 0x1565D8); }
    [[nodiscard]] QColor served() const { return pick(0x3CCBA4, 0x0B8F6E); }
    [[nodiscard]] QColor slow() const { return pick(0xF0E27A, 0xB58900); }
    [[nodiscard]] QColor refused() const { return pick(0xC77DFF, 0xA21CAF); }
    [[nodiscard]] QColor failed() const { return pick(0xF2555A, 0x9B1C1C); }
    /// Text on a button in the action colour.
    [[nodiscard]] QColor onAction() const { return pick(0x0B0E13, 0xFFFFFF); }

signals:
    void changed();

private:
    [[nodiscard]] QColor pick(QRgb dark, QRgb light) const
    {
        return QColor(isDark_ ? dark : light);
    }

    bool isDark_ = true;
};

/// The same colour, so much of it.
[[nodiscard]] QColor faded(QColor colour, double opacity);

} // namespace lab::desktop
