#include "plan/host_certificates.hpp"

#include "base/quoted.hpp"

#include <algorithm>
#include <cctype>

namespace lab::plan {
namespace {

/// As Let's Encrypt has it; and TLS clients refuse a certificate with thousands of names.
constexpr std::size_t hostsPerCertificate = 100;

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return text;
}

bool nameCovers(std::string_view name, std::string_view host)
{
    if (name == host) {
        return !host.empty();
    }
    const std::size_t dot = host.find('.');
    return name.starts_with("*.") && dot != std::string_view::npos && dot > 0 &&
           name.substr(1) == host.substr(dot);
}

bool coversByAlternativeName(const SecretCertificate& certificate, std::string_view host)
{
    return std::any_of(certificate.dnsNames.begin(),
                       certificate.dnsNames.end(),
                       [&](const std::string& name) { return nameCovers(name, host); });
}

bool names(const model::Ingress& ingress, const std::string& host)
{
    return std::any_of(ingress.rules.begin(), ingress.rules.end(), [&](const auto& rule) {
        return lowerCase(rule.host) == host;
    });
}

/// Has the Ingress annotations that make further names, one of which this may be?
bool isFurtherName(const model::Ingress& ingress, const std::string& host)
{
    const auto* alias = ingress.meta.annotation("nginx.ingress.kubernetes.io/server-alias");
    if (alias != nullptr && alias->value.find(host) != std::string::npos) {
        return true;
    }
    const std::string other = host.starts_with("www.") ? host.substr(4) : "www." + host;
    return ingress.meta.annotation("nginx.ingress.kubernetes.io/from-to-www-redirect") != nullptr &&
           names(ingress, other);
}

} // namespace

bool covers(const SecretCertificate& certificate, std::string_view host)
{
    return coversByAlternativeName(certificate, host) ||
           nameCovers(lowerCase(certificate.commonName), host);
}

HostCertificates::HostCertificates(const model::Cluster& cluster,
                                   const PlanOptions& options,
                                   FrontDoorPlan& plan,
                                   Findings& findings)
    : cluster_(&cluster)
    , options_(&options)
    , plan_(&plan)
    , findings_(&findings)
{
}

void HostCertificates::assign(const SelectedIngresses& selected,
                              const std::vector<ServedHost>& hosts,
                              Door& door)
{
    door.defaultCertificate = controllerDefault();
    reportUnruledHosts(selected);
    std::vector<std::pair<std::string, bool>> labHosts; // with: an Ingress asks for TLS
    for (const ServedHost& served : hosts) {
        if (served.host.empty()) {
            continue;
        }
        const Choice choice = choose(selected.ingresses, served.host);
        if (choice.kind == Choice::Kind::Secret) {
            door.certificates.push_back({served.host, ofSecret(choice.secret), true});
        } else if (options_->issuesLabCertificates) {
            labHosts.emplace_back(served.host, choice.kind == Choice::Kind::Default);
        } else if (choice.kind == Choice::Kind::Default) {
            door.certificates.push_back({served.host, door.defaultCertificate, true});
        }
    }
    if (labHosts.empty()) {
        return;
    }
    const CertificateId first(plan_->certificates.size());
    for (std::size_t i = 0; i < labHosts.size(); ++i) {
        const auto& [host, isByTlsSection] = labHosts[i];
        if (i % hostsPerCertificate == 0) {
            PlannedCertificate planned;
            planned.name = "lab:ingress";
            planned.name += i == 0 ? "" : '-' + std::to_string(i / hostsPerCertificate + 1);
            plan_->certificates.push_back(std::move(planned));
        }
        PlannedCertificate& issued = plan_->certificates.back();
        issued.dnsNames.push_back(host);
        issued.dnsNames.push_back(host + ".localhost");
        door.certificates.push_back(
            {host, CertificateId(plan_->certificates.size() - 1), isByTlsSection});
    }
    door.defaultCertificate = first;
}

/// A tls entry's host that no rule of its Ingress names, nor one below its wildcard.
void HostCertificates::reportUnruledHosts(const SelectedIngresses& selected)
{
    for (const model::Ingress* ingress : selected.ingresses) {
        for (const model::IngressTls& tls : ingress->tls) {
            for (const std::string& host : tls.hosts) {
                const bool isRuled = std::any_of(
                    ingress->rules.begin(), ingress->rules.end(), [&](const auto& rule) {
                        return nameCovers(lowerCase(host), lowerCase(rule.host));
                    });
                const bool isFurther = std::any_of(
                    selected.ingresses.begin(), selected.ingresses.end(), [&](const auto* one) {
                        return isFurtherName(*one, lowerCase(host));
                    });
                if (!isRuled && !isFurther) {
                    report("tls-host-without-rule",
                           tls.place,
                           "no rule of ingress " + quoted(ingress->meta.fullName()) +
                               " names the tls host " + host +
                               ": no certificate is presented for "
                               "it on its account",
                           "add a rule for the host, or remove it from tls");
                }
            }
        }
    }
}

