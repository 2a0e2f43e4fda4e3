#pragma once

#include "http/http2_head.hpp"

#include <cstdint>
#include <nghttp2/nghttp2.h>
#include <span>
#include <string_view>
#include <vector>

namespace lab::live {

/// The same fields in nghttp2's words; views, which it copies.
inline std::vector<nghttp2_nv> namesAndValues(std::span<const http::Http2Field> fields)
{
    const auto bytes = [](std::string_view text) { // nghttp2 copies and does not write
        return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
    };
    std::vector<nghttp2_nv> all;
    all.reserve(fields.size());
    for (const http::Http2Field& field : fields) {
        all.push_back({bytes(field.name),
                       bytes(field.value),
                       field.name.size(),
                       field.value.size(),
                       NGHTTP2_NV_FLAG_NONE});
    }
    return all;
}

} // namespace lab::live
