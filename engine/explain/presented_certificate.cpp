#include "explain/presented_certificate.hpp"

#include "routing/server_name.hpp"

#include <algorithm>

namespace lab::explain {
namespace {

std::string_view toText(plan::PlannedCertificate::Source source)
{
    switch (source) {
    case plan::PlannedCertificate::Source::Secret:
        return "secret";
    case plan::PlannedCertificate::Source::LabIssued:
        return "lab CA";
    case plan::PlannedCertificate::Source::SelfSigned:
        return "self-signed";
    }
    return "";
}

/// "shop.lab" → "*.shop.lab" of "cart.shop.lab"; empty for a host of one label.
std::string wildcardOf(std::string_view host)
{
    const std::size_t dot = host.find('.');
    return dot == std::string_view::npos ? std::string() : '*' + std::string(host.substr(dot));
}

bool covers(const std::vector<std::string>& names, std::string_view host)
{
    const std::string wildcard = wildcardOf(host);
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return name == host || (!wildcard.empty() && name == wildcard);
    });
}

} // namespace

std::optional<PresentedCertificate>
presentedCertificate(const plan::Door& door, const plan::FrontDoorPlan& plan, std::string_view host)
{
    const std::string name(host);
    const auto [named, match] = routing::findByServerName(name, [&](const std::string& wanted) {
        const auto found = std::find_if(door.certificates.begin(),
                                        door.certificates.end(),
                                        [&](const auto& each) { return each.host == wanted; });
        return found == door.certificates.end() ? nullptr : &*found;
    });
    CertificateId id = door.defaultCertificate;
    std::string because =
        "no certificate is named " + name + " or its wildcard: the door's default one";
    if (match != routing::NameMatch::None) {
        id = named->certificate;
        because = match == routing::NameMatch::Exact ? "the name " + named->host + " exactly"
                                                     : "the wildcard " + named->host;
    }
    if (!id.isValid()) {
        return std::nullopt;
    }
    const plan::PlannedCertificate& certificate = plan.certificates[id.index()];
    PresentedCertificate presented;
    presented.name = certificate.name;
    presented.source = toText(certificate.source);
    presented.because = std::move(because);
    presented.dnsNames = certificate.dnsNames;
    if (!certificate.mustBeRenewed()) {
        presented.warning = "clients distrust it";
    } else if (!covers(certificate.dnsNames, host)) {
        presented.warning = "it does not cover " + std::string(host) + ": clients refuse it";
    }
    return presented;
}

} // namespace lab::explain
