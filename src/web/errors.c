/* errors.c: one error page for all: what happened, what to do, where to go, the number of the request. */
#include "web/inside.h"
#include "web/parts.html.h"

static const struct {
	Err         err;
	const char *title, *todo;
} pages[] = {
	{ERR_INVALID, "Údaje nejsou v pořádku", "Opravte uvedený údaj a odešlete formulář znovu."},
	{ERR_MALFORMED, "Požadavku nerozumíme", "Zkontrolujte adresu, případně začněte znovu z úvodní stránky."},
	{ERR_AUTH, "Přihlaste se", "Přihlaste se a budete pokračovat na této stránce."},
	{ERR_FORBIDDEN, "Sem nemáte přístup", "Potřebujete-li přístup k práci, obraťte se na správce aplikace."},
	{ERR_NOT_FOUND, "Stránka neexistuje", "Zkontrolujte adresu, nebo použijte hledání v katalogu služeb."},
	{ERR_METHOD, "Takto stránku volat nelze", "Otevřete stránku znovu odkazem z aplikace."},
	{ERR_CONFLICT, "Záznam se mezitím změnil", "Načtěte záznam znovu a porovnejte jej se svými změnami."},
	{ERR_GONE, "Stránka už neexistuje", "Použijte hledání v katalogu služeb."},
	{ERR_TOO_LARGE, "Odeslaná data jsou příliš velká", "Zmenšete soubor nebo jej rozdělte na menší části."},
	{ERR_TYPE, "Tento druh souboru nečteme", "Uložte soubor v jednom z uvedených formátů a nahrajte jej znovu."},
	{ERR_RATE, "Příliš mnoho pokusů", "Počkejte chvíli a zkuste to znovu."},
	{ERR_BUSY, "Server je zaneprázdněný", "Zkuste to za chvíli znovu. Nic z toho, co bylo uloženo, se neztratilo."},
	{ERR_STORAGE, "Data se nepodařilo uložit", "Nic se nezměnilo. Zkuste to později a ohlaste to správci."},
	{ERR_CANCELLED, "Práce byla zastavena", "Můžete ji spustit znovu."},
	{ERR_INTERNAL, "V programu nastala chyba", "Zkuste to znovu. Trvá-li chyba, ohlaste ji správci s číslem požadavku."},
};

static size_t page_of(Err e) {
	for (size_t i = 0; i < LEN(pages); i++)
		if (pages[i].err == e)
			return i;
	return LEN(pages) - 1;
}

const char *error_title(Err e) {
	return pages[page_of(e)].title;
}

static int status_of(const HttpRequest *r, Err e) {
	return e == ERR_INVALID && r->method != METHOD_POST ? 400 : err_status(e);
}

static Str reference(Arena *a, const HttpRequest *r) {
	return str_format(a, "%llu", (unsigned long long)r->number);
}

static void json_body(Buf *out, const HttpRequest *r, Err e, Str text) {
	JsonWriter w = {.out = out};
	jw_object(&w);
	jw_key(&w, "chyba");
	jw_str(&w, str_c(error_title(e)));
	jw_key(&w, "popis");
	jw_str(&w, text);
	jw_key(&w, "pozadavek");
	jw_int(&w, (i64)r->number);
	jw_object_end(&w);
}

static ProblemView view_of(Arena *a, const HttpRequest *r, Err e, Str text) {
	size_t      i = page_of(e);
	ProblemView v = {.title = str_c(pages[i].title), .text = text, .reference = reference(a, r)};
	strs_add(a, &v.todo, str_c(pages[i].todo));
	*ARENA_PUSH(a, v.ways.at, v.ways.len, v.ways.cap) = (LinkView){.label = S("Úvodní stránka"), .href = S("/")};
	*ARENA_PUSH(a, v.ways.at, v.ways.len, v.ways.cap) = (LinkView){.label = S("Katalog služeb"), .href = S("/katalog")};
	return v;
}

/* What the handler set is void, but a session whose token has changed must hear of it. */
static void keep_cookie(HttpResponse *w) {
	size_t kept = 0;
	for (size_t i = 0; i < w->headers.len; i++)
		if (str_eq(w->headers.at[i].name, S("Set-Cookie")))
			w->headers.at[kept++] = w->headers.at[i];
	w->headers.len = kept;
}

static void usual_headers(HttpRequest *r, HttpResponse *w, Err e) {
	w->status = status_of(r, e);
	keep_cookie(w);
	headers_of_every_answer(r, w);
	http_set_header(r, w, "Cache-Control", S("no-store"));
	if (e == ERR_BUSY || e == ERR_RATE)
		http_set_header(r, w, "Retry-After", e == ERR_BUSY ? S("5") : S("60"));
}

void answer_problem(Req *r, Err e) {
	Str text = first_problem(r->c);
	if (str_empty(text))
		text = str_c(pages[page_of(e)].todo);
	r->res->body.len = 0;
	r->page_open = false;
	usual_headers(r->http, r->res, e);
	if (r->by_key && e == ERR_AUTH)
		http_set_header(r->http, r->res, "WWW-Authenticate", S("Bearer"));
	if (r->format != PAGE_HTML || r->by_key) {
		json_body(r->out, r->http, e, text);
		send_as(r, S("application/json; charset=utf-8"), (Str){0});
		return;
	}
	r->no_index = true;
	ProblemView v = view_of(r->c->arena, r->http, e, text);
	if (e == ERR_FORBIDDEN && r->session && r->http->method != METHOD_POST) {
		Buf b = {0};
		buf_lit(&b, "/app/proc?adresa=");
		html_url_str(&b, r->http->path);
		*ARENA_PUSH(r->c->arena, v.ways.at, v.ways.len, v.ways.cap) = (LinkView){.label = S("Proč sem nemohu"), .href = buf_take(&b, r->c->arena)};
		buf_free(&b);
	}
	view_problem(page(r, v.title), &v);
	page_close(r);
}

void answer_refusal(HttpRequest *r, HttpResponse *w, Err e, Str why) {
	w->body.len = 0;
	usual_headers(r, w, e);
	http_set_header(r, w, "Content-Type", S("text/html; charset=utf-8"));
	ProblemView v = view_of(r->arena, r, e, why);
	frame_plain(&w->body, &v);
}
