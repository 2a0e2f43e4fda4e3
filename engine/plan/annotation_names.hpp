#pragma once

#include <string>
#include <string_view>

namespace lab::plan {

// Which annotations of ingress-nginx are acted on, and what does it mean that the others are not?
// Names are without their prefix. Source: ingress-nginx v1.15 docs annotations.md.

/// Does profile ingress-nginx honour the annotation with that name?
[[nodiscard]] bool isHonoured(std::string_view name);

/// The honoured name that an unknown one was probably meant to be, or empty.
[[nodiscard]] std::string nearestAnnotation(std::string_view name);

/// What happens here instead of what the annotation asks for; empty: it is none of ingress-nginx's.
[[nodiscard]] std::string_view insteadOf(std::string_view name);

} // namespace lab::plan
