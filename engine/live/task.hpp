#pragma once

#include "base/check.hpp"
#include "live/frame_pool.hpp"

#include <coroutine>
#include <optional>
#include <utility>

namespace lab::live {

template <typename T>
class Task;

namespace detail {

/// Resumes who awaited the finished coroutine, if it had to suspend.
struct FinalAwaiter {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <typename Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> finished) const noexcept
    {
        const std::coroutine_handle<> next = finished.promise().continuation;
        return next ? next : std::noop_coroutine();
    }
    void await_resume() const noexcept {}
};

/// Gives a coroutine its frame.
struct PooledFrame {
    static void* operator new(std::size_t bytes) { return FramePool::take(bytes); }
    static void operator delete(void* frame, std::size_t bytes) noexcept
    {
        FramePool::give(frame, bytes);
    }
};

struct PromiseBase : PooledFrame {
    std::coroutine_handle<> continuation;

    [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
    [[nodiscard]] FinalAwaiter final_suspend() const noexcept { return {}; }
    // Network failures are values here; an exception is a fault of ours.
    void unhandled_exception() const noexcept
    {
        check(false, "no coroutine of the data plane throws");
    }
};

template <typename T>
struct Promise : PromiseBase {
    std::optional<T> value;

    Task<T> get_return_object();
    void return_value(T result) { value = std::move(result); }
    T take() { return std::move(*value); }
};

template <>
struct Promise<void> : PromiseBase {
    Task<void> get_return_object();
    void return_void() const noexcept {}
    void take() const noexcept {}
};

} // namespace detail

/// A coroutine of the data plane: starts when awaited, gives its result to who awaits it.
///
/// One worker's thread only. An awaited task that finishes without waiting returns like a
/// function: no suspension and no stack growth, however long a loop of such calls runs.
/// GCC 12 (PR 106188): a coroutine that awaits in a condition must declare a variable in its
/// outermost block, or the awaited temporaries are laid out wrongly.
template <typename T = void>
class [[nodiscard]] Task {
public:
    using promise_type = detail::Promise<T>;

    explicit Task(std::coroutine_handle<promise_type> coroutine)
        : coroutine_(coroutine)
    {
    }
    Task(Task&& other) noexcept
        : coroutine_(std::exchange(other.coroutine_, nullptr))
    {
    }
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    Task& operator=(Task&&) = delete;
    ~Task()
    {
        if (coroutine_) {
            coroutine_.destroy();
        }
    }

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    [[nodiscard]] bool await_suspend(std::coroutine_handle<> awaiting)
    {
        coroutine_.resume();
        if (coroutine_.done()) {
            return false;
        }
        coroutine_.promise().continuation = awaiting;
        return true;
    }
    T await_resume() { return coroutine_.promise().take(); }

private:
    std::coroutine_handle<promise_type> coroutine_;
};

template <typename T>
Task<T> detail::Promise<T>::get_return_object()
{
    return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}

inline Task<void> detail::Promise<void>::get_return_object()
{
    return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

/// A task that nobody awaits: runs at once up to its first wait, frees itself at its end.
struct Detached {
    struct promise_type : detail::PooledFrame {
        [[nodiscard]] Detached get_return_object() const noexcept { return {}; }
        [[nodiscard]] std::suspend_never initial_suspend() const noexcept { return {}; }
        [[nodiscard]] std::suspend_never final_suspend() const noexcept { return {}; }
        void return_void() const noexcept {}
        void unhandled_exception() const noexcept
        {
            check(false, "no coroutine of the data plane throws");
        }
    };
};

} // namespace lab::live
