#include "conformance/live_client.hpp"

#include "conformance/raw_request.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lab::conformance {
namespace {

constexpr std::size_t pieceBytes = 16384;

std::optional<sockaddr_in> loopback(const std::string& host, int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (::inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) {
        return std::nullopt;
    }
    return address;
}

/// A socket that is connecting from that address, or -1.
int beginConnect(const LiveTarget& target)
{
    const std::size_t colon = target.address.rfind(':');
    if (colon == std::string::npos) {
        return -1;
    }
    const auto to =
        loopback(target.address.substr(0, colon), std::atoi(target.address.c_str() + colon + 1));
    const auto from = loopback(target.clientIp, 0);
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -1;
    }
    const int on = 1;
    ::setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const bool isBound =
        to && from && ::bind(fd, reinterpret_cast<const sockaddr*>(&*from), sizeof *from) == 0;
    if (!isBound || (::connect(fd, reinterpret_cast<const sockaddr*>(&*to), sizeof *to) != 0 &&
                     errno != EINPROGRESS)) {
        ::close(fd);
        return -1;
    }
    return fd;
}

/// Checks no certificate: which one was presented is what the suites look at.
SSL_CTX* context()
{
    static SSL_CTX* const shared = [] {
        SSL_CTX* made = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_verify(made, SSL_VERIFY_NONE, nullptr);
        SSL_CTX_set_mode(made, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
        SSL_CTX_set_options(made, SSL_OP_IGNORE_UNEXPECTED_EOF);
        return made;
    }();
    return shared;
}

} // namespace

struct LiveClient::Tls {
    explicit Tls(int fd)
        : ssl(SSL_new(context()))
    {
        SSL_set_fd(ssl, fd);
    }
    ~Tls() { SSL_free(ssl); }
    Tls(const Tls&) = delete;
    Tls& operator=(const Tls&) = delete;

    SSL* ssl;
};

LiveClient::LiveClient(int fd, Clock::time_point deadline)
    : fd_(fd)
    , deadline_(deadline)
{
}

LiveClient::~LiveClient()
{
    ::close(fd_);
}

std::unique_ptr<LiveClient> LiveClient::connect(const LiveTarget& target,
                                                Clock::time_point deadline)
{
    const int fd = beginConnect(target);
    if (fd < 0) {
        return nullptr;
    }
    std::unique_ptr<LiveClient> client(new LiveClient(fd, deadline));
    int error = 0;
    socklen_t length = sizeof error;
    if (!client->waitFor(Wait::Writable) ||
        ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0 || error != 0) {
        return nullptr;
    }
    if (target.isTls && !client->shakeHands(target.sni)) {
        return nullptr;
    }
    return client;
}

bool LiveClient::shakeHands(const std::string& sni)
{
    tls_ = std::make_unique<Tls>(fd_);
    if (!sni.empty()) {
        std::string name = sni; // the macro SSL_set_tlsext_host_name casts const away
        SSL_ctrl(tls_->ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
    }
    while (true) {
        const int result = SSL_connect(tls_->ssl);
        if (result == 1) {
            return true;
        }
        const int error = SSL_get_error(tls_->ssl, result);
        const bool wantsRead = error == SSL_ERROR_WANT_READ;
        if ((!wantsRead && error != SSL_ERROR_WANT_WRITE) ||
            !waitFor(wantsRead ? Wait::Readable : Wait::Writable)) {
            return false;
        }
    }
}

std::string LiveClient::presentedDer() const
{
    std::string der;
    if (tls_ == nullptr) {
        return der;
    }
    X509* certificate = SSL_get1_peer_certificate(tls_->ssl);
    unsigned char* bytes = nullptr;
    const int length = certificate == nullptr ? 0 : i2d_X509(certificate, &bytes);
    if (length > 0) {
        der.assign(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
        OPENSSL_free(bytes);
    }
    X509_free(certificate);
    return der;
}

bool LiveClient::waitFor(Wait wait) const
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - Clock::now());
    if (left.count() <= 0) {
        return false;
    }
    pollfd watched{fd_, 0, 0};
    watched.events = wait == Wait::Readable   ? POLLIN
                     : wait == Wait::Writable ? POLLOUT
                                              : POLLIN | POLLOUT;
    int result = 0;
    do {
        result = ::poll(&watched, 1, static_cast<int>(left.count()));
    } while (result < 0 && errno == EINTR);
    return result > 0;
}

LiveClient::Step LiveClient::readSome()
{
    if (received_.size() > answerBytesMax) {
        return Step::Over;
    }
    char piece[pieceBytes];
    std::ptrdiff_t bytes = 0;
    if (tls_) {
        bytes = SSL_read(tls_->ssl, piece, sizeof piece);
        const int error =
            bytes > 0 ? SSL_ERROR_NONE : SSL_get_error(tls_->ssl, static_cast<int>(bytes));
        if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
            return Step::Again;
        }
    } else {
        bytes = ::recv(fd_, piece, sizeof piece, 0);
        if (bytes < 0 && (errno == EAGAIN || errno == EINTR)) {
            return Step::Again;
        }
    }
    if (bytes <= 0) {
        isEnded_ = true;
        return Step::Over;
    }
    received_.append(piece, static_cast<std::size_t>(bytes));
    return Step::Done;
}

