#include "measurement/head_ring.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace lab::measurement {
namespace {

constexpr std::size_t wordBytes = sizeof(std::uint64_t);
constexpr std::size_t recordWords = sizeof(DoorRecord) / wordBytes;
constexpr std::size_t shareMax = 8; ///< No entry is larger than that part of the ring.

constexpr std::size_t wordsFor(std::size_t bytes)
{
    return (bytes + wordBytes - 1) / wordBytes;
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool isSameName(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

} // namespace

std::string_view RecordedHead::field(std::string_view name) const
{
    std::string_view rest = fields;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find("\r\n"), rest.size());
        const std::string_view line = rest.substr(0, end);
        const std::size_t colon = line.find(": ");
        if (colon != line.npos && isSameName(line.substr(0, colon), name)) {
            return line.substr(colon + 2);
        }
        rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    return {};
}

/// Words at an entry's start: its length in words, its index, the record's number, the record, and
/// three text lengths.
struct HeadRing::Layout {
    static constexpr std::size_t length = 0;
    static constexpr std::size_t index = 1;
    static constexpr std::size_t number = 2;
    static constexpr std::size_t record = 3;
    static constexpr std::size_t texts = record + recordWords;
    static constexpr std::size_t end = texts + 3;
};

HeadRing::HeadRing(std::size_t bytes)
    : mask_(std::bit_ceil(std::clamp(bytes, bytesMin, bytesMax)) / wordBytes - 1)
    , words_(mask_ + 1)
{
}

bool HeadRing::write(std::uint64_t number,
                     const DoorRecord& record,
                     std::string_view client,
                     std::string_view requestLine,
                     std::string_view fields)
{
    const std::size_t length = Layout::end + wordsFor(client.size()) +
                               wordsFor(requestLine.size()) + wordsFor(fields.size());
    if (length > (mask_ + 1) / shareMax) {
        tooLarge_.store(tooLarge_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
        return false;
    }
    const std::uint64_t begin = published_.load(std::memory_order_relaxed);
    const std::uint64_t end = begin + length;
    std::uint64_t oldest = oldest_.load(std::memory_order_relaxed);
    while (end - oldest > mask_ + 1) {
        oldest += words_.load((oldest + Layout::length) & mask_);
    }
    oldest_.store(oldest, std::memory_order_release);
    reserved_.store(end, std::memory_order_release);

    const std::uint64_t index = written_.load(std::memory_order_relaxed);
    const auto content = std::bit_cast<std::array<std::uint64_t, recordWords>>(record);
    const auto put = [&](std::size_t offset, std::uint64_t word) {
        words_.store((begin + offset) & mask_, word);
    };
    put(Layout::length, length);
    put(Layout::index, index);
    put(Layout::number, number);
    for (std::size_t i = 0; i < recordWords; ++i) {
        put(Layout::record + i, content[i]);
    }
    put(Layout::texts, client.size());
    put(Layout::texts + 1, requestLine.size());
    put(Layout::texts + 2, fields.size());
    std::uint64_t position = begin + Layout::end;
    storeBytes(position, client);
    storeBytes(position, requestLine);
    storeBytes(position, fields);
    published_.store(end, std::memory_order_release);
    written_.store(index + 1, std::memory_order_release);
    return true;
}

void HeadRing::storeBytes(std::uint64_t& position, std::string_view bytes)
{
    while (!bytes.empty()) {
        std::uint64_t word = 0;
        const std::size_t count = std::min(bytes.size(), wordBytes);
        std::memcpy(&word, bytes.data(), count);
        words_.store(position++ & mask_, word);
        bytes.remove_prefix(count);
    }
}

std::string HeadRing::loadBytes(std::uint64_t& position, std::size_t count) const
{
    std::string bytes(count, '\0');
    for (std::size_t done = 0; done < count; done += wordBytes) {
        const std::uint64_t word = words_.load(position++ & mask_);
        std::memcpy(bytes.data() + done, &word, std::min(count - done, wordBytes));
    }
    return bytes;
}

std::optional<RecordedHead> HeadCursor::next()
{
    using Layout = HeadRing::Layout;
    const HeadRing& ring = *ring_;
    const std::size_t capacity = ring.mask_ + 1;
    const auto isIntact = [&] {
        return ring.reserved_.load(std::memory_order_acquire) - position_ <= capacity;
    };
    while (position_ < ring.published_.load(std::memory_order_acquire)) {
        const auto word = [&](std::size_t offset) {
            return ring.words_.load((position_ + offset) & ring.mask_);
        };
        const std::uint64_t length = word(Layout::length);
        const std::uint64_t index = word(Layout::index);
        if (!isIntact()) {
            position_ = ring.oldest_.load(std::memory_order_acquire);
            continue; // what was lost shows in the next index
        }
        RecordedHead head;
        head.number = word(Layout::number);
        std::array<std::uint64_t, recordWords> content{};
        for (std::size_t i = 0; i < recordWords; ++i) {
            content[i] = word(Layout::record + i);
        }
        const std::array<std::uint64_t, 3> sizes{
            word(Layout::texts), word(Layout::texts + 1), word(Layout::texts + 2)};
        if (!isIntact()) { // or the sizes would be anything
            continue;
        }
        std::uint64_t position = position_ + Layout::end;
        head.record = std::bit_cast<DoorRecord>(content);
        head.client = ring.loadBytes(position, sizes[0]);
        head.requestLine = ring.loadBytes(position, sizes[1]);
        head.fields = ring.loadBytes(position, sizes[2]);
        if (!isIntact()) {
            continue;
        }
        lost_ += index - index_;
        index_ = index + 1;
        position_ += length;
        return head;
    }
    return std::nullopt;
}

} // namespace lab::measurement
