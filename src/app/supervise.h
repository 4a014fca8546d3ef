/* supervise.h: what systemd wants to hear, by its protocol of datagrams and without its library: that we are ready, that we are well, that
 * we are leaving. Without NOTIFY_SOCKET nothing is said. */
#pragma once
#include <stdbool.h>

/* Opens the socket; before the program locks itself in. */
void supervise_start(void);
void supervise_ready(void);
/* A thread that says each second that we are well, as long as `is_well` holds and the main thread has come by within the hour: its chores of the
 * night may take long. Whoever is not well says nothing, and is replaced. */
void supervise_watch(bool (*is_well)(void *arg), void *arg);
void supervise_came_by(void);
void supervise_leaving(void);