LiveClient::Step LiveClient::writeSome(std::string_view bytes, std::size_t& written)
{
    const auto length = static_cast<int>(std::min(bytes.size(), pieceBytes));
    std::ptrdiff_t sent = 0;
    if (tls_) {
        sent = SSL_write(tls_->ssl, bytes.data(), length);
        const int error =
            sent > 0 ? SSL_ERROR_NONE : SSL_get_error(tls_->ssl, static_cast<int>(sent));
        if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
            return Step::Again;
        }
    } else {
        sent = ::send(fd_, bytes.data(), static_cast<std::size_t>(length), MSG_NOSIGNAL);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
            return Step::Again;
        }
    }
    if (sent <= 0) {
        return Step::Over;
    }
    written += static_cast<std::size_t>(sent);
    return Step::Done;
}

bool LiveClient::sendAll(std::string_view bytes)
{
    std::size_t written = 0;
    while (written < bytes.size()) {
        if (readSome() == Step::Over || hasFinalHead()) {
            return false; // the answer, or the end, comes before we are done
        }
        const Step step = writeSome(bytes.substr(written), written);
        if (step == Step::Over || (step == Step::Again && !waitFor(Wait::Either))) {
            return false;
        }
    }
    return true;
}

bool LiveClient::sendBody(std::uint64_t bytes, bool isChunked)
{
    const std::string piece(pieceBytes, 'x');
    while (bytes > 0) {
        const auto now = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, pieceBytes));
        const std::string_view data = std::string_view(piece).substr(0, now);
        if (isChunked) {
            char size[20];
            std::snprintf(size, sizeof size, "%zx\r\n", now);
            if (!sendAll(size + std::string(data) + "\r\n")) {
                return false;
            }
        } else if (!sendAll(data)) {
            return false;
        }
        bytes -= now;
    }
    return !isChunked || sendAll("0\r\n\r\n");
}

std::optional<LiveAnswer> LiveClient::exchange(const std::string& head,
                                               std::uint64_t bodyBytes,
                                               bool isChunked,
                                               Clock::time_point deadline)
{
    deadline_ = deadline;
    const bool isSent = sendAll(head) && sendBody(bodyBytes, isChunked);
    auto answer = receive(head.starts_with("HEAD "));
    if (answer && !isSent) {
        answer->isKeptAlive = false;
    }
    return answer;
}

bool LiveClient::readMore()
{
    while (!isEnded_) {
        const Step step = readSome();
        if (step != Step::Again) {
            return step == Step::Done;
        }
        if (!waitFor(Wait::Readable)) {
            return false;
        }
    }
    return false;
}

/// Has the head of an answer come that is not 1xx?
bool LiveClient::hasFinalHead() const
{
    return received_.find("\r\n\r\n") != std::string::npos && !received_.starts_with("HTTP/1.1 1");
}

std::optional<LiveAnswer> LiveClient::receive(bool hasNoBody)
{
    LiveAnswer answer;
    do {
        if (!takeHead(answer)) {
            return std::nullopt;
        }
    } while (answer.status / 100 == 1);
    const bool isEmpty = hasNoBody || answer.status == 204 || answer.status == 304;
    if (!isEmpty && !takeBody(answer)) {
        return std::nullopt;
    }
    return answer;
}

bool LiveClient::takeHead(LiveAnswer& answer)
{
    std::size_t end = received_.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (!readMore()) {
            return false;
        }
        end = received_.find("\r\n\r\n");
    }
    const std::size_t line = received_.find("\r\n");
    const std::string first = received_.substr(0, line);
    if (!first.starts_with("HTTP/1.") || first.size() < 12) {
        return false;
    }
    answer.status = std::atoi(first.c_str() + 9);
    answer.headers = fieldsOfLines(received_.substr(line + 2, end - line));
    const auto connection = fieldValue(answer.headers, "Connection");
    answer.isKeptAlive = first.starts_with("HTTP/1.1") && connection.value_or("") != "close";
    received_.erase(0, end + 4);
    return true;
}

bool LiveClient::takeBody(LiveAnswer& answer)
{
    if (fieldValue(answer.headers, "Transfer-Encoding")) {
        return takeChunks(answer.body);
    }
    if (const auto length = fieldValue(answer.headers, "Content-Length")) {
        const std::size_t wanted = std::strtoull(length->c_str(), nullptr, 10);
        while (received_.size() < wanted) {
            if (!readMore()) {
                return false;
            }
        }
        answer.body = received_.substr(0, wanted);
        received_.erase(0, wanted);
        return true;
    }
    answer.isKeptAlive = false;
    while (readMore()) {
    }
    answer.body.swap(received_);
    return isEnded_;
}

bool LiveClient::takeChunks(std::string& body)
{
    while (true) {
        std::size_t line = received_.find("\r\n");
        while (line == std::string::npos) {
            if (!readMore()) {
                return false;
            }
            line = received_.find("\r\n");
        }
        const std::size_t size = std::strtoull(received_.c_str(), nullptr, 16);
        if (size > answerBytesMax) {
            return false;
        }
        while (received_.size() < line + 2 + size + 2) {
            if (!readMore()) {
                return false;
            }
        }
        body += received_.substr(line + 2, size);
        received_.erase(0, line + 2 + size + 2);
        if (size == 0) {
            return true; // our pods and doors send no trailers
        }
    }
}

} // namespace lab::conformance
