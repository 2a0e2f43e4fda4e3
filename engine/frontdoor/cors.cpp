#include "frontdoor/cors.hpp"

#include <algorithm>
#include <cctype>

namespace lab::frontdoor {
namespace {

bool equalsWithoutCase(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
        return std::tolower(x) == std::tolower(y);
    });
}

bool takes(std::string_view pattern, std::string_view origin)
{
    const std::size_t star = pattern.find("*.");
    if (star == std::string_view::npos) {
        return equalsWithoutCase(pattern, origin);
    }
    const std::string_view head = pattern.substr(0, star);
    const std::string_view tail = pattern.substr(star + 1); // from the dot
    if (origin.size() <= head.size() + tail.size() ||
        !equalsWithoutCase(origin.substr(0, head.size()), head) ||
        !equalsWithoutCase(origin.substr(origin.size() - tail.size()), tail)) {
        return false;
    }
    const std::string_view label =
        origin.substr(head.size(), origin.size() - head.size() - tail.size());
    return std::all_of(label.begin(), label.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '_';
    });
}

bool isAnybody(const plan::CorsPolicy& cors)
{
    return std::find(cors.origins.begin(), cors.origins.end(), "*") != cors.origins.end();
}

} // namespace

bool isOriginAllowed(const plan::CorsPolicy& cors, const RequestView& request)
{
    const std::string_view origin = request.field("origin");
    return isAnybody(cors) ||
           std::any_of(cors.origins.begin(), cors.origins.end(), [&](const std::string& pattern) {
               return takes(pattern, origin);
           });
}

bool isPreflight(const plan::CorsPolicy& cors, const RequestView& request)
{
    return request.method == "OPTIONS" && isOriginAllowed(cors, request);
}

std::string corsFields(const plan::CorsPolicy& cors, const RequestView& request)
{
    if (!isOriginAllowed(cors, request)) {
        return {};
    }
    std::string fields = "Access-Control-Allow-Origin: ";
    fields += isAnybody(cors) ? "*" : std::string(request.field("origin"));
    fields += cors.allowsCredentials ? "\r\nAccess-Control-Allow-Credentials: true" : "";
    fields += "\r\nAccess-Control-Allow-Methods: " + cors.methods;
    fields += "\r\nAccess-Control-Allow-Headers: " + cors.headers;
    fields += "\r\nAccess-Control-Max-Age: " + std::to_string(cors.maxAgeSeconds) + "\r\n";
    if (!cors.exposedHeaders.empty()) {
        fields += "Access-Control-Expose-Headers: " + cors.exposedHeaders + "\r\n";
    }
    return fields;
}

} // namespace lab::frontdoor
