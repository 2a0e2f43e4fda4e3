#pragma once

#include "base/finding.hpp"
#include "conformance/exchange.hpp"
#include "yaml/node.hpp"

#include <map>
#include <string>
#include <vector>

namespace lab::conformance {

/// A pod that misbehaves.
struct Fault {
    enum class Kind { Refuse, Hang, Status, Delay };
    std::string pod;
    Kind kind = Kind::Refuse;
    int status = 0;
    Duration delay{};
};

/// How the controller of a scenario is set up.
struct ControllerSetup {
    bool hasWebhook = false;
    bool watchesWithoutClass = false;
    std::string defaultCertificate;
    int replicas = 1;
    std::map<std::string, std::string> configMap;
    std::string proxyMode = "iptables";
};

/// One step of a case: a request with what is expected of it, only an expectation, or a wait.
struct Step {
    bool hasRequest = false;
    CaseRequest request;
    yaml::Node expect; ///< As written: the judge reads it.
    Duration wait{};
    std::string savesCookie;
    std::string savesPod;
};

struct Case {
    std::string id;
    std::string title;
    std::string profile; ///< "spec", "ingress-nginx", or empty for all.
    std::vector<Step> steps;
    std::string problem; ///< Not empty: the runner does not understand the case.
};

struct Scenario {
    std::string name;
    std::string manifests;
    ControllerSetup controller;
    std::vector<Fault> faults;
    std::vector<Case> cases;
};

/// One file of cases.
struct Suite {
    std::string name;
    std::string level;
    std::string common;
    std::vector<Scenario> scenarios;
    Findings findings; ///< Why the file cannot be used, if it cannot.
};

/// Reads a suite. What the format does not know becomes the `problem` of its case, never silence.
[[nodiscard]] Suite readSuite(const std::string& text, const std::string& name);

} // namespace lab::conformance
