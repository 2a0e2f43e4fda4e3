#pragma once

#include "live/served_plan.hpp"

namespace lab::live {

/// Answers one request at a node's healthCheckNodePort, as kube-proxy does: 200 with the number of
/// the Service's ready endpoints on that node, or 503 where it has none; then closes.
/// Source: kubernetes pkg/proxy/healthcheck/service_health.go
void serveHealthCheck(std::shared_ptr<DoorContext> door, int fd);

} // namespace lab::live
