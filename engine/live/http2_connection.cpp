#include "live/http2_connection.hpp"

#include "base/check.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace lab::live {
namespace {

std::string_view textOf(const std::uint8_t* bytes, std::size_t length)
{
    return {reinterpret_cast<const char*>(bytes), length};
}

struct OptionDeleter {
    void operator()(nghttp2_option* option) const { nghttp2_option_del(option); }
};

} // namespace

std::shared_ptr<Http2Connection> Http2Connection::create(Worker& worker,
                                                         std::unique_ptr<SocketStream> socket,
                                                         Role role,
                                                         Options options)
{
    return std::shared_ptr<Http2Connection>(
        new Http2Connection(worker, std::move(socket), role, std::move(options)));
}

Http2Connection::Http2Connection(Worker& worker,
                                 std::unique_ptr<SocketStream> socket,
                                 Role role,
                                 Options options)
    : worker_(worker)
    , socket_(std::move(socket))
    , role_(role)
    , options_(std::move(options))
{
    nghttp2_option* made = nullptr;
    check(nghttp2_option_new(&made) == 0, "there is memory for nghttp2");
    const std::unique_ptr<nghttp2_option, OptionDeleter> option(made);
    nghttp2_option_set_no_auto_window_update(made, 1);
    nghttp2_option_set_peer_max_concurrent_streams(made, streamsMax);
    nghttp2_option_set_no_closed_streams(made, 1);
    nghttp2_session* frames = nullptr;
    const auto create =
        role == Role::Server ? nghttp2_session_server_new2 : nghttp2_session_client_new2;
    check(create(&frames, callbacks(), this, made) == 0, "there is memory for nghttp2");
    frames_.reset(frames);
    socket_->setWokenByDrain();
    begin();
}

Http2Connection::~Http2Connection() = default;

void Http2Connection::begin()
{
    constexpr std::array<nghttp2_settings_entry, 3> settings{
        {{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, streamsMax},
         {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, std::uint32_t{Http2Stream::windowBytes}},
         {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, http::Http2HeadReader::listBytesMax}}};
    constexpr nghttp2_settings_entry noPush{NGHTTP2_SETTINGS_ENABLE_PUSH, 0};
    std::vector<nghttp2_settings_entry> all(settings.begin(), settings.end());
    if (role_ == Role::Client) {
        all.push_back(noPush);
    }
    nghttp2_submit_settings(frames_.get(), NGHTTP2_FLAG_NONE, all.data(), all.size());
    nghttp2_session_set_local_window_size(frames_.get(), NGHTTP2_FLAG_NONE, 0, windowBytes);
}

Task<> Http2Connection::run(std::string_view received)
{
    const std::shared_ptr<Http2Connection> self = shared_from_this();
    sendLater();
    bool goesOn = received.empty() || feed(received);
    while (goesOn) {
        keepTime();
        const Io io = co_await socket_->stirred(); // waits without a buffer
        if (io.isDone()) {
            goesOn = receive();
        } else {
            goesOn = io.state == Io::State::Expired && waitedInVain();
        }
    }
    end();
}

bool Http2Connection::receive()
{
    const BufferPool::Lease buffer = worker_.buffers().take();
    const Io io = socket_->tryRead(buffer->free());
    if (io.state == Io::State::WouldBlock) {
        return true;
    }
    return io.isDone() && feed({buffer->filled().data(), io.bytes});
}

bool Http2Connection::feed(std::string_view bytes)
{
    if (isTerminated_) {
        return true; // lingers: what was on its way is not wanted
    }
    const auto* const first = reinterpret_cast<const std::uint8_t*>(bytes.data());
    const ssize_t taken = nghttp2_session_mem_recv(frames_.get(), first, bytes.size());
    if (taken == NGHTTP2_ERR_BAD_CLIENT_MAGIC) {
        return false;
    }
    if (taken < 0) {
        terminate(NGHTTP2_ENHANCE_YOUR_CALM);
    }
    dispatch();
    sendLater();
    return true;
}

/// The deadline has passed, or the worker drains. \return false if that is the end
bool Http2Connection::waitedInVain()
{
    if (worker_.isStopping() || isBroken_) {
        return false;
    }
    const bool ends = worker_.isDraining() || (options_.isLast && options_.isLast());
    if (ends && !isFinishing_) {
        finish();
        return true;
    }
    if (isSending_) {
        return false;
    }
    if (isTerminated_) {
        return waiting_ != Waiting::Linger;
    }
    if (waiting_ != Waiting::Streams) {
        terminate(NGHTTP2_NO_ERROR);
    }
    return true;
}

void Http2Connection::finish()
{
    if (std::exchange(isFinishing_, true) || isOver_) {
        return;
    }
    if (role_ == Role::Server) {
        nghttp2_submit_shutdown_notice(frames_.get());
    }
    sendLater(); // there it ends if nothing is under way
}

void Http2Connection::terminate(std::uint32_t code)
{
    if (!std::exchange(isTerminated_, true)) { // else it is said, or on its way
        nghttp2_session_terminate_session(frames_.get(), code);
        sendLater();
    }
}

