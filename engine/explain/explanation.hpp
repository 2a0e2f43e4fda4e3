#pragma once

#include "base/place.hpp"
#include "explain/question.hpp"
#include "plan/front_door_plan.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lab::explain {

/// What becomes of a request, in one word.
enum class OutcomeKind {
    Backend,       ///< A pod of the rule's Service (or its canary's) gets it.
    Default,       ///< A default backend gets it: no rule of the user's names its path.
    Redirect,      ///< The client is sent elsewhere.
    Refusal,       ///< The door answers by itself: a limit, an address, a broken link.
    NoRoute,       ///< 404: no rule takes it.
    NotExpressible ///< The style opens no door for such a request.
};

/// "backend", "default", "redirect", "refusal", "noRoute", "notExpressible"
[[nodiscard]] std::string_view toText(OutcomeKind kind);

/// What was decided. Texts and places are empty where they do not apply.
struct Outcome {
    OutcomeKind kind = OutcomeKind::NoRoute;
    std::uint16_t status = 0; ///< Of an answer that the door makes; 0: the pod's.
    std::string refusal;      ///< frontdoor::toText(Refusal)
    std::string service;      ///< "default/cart"
    int port = 0;             ///< Of the Service.
    std::string endpoint;     ///< "default/cart-0:8080"
    std::string location;     ///< Of a redirect.
    std::string brokenLink;   ///< Why a Service has no endpoint.
    std::string because;      ///< The sentence of the phase that answered.
    std::string route;        ///< "shop/web /cart"
    std::string ingress;      ///< "shop/web"
    Place rule;               ///< Where the deciding rule stands.
};

/// A rule of the host that was looked at.
struct Candidate {
    Place rule;
    std::string route;
    std::string match; ///< "prefix /cart"
    std::string service;
    bool hasWon = false;
    bool isImplicit = false; ///< Nobody wrote it: it takes the paths that are left of its host.
    std::string lostBecause;
};

/// Rules of another host, which were not looked at.
struct OtherHost {
    std::string host; ///< "" is the rules without a host.
    std::size_t rules = 0;
    std::string because;
};

/// A rule that nearly takes the request: what was probably meant.
struct NearMiss {
    Place rule;
    std::string host;
    std::string match;
    std::string hint; ///< For people: what differs.
};

/// The certificate that a client of this name gets.
struct PresentedCertificate {
    std::string name;
    std::string source; ///< "secret", "lab CA", "self-signed"
    std::string because;
    std::vector<std::string> dnsNames;
    std::string warning; ///< Empty: clients that trust its issuer accept it.
};

/// A limit on the way of the request.
struct AppliedLimit {
    std::string name;
    std::string amount; ///< "5 requests/s, burst 25"
    std::string scope;  ///< "each client", "all clients of this door"
    std::string state;  ///< "admits it", "not asked: a redirect comes first"
};

/// A field of the request towards the pod.
struct PodField {
    enum class Change { Kept, Changed, Added, Dropped };
    std::string name;
    std::string value;
    Change change = Change::Kept;
};
[[nodiscard]] std::string_view toText(PodField::Change change); ///< "kept", "changed", …

/// The request as the pod gets it.
struct PodRequest {
    std::string before; ///< Request line as received.
    std::string after;  ///< Request line as sent on.
    std::vector<PodField> fields;
};

/// One step of the decision, as the code that decided wrote it.
struct PhaseStep {
    std::string phase;
    std::string text;
};

/// Which rule takes this request, and why not the others?  The whole answer, as values.
struct Explanation {
    static constexpr std::size_t candidatesMax = 200;
    static constexpr std::size_t otherHostsMax = 50;
    static constexpr std::size_t nearMissesMax = 5;

    Question question;
    std::string host; ///< As the rules see it: lower case, no port.
    std::string path; ///< As the rules see it: decoded, no query.
    plan::Style style = plan::Style::Ingress;
    plan::Profile profile = plan::Profile::Spec;
    std::string door;
    plan::DoorMode mode = plan::DoorMode::Http;
    std::vector<std::string> replicas; ///< All that could have answered instead; of one: none.
    bool isLive = false; ///< A door that serves was asked: limits as they stand, not as at start.
    Outcome outcome;
    std::string decidedBy;
    std::vector<Candidate> candidates;
    std::size_t candidatesLeftOut = 0;
    std::vector<OtherHost> notConsidered;
    std::size_t otherHostsLeftOut = 0;
    std::vector<NearMiss> nearMisses;
    std::optional<PresentedCertificate> certificate;
    std::vector<AppliedLimit> limits;
    std::string endpointBecause;
    std::size_t readyEndpoints = 0;
    std::optional<PodRequest> podRequest;
    std::vector<std::string> answerFields; ///< That the door adds to the answer.
    std::string answeredBy;                ///< The phase that answered.
    std::vector<PhaseStep> phases;
};

} // namespace lab::explain
