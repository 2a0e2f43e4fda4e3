#pragma once

#include "model/object_meta.hpp"
#include "model/service.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lab::model {

/// A port a container declares.
/// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
struct ContainerPort {
    std::string name;
    int number = 0;
    Protocol protocol = Protocol::Tcp;
};

/// What the containers of a pod ask for, summed up; 0 where nothing is asked.
struct ResourceRequests {
    std::int64_t cpuMillicores = 0;
    std::int64_t memoryBytes = 0;
};

/// One container of a pod template: what the lab looks at.
struct Container {
    std::string name;
    std::string image;
    std::vector<std::string> args; ///< command and args, in order.
    std::vector<ContainerPort> ports;
};

/// A pod: written as such, or made from a Deployment's template.
struct Pod {
    ObjectMeta meta;
    std::vector<Container> containers;
    ResourceRequests requests;
    std::string nodeName; ///< Empty when nothing says where it runs.
    std::string podIp;    ///< status.podIP, else empty.
    bool isReady = true;  ///< status.conditions Ready; absent counts as ready.
    bool isTerminating = false;
    std::string deployment; ///< Name of the workload that made it; empty for a bare pod.
};

/// A Deployment of apps/v1 (StatefulSets and DaemonSets are read into the same shape).
struct Deployment {
    ObjectMeta meta;
    int replicas = 1; ///< 0–1000; more is refused by the reader.
    Labels selector;
    Labels podLabels;
    std::vector<Container> containers;
    ResourceRequests requests;  ///< Of one pod.
    bool arePodsListed = false; ///< The input has its pods too (a dump): podsOf() makes none.
};

} // namespace lab::model
