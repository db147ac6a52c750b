// Offers requests at a rate, whether or not the earlier ones were answered (an open loop).
//
//   offer PORT TOKEN RATE SECONDS CONNECTIONS ACKNOWLEDGED
//
// Each is a report of a case with a title of its own. A connection has one request under way; where
// none is free, a request that is due is not sent, and counted. The titles of those that were
// acknowledged go to the file ACKNOWLEDGED, one a line. Prints one JSON object.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { OPENING, FREE, BUSY, CLOSED };
typedef struct {
  int socket, state, length;
  long number;
  double sent;
  char answer[16384];
} Connection;

static Connection *all;
static int count, *idle, idle_count, epoll;
static struct sockaddr_in server;
static const char *token;
static FILE *kept;
static long sent, unsent, made, refused, told, other, broken;
static double *latencies;
static long latency_count, latency_room;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void dial(Connection *one) {
  one->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  int yes = 1;
  setsockopt(one->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (connect(one->socket, (struct sockaddr *)&server, sizeof server) && errno != EINPROGRESS) {
    close(one->socket);
    one->state = CLOSED;
    return;
  }
  struct epoll_event event = {.events = EPOLLOUT, .data.ptr = one};
  epoll_ctl(epoll, EPOLL_CTL_ADD, one->socket, &event);
  one->state = OPENING;
}

// It is connected, and can be asked.
static void opened(Connection *one) {
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = one};
  epoll_ctl(epoll, EPOLL_CTL_MOD, one->socket, &event);
  one->state = FREE;
  one->length = 0;
  idle[idle_count++] = one - all;
}

static void drop(Connection *one) {
  if (one->state == BUSY) broken++;
  // A free one stands in the list until it is taken from it.
  if (one->state == FREE)
    for (int i = 0; i < idle_count; i++)
      if (idle[i] == one - all) { idle[i] = idle[--idle_count]; break; }
  close(one->socket);
  dial(one);
}

static void ask(long number) {
  Connection *one = &all[idle[--idle_count]];
  char body[256], request[768];
  int size = snprintf(body, sizeof body,
    "{\"kind\":\"H0201\",\"channel\":\"hotline\",\"title\":\"offered %d-%ld\","
    "\"fields\":{\"subject\":\"none\"}}", (int)getpid(), number);
  int all_of_it = snprintf(request, sizeof request,
    "POST /api/v1/cases HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n"
    "Content-Type: application/json\r\nIdempotency-Key: %d-%ld\r\nContent-Length: %d\r\n\r\n%s",
    token, (int)getpid(), number, size, body);
  one->state = BUSY;
  one->number = number;
  one->sent = now();
  one->length = 0;
  if (send(one->socket, request, all_of_it, MSG_NOSIGNAL) != all_of_it) drop(one);
  else sent++;
}

// Whether the answer is there whole.
static int whole(Connection *one) {
  one->answer[one->length] = 0;
  char *end = strstr(one->answer, "\r\n\r\n");
  if (!end) return 0;
  char *length = strcasestr(one->answer, "\r\ncontent-length:");
  if (!length || length > end) return 0;
  return one->length >= end + 4 - one->answer + atoi(length + 17);
}

static void answered(Connection *one) {
  int status = atoi(one->answer + 9);
  if (status == 201) {
    made++;
    if (latency_count < latency_room) latencies[latency_count++] = now() - one->sent;
    fprintf(kept, "offered %d-%ld\n", (int)getpid(), one->number);
  } else if (status == 503) {
    refused++;
    if (strcasestr(one->answer, "\r\nretry-after:") && strstr(one->answer, "problem+json")) told++;
  } else {
    other++;
  }
  one->state = FREE;
  idle[idle_count++] = one - all;
}

static void hear(Connection *one) {
  for (;;) {
    int room = sizeof one->answer - 1 - one->length;
    ssize_t size = recv(one->socket, one->answer + one->length, room, 0);
    if (size < 0 && (errno == EAGAIN || errno == EINPROGRESS)) return;
    if (size <= 0) { drop(one); return; }
    one->length += size;
    if (one->state == BUSY && whole(one)) answered(one);
  }
}

static int ascending(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

static double part(double share) {
  return latency_count ? latencies[(long)(share * (latency_count - 1))] * 1000 : 0;
}

int main(int argc, char **argv) {
  if (argc != 7) return 2;
  server.sin_family = AF_INET;
  server.sin_port = htons(atoi(argv[1]));
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  token = argv[2];
  double rate = atof(argv[3]), seconds = atof(argv[4]);
  count = atoi(argv[5]);
  kept = fopen(argv[6], "a");
  if (!kept || rate <= 0 || rate > 1e6 || seconds <= 0 || seconds > 600 || count < 1) return 2;
  all = calloc(count, sizeof *all);
  idle = calloc(count, sizeof *idle);
  latency_room = 10000000;
  latencies = malloc(latency_room * sizeof *latencies);
  epoll = epoll_create1(0);
  for (int i = 0; i < count; i++) dial(&all[i]);
  struct epoll_event events[512];
  double begun = now(), end = begun + seconds;
  long number = 0;
  // After the last is sent, answers are waited for a while.
  while (now() < end + 10) {
    if (now() < end) {
      long due = (now() - begun) * rate;
      for (int burst = 0; number < due && burst < 1000; burst++) {
        number++;
        if (idle_count) ask(number); else unsent++;
      }
      if (number < due && !idle_count) { unsent += due - number; number = due; }
    } else if (made + refused + other + broken >= sent) {
      break;
    }
    int ready = epoll_wait(epoll, events, 512, 1);
    for (int i = 0; i < ready; i++) {
      Connection *one = events[i].data.ptr;
      if (one->state == OPENING && events[i].events == EPOLLOUT) opened(one);
      else hear(one);
    }
  }
  fclose(kept);
  qsort(latencies, latency_count, sizeof *latencies, ascending);
  printf("{\"offered\":%ld,\"sent\":%ld,\"unsent\":%ld,\"made\":%ld,\"refused\":%ld,\"told\":%ld,"
         "\"other\":%ld,\"broken\":%ld,\"p50\":%.1f,\"p99\":%.1f}\n",
         number, sent, unsent, made, refused, told, other, broken, part(.5), part(.99));
}
