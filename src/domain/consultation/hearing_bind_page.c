/* hearing_bind_page.c: the comment period that a hearing belongs to: chosen in the office, shown to the public, where oral comments are written in. */
#include "core/access.h"
#include "domain/consultation/consultation.h"
#include "domain/consultation/hearing_page.h"
#include "domain/consultation/inside.h"

#define BOUND_TO "consultation"

static bool is_bound(const Hearing *h) {
	return str_eq(h->object, S(BOUND_TO)) && h->object_id != BLANK && h->object_id;
}

Err hearing_bound_public(Req *r, const Hearing *h, LinkView *ret) {
	Consultation *n;
	size_t        said = r->c->problems.len;
	*ret = (LinkView){0};
	if (is_bound(h) && consultation_public(r->c, h->object_id, &n) == OK)
		*ret = (LinkView){.label = n->title, .href = str_format(r->c->arena, "/pripominky/%lld", (long long)n->head.id)};
	r->c->problems.len = said;
	return OK;
}

static void add_options(Req *r, const Hearing *h, const Consultations *all, FieldView *f) {
	Arena *a = r->c->arena;
	*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.label = S("stojí samostatně"), .chosen = !is_bound(h)};
	for (size_t i = 0; i < all->len; i++)
		*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = str_format(a, "%lld", (long long)all->at[i]->head.id),
			.label = all->at[i]->title, .chosen = is_bound(h) && all->at[i]->head.id == h->object_id};
}

Err hearing_bound_office(Req *r, const Hearing *h, bool may_edit, HearingOffice *v) {
	Consultations all;
	Arena        *a = r->c->arena;
	if (!may(r->c, CAP_CONSULTATION_READ))
		return OK;
	TRY(consultation_list(r->c, &all));
	for (size_t i = 0; i < all.len; i++)
		if (is_bound(h) && all.at[i]->head.id == h->object_id)
			v->bound = (LinkView){.label = all.at[i]->title, .href = str_format(a, "/app/pripominky/%lld", (long long)h->object_id)};
	if (is_bound(h) && may(r->c, "comment.update") && !hearing_is(h, HEARING_DRAFT))
		v->oral_href = str_format(a, "/app/pripominky/%lld/zapsat", (long long)h->object_id);
	if (!may_edit || !all.len)
		return OK;
	v->bind = (FieldView){.kind = FIELD_SELECT, .name = S("consultation"), .label = S("Připomínkové řízení")};
	add_options(r, h, &all, &v->bind);
	v->bind_action = str_format(a, "/app/projednani/%lld/patri-k", (long long)h->head.id);
	v->bind_csrf = csrf_token(r, v->bind_action);
	return OK;
}

Err post_hearing_bind(Req *r) {
	Id            id;
	i64           wanted = 0;
	Consultation *n;
	TRY(arg_id(r, 0, &id));
	if (form(r, "consultation").len && !str_to_int(form(r, "consultation"), &wanted))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář není úplný. Načtěte stránku znovu.");
	if (wanted)
		TRY(consultation_get(r->c, wanted, &n));
	TRY(hearing_bind(r->c, id, wanted ? BOUND_TO : "", wanted ? wanted : BLANK));
	notice(r, wanted ? "Projednání patří k připomínkovému řízení. Ústní připomínky zapíšete tam." : "Projednání stojí samostatně.");
	return redirect(r, "/app/projednani/%lld", (long long)id);
}
