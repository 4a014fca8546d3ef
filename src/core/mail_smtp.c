#include "core/mail_smtp.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"

enum { CONNECT_SECONDS = 10, LETTER_SECONDS = 60, REPLY_MAX = 300, PASSWORD_MAX = 512 };

/* How far the talk with the server has come. */
typedef enum Stage { STAGE_HELLO, STAGE_MAIL, STAGE_RCPT, STAGE_DATA } Stage;

struct SmtpLink {
	CURL       *curl;
	SmtpServer  server;
	const bool *stop;
	Stage       stage;
	bool        over;                        /* we said good-bye: what the server answers now is of no interest */
	char        reply[REPLY_MAX + 1];        /* its last line */
	size_t      reply_len;
	Str         left;                        /* of the message */
	char        error[CURL_ERROR_SIZE];
};

/* ---- addresses ---- */

bool smtp_host_fine(Str s) {
	bool v6 = s.len > 2 && s.ptr[0] == '[' && s.ptr[s.len - 1] == ']';
	Str  inner = v6 ? str_of(s.ptr + 1, s.len - 2) : s;
	if (inner.len == 0 || inner.len > 253)
		return false;
	for (size_t i = 0; i < inner.len; i++) {
		char ch = inner.ptr[i];
		bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
		if (!letter && !(v6 ? ch == ':' || ch == '.' : ch == '.' || ch == '-'))
			return false;
	}
	return inner.ptr[0] != '-' && (v6 || inner.ptr[0] != '.');
}

bool smtp_host_is_loopback(Str s) {
	return str_eq(s, S("127.0.0.1")) || str_eq(s, S("[::1]")) || str_eq(s, S("localhost"));
}

/* ---- the password: a file that only we can read ---- */

static bool read_password(Str file, char to[PASSWORD_MAX + 1], Str *why, Arena *a) {
	char       *name = str_z(a, file);
	int         fd = open(name, O_RDONLY | O_CLOEXEC);
	struct stat st;
	ssize_t     n = -1;
	if (fd >= 0 && fstat(fd, &st) == 0 && (st.st_mode & 077) == 0 && S_ISREG(st.st_mode))
		n = read(fd, to, PASSWORD_MAX);
	if (fd >= 0)
		close(fd);
	if (n < 0) {
		*why = S("Heslo k poštovnímu serveru se nepodařilo přečíst. Uložte je do souboru, který smí číst jen program (chmod 600).");
		return false;
	}
	while (n > 0 && (to[n - 1] == '\n' || to[n - 1] == '\r'))
		n--;
	to[n] = 0;
	return true;
}

/* ---- what libcurl tells while it talks ---- */

static bool is_command(Str s, Str verb) {
	return str_starts(s, verb) && (s.len == verb.len || s.ptr[verb.len] == ' ' || s.ptr[verb.len] == '\r');
}

static void said(SmtpLink *l, Str command) {
	if (is_command(command, S("MAIL")))
		l->stage = STAGE_MAIL;
	else if (is_command(command, S("RCPT")) && l->stage == STAGE_MAIL)
		l->stage = STAGE_RCPT;
	else if (is_command(command, S("DATA")) && l->stage == STAGE_RCPT)
		l->stage = STAGE_DATA;
	else if (is_command(command, S("QUIT")))
		l->over = true;
	else
		return;
	l->reply_len = l->over ? l->reply_len : 0;
}

static void heard(SmtpLink *l, Str reply) {
	if (l->over)
		return;
	reply = str_first(str_trim(reply), REPLY_MAX);
	l->reply_len = reply.len;
	for (size_t i = 0; i < reply.len; i++)           /* ASCII, as SMTP says; nothing else reaches a page */
		l->reply[i] = reply.ptr[i] >= ' ' && reply.ptr[i] <= '~' ? reply.ptr[i] : '?';
}

static int watch_talk(CURL *curl, curl_infotype type, char *data, size_t size, void *arg) {
	(void)curl;
	if (type == CURLINFO_HEADER_OUT)
		said(arg, str_of(data, size));
	else if (type == CURLINFO_HEADER_IN)
		heard(arg, str_of(data, size));
	return 0;
}

static size_t give(char *to, size_t size, size_t items, void *arg) {
	SmtpLink *l = arg;
	size_t    n = size * items < l->left.len ? size * items : l->left.len;
	if (n)
		memcpy(to, l->left.ptr, n);
	l->left = str_from(l->left, n);
	return n;
}

static int may_go_on(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
	SmtpLink *l = arg;
	(void)a, (void)b, (void)c, (void)d;
	return l->stop && __atomic_load_n(l->stop, __ATOMIC_RELAXED) && l->stage < STAGE_DATA;
}

/* ---- opening ---- */

static void curl_once(void) {
	CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
}

SmtpLink *smtp_open(Arena *a, const SmtpServer *server, const bool *stop) {
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, curl_once);
	SmtpLink *l = NEW(a, SmtpLink, .server = *server, .stop = stop, .curl = curl_easy_init());
	CHECK(l->curl != NULL);
	CURL       *c = l->curl;
	const char *scheme = server->tls == SMTP_TLS ? "smtps" : "smtp";
	char       *url = str_z(a, str_format(a, "%s://%.*s:%d/%.*s", scheme, STR_ARG(server->host), server->port, STR_ARG(server->hello)));
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)LETTER_SECONDS);
	curl_easy_setopt(c, CURLOPT_USE_SSL, server->tls == SMTP_PLAIN ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (server->ca_file.len)
		curl_easy_setopt(c, CURLOPT_CAINFO, str_z(a, server->ca_file));
	curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(c, CURLOPT_READDATA, l);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, l->error);
	curl_easy_setopt(c, CURLOPT_VERBOSE, 1L);            /* to us alone: nothing is printed */
	curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, watch_talk);
	curl_easy_setopt(c, CURLOPT_DEBUGDATA, l);
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, may_go_on);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, l);
	return l;
}

