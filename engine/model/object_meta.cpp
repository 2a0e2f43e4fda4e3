#include "model/object_meta.hpp"

namespace lab::model {

const Annotation* ObjectMeta::annotation(std::string_view key) const
{
    for (const Annotation& candidate : annotations) {
        if (candidate.key == key) {
            return &candidate;
        }
    }
    return nullptr;
}

} // namespace lab::model
