/* comment_mail.c: letters to authors of comments. */
#include "base/format.h"
#include "domain/consultation/consultation_inside.h"

const MailKind comment_mails[2] = {
	{"consultation.confirm", "Potvrzení připomínky", "Dostane ten, kdo poslal připomínku z webu bez přihlášení.", NULL, "nazev odkaz platnost pripominka",
	 "Potvrďte připomínku: {nazev}",
	 "Dobrý den,\n\nz webu jsme dostali připomínku s vaším e-mailem ({nazev}). Aby ji úřad přijal, potvrďte ji nejpozději {platnost} na této adrese:\n\n{odkaz}\n\n"
	 "Za včasnou se považuje podle chvíle, kdy jste ji odeslali, ne kdy ji potvrdíte. Jestli jste ji neposlali vy, dopis smažte; nepotvrzenou připomínku nikdo neuvidí.\n\n"
	 "Znění:\n\n{pripominka}\n\n{odbor}, {kraj}", .secret = true},
	{"consultation.received", "Doručenka připomínky", "Dostane autor připomínky s e-mailem, jakmile je přijatá.", NULL, "nazev cislo doruceno otisk odkaz pozde pripominka",
	 "Přijali jsme připomínku {cislo}",
	 "Dobrý den,\n\npřijali jsme vaši připomínku ({nazev}).\n\nČíslo: {cislo}\nDoručeno: {doruceno}{pozde}\nOtisk SHA-256: {otisk}\n\n"
	 "Co se s ní děje a jak byla vypořádána, uvidíte na této soukromé adrese (nikomu ji neposílejte):\n\n{odkaz}\n\nZnění:\n\n{pripominka}\n\n{odbor}, {kraj}", .secret = true},
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
