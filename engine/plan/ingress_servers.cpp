#include "plan/ingress_servers.hpp"

#include "base/quoted.hpp"

#include <algorithm>
#include <unordered_map>

namespace lab::plan {
namespace {

routing::PathKind kindOf(model::PathType type)
{
    // Both profiles treat ImplementationSpecific as Prefix.
    return type == model::PathType::Exact ? routing::PathKind::Exact : routing::PathKind::Prefix;
}

bool isRoot(const ServedPath& path)
{
    return path.path == "/" && path.kind == routing::PathKind::Prefix;
}

class Merger {
public:
    Merger(Profile profile, Findings& findings)
        : profile_(profile)
        , findings_(&findings)
    {
    }

    ServedHost& host(const std::string& name, const model::Ingress& ingress)
    {
        const auto [known, isNew] = indexByHost_.try_emplace(name, hosts_.size());
        if (isNew) {
            hosts_.push_back({name, &ingress, {}});
        }
        return hosts_[known->second];
    }

    void addRules(const model::Ingress& ingress)
    {
        for (const model::IngressRule& rule : ingress.rules) {
            ServedHost& served = host(rule.host, ingress);
            for (const model::IngressPath& path : rule.paths) {
                addPath(served, ingress, path);
            }
        }
    }

    std::vector<ServedHost>& hosts() { return hosts_; }

private:
    void addPath(ServedHost& served, const model::Ingress& ingress, const model::IngressPath& path)
    {
        ServedPath added{path.path.empty() ? "/" : path.path,
                         kindOf(path.type),
                         &ingress,
                         &path.backend,
                         path.place,
                         false};
        if (!added.path.starts_with('/')) {
            findings_->push_back({Severity::Error,
                                  "path-without-slash",
                                  path.place,
                                  "path " + quoted(path.path) + " does not start with a slash",
                                  "begin it with /"});
            return;
        }
        for (const ServedPath& taken : served.paths) {
            if (taken.path == added.path && taken.kind == added.kind) {
                reportTaken(served, added, taken);
                if (hasExactBefore(served, taken)) {
                    reportTwins(served, added, taken);
                }
                return;
            }
            if (areTwins(taken, added)) {
                reportTwins(served, added, taken);
            }
        }
        served.paths.push_back(std::move(added));
    }

    /// ingress-nginx writes Prefix "/x" as "/x/" too: with Prefix "/x/" it stands there twice.
    static bool areTwins(const ServedPath& a, const ServedPath& b)
    {
        return a.kind == routing::PathKind::Prefix && b.kind == routing::PathKind::Prefix &&
               (a.path + '/' == b.path || b.path + '/' == a.path);
    }

    /// Its check for duplicates stops at the first location of the text, be it of another type.
    static bool hasExactBefore(const ServedHost& served, const ServedPath& taken)
    {
        for (const ServedPath& path : served.paths) {
            if (&path == &taken) {
                return false;
            }
            if (path.path == taken.path && path.kind == routing::PathKind::Exact) {
                return taken.kind == routing::PathKind::Prefix;
            }
        }
        return false;
    }

    void reportTwins(const ServedHost& served, const ServedPath& added, const ServedPath& taken)
    {
        if (profile_ != Profile::IngressNginx) {
            return;
        }
        findings_->push_back({Severity::Error,
                              "duplicate-location",
                              added.place,
                              "path " + quoted(added.path) + " of host " + served.host +
                                  " and path " + quoted(taken.path) + " of ingress " +
                                  quoted(taken.ingress->meta.fullName()) + " (" +
                                  toText(taken.place) +
                                  ") are one location of nginx: this would block every reload of "
                                  "ingress-nginx; here the older wins",
                              "remove one of the two"});
    }

    void reportTaken(const ServedHost& served, const ServedPath& added, const ServedPath& taken)
    {
        const std::string host = served.host.empty() ? "any host" : "host " + served.host;
        findings_->push_back(
            {Severity::Warning,
             "path-taken",
             added.place,
             "path " + quoted(added.path) + " of " + host + " is already served by ingress " +
                 quoted(taken.ingress->meta.fullName()) + " (" + toText(taken.place) + ")",
             "remove one of the two"});
    }

    Profile profile_;
    Findings* findings_;
    std::vector<ServedHost> hosts_;
    std::unordered_map<std::string, std::size_t> indexByHost_;
};

void addRoot(ServedHost& host, const model::Ingress& ingress, const model::IngressBackend* backend)
{
    if (std::none_of(host.paths.begin(), host.paths.end(), isRoot)) {
        host.paths.push_back({"/",
                              routing::PathKind::Prefix,
                              &ingress,
                              backend,
                              backend == nullptr ? ingress.meta.place : backend->place,
                              true});
    }
}

/// The text of the API: a default backend takes what no rule takes.
void addSpecDefaults(Merger& merger, const SelectedIngresses& selected)
{
    const auto& all = selected.ingresses;
    const auto isDefault = [](const model::Ingress* i) { return i->defaultBackend.has_value(); };
    const auto first = std::find_if(all.begin(), all.end(), isDefault);
    if (first == all.end()) {
        return;
    }
    for (const model::Ingress* ingress : all) { // a host's own default goes before the general one
        if (ingress->defaultBackend) {
            for (const model::IngressRule& rule : ingress->rules) {
                addRoot(merger.host(rule.host, *ingress), *ingress, &*ingress->defaultBackend);
            }
        }
    }
    for (ServedHost& host : merger.hosts()) {
        addRoot(host, **first, &*(*first)->defaultBackend);
    }
    addRoot(merger.host("", **first), **first, &*(*first)->defaultBackend);
}

/// ingress-nginx: the oldest Ingress that names a host also defines what takes its other paths, be
/// it the controller's 404; a default backend without rules takes other hosts.
void addNginxDefaults(Merger& merger, const SelectedIngresses& selected)
{
    for (ServedHost& host : merger.hosts()) {
        const auto& backend = host.oldest->defaultBackend;
        if (!host.host.empty()) {
            addRoot(host, *host.oldest, backend ? &*backend : nullptr);
        }
    }
    for (const model::Ingress* ingress : selected.ingresses) {
        if (ingress->rules.empty() && ingress->defaultBackend) {
            addRoot(merger.host("", *ingress), *ingress, &*ingress->defaultBackend);
        }
    }
}

} // namespace

std::vector<ServedHost> mergeIngresses(const SelectedIngresses& selected, Findings& findings)
{
    Merger merger(selected.profile, findings);
    for (const model::Ingress* ingress : selected.ingresses) {
        merger.addRules(*ingress);
    }
    if (selected.profile == Profile::Spec) {
        addSpecDefaults(merger, selected);
    } else {
        addNginxDefaults(merger, selected);
    }
    return std::move(merger.hosts());
}

} // namespace lab::plan
