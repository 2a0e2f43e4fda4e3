#include "plan/annotation_topics.hpp"

#include <algorithm>

namespace lab::plan {
namespace {

constexpr const char* methodsByDefault = "GET, PUT, POST, DELETE, PATCH, OPTIONS";
constexpr const char* headersByDefault =
    "DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,"
    "Range,Authorization";

bool isNameList(const std::string& text)
{
    return std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-' || c == '_' || c == ',' || c == ' ' || c == '*';
    });
}

std::string names(AnnotationReader& reader, const char* annotation, const std::string& byDefault)
{
    const auto value = reader.text(annotation);
    if (value && !isNameList(*value)) {
        reader.ignore(annotation, "names between commas");
        return byDefault;
    }
    return value.value_or(byDefault);
}

} // namespace

void readCors(AnnotationReader& reader, IngressPolicy& policy)
{
    if (!reader.boolean("enable-cors", false)) {
        return;
    }
    CorsPolicy cors;
    cors.origins = splitList(reader.text("cors-allow-origin").value_or("*"));
    if (cors.origins.empty()) {
        cors.origins = {"*"};
    }
    cors.methods = names(reader, "cors-allow-methods", methodsByDefault);
    cors.headers = names(reader, "cors-allow-headers", headersByDefault);
    cors.exposedHeaders = names(reader, "cors-expose-headers", "");
    cors.allowsCredentials = reader.boolean("cors-allow-credentials", true);
    cors.maxAgeSeconds =
        reader.integer("cors-max-age", 0, 1'000'000'000).value_or(cors.maxAgeSeconds);
    policy.route.cors = std::move(cors);
}

} // namespace lab::plan
