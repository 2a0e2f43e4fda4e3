#pragma once

#include "base/place.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab::model {

using Labels = std::map<std::string, std::string>;

/// One annotation as written, with its place, so that a finding can point at it.
struct Annotation {
    std::string key;
    std::string value;
    Place place;
};

/// What every Kubernetes object has: its name, labels, annotations, age, and where it was read.
struct ObjectMeta {
    std::string name;
    std::string nameSpace = "default"; ///< Empty for cluster-scoped kinds.
    Labels labels;
    std::vector<Annotation> annotations;        ///< In the order written.
    std::optional<std::int64_t> createdSeconds; ///< creationTimestamp, Unix seconds.
    Place place;                                ///< Of the object's first key.
    std::size_t order = 0;                      ///< Position among all objects read, from 0.
    bool isDerived = false; ///< Made by the lab for the other style, not written.

    /// "shop/cart": how objects are named in reports.
    [[nodiscard]] std::string fullName() const { return nameSpace + '/' + name; }

    /// The annotation with that key, or nullptr. An empty value counts as written.
    [[nodiscard]] const Annotation* annotation(std::string_view key) const;
};

} // namespace lab::model
