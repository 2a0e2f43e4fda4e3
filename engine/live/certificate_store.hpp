#pragma once

#include "base/result.hpp"
#include "live/tls_server.hpp"
#include "plan/front_door_plan.hpp"

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace lab::live {

/// The certificates of all plans as the doors present them: the user's, the lab CA's, the default.
///
/// The lab CA is made when the first plan needs it, and stays. A certificate of the same name and
/// content as one that some plan still holds is that one. Keys stay in memory; keepIn() is the one
/// way out.
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
    /// owner only; never over an existing one that it has not written itself. Again: what has
    /// been issued since.
    [[nodiscard]] Result<std::string> keepIn(const std::string& folder);

private:
    using Held = std::shared_ptr<const LazyCertificate>;

    [[nodiscard]] Result<std::shared_ptr<const plan::PemPair>>
    make(const plan::PlannedCertificate& wanted);
    [[nodiscard]] Result<void> keep(const std::string& stem, const LazyCertificate& certificate);

    struct Authority;
    std::unique_ptr<Authority> authority_;
    std::unordered_map<std::string, std::weak_ptr<const LazyCertificate>> known_; ///< By digest.
    std::map<std::string, Held> issued_;                                          ///< By name.
    std::map<std::string, Held> kept_; ///< What files hold, by path without its ending.
    bool isAuthorityKept_ = false;
};

} // namespace lab::live
