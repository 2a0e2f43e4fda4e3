#include "live/tunnel_book.hpp"

namespace lab::live {

TunnelBook::Entry::Entry(TunnelBook& book, const Place& place)
    : place_(place)
{
    enter(book.all_);
}

TunnelBook::Entry::~Entry()
{
    leave();
}

void TunnelBook::Entry::enter(Entry& before)
{
    next_ = &before;
    previous_ = before.previous_;
    previous_->next_ = this;
    before.previous_ = this;
}

void TunnelBook::Entry::leave()
{
    next_->previous_ = previous_;
    previous_->next_ = next_;
    next_ = this;
    previous_ = this;
}

void TunnelBook::cutWhere(const std::function<bool(const Place& place)>& isTold)
{
    End doomed; // apart from the others, since whoever is cut may take any of them along
    for (Entry* entry = all_.next_; entry != &all_;) {
        Entry* const next = entry->next_;
        if (isTold(entry->place_)) {
            entry->leave();
            entry->enter(doomed);
        }
        entry = next;
    }
    while (doomed.next_ != &doomed) {
        Entry& entry = *doomed.next_;
        entry.leave();
        entry.enter(all_);
        entry.cut();
    }
}

} // namespace lab::live
