/* smtp.h: a real SMTP server on loopback (tests/support/smtp_server.py) for as long as a test runs. */
#pragma once
#include <sys/types.h>

#include "tests/test.h"

typedef struct SmtpHost {
	char  folder[64];                        /* letters NNN.eml, talk.log, with TLS also ca.pem, cert.pem, key.pem */
	int   port;
	pid_t pid;
	int   stop;                              /* closed at the end of the test: the server ends */
} SmtpHost;

/* Words of its command line, NULL-terminated: "--starttls", "--auth", "jmeno:heslo". It ends with the test. */
SmtpHost *smtp_host(const char *const *words);
void      smtp_host_end(SmtpHost *h);
int       smtp_letters(const SmtpHost *h);                       /* how many it took over */
Str       smtp_letter(const SmtpHost *h, int number, const char *part);   /* from 1; "Subject", "text": read by Python's parser */
Str       smtp_talk(const SmtpHost *h);
