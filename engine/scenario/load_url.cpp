#include "scenario/load_url.hpp"

#include "base/quoted.hpp"
#include "live/load_run.hpp"
#include "scenario/file_text.hpp"
#include "yaml/quantity.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>

namespace lab::scenario {
namespace {

constexpr double rateMax = 1e6;
constexpr Duration durationMin = std::chrono::milliseconds(100);
constexpr Duration durationMax = std::chrono::hours(1);
constexpr std::uint64_t bodyBytesMax = 16U << 20U;

Error wrong(std::string sentence)
{
    return {ErrorKind::WrongUse, std::move(sentence)};
}

/// Where a URL leads: its address with the port, and whether that is this machine.
struct Target {
    live::LoadDestination destination;
    bool isLoopback = false;
};

bool isLocalName(std::string_view host)
{
    return host == "localhost" || host.ends_with(".localhost");
}

Result<Target> targetOf(const std::string& text)
{
    const auto parsed = boost::urls::parse_uri(text);
    if (!parsed || (parsed->scheme() != "http" && parsed->scheme() != "https")) {
        return wrong(quoted(text) + " is no URL; write it as http://127.0.0.1:8080/path");
    }
    const boost::urls::url_view& url = *parsed;
    if (url.has_userinfo() || url.has_fragment()) {
        return wrong("the URL must hold neither a user name nor a fragment");
    }
    Target target;
    const std::string host = url.host();
    const bool isIpv6 = url.host_type() == boost::urls::host_type::ipv6;
    const bool isIpv4 = url.host_type() == boost::urls::host_type::ipv4;
    if (!isIpv4 && !isIpv6 && !isLocalName(host)) {
        return wrong(quoted(host) +
                     " is a name; give the server's address, and the name by --host");
    }
    target.isLoopback = isIpv6   ? url.host_ipv6_address().is_loopback()
                        : isIpv4 ? url.host_ipv4_address().is_loopback()
                                 : true;
    const bool isTls = url.scheme() == "https";
    const std::string port = url.has_port() && !url.port().empty() ? std::string(url.port())
                             : isTls                               ? "443"
                                                                   : "80";
    live::LoadDestination& to = target.destination;
    to.hasDoor = true;
    to.isTls = isTls;
    to.address = (isLocalName(host) ? "127.0.0.1" : host) + ':' + port;
    to.host = std::string(url.encoded_host_and_port());
    to.target = std::string(url.encoded_target());
    if (to.target.empty() || to.target.front() != '/') {
        to.target.insert(0, "/");
    }
    return target;
}

Result<Duration> durationOf(const char* flag, const std::string& text)
{
    const Result<Duration> duration = yaml::parseDuration(text);
    if (!duration) {
        return wrong(std::string(flag) + ' ' + text + ' ' + duration.error().message());
    }
    if (*duration < durationMin || *duration > durationMax) {
        return wrong(std::string(flag) + " must be 100ms to 1h");
    }
    return *duration;
}

Result<double> rateOf(const std::string& text)
{
    const Result<double> rate = yaml::parseRate(text);
    if (!rate) {
        return wrong("--rate " + text + ' ' + rate.error().message());
    }
    if (*rate <= 0.0 || *rate > rateMax) {
        return wrong("--rate must be above 0 and at most 1000000/s");
    }
    return *rate;
}

Result<void> checkRest(const LoadUrlOptions& options, const Target& target)
{
    constexpr std::array methods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    if (std::find(methods.begin(), methods.end(), options.method) == methods.end()) {
        return wrong("--method " + options.method +
                     " is none of GET, HEAD, POST, PUT, PATCH, "
                     "DELETE and OPTIONS");
    }
    if (options.clients < 1 || options.clients > LoadUrlOptions::clientsMax) {
        return wrong("--clients must be 1 to 250");
    }
    if (options.connections < 1 || options.connections > LoadUrlOptions::connectionsMax) {
        return wrong("--connections must be 1 to 20000");
    }
    if (options.bodyBytes > bodyBytesMax) {
        return wrong("--body must be at most 16777216 bytes");
    }
    if (!target.isLoopback && !options.allowsRemote) {
        return wrong(target.destination.address +
                     " is not on this machine; --allow-remote if the load is welcome there");
    }
    return {};
}

Result<live::LoadSpec> specOf(const LoadUrlOptions& options)
{
    Result<Target> target = targetOf(options.url);
    if (!target) {
        return target.error();
    }
    if (const Result<void> checked = checkRest(options, *target); !checked) {
        return checked.error();
    }
    const Result<double> rate = rateOf(options.rate);
    const Result<Duration> duration = durationOf("--duration", options.duration);
    const Result<Duration> timeout = durationOf("--timeout", options.timeout);
    if (!rate || !duration || !timeout) {
        return !rate ? rate.error() : !duration ? duration.error() : timeout.error();
    }
    if (!options.host.empty()) {
        target->destination.host = options.host;
    }
    live::LoadSpec spec;
    workload::Traffic& traffic = spec.traffic.emplace_back();
    traffic.name = "load";
    traffic.process =
        options.isPoisson ? workload::ArrivalProcess::Poisson : workload::ArrivalProcess::Constant;
    traffic.ratePerSecond = *rate;
    traffic.clients = options.clients;
    traffic.mix = {{options.method, options.url, "", 1.0, options.bodyBytes}};
    spec.styles = {{"load", {{std::move(target->destination)}}}};
    spec.perStyle = *duration;
    spec.slice = *duration;
    spec.warmUp = Duration::zero();
    spec.patience = *timeout;
    spec.seed = options.seed;
    spec.connectionsPerDestinationMax = options.connections;
    spec.watch = options.watch;
    return spec;
}

} // namespace

Result<report::LoadReport> loadUrl(const LoadUrlOptions& options)
{
    Result<live::LoadSpec> spec = specOf(options);
    if (!spec) {
        return spec.error();
    }
    if (!options.caFile.empty()) {
        Result<std::string> pem = readFile(options.caFile, ownBytesMax);
        if (!pem) {
            return Error(ErrorKind::Environment, options.caFile + ' ' + pem.error().message());
        }
        spec->caPem = std::move(*pem);
    }
    static const std::atomic<bool> neverStops{false};
    Result<live::LoadResult> load =
        live::runLoad(*spec, options.stop != nullptr ? *options.stop : neverStops, {});
    if (!load) {
        return load.error();
    }
    const workload::Traffic& traffic = spec->traffic.front();
    report::LoadReport report;
    report.url = options.url;
    report.method = options.method;
    report.ratePerSecond = traffic.ratePerSecond;
    report.isPoisson = options.isPoisson;
    report.duration = spec->perStyle;
    report.clients = options.clients;
    report.seed = options.seed;
    report.wasInterrupted = load->wasInterrupted;
    report.measurements = std::move(load->styles.front());
    return report;
}

} // namespace lab::scenario
