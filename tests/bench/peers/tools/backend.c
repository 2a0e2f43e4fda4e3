// backend PORT[,PORT...]: the tiny HTTP/1.1 responder behind every measured proxy. GET only.
//
// Any path answers 128 bytes that start with "port=N "; /1m answers 1 MiB; /__stats tells how many
// connections and requests there were. One thread, on 127.0.0.1, until it is killed.
#define _GNU_SOURCE
#include "sockets.h"

#include <signal.h>
#include <string.h>

enum { head_max = 16384, ports_max = 64, big_body = 1 << 20, small_body = 128 };

typedef struct connection {
    int fd, port_index, is_listener, is_closed;
    char* head;
    size_t have;
    const char* rest; // of an answer that did not fit into the socket's buffer
    size_t rest_left;
    struct connection* next_closed;
} connection;

static int epoll;
static connection* closed;
static unsigned long long accepted, requests;
static char small_answer[ports_max][512], big_head[128], *big_bytes;
static size_t small_length[ports_max];

static void drop(connection* c)
{
    close(c->fd);
    free(c->head);
    c->head = NULL;
    c->is_closed = 1;
    c->next_closed = closed;
    closed = c;
}

static void send_rest(connection* c)
{
    while (c->rest_left > 0) {
        ssize_t sent = send(c->fd, c->rest, c->rest_left, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) {
            watch(epoll, EPOLL_CTL_MOD, c->fd, EPOLLOUT, c);
            return;
        }
        if (sent < 0) {
            drop(c);
            return;
        }
        c->rest += sent;
        c->rest_left -= sent;
    }
    watch(epoll, EPOLL_CTL_MOD, c->fd, EPOLLIN, c);
}

static void answer_statistics(connection* c)
{
    char body[128], answer[256];
    int length =
        snprintf(body, sizeof body, "{\"accepted\":%llu,\"requests\":%llu}\n", accepted, requests);
    int all = snprintf(
        answer, sizeof answer, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", length, body);
    send_all(c->fd, answer, all);
}

static void answer_and_close(connection* c)
{
    static const size_t status_line = sizeof "HTTP/1.1 200 OK\r\n" - 1;
    char answer[600];
    int length = snprintf(answer,
                          sizeof answer,
                          "HTTP/1.1 200 OK\r\nConnection: close\r\n%s",
                          small_answer[c->port_index] + status_line);
    send_all(c->fd, answer, length);
    drop(c);
}

static void answer(connection* c, const char* request, size_t length)
{
    const char* path = memchr(request, ' ', length);
    if (path && !strncmp(path + 1, "/__stats", 8)) {
        answer_statistics(c);
    } else if (path && !strncmp(path + 1, "/1m", 3)) {
        send_all(c->fd, big_head, strlen(big_head));
        c->rest = big_bytes;
        c->rest_left = big_body;
        send_rest(c);
    } else if (memmem(request, length, "onnection: close", 16)) {
        answer_and_close(c);
    } else {
        send_all(c->fd, small_answer[c->port_index], small_length[c->port_index]);
    }
}

static void receive(connection* c)
{
    if (!c->head) {
        c->head = malloc(head_max);
    }
    ssize_t got = recv(c->fd, c->head + c->have, head_max - 1 - c->have, 0);
    if (got < 0 && errno == EAGAIN) {
        return;
    }
    if (got <= 0) {
        drop(c);
        return;
    }
    c->have += got;
    c->head[c->have] = 0;
    char *request = c->head, *end;
    while ((end = strstr(request, "\r\n\r\n"))) {
        requests++;
        answer(c, request, end - request);
        if (c->is_closed) {
            return;
        }
        request = end + 4;
    }
    c->have -= request - c->head;
    memmove(c->head, request, c->have);
    if (c->have == head_max - 1) {
        drop(c);
    }
}

static void accept_all(connection* listener)
{
    for (int i = 0; i < 64; i++) {
        int fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK);
        if (fd < 0) {
            return;
        }
        accepted++;
        no_delay(fd);
        connection* c = calloc(1, sizeof *c);
        c->fd = fd;
        c->port_index = listener->port_index;
        watch(epoll, EPOLL_CTL_ADD, fd, EPOLLIN, c);
    }
}

static void open_port(int index, const char* port)
{
    char body[small_body + 1];
    int used = snprintf(body, sizeof body, "port=%s ", port);
    memset(body + used, 'b', small_body - used);
    body[small_body - 1] = '\n';
    body[small_body] = 0;
    small_length[index] = snprintf(small_answer[index],
                                   sizeof small_answer[index],
                                   "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                                   "Content-Length: %d\r\n\r\n%s",
                                   small_body,
                                   body);
    connection* listener = calloc(1, sizeof *listener);
    listener->fd = listen_on(atoi(port));
    listener->port_index = index;
    listener->is_listener = 1;
    watch(epoll, EPOLL_CTL_ADD, listener->fd, EPOLLIN, listener);
}

static void serve(connection* c)
{
    if (c->is_closed) {
        return;
    }
    if (c->is_listener) {
        accept_all(c);
    } else if (c->rest_left > 0) {
        send_rest(c);
    } else {
        receive(c);
    }
}

int main(int count, char** arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: backend PORT[,PORT...]\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    raise_open_files();
    epoll = epoll_create1(0);
    big_bytes = malloc(big_body);
    memset(big_bytes, 'x', big_body);
    snprintf(big_head,
             sizeof big_head,
             "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
             "Content-Length: %d\r\n\r\n",
             big_body);
    int ports = 0;
    for (char* port = strtok(arguments[1], ","); port && ports < ports_max;
         port = strtok(NULL, ",")) {
        open_port(ports++, port);
    }
    struct epoll_event events[512];
    for (;;) {
        int ready = epoll_wait(epoll, events, 512, -1);
        for (int i = 0; i < ready; i++) {
            serve(events[i].data.ptr);
        }
        while (closed) {
            connection* c = closed;
            closed = c->next_closed;
            free(c);
        }
    }
}
