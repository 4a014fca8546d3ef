/* watch.h: the thread that lets connections in and shows them out: it accepts, it shuts down what is slower than allowed
 * (the library only knows idle time), and it reads away what a refused client is still sending, so that the refusal
 * arrives before the connection breaks. Knows no HTTP. */
#pragma once
#include <pthread.h>
#include <stdatomic.h>

#include "http/listen.h"

typedef enum Phase {
	PHASE_IDLE,                              /* between requests; at a stop it is shut down at once */
	PHASE_HEAD,
	PHASE_BODY,                              /* by rate, not by deadline */
	PHASE_ANSWER,
} Phase;

typedef struct Conn Conn;
struct Conn {
	Conn         *next, *prev;
	int           fd;
	_Atomic int   phase;
	_Atomic u64   deadline;                  /* monotonic microseconds; 0 = none */
	_Atomic u64   received;                  /* bytes of bodies, of all requests together */
	u64           window_at, window_bytes;   /* the watch's own: where the rate was last judged */
	char          peer[ADDRESS_TEXT];
	size_t        peer_len;
	char         *target;                    /* of the request that is being read; kept from request to request */
	size_t        target_len, target_cap;
};

typedef struct WatchCalls {
	bool (*add)(void *arg, int fd, const struct sockaddr *from, socklen_t len);      /* takes the socket */
	void (*tick)(void *arg, u64 now);        /* four times a second */
	void  *arg;
} WatchCalls;

enum { LINGERERS = 256 };

typedef struct Watch {
	WatchCalls      calls;
	Listener        listener;
	pthread_mutex_t lock;
	Conn           *conns;
	int             count, most;
	struct { int fd; u64 until; } lingering[LINGERERS];
	int             lingering_count;
	int             header_seconds, body_seconds, idle_seconds;
	_Atomic bool    closing, ending;
	int             wake;                    /* eventfd */
	pthread_t       thread;
} Watch;

/* Before anything else; listener and seconds are set. */
void  watch_prepare(Watch *w);
bool  watch_start(Watch *w, WatchCalls calls);
/* Stop accepting; idle connections are shut down, now and as they become idle. */
void  watch_close(Watch *w);
/* Ends the thread. */
void  watch_stop(Watch *w);
/* When no connection can call any more. */
void  watch_free(Watch *w);

u64   watch_now(void);                       /* monotonic microseconds */
Conn *watch_add(Watch *w, int fd, const struct sockaddr *from, socklen_t len);
/* Before the socket is closed. */
void  watch_remove(Watch *w, Conn *c);
int   watch_count(Watch *w);
void  watch_idle(Watch *w, Conn *c);
void  watch_head(Watch *w, Conn *c, const char *target);
void  watch_body(Conn *c);
/* An answer of this size is to be sent; a handler may take until `deadline` before that. */
void  watch_answer(Conn *c, u64 deadline, u64 size);
/* The connection ends with this answer: read away what still comes, for two seconds at most. */
void  watch_linger(Watch *w, int fd);
