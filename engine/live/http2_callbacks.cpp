// What nghttp2 tells an HTTP/2 connection.
#include "base/check.hpp"
#include "live/http2_connection.hpp"

#include <memory>
#include <string_view>

namespace lab::live {
namespace {

std::string_view textOf(const std::uint8_t* bytes, std::size_t length)
{
    return {reinterpret_cast<const char*>(bytes), length};
}

struct CallbacksDeleter {
    void operator()(nghttp2_session_callbacks* callbacks) const
    {
        nghttp2_session_callbacks_del(callbacks);
    }
};
constexpr int enough = NGHTTP2_ERR_CALLBACK_FAILURE; // ends the connection: ENHANCE_YOUR_CALM

} // namespace

/// What nghttp2 tells. Only notes it: nobody is resumed before nghttp2 has returned.
struct Http2Connection::Callbacks {
    static Http2Stream* streamOf(nghttp2_session* frames, std::int32_t id)
    {
        return static_cast<Http2Stream*>(nghttp2_session_get_stream_user_data(frames, id));
    }

    static int frameBegins(nghttp2_session*, const nghttp2_frame_hd* frame, void* data)
    {
        auto& self = *static_cast<Http2Connection*>(data);
        const bool isHeaders = frame->type == NGHTTP2_HEADERS;
        const bool isContinuation = frame->type == NGHTTP2_CONTINUATION;
        const bool carries = isHeaders || isContinuation || frame->type == NGHTTP2_DATA;
        bool isFine = self.guard_.frameBegins(carries, frame->length);
        if (isHeaders || isContinuation) {
            isFine = isFine && (isHeaders ? self.guard_.blockBegins(frame->length)
                                          : self.guard_.blockGoesOn(frame->length));
            self.isInBlock_ = (frame->flags & NGHTTP2_FLAG_END_HEADERS) == 0;
        }
        return isFine ? 0 : enough;
    }

    static int fieldsBegin(nghttp2_session* frames, const nghttp2_frame* frame, void* data)
    {
        auto& self = *static_cast<Http2Connection*>(data);
        const std::int32_t id = frame->hd.stream_id;
        if (frame->headers.cat == NGHTTP2_HCAT_REQUEST) {
            if (self.streams_.size() >= sessionsMax) {
                nghttp2_submit_rst_stream(frames, NGHTTP2_FLAG_NONE, id, NGHTTP2_REFUSED_STREAM);
                return 0;
            }
            self.streams_.push_back(std::make_unique<Http2Stream>(self, Role::Server, id));
            self.hasHadStream_ = true;
            nghttp2_session_set_stream_user_data(frames, id, self.streams_.back().get());
        }
        if (Http2Stream* const stream = streamOf(frames, id)) {
            stream->beginFields();
        }
        return 0;
    }

    static int field(nghttp2_session* frames,
                     const nghttp2_frame* frame,
                     const std::uint8_t* name,
                     std::size_t nameLength,
                     const std::uint8_t* value,
                     std::size_t valueLength,
                     std::uint8_t,
                     void*)
    {
        Http2Stream* const stream = streamOf(frames, frame->hd.stream_id);
        if (stream == nullptr) {
            return 0;
        }
        stream->field(textOf(name, nameLength), textOf(value, valueLength));
        return stream->listBytes() <= Http2Guard::listBytesMax ? 0 : enough;
    }

    static int brokenField(nghttp2_session*,
                           const nghttp2_frame*,
                           const std::uint8_t*,
                           std::size_t,
                           const std::uint8_t*,
                           std::size_t,
                           std::uint8_t,
                           void*)
    {
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE; // malformed, not to be passed over: 8.1.1
    }

    static int frameReceived(nghttp2_session* frames, const nghttp2_frame* frame, void* data)
    {
        auto& self = *static_cast<Http2Connection*>(data);
        const bool isLast = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
        Http2Stream* const stream = streamOf(frames, frame->hd.stream_id);
        if (frame->hd.type == NGHTTP2_HEADERS) {
            if (stream != nullptr) {
                const bool hadHead = stream->hasWholeHead();
                stream->endFields(isLast);
                if (self.role_ == Role::Server && !hadHead && stream->hasWholeHead()) {
                    self.toServe_.push_back(stream);
                }
            }
        } else if (frame->hd.type == NGHTTP2_DATA && isLast && stream != nullptr) {
            stream->dataEnded();
        } else if (frame->hd.type == NGHTTP2_RST_STREAM && self.role_ == Role::Server) {
            return self.guard_.wasReset(self.worker_.now()) ? 0 : enough;
        } else if (frame->hd.type == NGHTTP2_GOAWAY) {
            self.isFinishing_ = true;
        }
        return 0;
    }

    static int dataReceived(nghttp2_session* frames,
                            std::uint8_t,
                            std::int32_t id,
                            const std::uint8_t* bytes,
                            std::size_t length,
                            void*)
    {
        if (Http2Stream* const stream = streamOf(frames, id)) {
            stream->data(textOf(bytes, length));
        } else {
            nghttp2_session_consume(frames, id, length);
        }
        return 0;
    }

    static int frameSent(nghttp2_session* frames, const nghttp2_frame* frame, void* data)
    {
        if (frame->hd.type != NGHTTP2_DATA && frame->hd.type != NGHTTP2_HEADERS) {
            return 0;
        }
        static_cast<Http2Connection*>(data)->guard_.sent(frame->hd.length);
        Http2Stream* const stream = streamOf(frames, frame->hd.stream_id);
        if (stream != nullptr && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) {
            stream->endSent();
        }
        return 0;
    }

    static int streamClosed(nghttp2_session* frames, std::int32_t id, std::uint32_t, void*)
    {
        if (Http2Stream* const stream = streamOf(frames, id)) {
            stream->closed();
        }
        return 0;
    }

    static std::unique_ptr<nghttp2_session_callbacks, CallbacksDeleter> make()
    {
        nghttp2_session_callbacks* all = nullptr;
        check(nghttp2_session_callbacks_new(&all) == 0, "there is memory for nghttp2");
        nghttp2_session_callbacks_set_on_begin_frame_callback(all, frameBegins);
        nghttp2_session_callbacks_set_on_begin_headers_callback(all, fieldsBegin);
        nghttp2_session_callbacks_set_on_header_callback(all, field);
        nghttp2_session_callbacks_set_on_invalid_header_callback(all, brokenField);
        nghttp2_session_callbacks_set_on_frame_recv_callback(all, frameReceived);
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(all, dataReceived);
        nghttp2_session_callbacks_set_on_frame_send_callback(all, frameSent);
        nghttp2_session_callbacks_set_on_stream_close_callback(all, streamClosed);
        return std::unique_ptr<nghttp2_session_callbacks, CallbacksDeleter>(all);
    }
};

const nghttp2_session_callbacks* Http2Connection::callbacks()
{
    static const auto all = Callbacks::make();
    return all.get();
}

} // namespace lab::live
