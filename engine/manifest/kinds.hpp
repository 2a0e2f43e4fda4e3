#pragma once

#include <string>
#include <string_view>

namespace lab::manifest {

/// What the lab does with a kind of object.
enum class KindVerdict {
    Read,        ///< One of object_readers.hpp.
    Removed,     ///< Kubernetes no longer serves that kind in that version, or never did.
    Irrelevant,  ///< Known, and without a say in where requests go: worth a note.
    NotHonoured, ///< Known to steer traffic, or unknown: worth a warning.
};

struct JudgedKind {
    KindVerdict verdict = KindVerdict::NotHonoured;
    std::string_view apiVersion; ///< The version that is read, where the verdict is Removed.
};

/// \param apiVersion  as written: "apps/v1", "v1"
[[nodiscard]] JudgedKind judgeKind(std::string_view apiVersion, std::string_view kind);

/// "gateway.networking.k8s.io" of "gateway.networking.k8s.io/v1"; "" of "v1".
[[nodiscard]] std::string_view groupOf(std::string_view apiVersion);

} // namespace lab::manifest
