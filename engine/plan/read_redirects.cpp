#include "plan/annotation_topics.hpp"

#include <algorithm>

namespace lab::plan {
namespace {

bool isWebUrl(const std::string& text)
{
    return (text.starts_with("http://") || text.starts_with("https://")) &&
           text.find_first_of("$ \t\n\"'{};") == std::string::npos;
}

/// The redirect under that name, or nothing; a URL that nginx cannot take refuses the Ingress.
std::optional<FixedRedirect> readRedirect(AnnotationReader& reader,
                                          IngressPolicy& policy,
                                          const char* name,
                                          std::int64_t byDefault,
                                          std::int64_t codeMax)
{
    const auto url = reader.text(name);
    if (!url) {
        return std::nullopt;
    }
    if (!isWebUrl(*url)) {
        policy.refusedBecause = reader.refuse(name, "only http and https URLs are accepted");
        return std::nullopt;
    }
    const auto code = reader.integer(std::string(name) + "-code", 300, codeMax);
    return FixedRedirect{*url, static_cast<std::uint16_t>(code.value_or(byDefault))};
}

bool isRewriteTarget(const std::string& text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-._~/:$").find(c) != std::string_view::npos;
    });
}

} // namespace

void readRedirects(AnnotationReader& reader, IngressPolicy& policy)
{
    policy.usesRegex = reader.boolean("use-regex", false);
    if (const auto target = reader.text("rewrite-target")) {
        if (isRewriteTarget(*target)) {
            policy.rewriteTarget = *target;
        } else {
            reader.ignore("rewrite-target", "a path of letters, digits and -._~/:$");
        }
    }
    if (const auto root = reader.text("app-root")) {
        if (root->starts_with('/') && root->find_first_of(" \t\n$") == std::string::npos) {
            policy.route.appRoot = *root;
        } else {
            reader.ignore("app-root", "a path that starts with /");
        }
    }
    policy.redirectsToHttps = reader.boolean("ssl-redirect", true);
    policy.alwaysRedirectsToHttps = reader.boolean("force-ssl-redirect", false);
    policy.route.keepsTrailingSlash = reader.boolean("preserve-trailing-slash", false);
    policy.redirectsWww = reader.boolean("from-to-www-redirect", false);
    policy.route.redirect = readRedirect(reader, policy, "permanent-redirect", 301, 308);
    if (const auto temporal = readRedirect(reader, policy, "temporal-redirect", 302, 307)) {
        policy.route.redirect = temporal;
    }
    policy.aliases = splitList(reader.text("server-alias").value_or(""));
}

} // namespace lab::plan
