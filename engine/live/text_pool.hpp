#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace lab::live {

/// Lends strings that have their room already: heads are written into them.
/// One worker's; the one given back last goes out first, still warm.
class TextPool {
public:
    static constexpr std::size_t keptMax = 256;            ///< More are freed when given back.
    static constexpr std::size_t keptBytesMax = 16 * 1024; ///< Larger ones are freed.

    /// An empty string that goes home by itself.
    class Lease {
    public:
        explicit Lease(TextPool& pool)
            : pool_(pool)
        {
            if (!pool.kept_.empty()) {
                text_ = std::move(pool.kept_.back());
                pool.kept_.pop_back();
            }
        }
        ~Lease()
        {
            if (pool_.kept_.size() < keptMax && text_.capacity() <= keptBytesMax) {
                text_.clear();
                pool_.kept_.push_back(std::move(text_));
            }
        }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;

        std::string& operator*() { return text_; }
        std::string* operator->() { return &text_; }

    private:
        TextPool& pool_;
        std::string text_;
    };

private:
    std::vector<std::string> kept_;
};

} // namespace lab::live
