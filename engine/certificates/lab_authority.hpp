#pragma once

#include "base/result.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace lab::certificates {

/// A certificate with its private key, as PEM text. Keys stay in memory and are never printed.
struct IssuedCertificate {
    std::string certificatePem; ///< The leaf alone: the client has the CA's own.
    std::string keyPem;         ///< PKCS #8, EC P-256.
};

/// The lab's own certificate authority: made at start, in memory, trusted by nobody else.
///
/// EC P-256 throughout. One thread at a time.
class LabAuthority {
public:
    /// Makes the CA's key and self-signed certificate, valid for 90 days from now.
    [[nodiscard]] static Result<LabAuthority> create();

    LabAuthority(LabAuthority&&) noexcept;
    LabAuthority& operator=(LabAuthority&&) noexcept;
    ~LabAuthority();

    /// A server certificate for these names; addresses among them become address entries.
    /// \pre dnsNames is not empty
    /// \param validFor  from now; negative for one that has expired
    /// \return BadInput where a name is no DNS name (one star as first label is allowed)
    [[nodiscard]] Result<IssuedCertificate> issue(const std::vector<std::string>& dnsNames,
                                                  std::chrono::hours validFor) const;

    [[nodiscard]] const std::string& certificatePem() const;

private:
    struct State;
    explicit LabAuthority(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// "Kubernetes Ingress Controller Fake Certificate": what a controller presents where it has
/// none. Its own issuer, for ingress.local, valid for a year.
[[nodiscard]] Result<IssuedCertificate> selfSignedDefault();

} // namespace lab::certificates
