#pragma once

#include "support/raw_socket.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nghttp2/nghttp2.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lab::test {

using Http2Fields = std::vector<std::pair<std::string, std::string>>;

/// What came back on one HTTP/2 stream.
struct Http2Answer {
    int status = 0; ///< 0: none came.
    std::vector<int> interim;
    Http2Fields fields; ///< Trailers behind the others.
    std::string body;
    bool isClosed = false;
    bool hasEnded = false;        ///< Properly.
    std::uint32_t error = 0;      ///< Of the stream, once it is closed.
    std::size_t trailerCount = 0; ///< The last ones of `fields`.

    [[nodiscard]] std::string field(const std::string& name) const
    {
        const auto found =
            std::ranges::find_if(fields, [&](const auto& entry) { return entry.first == name; });
        return found == fields.end() ? std::string() : found->second;
    }
};

/// GET or POST of a path of shop.lab, with more fields behind.
inline Http2Fields http2Request(const std::string& method,
                                const std::string& path,
                                const Http2Fields& more = {},
                                const std::string& authority = "shop.lab")
{
    Http2Fields fields{
        {":method", method}, {":scheme", "http"}, {":authority", authority}, {":path", path}};
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
}

/// A blocking HTTP/2 client on one connection, which sends whatever a test tells it to.
class Http2Client {
public:
    /// \param readsByItself  false: windows open by read() only
    explicit Http2Client(RawSocket socket, bool readsByItself = true)
        : socket_(std::move(socket))
    {
        nghttp2_session_callbacks* callbacks = nullptr;
        nghttp2_session_callbacks_new(&callbacks);
        nghttp2_session_callbacks_set_on_header_callback(callbacks, onField);
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, onData);
        nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, onFrame);
        nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, onClose);
        nghttp2_option* option = nullptr;
        nghttp2_option_new(&option);
        nghttp2_option_set_no_auto_window_update(option, readsByItself ? 0 : 1);
        nghttp2_option_set_no_http_messaging(option, 1);
        nghttp2_option_set_max_send_header_block_length(option, 1U << 20U);
        nghttp2_session* frames = nullptr;
        nghttp2_session_client_new2(&frames, callbacks, this, option);
        nghttp2_option_del(option);
        nghttp2_session_callbacks_del(callbacks);
        frames_.reset(frames);
        nghttp2_submit_settings(frames, NGHTTP2_FLAG_NONE, nullptr, 0);
    }
    Http2Client(const Http2Client&) = delete;
    Http2Client& operator=(const Http2Client&) = delete;

    /// \param ends  false: more of the body follows by sendMore()
    std::int32_t begin(const Http2Fields& fields, std::string body = {}, bool ends = true)
    {
        auto upload = std::make_unique<Upload>(Upload{std::move(body), ends, {}});
        nghttp2_data_provider provider{};
        provider.source.ptr = upload.get();
        provider.read_callback = onRead;
        const bool hasBody = !upload->left.empty() || !ends;
        const auto all = asNv(fields);
        const std::int32_t id = nghttp2_submit_request(
            frames_.get(), nullptr, all.data(), all.size(), hasBody ? &provider : nullptr, nullptr);
        uploads_[id] = std::move(upload);
        flush();
        return id;
    }
    void sendMore(std::int32_t id, const std::string& bytes, bool ends, Http2Fields trailers = {})
    {
        Upload& upload = *uploads_[id];
        upload.left += bytes;
        upload.ends = ends;
        upload.trailers = std::move(trailers);
        nghttp2_session_resume_data(frames_.get(), id);
        flush();
    }

    /// The answer, once its stream is closed or the connection is over.
    const Http2Answer& finish(std::int32_t id)
    {
        turnUntil([&] { return answers_[id].isClosed; });
        return answers_[id];
    }
    const Http2Answer& ask(const Http2Fields& fields, std::string body = {})
    {
        return finish(begin(fields, std::move(body)));
    }
    [[nodiscard]] Http2Answer& answer(std::int32_t id) { return answers_[id]; }

    /// Receives until that holds. \return false if the connection ended before
    bool turnUntil(const std::function<bool()>& holds)
    {
        flush();
        while (!holds()) {
            const std::string bytes = socket_.receiveSome();
            if (bytes.empty()) {
                return false;
            }
            const auto* first = reinterpret_cast<const std::uint8_t*>(bytes.data());
            if (nghttp2_session_mem_recv(frames_.get(), first, bytes.size()) < 0) {
                return false;
            }
            flush();
        }
        return true;
    }
    /// Receives until the server has ended the connection. \return the code of its GOAWAY, or ~0
    std::uint32_t goneAway()
    {
        turnUntil([] { return false; });
        return goAway_;
    }
    [[nodiscard]] bool hasGoAway() const { return goAway_ != ~std::uint32_t{0}; }

    void reset(std::int32_t id)
    {
        nghttp2_submit_rst_stream(frames_.get(), NGHTTP2_FLAG_NONE, id, NGHTTP2_CANCEL);
        flush();
    }
    /// Opens the windows for what came.
    void read(std::int32_t id, std::size_t bytes)
    {
        nghttp2_session_consume(frames_.get(), id, bytes);
        flush();
    }
    void flush()
    {
        const std::uint8_t* bytes = nullptr;
        ssize_t count = nghttp2_session_mem_send(frames_.get(), &bytes);
        while (count > 0) {
            socket_.send({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count)});
            count = nghttp2_session_mem_send(frames_.get(), &bytes);
        }
    }
    [[nodiscard]] RawSocket& socket() { return socket_; }
    [[nodiscard]] nghttp2_session* frames() { return frames_.get(); }

