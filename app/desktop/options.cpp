#include "desktop/options.hpp"

#include <functional>

namespace lab::desktop {
namespace {

/// "10s", "1.5s", "250ms", "2m" or plain seconds.
std::optional<double> secondsOf(QString text)
{
    double unit = 1;
    if (text.endsWith("ms")) {
        unit = 0.001;
        text.chop(2);
    } else if (text.endsWith('s')) {
        text.chop(1);
    } else if (text.endsWith('m')) {
        unit = 60;
        text.chop(1);
    }
    bool isNumber = false;
    const double value = text.toDouble(&isNumber) * unit;
    return isNumber && value >= 0 && value <= 86'400 ? std::optional(value) : std::nullopt;
}

std::optional<QSize> sizeOf(const QString& text)
{
    const QStringList sides = text.split('x');
    if (sides.size() != 2) {
        return std::nullopt;
    }
    const QSize size(sides[0].toInt(), sides[1].toInt());
    const bool isUsable = size.width() >= 640 && size.height() >= 480 &&
                          size.width() <= Options::sideMax && size.height() <= Options::sideMax;
    return isUsable ? std::optional(size) : std::nullopt;
}

/// Takes one flag's value into the options. \return what is wrong with it
QString take(const QString& flag, const QString& value, Options& options)
{
    if (flag == "--screenshot") {
        options.screenshot = value;
    } else if (flag == "--open") {
        options.scenario = value;
    } else if (flag == "--at") {
        const auto seconds = secondsOf(value);
        if (!seconds) {
            return "--at takes a moment such as 10s or 250ms, not \"" + value + '"';
        }
        options.at = *seconds;
    } else if (flag == "--page") {
        if (!pageNames().contains(value)) {
            return "there is no page \"" + value + "\"; there are " + pageNames().join(", ");
        }
        options.page = value;
    } else if (flag == "--theme") {
        if (value != "dark" && value != "light") {
            return "--theme takes dark or light, not \"" + value + '"';
        }
        options.isDark = value == "dark";
    } else if (flag == "--size") {
        const auto size = sizeOf(value);
        if (!size) {
            return "--size takes a size from 640x480 to 8192x8192, not \"" + value + '"';
        }
        options.size = *size;
    } else if (flag == "--scale") {
        options.scale = value.toDouble();
        if (!(options.scale >= 0.5 && options.scale <= 4)) {
            return "--scale takes a number from 0.5 to 4, not \"" + value + '"';
        }
    } else {
        return "there is no " + flag + "; ingresslab-desktop --help lists what there is";
    }
    return {};
}

} // namespace

const QStringList& pageNames()
{
    static const QStringList names{"scenarios", "lesson", "explain", "service", "outside"};
    return names;
}

ReadOptions readOptions(const QStringList& arguments)
{
    ReadOptions read;
    for (qsizetype i = 0; i < arguments.size() && read.mistake.isEmpty(); ++i) {
        QString flag = arguments[i];
        if (flag == "-h" || flag == "--help") {
            read.asksHelp = true;
        } else if (flag == "--version") {
            read.asksVersion = true;
        } else if (flag == "--measure-start") {
            read.options.measuresStart = true;
        } else if (!flag.startsWith("--")) {
            if (!read.options.scenario.isEmpty()) {
                read.mistake = "one scenario at a time: \"" + flag + "\" is one too many";
            }
            read.options.scenario = flag;
        } else {
            const qsizetype equals = flag.indexOf('=');
            QString value = equals < 0 ? arguments.value(i + 1) : flag.mid(equals + 1);
            flag = equals < 0 ? flag : flag.left(equals);
            if (equals < 0 && ++i >= arguments.size()) {
                read.mistake = flag + " needs a value, or does not exist; see --help";
            } else {
                read.mistake = take(flag, value, read.options);
            }
        }
    }
    return read;
}

QString helpText()
{
    return QStringLiteral(
               "Both front doors side by side: see it, predict it, break it, understand it.\n"
               "\n"
               "  ingresslab-desktop                            the window\n"
               "  ingresslab-desktop scenarios/twelve-doors     … with that scenario\n"
               "  ingresslab-desktop --screenshot shop.png --open scenarios/two-doors --at 12s\n"
               "\n"
               "  --open SCENARIO      a scenario's file or folder\n"
               "  --screenshot FILE    draw one picture, the same on every machine, and end; no "
               "display\n"
               "                       is needed\n"
               "  --at 10s             the moment that the picture shows\n"
               "  --page NAME          what is open beside the stage: %1\n"
               "  --theme dark|light   default: as the system says; of a picture, dark\n"
               "  --size 1440x900      of the window or the picture, logical pixels\n"
               "  --scale 2            device pixels a logical one, 0.5 to 4; of a picture\n"
               "  --measure-start      say how long the first frame took, and end\n"
               "  --help, --version\n")
        .arg(pageNames().join(", "));
}

} // namespace lab::desktop
