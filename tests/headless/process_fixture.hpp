#pragma once

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <arpa/inet.h>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lab::test {

/// The built program as a process of its own. Every wait has an end.
class ProgramProcess {
public:
    static constexpr int waitMs = 30'000;

    explicit ProgramProcess(const QStringList& arguments)
    {
        process_.start(LAB_BINARY_DIR "/bin/ingresslab", arguments);
    }
    ~ProgramProcess()
    {
        if (process_.state() != QProcess::NotRunning) {
            process_.kill();
            process_.waitForFinished(waitMs);
        }
    }

    /// The next line of standard output, or nothing when the program ends first.
    QByteArray readLine()
    {
        QElapsedTimer timer;
        timer.start();
        while (!process_.canReadLine() && timer.elapsed() < waitMs &&
               (process_.state() != QProcess::NotRunning)) {
            process_.waitForReadyRead(1000);
        }
        return process_.readLine();
    }

    void signal(int number) { ::kill(static_cast<pid_t>(process_.processId()), number); }

    /// The exit code, or -1 where it died or did not end.
    int wait()
    {
        const bool hasEnded =
            process_.state() == QProcess::NotRunning || process_.waitForFinished(waitMs);
        return hasEnded && process_.exitStatus() == QProcess::NormalExit ? process_.exitCode() : -1;
    }

    QByteArray err() { return process_.readAllStandardError(); }
    QByteArray out() { return process_.readAllStandardOutput(); }
    [[nodiscard]] qint64 pid() const { return process_.processId(); }

private:
    QProcess process_;
};

/// One HTTP/1.1 request, sent on a connection of its own that closes at the end of this.
class OpenRequest {
public:
    OpenRequest(const QString& address, const QByteArray& target, const QByteArray& host)
        : OpenRequest(address,
                      "GET " + target + " HTTP/1.1\r\nHost: " + host +
                          "\r\nConnection: close\r\n\r\n")
    {
    }
    /// \param request  as it is sent
    OpenRequest(const QString& address, const QByteArray& request)
        : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        const timeval patience{ProgramProcess::waitMs / 1000, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(address.section(':', 1).toUShort());
        ::inet_pton(AF_INET, address.section(':', 0, 0).toUtf8().constData(), &to.sin_addr);
        if (::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0) {
            ::send(
                fd_, request.constData(), static_cast<std::size_t>(request.size()), MSG_NOSIGNAL);
        }
    }
    OpenRequest(const OpenRequest&) = delete;
    OpenRequest& operator=(const OpenRequest&) = delete;
    ~OpenRequest() { ::close(fd_); }

    /// The whole answer, or what came in time.
    [[nodiscard]] QByteArray answer() const
    {
        QByteArray bytes;
        char piece[4096];
        ssize_t count = 0;
        while ((count = ::recv(fd_, piece, sizeof piece, 0)) > 0) {
            bytes.append(piece, count);
        }
        return bytes;
    }

private:
    int fd_;
};

inline QByteArray httpGet(const QString& address, const QByteArray& target, const QByteArray& host)
{
    return OpenRequest(address, target, host).answer();
}

} // namespace lab::test
