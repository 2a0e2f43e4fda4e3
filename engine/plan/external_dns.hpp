#pragma once

#include "model/object_meta.hpp"

#include <string>
#include <vector>

namespace lab::plan {

/// The host names a Service asks external-dns for, lower case; none without the annotation.
/// https://kubernetes-sigs.github.io/external-dns/latest/docs/annotations/annotations/
[[nodiscard]] std::vector<std::string> externalDnsHosts(const model::ObjectMeta& meta);

/// "cart.shop.lab": the name by which clients of the lab find a Service that has no other.
[[nodiscard]] std::string labHost(const model::ObjectMeta& meta);

} // namespace lab::plan
