#include "frontdoor/redirects.hpp"

#include "frontdoor/target.hpp"

namespace lab::frontdoor {
namespace {

std::string_view schemeOf(const RequestView& request)
{
    return request.isTls ? "https" : "http";
}

std::string_view withoutPort(std::string_view host)
{
    const std::size_t afterLiteral = host.starts_with('[') ? host.find(']') : 0;
    return afterLiteral == std::string_view::npos ? host
                                                  : host.substr(0, host.find(':', afterLiteral));
}

/// nginx's $host: lower case, without port and last dot; a name under .localhost stays one.
std::string plainHost(const RequestView& request)
{
    std::string host(withoutPort(request.hostAsReceived()));
    if (host.ends_with('.')) {
        host.pop_back();
    }
    for (char& c : host) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
    return host;
}

std::string withoutLastSlash(std::string_view target)
{
    return std::string(target.ends_with('/') ? target.substr(0, target.size() - 1) : target);
}

} // namespace

std::optional<RedirectAnswer> wwwRedirect(const plan::RoutePolicy& policy,
                                          const RequestView& request)
{
    if (policy.wwwHost.empty()) {
        return std::nullopt;
    }
    return RedirectAnswer{std::string(schemeOf(request)) + "://" + policy.wwwHost +
                              (request.isTls ? ":443" : ":80") +
                              withoutLastSlash(originForm(request.target)),
                          308};
}

std::optional<RedirectAnswer> appRootRedirect(const plan::RoutePolicy& policy,
                                              const RequestView& request)
{
    if (policy.appRoot.empty() || request.path != "/") {
        return std::nullopt;
    }
    return RedirectAnswer{std::string(schemeOf(request)) + "://" +
                              std::string(request.hostAsReceived()) + policy.appRoot,
                          302};
}

RedirectAnswer slashRedirect(const RequestView& request)
{
    return {std::string(schemeOf(request)) + "://" + plainHost(request) +
                escapedPath(request.path) + '/' + std::string(queryOf(request.target)),
            301};
}

std::optional<RedirectAnswer> httpsRedirect(const plan::RoutePolicy& policy,
                                            const RequestView& request,
                                            bool isSecure,
                                            std::string_view host)
{
    if (!policy.redirectsToHttps || isSecure) {
        return std::nullopt;
    }
    host = withoutPort(host);
    const std::string_view target = originForm(request.target);
    return RedirectAnswer{
        "https://" + std::string(host) +
            (policy.keepsTrailingSlash ? std::string(target) : withoutLastSlash(target)),
        308};
}

} // namespace lab::frontdoor
