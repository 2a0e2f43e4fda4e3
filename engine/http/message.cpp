#include "http/message.hpp"

#include "http/text.hpp"

#include <algorithm>

namespace lab::http {

FieldList::FieldList(const FieldList& other) // NOLINT: only slots in use are copied
    : size_(other.size_)
    , firsts_(other.firsts_)
{
    std::copy_n(other.entries(), size_, entries());
}

FieldList& FieldList::operator=(const FieldList& other)
{
    if (this != &other) {
        size_ = other.size_;
        firsts_ = other.firsts_;
        std::copy_n(other.entries(), size_, entries());
    }
    return *this;
}

const Field* FieldList::find(std::string_view name) const
{
    const std::span<const Field> fields = all();
    const auto found = std::ranges::find_if(
        fields, [name](const Field& field) { return equalsIgnoringCase(field.name, name); });
    return found == fields.end() ? nullptr : &*found;
}

std::size_t FieldList::count(FieldName name) const
{
    if (find(name) == nullptr) {
        return 0;
    }
    return static_cast<std::size_t>(std::ranges::count(all(), name, &Field::known));
}

} // namespace lab::http
