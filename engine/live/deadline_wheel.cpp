#include "live/deadline_wheel.hpp"

#include <algorithm>
#include <cstdint>

namespace lab::live {
namespace {

std::int64_t tickOf(Instant at)
{
    // Rounded up, so that a deadline is never early.
    return (at.sinceStart() + DeadlineWheel::tick - Duration(1)) / DeadlineWheel::tick;
}

} // namespace

Deadline::~Deadline()
{
    if (previous_ != nullptr) {
        previous_->next_ = next_;
        next_->previous_ = previous_;
    }
}

DeadlineWheel::DeadlineWheel(Instant now)
    : currentTick_(now.sinceStart() / tick)
{
    for (Head& head : slots_) {
        head.previous_ = &head;
        head.next_ = &head;
    }
}

DeadlineWheel::~DeadlineWheel()
{
    for (Head& head : slots_) {
        while (head.next_ != &head) {
            unlink(*head.next_);
        }
        head.previous_ = nullptr;
    }
}

void DeadlineWheel::arm(Deadline& deadline, Instant at)
{
    const bool isLater = deadline.previous_ != nullptr && deadline.at_ <= at;
    deadline.at_ = at;
    deadline.isArmed_ = true;
    if (isLater) {
        return; // its slot comes first and moves it on
    }
    unlink(deadline);
    link(deadline, at);
}

void DeadlineWheel::advance(Instant now)
{
    const std::int64_t target = now.sinceStart() / tick;
    // After a long sleep one turn of the wheel visits every slot.
    currentTick_ = std::max(currentTick_, target - static_cast<std::int64_t>(slotCount));
    while (currentTick_ < target) {
        ++currentTick_;
        expireSlot(static_cast<std::size_t>(currentTick_) % slotCount, now);
    }
}

void DeadlineWheel::expireSlot(std::size_t slot, Instant now)
{
    // What fires may arm or free others: take the list off first, then work from its front.
    Head due;
    Head& head = slots_[slot];
    if (head.next_ == &head) {
        return;
    }
    due.next_ = head.next_;
    due.previous_ = head.previous_;
    due.next_->previous_ = &due;
    due.previous_->next_ = &due;
    head.next_ = &head;
    head.previous_ = &head;
    while (due.next_ != &due) {
        Deadline& deadline = *due.next_;
        unlink(deadline);
        if (!deadline.isArmed_) {
            continue;
        }
        if (deadline.at_ > now) {
            link(deadline, deadline.at_);
            continue;
        }
        disarm(deadline);
        deadline.expired();
    }
    due.previous_ = nullptr;
}

void DeadlineWheel::link(Deadline& deadline, Instant at)
{
    const std::int64_t wanted = std::max(tickOf(at), currentTick_ + 1);
    const std::int64_t horizon = currentTick_ + static_cast<std::int64_t>(slotCount) - 1;
    Head& head = slots_[static_cast<std::size_t>(std::min(wanted, horizon)) % slotCount];
    deadline.previous_ = head.previous_;
    deadline.next_ = &head;
    head.previous_->next_ = &deadline;
    head.previous_ = &deadline;
}

void DeadlineWheel::unlink(Deadline& deadline)
{
    if (deadline.previous_ == nullptr) {
        return;
    }
    deadline.previous_->next_ = deadline.next_;
    deadline.next_->previous_ = deadline.previous_;
    deadline.previous_ = nullptr;
    deadline.next_ = nullptr;
}

} // namespace lab::live
