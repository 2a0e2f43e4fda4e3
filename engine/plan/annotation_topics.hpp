#pragma once

#include "plan/annotation_reader.hpp"
#include "plan/ingress_policy.hpp"

namespace lab::plan {

// One function a topic: reads its annotations of an Ingress into the policy.
// Source: ingress-nginx v1.15 docs annotations.md and internal/ingress/annotations/*/main.go.

/// rewrite-target, use-regex, app-root, *-redirect, server-alias.
void readRedirects(AnnotationReader& reader, IngressPolicy& policy);
/// limit-rps, limit-rpm, limit-connections, limit-whitelist, limit-rate.
void readLimits(AnnotationReader& reader, IngressPolicy& policy);
/// whitelist-source-range, denylist-source-range, auth-*, satisfy.
void readAccess(AnnotationReader& reader, const model::Cluster& cluster, IngressPolicy& policy);
/// enable-cors, cors-*.
void readCors(AnnotationReader& reader, IngressPolicy& policy);
/// proxy-*, backend-protocol, upstream-vhost, x-forwarded-prefix, custom-http-errors.
void readProxying(AnnotationReader& reader, IngressPolicy& policy);
/// load-balance, upstream-hash-by, affinity, session-cookie-*, service-upstream, canary-*.
void readBalancing(AnnotationReader& reader, IngressPolicy& policy);

} // namespace lab::plan
