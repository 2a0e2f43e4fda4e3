// floor PORT BACKEND_PORT [CERTIFICATE KEY]: the smallest reverse proxy that still parses and
// pools.
//
// What the kernel's sockets (and OpenSSL's TLS 1.3, when a certificate is given) cost with next to
// nothing on top: a head's end, Host, Connection: close and Content-Length are looked for, upstream
// connections are shared, last in first out. It trusts everybody. One thread, until it is killed.
#define _GNU_SOURCE
#include "sockets.h"

#include <openssl/ssl.h>

#include <signal.h>
#include <string.h>

enum { head_max = 16384, answer_max = 1 << 18 };
enum kind { listener_kind, client_kind, upstream_kind };

typedef struct connection {
    enum kind kind;
    int fd, is_closed, is_greeted, closes_after;
    struct connection* other; // of the exchange under way: client and upstream
    struct connection* next;  // in the pool, or among the closed
    SSL* tls;
    char* head;
    size_t have;
    long long left; // bytes of the answer still to come; -1 before its head
} connection;

static int epoll, backend_port;
static SSL_CTX* tls_context;
static connection *pool, *closed;
static char bytes[answer_max];

static connection* add(int fd, enum kind kind)
{
    connection* c = calloc(1, sizeof *c);
    c->fd = fd;
    c->kind = kind;
    watch(epoll, EPOLL_CTL_ADD, fd, EPOLLIN, c);
    return c;
}

static void drop(connection* c)
{
    if (c->is_closed) {
        return;
    }
    c->is_closed = 1;
    close(c->fd);
    SSL_free(c->tls);
    free(c->head);
    c->next = closed;
    closed = c;
}

static connection* take_upstream(void)
{
    connection* upstream = pool;
    if (upstream) {
        pool = upstream->next;
        return upstream;
    }
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = loopback(backend_port);
    if (connect(fd, (void*)&address, sizeof address)) { // loopback: at once
        close(fd);
        return NULL;
    }
    fcntl(fd, F_SETFL, O_NONBLOCK);
    no_delay(fd);
    return add(fd, upstream_kind);
}

static void leave_pool(connection* upstream)
{
    for (connection** link = &pool; *link; link = &(*link)->next) {
        if (*link == upstream) {
            *link = upstream->next;
            return;
        }
    }
}

static ssize_t read_client(connection* c, char* into, size_t room)
{
    if (!c->tls) {
        return recv(c->fd, into, room, 0);
    }
    int got = SSL_read(c->tls, into, room);
    if (got > 0) {
        return got;
    }
    int error = SSL_get_error(c->tls, got);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
        errno = EAGAIN;
        return -1;
    }
    return 0;
}

static void write_client(connection* c, const char* from, size_t count)
{
    if (!c->tls) {
        send_all(c->fd, from, count);
        return;
    }
    while (count > 0) {
        int sent = SSL_write(c->tls, from, count);
        if (sent > 0) {
            from += sent;
            count -= sent;
        } else if (SSL_get_error(c->tls, sent) == SSL_ERROR_WANT_WRITE) {
            wait_until_writable(c->fd);
        } else {
            return;
        }
    }
}

// Has the TLS handshake ended? A client whose handshake failed is dropped.
static int is_greeted(connection* c)
{
    if (!c->tls || c->is_greeted) {
        return 1;
    }
    int result = SSL_accept(c->tls);
    if (result == 1) {
        c->is_greeted = 1;
        return 1;
    }
    int error = SSL_get_error(c->tls, result);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
        drop(c);
    }
    return 0;
}

static void forward_request(connection* c)
{
    if (!memmem(c->head, c->have, "\r\nHost:", 7)) {
        drop(c);
        return;
    }
    char* close_header = memmem(c->head, c->have, "onnection: close", 16);
    c->closes_after = close_header != NULL;
    if (close_header) {
        memcpy(close_header, "xxxxxxxxx", 9); // hop by hop: not for the upstream
    }
    connection* upstream = take_upstream();
    if (!upstream) {
        drop(c);
        return;
    }
    upstream->other = c;
    c->other = upstream;
    upstream->left = -1;
    send_all(upstream->fd, c->head, c->have);
    c->have = 0;
}

