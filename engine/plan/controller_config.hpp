#pragma once

#include "plan/plan_front_doors.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab::plan {

// What do the keys of ingress-nginx's ConfigMap change? Each is acted on, or reported.
// Source: ingress-nginx v1.15 docs configmap.md, internal/ingress/defaults/main.go.

/// The keys that change what a door decides.
void applyConfigMap(const ControllerSettings& settings, Door& door);

/// The ConfigMap's value for Ingresses that lack the annotation of that name; nothing where there
/// is none, or the key is no default of an annotation.
[[nodiscard]] std::optional<std::string> configuredDefault(const ControllerSettings& settings,
                                                           std::string_view annotation);

/// A list such as no-auth-locations: its parts, or the one it has by default.
[[nodiscard]] std::vector<std::string> configuredList(const ControllerSettings& settings,
                                                      std::string_view key,
                                                      std::string_view byDefault);

/// The key as a boolean or a number; what it is by default where it is absent or wrong.
[[nodiscard]] bool
configuredFlag(const ControllerSettings& settings, std::string_view key, bool byDefault);
[[nodiscard]] std::int64_t
configuredNumber(const ControllerSettings& settings, std::string_view key, std::int64_t byDefault);

[[nodiscard]] Place placeOfKey(const ControllerSettings& settings, std::string_view key);

/// Is that key acted on?
[[nodiscard]] bool isConfigHonoured(std::string_view key);

/// Reports keys that are not acted on, and values that cannot be read.
void reportConfigMap(const ControllerSettings& settings, Findings& findings);

} // namespace lab::plan
