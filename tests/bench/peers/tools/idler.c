// idler COUNT PORT [tls]: opens COUNT connections to 127.0.0.1:PORT, asks for / once on each, and
// keeps them all open.
//
// Prints "ready OK FAILED" and holds until standard input ends, ten minutes at most.
#include "sockets.h"

#include <openssl/ssl.h>

#include <signal.h>
#include <string.h>
#include <sys/time.h>

enum { seconds_max = 600, answer_seconds_max = 10, failures_max = 100 };

static const char request[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

static SSL_CTX* make_tls_context(void)
{
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    return context;
}

static int ask(int fd, SSL_CTX* context, char* answer, int room)
{
    if (!context) {
        return write(fd, request, sizeof request - 1) < 0 ? -1 : read(fd, answer, room);
    }
    SSL* tls = SSL_new(context);
    SSL_set_fd(tls, fd);
    SSL_set_tlsext_host_name(tls, "svc0.example.test");
    if (SSL_connect(tls) != 1) {
        return -1;
    }
    SSL_write(tls, request, sizeof request - 1);
    return SSL_read(tls, answer, room);
}

static int open_one(int port, SSL_CTX* context)
{
    struct timeval patience = {answer_seconds_max, 0};
    struct sockaddr_in address = loopback(port);
    char answer[4096];
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) {
        return 0;
    }
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    no_delay(fd);
    if (connect(fd, (void*)&address, sizeof address)) {
        return 0;
    }
    return ask(fd, context, answer, sizeof answer) > 12 && !memcmp(answer, "HTTP/1.1 200", 12);
}

int main(int count, char** arguments)
{
    if (count < 3) {
        fprintf(stderr, "usage: idler COUNT PORT [tls]\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    alarm(seconds_max);
    raise_open_files();
    SSL_CTX* context = count > 3 ? make_tls_context() : NULL;
    int wanted = atoi(arguments[1]), open = 0, failed = 0;
    for (int i = 0; i < wanted && failed < failures_max; i++) {
        if (open_one(atoi(arguments[2]), context)) {
            open++;
        } else {
            failed++;
        }
    }
    printf("ready %d %d\n", open, failed);
    fflush(stdout);
    char ignored[64];
    while (read(0, ignored, sizeof ignored) > 0) {
    }
    return 0;
}