void smtp_close(SmtpLink *l) {
	l->over = true;
	curl_easy_cleanup(l->curl);
	l->curl = NULL;
}

/* ---- what came of it ---- */

static int code_of(Str reply) {
	i64 n;
	return reply.len >= 3 && str_to_int(str_first(reply, 3), &n) && n >= 200 && n < 600 ? (int)n : 0;
}

static Str out_of_order(Arena *a, const SmtpLink *l, CURLcode r, Str reply) {
	Str host = l->server.host;
	switch (r) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return str_format(a, "Poštovní server %.*s se nepodařilo najít. Zkontrolujte jeho jméno.", STR_ARG(host));
	case CURLE_COULDNT_CONNECT:
		return str_format(a, "Poštovní server %.*s na portu %d neodpovídá. Zkontrolujte port a zda server běží.", STR_ARG(host), l->server.port);
	case CURLE_USE_SSL_FAILED:
		return str_format(a, "Poštovní server %.*s nenabízí zabezpečení STARTTLS. Zvolte jiné zabezpečení nebo port.", STR_ARG(host));
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
		return str_format(a, "Certifikátu poštovního serveru %.*s nelze věřit. Zkontrolujte jméno serveru, nebo uveďte soubor vydávající autority.",
		                  STR_ARG(host));
	case CURLE_LOGIN_DENIED:
		return str_format(a, "Poštovní server %.*s nepřijal přihlašovací jméno nebo heslo. (%.*s)", STR_ARG(host), STR_ARG(reply));
	case CURLE_OPERATION_TIMEDOUT:
		return str_format(a, "Poštovní server %.*s neodpověděl včas.", STR_ARG(host));
	case CURLE_ABORTED_BY_CALLBACK:
		return S("Program se ukončoval.");
	default:
		break;
	}
	if (reply.len)
		return str_format(a, "Poštovní server %.*s odmítl poštu přijímat: %.*s", STR_ARG(host), STR_ARG(reply));
	return str_format(a, "Spojení s poštovním serverem %.*s se nezdařilo (%s).", STR_ARG(host), curl_easy_strerror(r));
}

/* 550 5.1.1 says that nobody lives there; 550 alone mostly means the same. Other 5.x.y of a recipient are rules of the server. */
static bool is_unknown_address(Stage stage, int code, Str reply) {
	Str detail = str_trim(str_from(reply, 4));
	if (detail.len > 3 && detail.ptr[0] == '5' && detail.ptr[1] == '.')
		return str_starts(detail, S("5.1."));
	return stage == STAGE_RCPT && (code == 550 || code == 551 || code == 553);
}

static SmtpAnswer judge(Arena *a, const SmtpLink *l, CURLcode r) {
	Str reply = str_of(l->reply, l->reply_len);
	int code = code_of(reply);
	if (r == CURLE_OK)
		return (SmtpAnswer){SMTP_SENT, code, str_dup(a, reply)};
	bool about_letter = l->stage >= STAGE_RCPT && code != 421 && code != 530 && code != 535 && r != CURLE_ABORTED_BY_CALLBACK;
	if (about_letter && code >= 500)
		return (SmtpAnswer){is_unknown_address(l->stage, code, reply) ? SMTP_UNKNOWN_ADDRESS : SMTP_REFUSED, code, str_dup(a, reply)};
	if (about_letter && code >= 400)
		return (SmtpAnswer){SMTP_LATER, code, str_dup(a, reply)};
	if (l->stage == STAGE_DATA && code != 421)           /* the connection was lost over the letter: perhaps because of it */
		return (SmtpAnswer){SMTP_LATER, 0, out_of_order(a, l, r, (Str){0})};
	return (SmtpAnswer){SMTP_OUT_OF_ORDER, code, out_of_order(a, l, r, reply)};
}

SmtpAnswer smtp_send(Arena *a, SmtpLink *l, Str from, Str to, Str message) {
	char password[PASSWORD_MAX + 1];
	Str  why;
	if (l->server.tls == SMTP_PLAIN && !smtp_host_is_loopback(l->server.host))
		return (SmtpAnswer){SMTP_OUT_OF_ORDER, 0, S("Bez zabezpečení lze poštu předat jen serveru na tomtéž počítači. Zvolte STARTTLS nebo TLS.")};
	if (l->server.user.len) {
		if (!read_password(l->server.password_file, password, &why, a))
			return (SmtpAnswer){SMTP_OUT_OF_ORDER, 0, why};
		curl_easy_setopt(l->curl, CURLOPT_USERNAME, str_z(a, l->server.user));
		curl_easy_setopt(l->curl, CURLOPT_PASSWORD, password);       /* libcurl keeps a copy as long as the connection lives */
		wipe(password, sizeof password);
	}
	struct curl_slist *recipients = curl_slist_append(NULL, str_z(a, str_format(a, "<%.*s>", STR_ARG(to))));
	CHECK(recipients != NULL);
	curl_easy_setopt(l->curl, CURLOPT_MAIL_FROM, str_z(a, str_format(a, "<%.*s>", STR_ARG(from))));
	curl_easy_setopt(l->curl, CURLOPT_MAIL_RCPT, recipients);
	curl_easy_setopt(l->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)message.len);
	l->left = message;
	l->stage = STAGE_HELLO;
	l->over = false;
	l->reply_len = 0;
	CURLcode r = curl_easy_perform(l->curl);
	SmtpAnswer answer = judge(a, l, r);
	curl_easy_setopt(l->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(recipients);
	return answer;
}
