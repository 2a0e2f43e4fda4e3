#include "base/suggestion.hpp"

#include <algorithm>
#include <array>

namespace lab {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr std::size_t editsMax = 2;
constexpr std::size_t wordBytesMax = 64; // longer ones are no typing slips
constexpr std::size_t rowMax = wordBytesMax + editsMax + 1;

/// Optimal string alignment distance (Damerau-Levenshtein without nested swaps), or more than
/// `most` as soon as it is known to be that.
std::size_t distance(std::string_view a, std::string_view b, std::size_t most)
{
    while (!a.empty() && !b.empty() && lower(a.front()) == lower(b.front())) {
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    while (!a.empty() && !b.empty() && lower(a.back()) == lower(b.back())) {
        a.remove_suffix(1);
        b.remove_suffix(1);
    }
    std::array<std::array<std::size_t, rowMax>, 3> rows;
    std::size_t* beforeLast = rows[0].data();
    std::size_t* last = rows[1].data();
    std::size_t* row = rows[2].data();
    for (std::size_t j = 0; j <= b.size(); ++j) {
        last[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        std::size_t least = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1])) {
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
            }
            least = std::min(least, row[j]);
        }
        if (least > most + 1) { // + 1: a swap looks back over a row
            return most + 1;
        }
        std::swap(beforeLast, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

} // namespace

std::string_view nearest(std::string_view word, std::span<const std::string> known)
{
    std::string_view best;
    if (word.empty() || word.size() > wordBytesMax) {
        return best;
    }
    std::size_t bestDistance = std::min(editsMax, (word.size() - 1) / 2) + 1;
    for (const std::string& candidate : known) {
        if (candidate.size() > word.size() + editsMax ||
            word.size() > candidate.size() + editsMax) {
            continue;
        }
        const std::size_t edits = distance(word, candidate, bestDistance - 1);
        if (edits < bestDistance) {
            bestDistance = edits;
            best = candidate;
        }
    }
    return best;
}

} // namespace lab