static void client_ready(connection* c)
{
    if (!is_greeted(c)) {
        return;
    }
    if (c->other) { // it closes early, or pipelines, which is not expected here
        char one;
        if (recv(c->fd, &one, 1, MSG_PEEK) == 0) {
            c->other->other = NULL;
            drop(c->other);
            drop(c);
        }
        return;
    }
    if (!c->head) {
        c->head = malloc(head_max);
    }
    ssize_t got = read_client(c, c->head + c->have, head_max - c->have);
    if (got < 0 && errno == EAGAIN) {
        return;
    }
    if (got <= 0) {
        drop(c);
        return;
    }
    c->have += got;
    if (memmem(c->head, c->have, "\r\n\r\n", 4)) {
        forward_request(c);
    }
}

// Says after the status line that this connection ends.
static void write_last_answer(connection* c, size_t count)
{
    static const char start[] = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
    char answer[4096];
    if (count < sizeof answer - sizeof start) {
        const char* headers = (char*)memmem(bytes, count, "\r\n", 2) + 2;
        size_t rest = bytes + count - headers;
        memcpy(answer, start, sizeof start - 1);
        memcpy(answer + sizeof start - 1, headers, rest);
        write_client(c, answer, sizeof start - 1 + rest);
    }
}

static void upstream_ready(connection* upstream)
{
    ssize_t got = recv(upstream->fd, bytes, sizeof bytes, 0);
    if (got < 0 && errno == EAGAIN) {
        return;
    }
    connection* c = upstream->other;
    if (got <= 0 || !c) {
        if (c) {
            drop(c);
        } else {
            leave_pool(upstream);
        }
        drop(upstream);
        return;
    }
    long long used = got;
    if (upstream->left < 0) { // our backend's heads always come whole
        char* end = memmem(bytes, got, "\r\n\r\n", 4);
        char* length = memmem(bytes, got, "ontent-Length:", 14);
        upstream->left = length ? atoll(length + 14) : 0;
        used = end ? got - (end + 4 - bytes) : 0;
    }
    upstream->left -= used;
    if (c->closes_after && used < got) {
        write_last_answer(c, got);
    } else {
        write_client(c, bytes, got);
    }
    if (upstream->left <= 0) {
        upstream->other = c->other = NULL;
        upstream->next = pool;
        pool = upstream;
        if (c->closes_after) {
            if (c->tls) {
                SSL_shutdown(c->tls);
            }
            drop(c);
        }
    }
}

static void accept_all(connection* listener)
{
    for (int i = 0; i < 64; i++) {
        int fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK);
        if (fd < 0) {
            return;
        }
        no_delay(fd);
        connection* c = add(fd, client_kind);
        if (tls_context) {
            c->tls = SSL_new(tls_context);
            SSL_set_fd(c->tls, fd);
            SSL_set_accept_state(c->tls);
        }
    }
}

static void serve(connection* c)
{
    if (c->is_closed) {
        return;
    }
    if (c->kind == listener_kind) {
        accept_all(c);
    } else if (c->kind == upstream_kind) {
        upstream_ready(c);
    } else {
        client_ready(c);
        if (!c->is_closed && c->is_greeted && !c->other && SSL_pending(c->tls)) {
            client_ready(c);
        }
    }
}

static SSL_CTX* make_tls_context(const char* certificate, const char* key)
{
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    if (SSL_CTX_use_certificate_chain_file(context, certificate) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1) {
        die("certificate");
    }
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_mode(context,
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                         SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    return context;
}

int main(int count, char** arguments)
{
    if (count != 3 && count != 5) {
        fprintf(stderr, "usage: floor PORT BACKEND_PORT [CERTIFICATE KEY]\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    raise_open_files();
    epoll = epoll_create1(0);
    backend_port = atoi(arguments[2]);
    if (count == 5) {
        tls_context = make_tls_context(arguments[3], arguments[4]);
    }
    add(listen_on(atoi(arguments[1])), listener_kind);
    struct epoll_event events[512];
    for (;;) {
        int ready = epoll_wait(epoll, events, 512, -1);
        for (int i = 0; i < ready; i++) {
            serve(events[i].data.ptr);
        }
        while (closed) {
            connection* c = closed;
            closed = c->next;
            free(c);
        }
    }
}
