#pragma once

#include "base/instant.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lab::conformance {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// The value of a field, lines joined with ", "; nothing if there is none. Names without case.
[[nodiscard]] std::optional<std::string> fieldValue(const Fields& fields, const std::string& name);

/// Where a request goes in.
struct Via {
    enum class Kind { Ingress, LoadBalancer, NodePort, Gateway };
    Kind kind = Kind::Ingress;
    std::string service; ///< LoadBalancer: "ns/name"
    std::string node;    ///< NodePort
    int port = 0;
};

/// One request of a case: README.md, "request".
struct CaseRequest {
    Via via;
    bool isTls = false;
    std::string method = "GET";
    std::string path = "/"; ///< The raw request target; "{n}" is the number of the repeat.
    std::string host;       ///< Empty: none is sent.
    std::string sni;
    Fields headers;
    std::string clientIp = "127.0.0.1";
    std::vector<std::string> clientIps; ///< One each, in turn; empty: clientIp.
    std::uint64_t bodyBytes = 0;
    bool isChunked = false;
    int repeat = 1;
    int concurrency = 1;
    bool newConnection = false;
    bool keepAlive = false;
    bool spreadsReplicas = false;
    std::string cookieJar;
};

/// What a pod saw of a request.
struct SeenRequest {
    std::string method;
    std::string target;
    std::string host;
    Fields headers;
};

/// What came of one request, however it was sent: the judge knows nothing else.
struct Exchange {
    bool isConnected = true; ///< No: refused, timed out, or closed without a byte of answer.
    int status = 0;
    Fields headers; ///< Of the answer.
    std::string body;
    std::string pod;     ///< "ns/name" of the pod that answered; empty: the door answered itself.
    std::string service; ///< "ns/name", as far as the engine can say.
    int servicePort = 0;
    int targetPort = 0;
    SeenRequest seen;              ///< With a pod.
    std::string certificate;       ///< "ns/name", or "default".
    std::optional<bool> sawClient; ///< Did the pod see the client's address as its peer?
    Duration elapsed{};
};

} // namespace lab::conformance
