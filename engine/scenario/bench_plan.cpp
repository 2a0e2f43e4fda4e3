#include "scenario/bench_plan.hpp"

#include "scenario/file_text.hpp"

#include <charconv>
#include <sstream>
#include <utility>

namespace lab::scenario {
namespace {

constexpr std::size_t tsvBytesMax = manifestBytesMax;
constexpr std::size_t pemBytesMax = 1U << 20U;

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == text.npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

template <typename Number>
std::optional<Number> numberIn(std::string_view text)
{
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

Error wrongVariable(std::string_view name, std::string_view wanted)
{
    return {ErrorKind::WrongUse,
            "the environment variable " + std::string(name) + " must be " + std::string(wanted)};
}

Result<std::optional<std::uint16_t>> portIn(const Environment& environment, std::string_view name)
{
    const auto text = environment(name);
    if (!text || text->empty()) {
        return std::optional<std::uint16_t>();
    }
    const auto port = numberIn<std::uint16_t>(*text);
    if (!port) {
        return wrongVariable(name, "a port");
    }
    return port;
}

/// One line of a TSV file, by its columns.
struct TsvLine {
    std::size_t number = 0;
    std::vector<std::string_view> columns;
};

/// Fills a plan; upstreams and certificates that are the same are made once.
class PlanMaker {
public:
    UpstreamId upstreamTo(const std::string& name, const std::vector<std::string>& addresses)
    {
        const auto known = upstreams_.find(name);
        if (known != upstreams_.end()) {
            return known->second;
        }
        plan::Upstream upstream;
        upstream.nameSpace = "bench";
        upstream.service = name;
        for (const std::string& address : addresses) {
            upstream.endpoints.emplace_back(made.plan.endpoints.size());
            plan::Endpoint endpoint;
            endpoint.name = address;
            endpoint.address = address;
            made.plan.endpoints.push_back(std::move(endpoint));
        }
        const UpstreamId id(made.plan.upstreams.size());
        made.plan.upstreams.push_back(std::move(upstream));
        upstreams_.emplace(name, id);
        return id;
    }

    Result<CertificateId> certificate(const std::string& certificateFile,
                                      const std::string& keyFile)
    {
        auto chain = readFile(certificateFile, pemBytesMax);
        if (!chain) {
            return Error(ErrorKind::Environment, certificateFile + ' ' + chain.error().message());
        }
        auto key = readFile(keyFile, pemBytesMax);
        if (!key) {
            return Error(ErrorKind::Environment, keyFile + ' ' + key.error().message());
        }
        plan::PlannedCertificate planned;
        planned.name = certificateFile;
        planned.source = plan::PlannedCertificate::Source::Secret;
        planned.pem = std::make_shared<const plan::PemPair>(
            plan::PemPair{std::move(*chain), std::move(*key)});
        const CertificateId id(made.plan.certificates.size());
        made.plan.certificates.push_back(std::move(planned));
        return id;
    }

    static plan::Door door(std::string name, bool isTls)
    {
        plan::Door door;
        door.name = std::move(name);
        door.mode = plan::DoorMode::Http;
        door.ports.push_back({isTls ? 443 : 80, isTls, {}});
        return door;
    }

    static void addRoute(plan::Door& door,
                         std::vector<routing::RouteRule>& rules,
                         std::string host,
                         std::string path,
                         UpstreamId upstream)
    {
        plan::Route route;
        route.name = host + path;
        route.host = host;
        route.path = path;
        route.upstream = upstream;
        rules.push_back({std::move(host),
                         routing::PathKind::Prefix,
                         std::move(path),
                         RouteId(door.routes.size()),
                         false});
        door.routes.push_back(std::move(route));
    }

    void add(plan::Door door, std::vector<routing::RouteRule> rules, std::string address)
    {
        door.table = routing::RouteTable(std::move(rules));
        made.addresses.emplace(door.name, std::move(address));
        made.plan.doors.push_back(std::move(door));
    }

    BenchPlan made;

private:
    std::map<std::string, UpstreamId> upstreams_;
};

/// Calls `take` for every line; a line without exactly that many columns is a finding.
template <typename Take>
Result<void> readTsv(const std::string& file, std::size_t columns, const Take& take)
{
    const auto text = readFile(file, tsvBytesMax);
    if (!text) {
        return Error(ErrorKind::Environment, file + ' ' + text.error().message());
    }
    const auto name = std::make_shared<const std::string>(file);
    Findings findings;
    std::size_t number = 0;
    for (const std::string_view line : split(*text, '\n')) {
        ++number;
        if (line.empty()) {
            continue;
        }
        const TsvLine parts{number, split(line, '\t')};
        if (parts.columns.size() != columns) {
            findings.push_back({Severity::Unreadable,
                                "bench-line",
                                Place{name, static_cast<std::uint32_t>(number), 1},
                                "the line has " + std::to_string(parts.columns.size()) +
                                    " columns, not " + std::to_string(columns),
                                "separate the columns by one tab each"});
            continue;
        }
        if (Result<void> taken = take(parts); !taken) {
            return taken;
        }
    }
    return findings.empty() ? Result<void>() : Result<void>(Error(std::move(findings)));
}

Result<void> addLoadBalancers(PlanMaker& maker, const std::string& file)
{
    return readTsv(file, 5, [&](const TsvLine& line) -> Result<void> {
        const std::string address =
            std::string(line.columns[0]) + ':' + std::string(line.columns[1]);
        const auto certificate =
            maker.certificate(std::string(line.columns[2]), std::string(line.columns[3]));
        if (!certificate) {
            return certificate.error();
        }
        const std::string backend(line.columns[4]);
        plan::Door door = PlanMaker::door("lb-" + std::to_string(line.number), true);
        door.defaultCertificate = *certificate;
        std::vector<routing::RouteRule> rules;
        PlanMaker::addRoute(door, rules, "", "/", maker.upstreamTo(door.name, {backend}));
        maker.add(std::move(door), std::move(rules), address);
        return {};
    });
}

Result<void> addDoor(PlanMaker& maker, const BenchContract& contract)
{
    plan::Door door = PlanMaker::door("door", contract.isTls);
    if (contract.isTls) {
        const auto certificate = maker.certificate(contract.certificateFile, contract.keyFile);
        if (!certificate) {
            return certificate.error();
        }
        door.defaultCertificate = *certificate;
    }
    if (contract.ratePerSecond) {
        door.limit = limiting::BucketPolicy{*contract.ratePerSecond, contract.burst};
    }
    std::vector<routing::RouteRule> rules;
    if (contract.routesFile.empty()) {
        PlanMaker::addRoute(door, rules, "", "/", maker.upstreamTo("all", contract.backends));
    } else {
        const auto read = readTsv(contract.routesFile, 3, [&](const TsvLine& line) -> Result<void> {
            const std::string host(line.columns[0]);
            const std::string path(line.columns[1]);
            const std::string backend(line.columns[2]);
            const UpstreamId upstream = maker.upstreamTo(host + path, {backend});
            PlanMaker::addRoute(door, rules, host, path, upstream);
            return {};
        });
        if (!read) {
            return read;
        }
    }
    maker.add(std::move(door), std::move(rules), "127.0.0.1:" + std::to_string(contract.port));
    return {};
}

} // namespace

Result<BenchContract> readBenchContract(const Environment& environment)
{
    BenchContract contract;
    const auto text = [&](std::string_view name) { return environment(name).value_or(""); };
    const auto port = portIn(environment, "PORT");
    const auto admin = portIn(environment, "ADMIN_PORT");
    if (!port || !admin) {
        return port ? admin.error() : port.error();
    }
    contract.adminPort = *admin;
    contract.loadBalancersFile = text("LBS_TSV");
    if (!*port && contract.loadBalancersFile.empty()) {
        return wrongVariable("PORT", "set, to the port to listen on");
    }
    contract.port = port->value_or(0);
    contract.isTls = text("TLS") == "1";
    contract.certificateFile = text("CERT");
    contract.keyFile = text("KEY");
    if (contract.isTls && (contract.certificateFile.empty() || contract.keyFile.empty())) {
        return wrongVariable("CERT", "set, and KEY too, where TLS is 1");
    }
    contract.routesFile = text("ROUTES_TSV");
    const std::string ports = environment("BACKEND_PORTS").value_or(text("BACKEND_PORT"));
    for (const std::string_view backend : split(ports, ',')) {
        if (numberIn<std::uint16_t>(backend)) {
            contract.backends.push_back("127.0.0.1:" + std::string(backend));
        } else if (!backend.empty()) {
            return wrongVariable("BACKEND_PORTS", "ports with commas between them");
        }
    }
    if (const std::string rate = text("RATE"); !rate.empty()) {
        contract.ratePerSecond = numberIn<double>(rate);
        const auto burst = numberIn<double>(environment("BURST").value_or("1"));
        if (!contract.ratePerSecond || *contract.ratePerSecond <= 0 || !burst || *burst < 1) {
            return wrongVariable("RATE", "a number above 0, and BURST one of at least 1");
        }
        contract.burst = *burst;
    }
    if (contract.backends.empty() && contract.routesFile.empty() &&
        contract.loadBalancersFile.empty()) {
        return wrongVariable("BACKEND_PORT", "set, to where requests go");
    }
    return contract;
}

Result<BenchPlan> makeBenchPlan(const BenchContract& contract)
{
    PlanMaker maker;
    maker.made.plan.style = plan::Style::PerService;
    const Result<void> added = contract.loadBalancersFile.empty()
                                   ? addDoor(maker, contract)
                                   : addLoadBalancers(maker, contract.loadBalancersFile);
    if (!added) {
        return added.error();
    }
    maker.made.plan.shrinkToFit();
    return std::move(maker.made);
}

} // namespace lab::scenario
