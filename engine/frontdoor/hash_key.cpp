#include "frontdoor/hash_key.hpp"

#include "frontdoor/canary.hpp"
#include "frontdoor/target.hpp"

#include <algorithm>

namespace lab::frontdoor {
namespace {

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view argument(std::string_view query, std::string_view name)
{
    query.remove_prefix(query.empty() ? 0 : 1);
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        const std::size_t equals = pair.find('=');
        if (pair.substr(0, equals) == name && equals != std::string_view::npos) {
            return pair.substr(equals + 1);
        }
        query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    }
    return {};
}

std::string_view
variable(std::string_view name, const RequestView& request, std::string_view client)
{
    if (name == "request_uri") {
        return originForm(request.target);
    }
    if (name == "uri" || name == "document_uri") {
        return request.path;
    }
    if (name == "args" || name == "query_string") {
        const std::string_view query = queryOf(request.target);
        return query.empty() ? query : query.substr(1);
    }
    if (name == "host" || name == "http_host") {
        return name == "host" ? request.host : request.hostAsReceived();
    }
    if (name == "remote_addr" || name == "binary_remote_addr") {
        return client;
    }
    if (name == "scheme") {
        return request.isTls ? "https" : "http";
    }
    if (name == "request_method") {
        return request.method;
    }
    if (name.starts_with("arg_")) {
        return argument(queryOf(request.target), name.substr(4));
    }
    if (name.starts_with("cookie_")) {
        return cookieValue(request.field("cookie"), name.substr(7));
    }
    if (name.starts_with("http_")) {
        std::string field(name.substr(5));
        std::replace(field.begin(), field.end(), '_', '-');
        return request.field(field);
    }
    return {};
}

} // namespace

std::string hashKey(std::string_view text, const RequestView& request, std::string_view client)
{
    std::string key;
    while (!text.empty()) {
        const std::size_t dollar = std::min(text.find('$'), text.size());
        key += text.substr(0, dollar);
        text.remove_prefix(dollar);
        if (text.empty()) {
            break;
        }
        text.remove_prefix(1);
        const bool isBraced = text.starts_with('{');
        text.remove_prefix(isBraced ? 1 : 0);
        std::size_t end = 0;
        while (end < text.size() && isNameCharacter(text[end])) {
            ++end;
        }
        key += variable(text.substr(0, end), request, client);
        text.remove_prefix(end);
        text.remove_prefix(isBraced && text.starts_with('}') ? 1 : 0);
    }
    return key;
}

} // namespace lab::frontdoor
