/* comment_mail.c: letters to authors of comments. */
#include "base/format.h"
#include "core/notice.h"
#include "domain/consultation/consultation_inside.h"

const MailKind comment_mails[3] = {
	{"consultation.confirm", "Potvrzení připomínky", "Dostane ten, kdo poslal připomínku z webu bez přihlášení.", NULL, "nazev odkaz platnost pripominka",
	 "Potvrďte připomínku: {nazev}",
	 "Dobrý den,\n\nz webu jsme dostali připomínku s vaším e-mailem ({nazev}). Aby ji úřad přijal, potvrďte ji nejpozději {platnost} na této adrese:\n\n{odkaz}\n\n"
	 "Za včasnou se považuje podle chvíle, kdy jste ji odeslali, ne kdy ji potvrdíte. Jestli jste ji neposlali vy, dopis smažte; nepotvrzenou připomínku nikdo neuvidí.\n\n"
	 "Znění:\n\n{pripominka}\n\n{odbor}, {kraj}", .secret = true},
	{"consultation.received", "Doručenka připomínky", "Dostane autor připomínky s e-mailem, jakmile je přijatá.", NULL, "nazev cislo doruceno otisk odkaz pozde pripominka",
	 "Přijali jsme připomínku {cislo}",
	 "Dobrý den,\n\npřijali jsme vaši připomínku ({nazev}).\n\nČíslo: {cislo}\nDoručeno: {doruceno}{pozde}\nOtisk SHA-256: {otisk}\n\n"
	 "Co se s ní děje a jak byla vypořádána, uvidíte na této soukromé adrese (nikomu ji neposílejte):\n\n{odkaz}\n\nZnění:\n\n{pripominka}\n\n{odbor}, {kraj}", .secret = true},
	{"consultation.answered", "Vypořádání připomínek je zveřejněné", "Dostane autor připomínky s e-mailem, když se zveřejní vypořádání celého řízení.", NULL, "nazev cisla odkaz",
	 "Odpověď na vaši připomínku: {nazev}",
	 "Dobrý den,\n\nvypořádání připomínek ({nazev}) je zveřejněné. Odpověď na to, co jste napsali ({cisla}), si přečtete na této adrese:\n\n{odkaz}\n\n"
	 "Váš e-mail u připomínky do roka smažeme; text a odpověď zůstanou.\n\n{odbor}, {kraj}"},
};

static Str instant_words(Arena *a, Instant t) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_instant(&b, t);
	return buf_take(&b, a);
}

static Str link_to(Ctx *c, Str token) {
	return str_format(c->arena, "%.*s/pripominka/%.*s", STR_ARG(mail_origin()), STR_ARG(token));
}

Err comment_tell_confirm(Ctx *c, const Consultation *n, const Comment *k, Str token, Instant until) {
	MailHole holes[] = {{"nazev", n->title}, {"odkaz", link_to(c, token)}, {"platnost", instant_words(c->arena, until)}, {"pripominka", k->text}};
	return mail_add(c, "consultation.confirm", 0, k->email, holes, LEN(holes));
}

Err comment_tell_received(Ctx *c, const Consultation *n, const Comment *k, Str token) {
	MailHole holes[] = {{"nazev", n->title}, {"cislo", k->number}, {"doruceno", instant_words(c->arena, k->delivered_at)}, {"otisk", k->receipt}, {"odkaz", link_to(c, token)},
	                    {"pozde", k->late ? S(" (opožděně, po konci řízení; vypořádá se, jen když o tom úřad rozhodne)") : S("")}, {"pripominka", k->text}};
	return mail_add(c, "consultation.received", 0, k->email, holes, LEN(holes));
}

/* ---- answers are out ---- */

/* One who wrote: an account, or an address. */
typedef struct Author {
	Id   account;
	Str  email;
	Strs numbers;
} Author;
typedef struct Authors { Author *at; size_t len, cap; } Authors;

static Author *author_of(Arena *a, Authors *all, const Comment *k) {
	Id account = k->account == BLANK ? 0 : k->account;
	for (size_t i = 0; i < all->len; i++)
		if (account ? all->at[i].account == account : !all->at[i].account && str_eq(all->at[i].email, k->email))
			return &all->at[i];
	Author *one = ARENA_PUSH(a, all->at, all->len, all->cap);
	*one = (Author){.account = account, .email = k->email};
	return one;
}

static Err tell(Ctx *c, const Consultation *n, const Author *who) {
	Str path = str_format(c->arena, "/pripominky/%lld/vyporadani", (long long)n->head.id), numbers = str_join(c->arena, S(", "), who->numbers);
	if (who->numbers.len == 1)
		path = str_format(c->arena, "%.*s?q=%.*s", STR_ARG(path), STR_ARG(numbers));
	if (who->account)
		return notice_add(c, who->account, (Notice){.topic = "consultation", .title = str_cat(c->arena, S("Odpověď na vaši připomínku: "), n->title),
			.text = str_format(c->arena, "Vypořádání je zveřejněné. Vaše připomínky: %.*s.", STR_ARG(numbers)), .link = path, .object = consultation_entity.name, .object_id = n->head.id});
	MailHole holes[] = {{"nazev", n->title}, {"cisla", numbers}, {"odkaz", str_cat(c->arena, mail_origin(), path)}};
	return mail_add(c, "consultation.answered", 0, who->email, holes, LEN(holes));
}

/* Parts have the author of their whole, which is told. */
Err comment_tell_answered(Ctx *c, const Consultation *n) {
	Comments all;
	Authors  authors = {0};
	TRY(comment_load_rows(c, db_query(c->conn, &sql_comment_all_of, P(V(n->head.id))), &all));
	for (size_t i = 0; i < all.len; i++) {
		const Comment *k = all.at[i];
		if (!k->split_from && (k->email.len || (k->account != BLANK && k->account)))
			strs_add(c->arena, &author_of(c->arena, &authors, k)->numbers, k->number);
	}
	for (size_t i = 0; i < authors.len; i++)
		TRY(tell(c, n, &authors.at[i]));
	return OK;
}
