#include "support/test_main.hpp"

#include "desktop/theme.hpp"

#include <array>
#include <cmath>

using namespace lab::desktop;

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

std::array<double, 3> linearOf(QColor colour)
{
    return {linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())};
}

double luminance(QColor colour)
{
    const auto c = linearOf(colour);
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
}

/// https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
double contrast(QColor a, QColor b)
{
    const double la = luminance(a) + 0.05;
    const double lb = luminance(b) + 0.05;
    return la > lb ? la / lb : lb / la;
}

/// Machado, Oliveira, Fernandes 2009, severity 1: protanopia, deuteranopia, tritanopia.
constexpr double sights[3][9] = {
    {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
    {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
    {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
};

std::array<double, 3> labOf(const std::array<double, 3>& rgb)
{
    const double xyz[3] = {(0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047,
                           0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2],
                           (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883};
    double f[3];
    for (int i = 0; i < 3; ++i) {
        const double t = std::max(xyz[i], 0.0);
        f[i] = t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116;
    }
    return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

double distance(QColor a, QColor b, const double* sight)
{
    std::array<double, 3> seen[2];
    const std::array<double, 3> rgb[2] = {linearOf(a), linearOf(b)};
    for (int k = 0; k < 2; ++k) {
        for (std::size_t i = 0; i < 3; ++i) {
            seen[k][i] = sight[3 * i] * rgb[k][0] + sight[3 * i + 1] * rgb[k][1] +
                         sight[3 * i + 2] * rgb[k][2];
        }
        seen[k] = labOf(seen[k]);
    }
    return std::sqrt(std::pow(seen[0][0] - seen[1][0], 2) + std::pow(seen[0][1] - seen[1][1], 2) +
                     std::pow(seen[0][2] - seen[1][2], 2));
}

} // namespace

/// Texts can be read, and the colour-blind tell the requests apart.
class ThemeTest : public QObject {
    Q_OBJECT

private slots:
    void textsHaveContrast()
    {
        Theme theme;
        for (const bool isDark : {true, false}) {
            theme.setDark(isDark);
            for (const QColor& ground : {theme.panel(), theme.card(), theme.canvas()}) {
                QVERIFY(contrast(theme.text(), ground) >= 7);
                QVERIFY(contrast(theme.muted(), ground) >= 4.5);
                QVERIFY(contrast(theme.faint(), ground) >= 4.5);
                QVERIFY(contrast(theme.perService(), ground) >= 4.5);
                QVERIFY(contrast(theme.ingress(), ground) >= 4.5);
            }
            QVERIFY(contrast(theme.onAction(), theme.ingress()) >= 4.5);
        }
    }

    void requestColoursStayApartForTheColourBlind()
    {
        Theme theme;
        for (const bool isDark : {true, false}) {
            theme.setDark(isDark);
            const QColor colours[] = {
                theme.served(), theme.slow(), theme.refused(), theme.failed()};
            for (const auto& sight : sights) {
                for (int i = 0; i < 4; ++i) {
                    for (int k = i + 1; k < 4; ++k) {
                        QVERIFY2(distance(colours[i], colours[k], sight) >= 20,
                                 qPrintable(colours[i].name() + ' ' + colours[k].name()));
                    }
                }
                QVERIFY(distance(theme.perService(), theme.ingress(), sight) >= 60);
            }
        }
    }

    void anotherThemeIsTold()
    {
        Theme theme;
        int changes = 0;
        connect(&theme, &Theme::changed, &theme, [&] { ++changes; });
        theme.setDark(false);
        theme.setDark(false);
        QCOMPARE(changes, 1);
        QCOMPARE(faded(QColor(Qt::red), 0.5).alpha(), 128);
    }
};

LAB_TEST(ThemeTest)
#include "tst_theme.moc"
