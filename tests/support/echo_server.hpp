#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace lab::test {

/// What the server in a test answers, byte for byte.
struct EchoReply {
    std::string bytes = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    bool closes = false;      ///< Closes the connection behind it.
    bool ignoresBody = false; ///< Answers before it has read the request's body.
};

/// A blocking HTTP server on a free port of 127.0.0.1, one thread a connection: says what a test
/// tells it to. One request is answered at a time, so a responder that sleeps stalls them all.
class EchoServer {
public:
    /// \param head  of the request, with its empty line
    using Responder = std::function<EchoReply(const std::string& head)>;

    explicit EchoServer(Responder responder = [](const std::string&) { return EchoReply{}; })
        : responder_(std::move(responder))
        , acceptor_(context_, {boost::asio::ip::make_address("127.0.0.1"), 0})
    {
        accepting_ = std::thread([this] { accept(); });
    }

    /// The same over TLS.
    EchoServer(const std::string& certificatePem, const std::string& keyPem, Responder responder)
        : EchoServer(std::move(responder))
    {
        using boost::asio::ssl::context;
        tls_.emplace_back(context::tls_server);
        tls_[0].use_certificate_chain(boost::asio::buffer(certificatePem));
        tls_[0].use_private_key(boost::asio::buffer(keyPem), context::pem);
        isTls_ = true;
    }

    ~EchoServer()
    {
        isStopping_ = true;
        ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
        accepting_.join();
        for (Connection& connection : connections_) {
            ::shutdown(connection.socket.native_handle(), SHUT_RDWR);
        }
        for (Connection& connection : connections_) {
            connection.thread.join();
        }
    }

    EchoServer(const EchoServer&) = delete;
    EchoServer& operator=(const EchoServer&) = delete;

    [[nodiscard]] std::string address() const
    {
        return "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
    }
    [[nodiscard]] std::size_t connectionCount() const { return accepted_; }
    /// The heads of all requests so far, in the order of arrival.
    [[nodiscard]] std::vector<std::string> heads() const
    {
        const std::lock_guard lock(mutex_);
        return heads_;
    }
    /// The addresses that connections came from.
    [[nodiscard]] std::vector<std::string> clients() const
    {
        const std::lock_guard lock(mutex_);
        return clients_;
    }
    /// How many TLS connections took up an earlier session.
    [[nodiscard]] std::size_t resumedCount() const { return resumed_; }

private:
    using Socket = boost::asio::ip::tcp::socket;

    struct Connection {
        explicit Connection(Socket accepted)
            : socket(std::move(accepted))
        {
        }
        Socket socket;
        std::thread thread;
    };

    void accept()
    {
        while (true) {
            boost::system::error_code error;
            Socket socket = acceptor_.accept(error);
            if (error || isStopping_) {
                return;
            }
            ++accepted_;
            socket.set_option(boost::asio::ip::tcp::no_delay(true), error);
            {
                const std::lock_guard lock(mutex_);
                clients_.push_back(socket.remote_endpoint(error).address().to_string());
            }
            Connection& connection = connections_.emplace_back(std::move(socket));
            connection.thread = std::thread([this, &connection] { serve(connection); });
        }
    }

    void serve(Connection& connection)
    {
        boost::system::error_code error;
        if (isTls_) {
            boost::asio::ssl::stream<Socket&> stream(connection.socket, tls_[0]);
            stream.handshake(boost::asio::ssl::stream_base::server, error);
            if (!error) {
                resumed_ += SSL_session_reused(stream.native_handle()) != 0 ? 1U : 0U;
                exchangeAll(stream);
            }
        } else {
            exchangeAll(connection.socket);
        }
        connection.socket.shutdown(Socket::shutdown_both, error);
    }

    template <typename Stream>
    void exchangeAll(Stream& stream)
    {
        boost::asio::streambuf buffer;
        boost::system::error_code error;
        while (true) {
            const std::size_t headBytes =
                boost::asio::read_until(stream, buffer, "\r\n\r\n", error);
            if (error) {
                return;
            }
            const auto* start = static_cast<const char*>(buffer.data().data());
            const std::string head(start, headBytes);
            buffer.consume(headBytes);
            const EchoReply reply = replyTo(head);
            if (!reply.ignoresBody) {
                readBody(stream, buffer, head);
            }
            boost::asio::write(stream, boost::asio::buffer(reply.bytes), error);
            if (error || reply.closes) {
                return;
            }
        }
    }

    EchoReply replyTo(const std::string& head)
    {
        const std::lock_guard lock(mutex_);
        heads_.push_back(head);
        return responder_(head);
    }

    template <typename Stream>
    static void readBody(Stream& stream, boost::asio::streambuf& buffer, const std::string& head)
    {
        static constexpr const char* field = "\r\nContent-Length: ";
        const std::size_t found = head.find(field);
        if (found == std::string::npos) {
            return;
        }
        std::size_t left = std::stoul(head.substr(found + std::char_traits<char>::length(field)));
        boost::system::error_code error;
        while (left > 0 && !error) {
            if (buffer.size() == 0) {
                boost::asio::read(stream, buffer, boost::asio::transfer_at_least(1), error);
            }
            const std::size_t taken = std::min(left, buffer.size());
            buffer.consume(taken);
            left -= taken;
        }
    }

    Responder responder_;
    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::vector<boost::asio::ssl::context> tls_;
    std::atomic<bool> isTls_ = false;
    std::atomic<bool> isStopping_ = false;
    std::atomic<std::size_t> accepted_ = 0;
    std::atomic<std::size_t> resumed_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> heads_;
    std::vector<std::string> clients_;
    std::list<Connection> connections_; ///< Grown by the accepting thread only.
    std::thread accepting_;
};

} // namespace lab::test
