#include "base/place.hpp"

namespace lab {

std::string toText(const Place& place)
{
    if (!place.file) {
        return {};
    }
    std::string text = *place.file;
    if (place.line > 0) {
        text += ':' + std::to_string(place.line);
        if (place.column > 0) {
            text += ':' + std::to_string(place.column);
        }
    }
    return text;
}

} // namespace lab
