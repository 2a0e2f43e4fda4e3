#include "cost/availability.hpp"

#include <algorithm>
#include <cmath>

namespace lab::cost {

double anyDown(double availability, std::size_t doors)
{
    return 1 - std::pow(availability, static_cast<double>(doors));
}

double allDown(double availability, std::size_t doors, double common)
{
    if (doors == 0) {
        return 0;
    }
    const double down = 1 - availability;
    const double apart = std::pow((1 - common) * down, static_cast<double>(doors));
    return std::min(down, common * down + apart);
}

double enoughUp(double replicaAvailability, std::size_t replicas, std::size_t needed)
{
    double sum = 0;
    double ways = 1; // C(n, j), from j = 0
    for (std::size_t up = 0; up <= replicas; ++up) {
        if (up >= needed) {
            sum += ways * std::pow(replicaAvailability, static_cast<double>(up)) *
                   std::pow(1 - replicaAvailability, static_cast<double>(replicas - up));
        }
        ways *= static_cast<double>(replicas - up) / static_cast<double>(up + 1);
    }
    return std::min(1.0, sum);
}

double journeyAvailability(double availability, std::size_t services, bool isDoorShared)
{
    if (services == 0) {
        return 1;
    }
    return isDoorShared ? availability : std::pow(availability, static_cast<double>(services));
}

double minutesOf(double share, double hoursPerMonth)
{
    constexpr double minutesPerHour = 60;
    return share * hoursPerMonth * minutesPerHour;
}

} // namespace lab::cost