private:
    struct Upload {
        std::string left;
        bool ends = true;
        Http2Fields trailers;
    };
    struct Delete {
        void operator()(nghttp2_session* frames) const { nghttp2_session_del(frames); }
    };

    static std::vector<nghttp2_nv> asNv(const Http2Fields& fields)
    {
        const auto bytes = [](const std::string& text) {
            return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
        };
        std::vector<nghttp2_nv> all;
        for (const auto& [name, value] : fields) {
            all.push_back({bytes(name), bytes(value), name.size(), value.size(), 0});
        }
        return all;
    }
    static Http2Client& self(void* data) { return *static_cast<Http2Client*>(data); }
    static int onField(nghttp2_session*,
                       const nghttp2_frame* frame,
                       const std::uint8_t* name,
                       std::size_t nameLength,
                       const std::uint8_t* value,
                       std::size_t valueLength,
                       std::uint8_t,
                       void* data)
    {
        Http2Answer& answer = self(data).answers_[frame->hd.stream_id];
        const std::string key(reinterpret_cast<const char*>(name), nameLength);
        const std::string text(reinterpret_cast<const char*>(value), valueLength);
        if (key == ":status") {
            const int status = std::stoi(text);
            if (status < 200) {
                answer.interim.push_back(status);
            } else {
                answer.status = status;
            }
            return 0;
        }
        answer.trailerCount += frame->headers.cat == NGHTTP2_HCAT_HEADERS && answer.status >= 200;
        answer.fields.emplace_back(key, text);
        return 0;
    }
    static int onData(nghttp2_session*,
                      std::uint8_t,
                      std::int32_t id,
                      const std::uint8_t* bytes,
                      std::size_t length,
                      void* data)
    {
        self(data).answers_[id].body.append(reinterpret_cast<const char*>(bytes), length);
        return 0;
    }
    static int onFrame(nghttp2_session*, const nghttp2_frame* frame, void* data)
    {
        if (frame->hd.type == NGHTTP2_GOAWAY) {
            self(data).goAway_ = frame->goaway.error_code;
        }
        const bool canEnd = frame->hd.type == NGHTTP2_DATA || frame->hd.type == NGHTTP2_HEADERS;
        if (canEnd && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) {
            self(data).answers_[frame->hd.stream_id].hasEnded = true;
        }
        return 0;
    }
    static int onClose(nghttp2_session*, std::int32_t id, std::uint32_t error, void* data)
    {
        self(data).answers_[id].isClosed = true;
        self(data).answers_[id].error = error;
        return 0;
    }
    static ssize_t onRead(nghttp2_session* frames,
                          std::int32_t id,
                          std::uint8_t* into,
                          std::size_t length,
                          std::uint32_t* flags,
                          nghttp2_data_source* source,
                          void*)
    {
        Upload& upload = *static_cast<Upload*>(source->ptr);
        const std::size_t count = std::min(length, upload.left.size());
        std::copy_n(upload.left.data(), count, into);
        upload.left.erase(0, count);
        if (upload.left.empty() && upload.ends) {
            *flags |= NGHTTP2_DATA_FLAG_EOF;
            if (!upload.trailers.empty()) {
                *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
                const auto all = asNv(upload.trailers);
                nghttp2_submit_trailer(frames, id, all.data(), all.size());
            }
        } else if (count == 0) {
            return NGHTTP2_ERR_DEFERRED;
        }
        return static_cast<ssize_t>(count);
    }

    RawSocket socket_;
    std::map<std::int32_t, Http2Answer> answers_;
    std::map<std::int32_t, std::unique_ptr<Upload>> uploads_;
    std::unique_ptr<nghttp2_session, Delete> frames_;
    std::uint32_t goAway_ = ~std::uint32_t{0};
};

/// One frame, as bytes.
inline std::string http2Frame(std::uint8_t type,
                              std::uint8_t flags,
                              std::uint32_t stream,
                              const std::string& payload = {})
{
    std::string frame;
    for (const int shift : {16, 8, 0}) {
        frame += static_cast<char>(payload.size() >> static_cast<unsigned>(shift));
    }
    frame += static_cast<char>(type);
    frame += static_cast<char>(flags);
    for (const int shift : {24, 16, 8, 0}) {
        frame += static_cast<char>(stream >> static_cast<unsigned>(shift));
    }
    return frame + payload;
}

/// A field as HPACK spells it without tables. \pre both are shorter than 127 bytes
inline std::string http2Literal(const std::string& name, const std::string& value)
{
    return std::string(1, '\0') + static_cast<char>(name.size()) + name +
           static_cast<char>(value.size()) + value;
}

inline const std::string http2Opening = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + http2Frame(4, 0, 0);

} // namespace lab::test