HostCertificates::Choice
HostCertificates::choose(const std::vector<const model::Ingress*>& ingresses,
                         const std::string& host)
{
    for (const model::Ingress* ingress : ingresses) {
        if (!ingress->tls.empty() && names(*ingress, host)) {
            return secretOf(*ingress, host);
        }
    }
    return {};
}

HostCertificates::Choice HostCertificates::secretOf(const model::Ingress& ingress,
                                                    const std::string& host)
{
    const Choice byDefault{Choice::Kind::Default, {}};
    const std::string nameSpace = ingress.meta.nameSpace + '/';
    for (const model::IngressTls& tls : ingress.tls) {
        const bool isListed =
            std::any_of(tls.hosts.begin(), tls.hosts.end(), [&](const auto& name) {
                return lowerCase(name) == host;
            });
        if (!isListed) {
            continue;
        }
        if (tls.secretName.empty()) {
            return byDefault;
        }
        const SecretCertificate* found = usable(nameSpace + tls.secretName, tls.place);
        if (found == nullptr) {
            return byDefault;
        }
        if (!covers(*found, host)) {
            report("certificate-not-for-host",
                   tls.place,
                   "the certificate in secret " + quoted(tls.secretName) + " does not cover " +
                       host + "; the default certificate is presented",
                   "issue one that names " + host);
            return byDefault;
        }
        return {Choice::Kind::Secret, nameSpace + tls.secretName};
    }
    for (const model::IngressTls& tls : ingress.tls) {
        const std::string secret = nameSpace + tls.secretName;
        const auto facts = options_->secretCertificates.find(secret);
        if (!tls.secretName.empty() && facts != options_->secretCertificates.end() &&
            facts->second.hasMatchingKey && coversByAlternativeName(facts->second, host)) {
            return {Choice::Kind::Secret, secret};
        }
    }
    return byDefault;
}

const SecretCertificate* HostCertificates::usable(const std::string& secret, const Place& place)
{
    const std::string name = secret.substr(secret.find('/') + 1);
    const auto found = options_->secretCertificates.find(secret);
    if (found != options_->secretCertificates.end() && found->second.hasMatchingKey) {
        return &found->second;
    }
    const bool isThere = cluster_->secret(secret.substr(0, secret.find('/')), name) != nullptr;
    report(isThere ? "certificate-unusable" : "secret-missing",
           place,
           isThere
               ? "secret " + quoted(name) +
                     " holds no certificate with its key; the default one is presented"
               : "secret " + quoted(name) + " does not exist; the default certificate is presented",
           isThere ? "put a PEM chain in tls.crt and its key in tls.key" : "create the Secret");
    return nullptr;
}

CertificateId HostCertificates::ofSecret(const std::string& secret)
{
    for (std::size_t i = 0; i < plan_->certificates.size(); ++i) {
        if (plan_->certificates[i].name == secret) {
            return CertificateId(i);
        }
    }
    const std::size_t slash = secret.find('/');
    const model::Secret* found =
        cluster_->secret(secret.substr(0, slash), secret.substr(slash + 1));
    PlannedCertificate planned;
    planned.name = secret;
    planned.source = PlannedCertificate::Source::Secret;
    planned.dnsNames = options_->secretCertificates.at(secret).dnsNames;
    PemPair pem;
    if (found != nullptr) {
        const auto value = [&](const char* key) {
            const auto entry = found->data.find(key);
            return entry == found->data.end() ? std::string() : entry->second;
        };
        pem = {value("tls.crt"), value("tls.key")};
    }
    planned.pem = std::make_shared<const PemPair>(std::move(pem));
    plan_->certificates.push_back(std::move(planned));
    return CertificateId(plan_->certificates.size() - 1);
}

CertificateId HostCertificates::controllerDefault()
{
    const std::string& named = options_->controller.defaultCertificate;
    if (!named.empty() && usable(named, {}) != nullptr) {
        return ofSecret(named);
    }
    PlannedCertificate planned;
    planned.name = "default";
    planned.source = PlannedCertificate::Source::SelfSigned;
    plan_->certificates.push_back(std::move(planned));
    return CertificateId(plan_->certificates.size() - 1);
}

void HostCertificates::report(const std::string& id,
                              const Place& place,
                              std::string message,
                              std::string remedy)
{
    const auto isSame = [&](const Finding& known) {
        return known.id == id && known.message == message;
    };
    if (std::none_of(findings_->begin(), findings_->end(), isSame)) {
        findings_->push_back({Severity::Warning, id, place, std::move(message), std::move(remedy)});
    }
}

} // namespace lab::plan
