#include "explain/presented_certificate.hpp"

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

const plan::NamedCertificate* named(const plan::Door& door, std::string_view host)
{
    const auto found = std::find_if(door.certificates.begin(),
                                    door.certificates.end(),
                                    [&](const auto& each) { return each.host == host; });
    return found == door.certificates.end() ? nullptr : &*found;
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
    CertificateId id = door.defaultCertificate;
    std::string because =
        "no certificate is named " + std::string(host) + " or its wildcard: the door's default one";
    if (const auto* exact = named(door, host)) {
        id = exact->certificate;
        because = "the name " + exact->host + " exactly";
    } else if (const auto* wild = named(door, wildcardOf(host))) {
        id = wild->certificate;
        because = "the wildcard " + wild->host;
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
