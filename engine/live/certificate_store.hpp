#pragma once

#include "base/result.hpp"
#include "live/tls_server.hpp"
#include "plan/front_door_plan.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lab::live {

/// The certificates of all plans as the doors present them: the user's, the lab CA's, the default.
///
/// The lab CA is made when the first plan needs it. Keys stay in memory; keepIn() is the one way
/// out.
class CertificateStore {
public:
    CertificateStore();
    ~CertificateStore();

    /// One certificate a CertificateId of that plan.
    [[nodiscard]] Result<std::vector<std::shared_ptr<const LazyCertificate>>>
    load(const plan::FrontDoorPlan& plan);

    /// The lab CA's certificate; empty if it issued none.
    [[nodiscard]] std::string authorityPem() const;

    /// Writes everything the lab issued, and the CA's certificate, as new files readable by the
    /// owner only; never over an existing one.
    [[nodiscard]] Result<std::string> keepIn(const std::string& folder) const;

private:
    [[nodiscard]] Result<certificates::KeyPairDer> make(const plan::PlannedCertificate& wanted);

    struct Authority;
    std::unique_ptr<Authority> authority_;
    std::map<std::string, std::shared_ptr<const LazyCertificate>> issued_; ///< By name.
};

} // namespace lab::live
