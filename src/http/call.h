/* call.h: one request and its answer on their way through the server, and the server that they belong to. What happens here
 * is the same for any HTTP library; server.c alone knows which one it is.
 *
 * A call is made by an I/O thread and belongs to it until it is handed to a lane; then it belongs to both, and the last one
 * to drop it gives it back. When the lane is late, the I/O thread answers by another call. */
#pragma once
#include <stdatomic.h>

#include "http/body.h"
#include "http/guard.h"
#include "http/queue.h"
#include "http/watch.h"

enum { LANES = 4, FREE_CALLS = 64 };

typedef struct Call Call;

typedef struct Tally {
	_Atomic u64 requests, active, refused_busy, by_class[6], microseconds[24];
} Tally;

struct HttpServer {
	HttpOptions     options;
	HttpHandler     handler;
	Strs            hosts;
	char            proxy[ADDRESS_TEXT];
	size_t          proxy_len;
	Watch           watch;
	Queue           lanes[LANES];            /* work, hash, export, out */
	int             lanes_started;
	Tally           tally;
	_Atomic u64     last_number;
	_Atomic bool    stopping;
	_Atomic u64     ticked;                  /* when the watch last looked around */

	pthread_mutex_t lock;                    /* of the free calls */
	Call           *free;
	int             free_count;

	void           *daemon;                  /* of the library */
	pthread_key_t   io_thread;               /* its destructor tells the handler that an I/O thread ends */
};

typedef enum Stage {
	STAGE_HEAD,
	STAGE_BODY,                              /* pieces are taken; the request goes on when it is complete */
	STAGE_SWALLOW,                           /* refused already: what comes is dropped, then the answer goes out */
	STAGE_HANDED,                            /* to a lane */
} Stage;

struct Call {
	Work         work;                       /* first: a lane's Work is its Call */
	HttpServer  *server;
	Call        *next_free;
	Arena        arena;
	HttpRequest  r;
	HttpResponse w;
	HttpPlan     plan;
	HttpHead     head;
	Verdict      verdict;
	Body         body;
	Str          piece;
	Stage        stage;
	_Atomic int  holders;
	void        *connection;                 /* of the library, to be resumed by a lane */
	u64          complete, ready;            /* when the request was, and the answer */
	u64          bytes;                      /* of the answer's body */
	bool         answered;
};

/* NULL when memory is short. */
Call *call_take(HttpServer *s);
void  call_drop(Call *c);
void  call_free_all(HttpServer *s);

/* One header of the head; name and value are copied. False when memory is short. */
bool  call_add_header(Call *c, Str name, Str value);

typedef enum Next {
	NEXT_READ,                               /* the body, if any, then handle */
	NEXT_SWALLOW,                            /* the answer is made; a small body may be read away before it */
	NEXT_ANSWER,                             /* the answer is made and the connection ends with it */
} Next;
/* Judge the head and ask for the plan. */
Next  call_begin(Call *c, Str method, Str target, Str version, size_t head_size, Str peer);
/* False: the answer is made, the connection must end. */
bool  call_add_body(Call *c, Str bytes);
bool  call_end_body(Call *c);
/* Make the answer: by the handler … */
void  call_handle(Call *c);
/* … or for an error that the server found. */
void  call_refuse(Call *c, int status, Err e, const char *why);
/* The answer for a client whose call came late. NULL when memory is short. */
Call *call_instead(const Call *late);
/* The request is over: count and log. */
void  call_end(Call *c);
/* The body of the answer in memory: what was written or what is static. */
Str   call_content(const Call *c);
