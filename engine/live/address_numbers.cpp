#include "live/address_numbers.hpp"

#include <mutex>
#include <unordered_map>
#include <vector>

namespace lab::live {

struct AddressNumbers::Book {
    std::mutex mutex;
    std::unordered_map<std::string, std::weak_ptr<const AddressId>> known;
    std::vector<AddressId> free;
    std::size_t given = 0; ///< Numbers that exist.

    void giveBack(const std::string& key, AddressId number)
    {
        const std::lock_guard lock(mutex);
        const auto found = known.find(key);
        if (found != known.end() && found->second.expired()) {
            known.erase(found);
        }
        free.push_back(number);
    }
};

AddressNumbers::AddressNumbers()
    : book_(std::make_shared<Book>())
{
}

AddressNumbers::Held AddressNumbers::numberOf(plan::Style style, const std::string& address)
{
    const std::string key = std::string(plan::toText(style)) + ' ' + address;
    const std::lock_guard lock(book_->mutex);
    std::weak_ptr<const AddressId>& known = book_->known[key];
    if (Held held = known.lock()) {
        return held;
    }
    AddressId number(book_->given);
    if (book_->free.empty()) {
        ++book_->given;
    } else {
        number = book_->free.back();
        book_->free.pop_back();
    }
    const Held held(new AddressId(number), [book = book_, key](const AddressId* gone) {
        book->giveBack(key, *gone);
        delete gone;
    });
    known = held;
    return held;
}

} // namespace lab::live