/// Tells sessions and streams what nghttp2 has noted.
void Http2Connection::dispatch()
{
    serveNew();
    wakeAll();
    sweep();
}

void Http2Connection::serveNew()
{
    for (std::size_t i = 0; i < toServe_.size(); ++i) {
        Http2Stream& stream = *toServe_[i];
        if (!stream.isClosed()) {
            options_.serve(stream.openPipe(), stream.headError());
        }
    }
    toServe_.clear();
}

void Http2Connection::wakeAll()
{
    for (std::size_t i = 0; i < toWake_.size(); ++i) { // more may be added meanwhile
        toWake_[i]->wake();
    }
    toWake_.clear();
}

void Http2Connection::sweep()
{
    std::erase_if(streams_,
                  [](const auto& stream) { return stream->isOver() && !stream->isToWake; });
    if (role_ == Role::Server && !isFinishing_ && options_.isLast && options_.isLast()) {
        finish();
    }
    if (isFinishing_ && streams_.empty()) {
        terminate(NGHTTP2_NO_ERROR);
    }
}

/// After the last word: whatever their sessions still wait for will not come.
void Http2Connection::closeStreams()
{
    for (const auto& stream : streams_) {
        stream->closed();
    }
    dispatch();
}

void Http2Connection::wakeLater(Http2Stream& stream)
{
    if (!std::exchange(stream.isToWake, true)) {
        toWake_.push_back(&stream);
    }
}

void Http2Connection::sendLater()
{
    if (isOver_ || isSending_ || isSendDue_) {
        return;
    }
    isSendDue_ = true;
    boost::asio::post(worker_.context(), [self = shared_from_this()] {
        self->isSendDue_ = false;
        if (!self->isOver_ && !self->isSending_) {
            send(self);
        }
    });
}

/// Writes until nghttp2 has nothing more.
Detached Http2Connection::send(std::shared_ptr<Http2Connection> self)
{
    TextPool::Lease out(self->worker_.texts());
    self->isSending_ = true;
    while (!self->isOver_) {
        out->clear();
        const std::uint8_t* bytes = nullptr;
        ssize_t count = 1;
        while (count > 0 && out->size() < sendBytesMax) {
            count = nghttp2_session_mem_send(self->frames_.get(), &bytes);
            if (count > 0) {
                out->append(textOf(bytes, static_cast<std::size_t>(count)));
            }
        }
        self->dispatch();
        if (out->empty() && nghttp2_session_want_write(self->frames_.get()) == 0) {
            self->isTerminated_ = nghttp2_session_want_read(self->frames_.get()) == 0;
            break;
        }
        if (out->empty() && count < 0) {
            self->isBroken_ = true;
            break;
        }
        self->keepTime();
        self->socket_->expireAt(self->worker_.now() + self->options_.write);
        const Io io = co_await self->socket_->write(*out);
        if (!io.isDone()) {
            self->isBroken_ = true;
            break;
        }
    }
    self->isSending_ = false;
    if (self->isOver_) {
        co_return;
    }
    if (self->isBroken_) {
        self->socket_->cancel(); // wakes run()
    } else {
        if (self->isTerminated_) {
            self->closeStreams();
            self->socket_->finishWriting();
        }
        self->keepTime();
    }
}

Http2Connection::Waiting Http2Connection::whatFor() const
{
    if (isTerminated_) {
        return Waiting::Linger;
    }
    if (isInBlock_) {
        return Waiting::Block;
    }
    if (!streams_.empty()) {
        return Waiting::Streams;
    }
    return hasHadStream_ || role_ == Role::Client ? Waiting::Idle : Waiting::Start;
}

Duration Http2Connection::timeFor(Waiting waiting) const
{
    switch (waiting) {
    case Waiting::Idle:
        return options_.idle;
    case Waiting::Linger:
        return lingerMax;
    default:
        return options_.head;
    }
}

/// Each wait has its time from when it begins: neither what comes meanwhile nor what is written
/// meanwhile prolongs it, and each write has its own.
void Http2Connection::keepTime()
{
    const Waiting waiting = whatFor();
    if (waiting != std::exchange(waiting_, waiting)) {
        waitEnds_ = worker_.now() + timeFor(waiting);
    }
    if (isSending_) {
        return;
    }
    if (waiting == Waiting::Streams) {
        socket_->neverExpire(); // they have deadlines of their own
    } else {
        socket_->expireAt(waitEnds_);
    }
}

bool Http2Connection::canOpen() const
{
    const std::uint32_t theirs =
        nghttp2_session_get_remote_settings(frames_.get(), NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS);
    return !isOver_ && !isFinishing_ && !isTerminated_ && !isBroken_ &&
           streams_.size() < std::min(streamsMax, theirs);
}

std::unique_ptr<Stream> Http2Connection::open()
{
    streams_.push_back(std::make_unique<Http2Stream>(*this, Role::Client, 0));
    hasHadStream_ = true;
    auto pipe = streams_.back()->openPipe();
    keepTime();
    return pipe;
}

void Http2Connection::end()
{
    isOver_ = true;
    socket_->cancel(); // a writer may wait
    toWake_.clear();
    toServe_.clear();
    const auto streams = std::exchange(streams_, {}); // their pipes break
}

} // namespace lab::live
