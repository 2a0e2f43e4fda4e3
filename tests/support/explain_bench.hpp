#pragma once

#include "explain/explainer.hpp"
#include "support/nginx_bench.hpp"

namespace lab::test {

/// Explains requests to the little shop of NginxBench.
class ExplainBench {
public:
    explicit ExplainBench(const Annotations& annotations = {},
                          void (*change)(ClusterBuilder&) = nullptr)
        : bench(annotations, change)
        , explainer(bench.planned, [](std::string_view password, std::string_view hash) {
            return password == hash;
        })
    {
    }

    explain::Explanation ask(const std::string& url,
                             std::vector<std::string> fields = {},
                             const std::string& method = "GET")
    {
        return explainer.explain(
            *explain::readQuestion({url, method, std::move(fields), "127.0.0.1"}));
    }

    NginxBench bench;
    explain::Explainer explainer;
};

} // namespace lab::test
