#include "live/pipe_stream.hpp"

#include <utility>

namespace lab::live {

PipeStream::~PipeStream()
{
    if (end_ != nullptr) {
        end_->left();
    }
}

void PipeStream::breakOff()
{
    end_ = nullptr;
    retryBoth();
}

Io PipeStream::broken() const
{
    return isStopped() ? stopped() : Io{Io::State::Broken, 0};
}

Io PipeStream::tryRead(std::span<char> into)
{
    return isStopped() || end_ == nullptr ? broken() : end_->give(into);
}

Io PipeStream::tryWrite(std::span<const std::string_view> parts)
{
    return isStopped() || end_ == nullptr ? broken() : end_->take(parts);
}

bool PipeStream::hasNews(bool)
{
    return end_ == nullptr || end_->hasNews();
}

void PipeStream::finishWriting()
{
    if (end_ != nullptr) {
        end_->writingFinished();
    }
}

void PipeStream::reset()
{
    if (end_ != nullptr) {
        end_->aborted();
    }
}

} // namespace lab::live
