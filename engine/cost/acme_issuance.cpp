#include "cost/acme_issuance.hpp"

#include <queue>

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>
#include <utility>

namespace lab::cost {
namespace {

constexpr std::int64_t weekSeconds = 7LL * 24 * 3600;
constexpr std::int64_t threeHoursSeconds = 3LL * 3600;

IssuanceLimit limitOf(const Product& product, std::string_view key, std::int64_t windowSeconds)
{
    const auto burst = static_cast<std::int64_t>(product.number(key, 0));
    return burst < 1 ? IssuanceLimit{} : IssuanceLimit{burst, windowSeconds / burst};
}

/// A bucket in whole seconds: the instant up to which its tokens are spent (GCRA).
class Bucket {
public:
    explicit Bucket(IssuanceLimit limit)
        : limit_(limit)
    {
    }

    /// The first second from `now` on that has a token.
    [[nodiscard]] std::int64_t ready(std::int64_t now) const
    {
        return std::max(now, spent_ - (limit_.burst - 1) * limit_.refillSeconds);
    }
    void take(std::int64_t now) { spent_ = std::max(spent_, now) + limit_.refillSeconds; }

private:
    IssuanceLimit limit_;
    std::int64_t spent_ = 0;
};

/// The orders of one domain that still wait, first at the back.
struct Waiting {
    Bucket bucket;
    std::vector<std::size_t> orders;
};

} // namespace

IssuanceLimits issuanceLimitsOf(const PriceBook& book)
{
    const Product* product = book.product("cert.letsencrypt");
    if (product == nullptr) {
        return {};
    }
    return {limitOf(*product, "certs_per_registered_domain", weekSeconds),
            limitOf(*product, "new_orders_per_account", threeHoursSeconds)};
}

std::vector<Issuance> simulateIssuance(const std::vector<std::string>& domains,
                                       const IssuanceLimits& limits)
{
    std::map<std::string, std::size_t> numbers;
    std::vector<Waiting> waiting;
    for (std::size_t i = domains.size(); i-- > 0;) {
        const auto [at, isNew] = numbers.emplace(domains[i], waiting.size());
        if (isNew) {
            waiting.push_back({Bucket(limits.perDomain), {}});
        }
        waiting[at->second].orders.push_back(i);
    }
    // By the second in which the domain's next order may go; of equal ones the order given first.
    using Turn = std::pair<std::pair<std::int64_t, std::size_t>, std::size_t>;
    std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns;
    for (std::size_t d = 0; d < waiting.size(); ++d) {
        turns.push({{waiting[d].bucket.ready(0), waiting[d].orders.back()}, d});
    }
    Bucket account(limits.perAccount);
    std::int64_t now = 0;
    std::vector<Issuance> issued;
    while (!turns.empty()) {
        const auto [turn, number] = turns.top();
        turns.pop();
        Waiting& domain = waiting[number];
        now = account.ready(std::max(now, turn.first));
        account.take(now);
        domain.bucket.take(now);
        issued.push_back({domain.orders.back(), now});
        domain.orders.pop_back();
        if (!domain.orders.empty()) {
            turns.push({{domain.bucket.ready(now), domain.orders.back()}, number});
        }
    }
    return issued;
}

std::size_t issuedBy(const std::vector<Issuance>& issued, std::int64_t seconds)
{
    const auto end = std::upper_bound(
        issued.begin(), issued.end(), seconds, [](std::int64_t limit, const Issuance& each) {
            return limit < each.seconds;
        });
    return static_cast<std::size_t>(end - issued.begin());
}

} // namespace lab::cost
