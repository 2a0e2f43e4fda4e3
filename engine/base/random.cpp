#include "base/random.hpp"

#include "base/check.hpp"
#include "base/elementary.hpp"

#include <bit>

namespace lab {
namespace {

std::uint64_t splitmix(std::uint64_t& state)
{
    state += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

std::uint64_t fnv1a(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    return hash;
}

} // namespace

Random::Random(std::uint64_t seed)
    : seed_(seed)
{
    std::uint64_t state = seed;
    for (std::uint64_t& word : state_) {
        word = splitmix(state);
    }
}

Random Random::stream(std::string_view name) const
{
    std::uint64_t state = seed_ ^ fnv1a(name);
    return Random(splitmix(state));
}

std::uint64_t Random::next()
{
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t t = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

std::uint64_t Random::below(std::uint64_t bound)
{
    check(bound > 0, "a bound is above zero");
    const std::uint64_t biased = (0 - bound) % bound; // 2^64 mod bound: reject that many
    std::uint64_t draw = next();
    while (draw < biased) {
        draw = next();
    }
    return draw % bound;
}

double Random::uniform()
{
    return static_cast<double>(next() >> 11U) * 0x1.0p-53;
}

Duration Random::exponential(Duration mean)
{
    return fromSeconds(-toSeconds(mean) * naturalLog(1.0 - uniform())); // 1 − u is exact
}

} // namespace lab
