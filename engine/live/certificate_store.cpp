#include "live/certificate_store.hpp"

#include "base/check.hpp"
#include "certificates/lab_authority.hpp"

#include <openssl/evp.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace lab::live {
namespace {

constexpr std::chrono::hours validFor{24 * 90};

/// The planned names, and the aliases under which a browser on this machine reaches them.
std::vector<std::string> withAliases(const std::vector<std::string>& names)
{
    std::vector<std::string> all = names;
    for (const std::string& name : names) {
        all.push_back(name + ".localhost");
    }
    return all;
}

/// The same for what is the same in all that counts.
std::string digestOf(const plan::PlannedCertificate& wanted)
{
    std::string all = wanted.name + '\n' + std::to_string(static_cast<int>(wanted.source)) + '\n';
    for (const std::string& name : wanted.dnsNames) {
        all += name + '\n';
    }
    if (wanted.pem) {
        all += wanted.pem->certificate + '\n' + wanted.pem->key;
    }
    std::string digest(EVP_MAX_MD_SIZE, '\0');
    unsigned int size = 0;
    const int isMade = EVP_Digest(all.data(),
                                  all.size(),
                                  reinterpret_cast<unsigned char*>(digest.data()),
                                  &size,
                                  EVP_sha256(),
                                  nullptr);
    check(isMade == 1, "OpenSSL has SHA-256");
    digest.resize(size);
    OPENSSL_cleanse(all.data(), all.size()); // a key was in it
    return digest;
}

std::string fileNameOf(std::string name)
{
    for (char& c : name) {
        if (c == '/' || c == ':') {
            c = '_';
        }
    }
    return name;
}

Result<bool> writeNew(const std::string& path, const std::string& text)
{
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool isWritten =
        fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const int error = errno;
    if (fd >= 0) {
        ::close(fd);
    }
    if (!isWritten) {
        return Error(ErrorKind::Environment,
                     "cannot write " + path + ": " + std::strerror(error) +
                         "; name an empty folder with --keep-certs");
    }
    return true;
}

} // namespace

struct CertificateStore::Authority {
    std::optional<certificates::LabAuthority> lab;
};

CertificateStore::CertificateStore()
    : authority_(std::make_unique<Authority>())
{
}

CertificateStore::~CertificateStore() = default;

Result<std::shared_ptr<const plan::PemPair>>
CertificateStore::make(const plan::PlannedCertificate& wanted)
{
    using Source = plan::PlannedCertificate::Source;
    if (wanted.source == Source::Secret) {
        const auto pem = wanted.pem ? wanted.pem : std::make_shared<const plan::PemPair>();
        const auto pair = certificates::parseKeyPair(pem->certificate, pem->key);
        if (!pair) {
            return pair.error();
        }
        return pem;
    }
    if (wanted.source == Source::LabIssued && !authority_->lab) {
        auto authority = certificates::LabAuthority::create();
        if (!authority) {
            return authority.error();
        }
        authority_->lab = std::move(*authority);
    }
    auto issued = wanted.source == Source::LabIssued
                      ? authority_->lab->issue(withAliases(wanted.dnsNames), validFor)
                      : certificates::selfSignedDefault();
    if (!issued) {
        return issued.error();
    }
    return std::make_shared<const plan::PemPair>(
        plan::PemPair{std::move(issued->certificatePem), std::move(issued->keyPem)});
}

Result<std::vector<std::shared_ptr<const LazyCertificate>>>
CertificateStore::load(const plan::FrontDoorPlan& plan)
{
    std::vector<Held> loaded;
    std::erase_if(issued_, [](const auto& item) { return item.second.use_count() == 1; });
    std::erase_if(known_, [](const auto& item) { return item.second.expired(); });
    for (const plan::PlannedCertificate& wanted : plan.certificates) {
        std::weak_ptr<const LazyCertificate>& known = known_[digestOf(wanted)];
        Held certificate = known.lock();
        if (!certificate) {
            auto pem = make(wanted);
            if (!pem) {
                return pem.error();
            }
            certificate = std::make_shared<const LazyCertificate>(std::move(*pem));
            known = certificate;
        }
        if (wanted.source == plan::PlannedCertificate::Source::LabIssued) {
            issued_[wanted.name] = certificate;
        }
        loaded.push_back(std::move(certificate));
    }
    return loaded;
}

std::string CertificateStore::authorityPem() const
{
    return authority_->lab ? authority_->lab->certificatePem() : std::string();
}

Result<void> CertificateStore::keep(const std::string& stem, const LazyCertificate& certificate)
{
    if (kept_.contains(stem)) { // its own, of a certificate that is replaced
        ::unlink((stem + ".pem").c_str());
        ::unlink((stem + ".key").c_str());
    }
    const auto chain = writeNew(stem + ".pem", certificate.pem().certificate);
    if (!chain) {
        return chain.error();
    }
    const auto key = writeNew(stem + ".key", certificate.pem().key);
    return key ? Result<void>() : Result<void>(key.error());
}

Result<std::string> CertificateStore::keepIn(const std::string& folder)
{
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return Error(ErrorKind::Environment,
                     "cannot make the folder " + folder + ": " + std::strerror(errno));
    }
    if (authority_->lab && !isAuthorityKept_) {
        if (auto written = writeNew(folder + "/ca.pem", authorityPem()); !written) {
            return written.error();
        }
        isAuthorityKept_ = true;
    }
    for (const auto& [name, certificate] : issued_) {
        const std::string stem = folder + '/' + fileNameOf(name);
        const auto kept = kept_.find(stem);
        if (kept != kept_.end() && kept->second == certificate) {
            continue;
        }
        if (const auto written = keep(stem, *certificate); !written) {
            return written.error();
        }
        kept_[stem] = certificate;
    }
    return folder;
}

} // namespace lab::live
