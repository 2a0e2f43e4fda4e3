#include <QFile>
#include <QGuiApplication>
#include <QQuickItem>
#include <QTemporaryDir>

#include "desktop/application.hpp"
#include "desktop/stage_view.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace lab::desktop;

namespace {

constexpr int services = 200;
constexpr int frames = 300;

/// A shop of so many Services behind one Ingress.
void writeShop(const QString& folder)
{
    QFile scenario(folder + "/scenario.yaml");
    QFile manifests(folder + "/shop.yaml");
    if (!scenario.open(QIODevice::WriteOnly) || !manifests.open(QIODevice::WriteOnly)) {
        qFatal("cannot write into %s", qPrintable(folder));
    }
    // 3,000 requests a second with a dot each: 10,000 dots, both sides together.
    scenario.write("apiVersion: ingresslab.dev/v1\nkind: Scenario\nmetadata: {name: many}\n"
                   "spec:\n  title: Two hundred Services\n  manifests: [shop.yaml]\n"
                   "  styles: {per-service: {door: http}}\n  seed: 7\n  duration: 60s\n"
                   "  clock: virtual\n  traffic:\n    - name: all\n      clients: 50\n"
                   "      arrivals: {poisson: 3000/s}\n      mix:\n");
    QByteArray rules;
    for (int i = 0; i < services; ++i) {
        const QByteArray name = "s" + QByteArray::number(i);
        scenario.write("        - {get: \"https://shop.example.com/" + name + "\"}\n");
        rules += "      - {path: /" + name +
                 ", pathType: Prefix, backend: {service: {name: " + name +
                 ", port: {number: 80}}}}\n";
        manifests.write("apiVersion: v1\nkind: Service\nmetadata: {name: " + name +
                        "}\nspec: {selector: {app: shop}, ports: [{port: 80}]}\n---\n");
    }
    manifests.write(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\n"
        "spec: {replicas: 2, selector: {matchLabels: {app: shop}}, template: {metadata: "
        "{labels: {app: shop}}, spec: {containers: [{name: shop, image: shop}]}}}\n---\n"
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop}\n"
        "spec:\n  ingressClassName: nginx\n  tls: [{hosts: [shop.example.com]}]\n"
        "  rules:\n  - host: shop.example.com\n    http:\n      paths:\n" +
        rules);
}

double cpuMs()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

int dotsOf(QQuickItem* parent)
{
    int dots = 0;
    for (QQuickItem* child : parent->childItems()) {
        const auto* stage = qobject_cast<StageView*>(child);
        dots += stage != nullptr ? stage->dotCount() : dotsOf(child);
    }
    return dots;
}

} // namespace

/// How much work is a frame?  200 Services and 10,000 dots at 1440×900, drawn by the software
/// renderer to nobody.
int main(int argc, char** argv)
{
    const QTemporaryDir folder;
    writeShop(folder.path());
    Options options;
    options.screenshot = "none";
    options.scenario = folder.path();
    prepareProcess(options);
    const QGuiApplication gui(argc, argv);
    Application application(options);
    if (application.window() == nullptr || !application.openScenario()) {
        std::fprintf(stderr, "%s\n", qPrintable(application.workshop().problem()));
        return 1;
    }
    Workshop& workshop = application.workshop();
    workshop.showAtMost(1e9); // a dot a request
    (void)application.picture();
    int swapped = 0;
    QObject::connect(application.window(), &QQuickWindow::frameSwapped, [&] { ++swapped; });
    std::vector<double> costs;
    for (int i = 0; i < frames; ++i) {
        const double before = cpuMs();
        const int earlier = swapped;
        workshop.frame(1.0 / 60);
        while (swapped == earlier) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        costs.push_back(cpuMs() - before);
    }
    std::ranges::sort(costs);
    std::printf("desktop frame, %d Services, %d dots: median %.1f ms CPU, p99 %.1f ms\n",
                services,
                dotsOf(application.window()->contentItem()),
                costs[frames / 2],
                costs[frames * 99 / 100]);
    return 0;
}
