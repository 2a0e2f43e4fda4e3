#pragma once

#include "manifest/object_readers.hpp"
#include "model/service.hpp"
#include "yaml/map_reader.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace lab::manifest {

// Fields that several kinds share. All findings go to the reader's Reading.

inline constexpr std::int64_t portMax = 65'535;

/// A text that must follow one of the rules of names.hpp; "" where absent or wrong.
std::string readName(yaml::MapReader& map, std::string_view key, NameRule rule);

/// A port number, 1–65535; 0 where absent or wrong.
int readPort(yaml::MapReader& map, std::string_view key);

/// A port by number or by name (`targetPort`); nothing where absent or wrong.
std::optional<model::PortReference> readPortReference(yaml::MapReader& map, std::string_view key);

/// `protocol`; TCP where absent.
model::Protocol readProtocol(yaml::MapReader& map);

/// A map of labels, keys and values checked.
model::Labels readLabels(yaml::MapReader& map, std::string_view key);

/// Reports a known field that changes what a cluster does but not what the lab does.
void noteNotHonoured(yaml::MapReader& map, std::string_view key, std::string_view consequence);

} // namespace lab::manifest
