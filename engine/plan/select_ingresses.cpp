#include "plan/select_ingresses.hpp"

#include "base/quoted.hpp"
#include "base/suggestion.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

namespace lab::plan {
namespace {

constexpr const char* classAnnotation = "kubernetes.io/ingress.class";
constexpr const char* nginxClass = "nginx";

enum class Owner { Nobody, Nginx, Lab };

Owner ownerOf(const std::string& controller)
{
    if (controller == nginxController) {
        return Owner::Nginx;
    }
    return controller == labController ? Owner::Lab : Owner::Nobody;
}

/// Chooses Ingresses by class and says what it assumed or left out.
class ClassJudge {
public:
    ClassJudge(const model::Cluster& cluster, const PlanOptions& options, Findings& findings)
        : cluster_(&cluster)
        , options_(&options)
        , findings_(&findings)
        , isAssuming_(options.assumesClasses && cluster.ingressClasses.empty())
    {
    }

    Owner judge(const model::Ingress& ingress)
    {
        if (ingress.className) {
            return byClass(ingress, *ingress.className);
        }
        const model::Annotation* annotation = ingress.meta.annotation(classAnnotation);
        if (annotation != nullptr && !annotation->value.empty()) {
            return byAnnotation(ingress, *annotation);
        }
        for (const model::IngressClass& candidate : cluster_->ingressClasses) {
            if (candidate.isDefault) {
                return byClass(ingress, candidate.meta.name);
            }
        }
        if (options_->controller.watchesWithoutClass) {
            return Owner::Nginx;
        }
        report(ingress,
               Severity::Warning,
               "ingress-without-class",
               "ingress " + quoted(ingress.meta.name) +
                   " names no class, so no controller takes it",
               "add ingressClassName to its spec");
        return Owner::Nobody;
    }

private:
    const model::IngressClass* classNamed(const std::string& name) const
    {
        const auto& all = cluster_->ingressClasses;
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& candidate) {
            return candidate.meta.name == name;
        });
        return found == all.end() ? nullptr : &*found;
    }

    Owner byClass(const model::Ingress& ingress, const std::string& name)
    {
        if (const model::IngressClass* found = classNamed(name)) {
            const Owner owner = ownerOf(found->controller);
            if (owner == Owner::Nobody) {
                report(ingress,
                       Severity::Warning,
                       "foreign-class",
                       "ingress " + quoted(ingress.meta.name) + " belongs to " + found->controller +
                           " (class " + quoted(name) + "), which the lab does not run",
                       "use a class of " + std::string(nginxController) + " or " + labController);
            }
            return owner;
        }
        if (isAssuming_) {
            return assumed(ingress, name);
        }
        std::vector<std::string> names;
        for (const model::IngressClass& candidate : cluster_->ingressClasses) {
            names.push_back(candidate.meta.name);
        }
        const std::string_view near = nearest(name, names);
        report(ingress,
               Severity::Warning,
               "class-missing",
               "ingress class " + quoted(name) +
                   " does not exist, so no controller takes ingress " + quoted(ingress.meta.name),
               near.empty() ? "create the IngressClass"
                            : "did you mean " + quoted(std::string(near)) + '?');
        return Owner::Nobody;
    }

    /// The old annotation names ingress-nginx by its --ingress-class value, without an object.
    Owner byAnnotation(const model::Ingress& ingress, const model::Annotation& annotation)
    {
        if (annotation.value == nginxClass) {
            return Owner::Nginx;
        }
        if (isAssuming_) {
            return assumed(ingress, annotation.value);
        }
        const model::IngressClass* found = classNamed(annotation.value);
        if (found != nullptr && found->controller == labController) {
            return Owner::Lab;
        }
        findings_->push_back({Severity::Warning,
                              "foreign-class",
                              annotation.place,
                              "ingress " + quoted(ingress.meta.name) + " belongs to class " +
                                  quoted(annotation.value) + ", which the lab does not run",
                              "use ingressClassName instead of the annotation"});
        return Owner::Nobody;
    }

    Owner assumed(const model::Ingress& ingress, const std::string& name)
    {
        const Owner owner = name == nginxClass ? Owner::Nginx : Owner::Lab;
        if (assumed_.insert(name).second) {
            report(ingress,
                   Severity::Note,
                   "class-assumed",
                   "assumed: ingress class " + quoted(name) + " of " +
                       (owner == Owner::Nginx ? nginxController : labController) +
                       "; the input has no IngressClass",
                   "add the IngressClass to the manifests");
        }
        return owner;
    }

    void report(const model::Ingress& ingress,
                Severity severity,
                const char* id,
                std::string message,
                std::string remedy)
    {
        findings_->push_back(
            {severity, id, ingress.meta.place, std::move(message), std::move(remedy)});
    }

    const model::Cluster* cluster_;
    const PlanOptions* options_;
    Findings* findings_;
    bool isAssuming_;
    std::set<std::string> assumed_;
};

std::string classOf(const model::Ingress& ingress)
{
    if (ingress.className) {
        return *ingress.className;
    }
    const model::Annotation* annotation = ingress.meta.annotation(classAnnotation);
    return annotation == nullptr ? std::string() : annotation->value;
}

} // namespace

SelectedIngresses selectIngresses(const model::Cluster& cluster,
                                  const PlanOptions& options,
                                  bool hasNginxController,
                                  Findings& findings)
{
    SelectedIngresses selected;
    ClassJudge judge(cluster, options, findings);
    bool isNginxUsed = hasNginxController;
    for (const model::Ingress& ingress : cluster.ingresses) {
        const Owner owner = judge.judge(ingress);
        if (owner == Owner::Nobody) {
            continue;
        }
        isNginxUsed = isNginxUsed || owner == Owner::Nginx;
        if (selected.className.empty()) {
            selected.className = classOf(ingress);
        }
        selected.ingresses.push_back(&ingress);
    }
    for (const model::IngressClass& candidate : cluster.ingressClasses) {
        if (selected.className.empty() && ownerOf(candidate.controller) != Owner::Nobody) {
            selected.className = candidate.meta.name;
            isNginxUsed = isNginxUsed || ownerOf(candidate.controller) == Owner::Nginx;
        }
    }
    selected.profile =
        options.profile.value_or(isNginxUsed ? Profile::IngressNginx : Profile::Spec);
    sortByAge(selected.ingresses, selected.profile);
    return selected;
}

void sortByAge(std::vector<const model::Ingress*>& ingresses, Profile profile)
{
    constexpr std::int64_t youngest = std::numeric_limits<std::int64_t>::max();
    const auto isOlder = [&](const model::Ingress* a, const model::Ingress* b) {
        const std::int64_t bornA = a->meta.createdSeconds.value_or(youngest);
        const std::int64_t bornB = b->meta.createdSeconds.value_or(youngest);
        if (bornA != bornB) {
            return bornA < bornB;
        }
        return profile == Profile::IngressNginx && a->meta.fullName() > b->meta.fullName();
    };
    std::stable_sort(ingresses.begin(), ingresses.end(), isOlder);
}

} // namespace lab::plan
