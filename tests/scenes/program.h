/* program.h: the program under test as a process of its own. */
#pragma once
#include <sys/types.h>

/* Start a program with both outputs going to a file. */
pid_t program_start(char *const argv[], const char *log);
/* Exit status, 128 + signal, -1. */
int   program_wait(pid_t child);
/* The port in the line that the server prints when it listens. 0 when it ended or says nothing for a minute. */
int   program_port(pid_t server, const char *log);
/* SIGTERM, and twenty seconds for it: the exit status; -1 when it had to be killed. */
int   program_end(pid_t server);
void  sleep_ms(long ms);
