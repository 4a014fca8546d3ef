/* supervise.h: what systemd wants to hear, by its protocol of datagrams and without its library: that we are ready, that we are well, that
 * we are leaving. Without NOTIFY_SOCKET nothing is said. */
#pragma once
#include <stdbool.h>

/* Opens the socket; before the program locks itself in. */
void supervise_start(void);
void supervise_ready(void);
/* Each second: whoever is not well says nothing, and is replaced. */
void supervise_well(bool well);
void supervise_leaving(void);
