#pragma once

#include <string>
#include <string_view>

namespace lab::manifest {

// What Kubernetes lets things be called. Each says what is wrong with the text, in words to put
// behind a field's name, or nothing. k8s.io/apimachinery/pkg/util/validation

/// DNS-1123 label: a-z, 0-9 and '-' inside, at most 63 characters.
[[nodiscard]] std::string labelNameMistake(std::string_view text);

/// DNS-1035 label: as above, beginning with a letter. Service names.
[[nodiscard]] std::string serviceNameMistake(std::string_view text);

/// DNS-1123 subdomain: labels joined by dots, at most 253 characters. Most object names.
[[nodiscard]] std::string subdomainMistake(std::string_view text);

/// A subdomain, or "*." and one. Hosts of rules and tls entries.
[[nodiscard]] std::string hostMistake(std::string_view text);

/// A port's name: a-z, 0-9, '-', a letter among them, at most 15 characters (IANA service name).
[[nodiscard]] std::string portNameMistake(std::string_view text);

/// The key of a label or annotation: an optional DNS prefix and '/', then a label-like name.
[[nodiscard]] std::string keyMistake(std::string_view text);

/// The value of a label: empty, or at most 63 of A-Z a-z 0-9 '-' '_' '.', alphanumeric at the ends.
[[nodiscard]] std::string labelValueMistake(std::string_view text);

/// The key of a Secret or ConfigMap: A-Z a-z 0-9 '-' '_' '.', at most 253 characters.
[[nodiscard]] std::string dataKeyMistake(std::string_view text);

/// Four decimal numbers up to 255 without leading zeros.
[[nodiscard]] bool isIpv4(std::string_view text);

/// An IPv6 address in any of its text forms, without a zone. RFC 4291, 2.2
[[nodiscard]] bool isIpv6(std::string_view text);

/// "10.0.0.0/8", "2001:db8::/32".
[[nodiscard]] bool isCidr(std::string_view text);

} // namespace lab::manifest
