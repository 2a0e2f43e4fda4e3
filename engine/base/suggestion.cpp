#include "base/suggestion.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

namespace lab {
namespace {

char lower(char c)
{
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

/// Optimal string alignment distance (Damerau-Levenshtein without nested swaps).
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> beforeLast(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        last[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1])) {
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
            }
        }
        std::swap(beforeLast, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

} // namespace

std::string_view nearest(std::string_view word, std::span<const std::string> known)
{
    constexpr std::size_t editsMax = 2;
    constexpr std::size_t wordBytesMax = 64; // longer ones are no typing slips
    std::string_view best;
    if (word.empty() || word.size() > wordBytesMax) {
        return best;
    }
    std::size_t bestDistance = std::min(editsMax, (word.size() - 1) / 2) + 1;
    for (const std::string& candidate : known) {
        if (candidate.size() > word.size() + editsMax) {
            continue;
        }
        const std::size_t edits = distance(word, candidate);
        if (edits < bestDistance) {
            bestDistance = edits;
            best = candidate;
        }
    }
    return best;
}

} // namespace lab
