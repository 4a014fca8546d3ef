/* form_page.c: forms of the region: the list, one version with its fields, copying, publishing. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/collection/collection.html.h"
#include "domain/collection/collection_page.h"

Err page_forms(Req *r) {
	FormVersions all;
	FormLines    lines = {0};
	TRY(form_versions(r->c, 0, &all));
	for (size_t i = 0; i < all.len; i++) {
		const FormVersion *v = all.at[i];
		const State       *s = machine_state(&form_version_machine, v->state);
		void              *form;
		TRY(store_get(r->c, &form_entity, TODAY, v->form, &form));
		*ARENA_PUSH(r->c->arena, lines.at, lines.len, lines.cap) =
			(FormLine){.href = str_format(r->c->arena, "/app/formulare/verze/%lld", (long long)v->head.id), .title = v->title, .about = ((Form *)form)->about,
			           .no = str_format(r->c->arena, "%lld", (long long)v->no), .state = s ? str_c(s->title) : v->state, .tone = s ? work_tone(s->tone) : TAG_PLAIN};
	}
	view_forms(page(r, S("Formuláře")), lines);
	return OK;
}

static Err open_version(Req *r, FormTree *ret) {
	Id    id;
	void *row;
	TRY(arg_id(r, 0, &id));
	TRY(store_get(r->c, &form_version_entity, TODAY, id, &row));
	return form_tree(r->c, id, ret);
}

/* What the check will ask, in a few words. */
static Str rules_of(Req *r, const FormTree *t, const FormField *f) {
	CLEANUP(buf_free) Buf b = {0};
	const FormField *parent = f->parent.len ? form_tree_field(t, f->parent) : NULL, *other = f->equals.len ? form_tree_field(t, f->equals) : NULL;
	if (f->required)
		buf_lit(&b, "povinný; ");
	if (f->computed)
		buf_lit(&b, "počítá se součtem; ");
	if (f->grid.len)
		buf_format(&b, "sloupec tabulky „%.*s“; ", STR_ARG(f->grid));
	if (parent)
		buf_format(&b, "přičítá se do „%.*s“; ", STR_ARG(parent->label));
	if (other)
		buf_format(&b, "rovná se „%.*s“; ", STR_ARG(other->label));
	if (f->least != BLANK)
		buf_format(&b, "nejméně %.*s; ", STR_ARG(form_amount_text(r->c->arena, f, f->least)));
	if (f->most != BLANK)
		buf_format(&b, "nejvýše %.*s; ", STR_ARG(form_amount_text(r->c->arena, f, f->most)));
	if (f->sum_is != BLANK)
		buf_format(&b, "součet sloupce %.*s; ", STR_ARG(form_amount_text(r->c->arena, f, f->sum_is)));
	if (f->jump != BLANK)
		buf_format(&b, "rozdíl proti minulu nad %lld %% vysvětlit; ", (long long)f->jump);
	if (f->needs_note)
		buf_lit(&b, "nenulová hodnota s poznámkou; ");
	if (f->prefill.len)
		buf_lit(&b, "předvyplňuje se; ");
	return b.len > 2 ? str_dup(r->c->arena, str_first(buf_view(&b), b.len - 2)) : (Str){0};
}

static Err show_version(Req *r, const FormTree *t) {
	Arena          *a = r->c->arena;
	Str             href = str_format(a, "/app/formulare/verze/%lld", (long long)t->version->head.id);
	bool            is_draft = str_eq(t->version->state, S(FORM_DRAFT)) && may(r->c, CAP_COLLECTION_UPDATE);
	FormVersionPage v = {.v = t->version, .title = str_format(a, "%.*s, verze %lld", STR_ARG(t->version->title), (long long)t->version->no)};
	for (size_t s = 0; s < t->sections.len; s++) {
		FormPart part = {.title = t->sections.at[s]};
		for (size_t i = 0; i < t->len; i++) {
			const FormField *f = t->at[i];
			if (!str_eq(f->section, part.title))
				continue;
			FormFieldLine line = {.f = f, .type = codelist_name(r->c, "form_type", f->type), .rules = rules_of(r, t, f)};
			if (is_draft) {
				line.edit_href = str_format(a, "/app/formulare/pole/%lld/upravit", (long long)f->head.id);
				line.delete_action = str_format(a, "/app/formulare/pole/%lld/smazat", (long long)f->head.id);
				line.csrf = csrf_token(r, line.delete_action);
			}
			*ARENA_PUSH(a, part.fields.at, part.fields.len, part.fields.cap) = line;
		}
		*ARENA_PUSH(a, v.parts.at, v.parts.len, v.parts.cap) = part;
	}
	if (is_draft) {
		v.edit_href = str_cat(a, href, S("/upravit"));
		v.new_href = S("/app/formulare/pole/novy");
		v.import_href = S("/app/formulare/pole/import");
	}
	if (may(r->c, CAP_COLLECTION_CREATE)) {
		v.copy_action = str_cat(a, href, S("/kopie"));
		v.copy_csrf = csrf_token(r, v.copy_action);
	}
	TRY(work_panel(r, &form_version_machine, t->version->head.id, href, &v.panel));
	crumb(r, S("Formuláře"), S("/app/formulare"));
	view_form_version(page(r, v.title), &v);
	return OK;
}

Err page_form_version(Req *r) {
	FormTree t;
	TRY(open_version(r, &t));
	return show_version(r, &t);
}

Err post_form_version(Req *r) {
	FormTree t;
	TRY(open_version(r, &t));
	Err e = work_submit(r, &form_version_machine, t.version->head.id);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return show_version(r, &t);
	TRY(e);
	return redirect(r, "/app/formulare/verze/%lld", (long long)t.version->head.id);
}

Err post_form_copy(Req *r) {
	FormTree     t;
	FormVersion *made;
	TRY(open_version(r, &t));
	TRY(form_version_copy(r->c, t.version->head.id, &made));
	notice(r, "Kopie je založená jako verze %lld. Upravte údaje a zveřejněte ji; dokud to neuděláte, vyplňuje se podle dosavadní.", (long long)made->no);
	return redirect(r, "/app/formulare/verze/%lld", (long long)made->head.id);
}

Err post_form_field_delete(Req *r) {
	Id    id;
	void *row, *version;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &form_field_entity, TODAY, id, &row));
	const FormField *f = row;
	TRY(store_get(r->c, &form_version_entity, TODAY, f->form_version, &version));
	if (!str_eq(((FormVersion *)version)->state, S(FORM_DRAFT)))
		return fail(r->c, ERR_CONFLICT, NULL, "Verze formuláře je zveřejněná a její údaje se nemění. Založte kopii verze a upravte tu.");
	TRY(entity_delete(r->c, &form_field_entity, id, f->head.version));
	notice(r, "Údaj „%.*s“ je z verze odstraněný.", STR_ARG(f->label));
	return redirect(r, "/app/formulare/verze/%lld", (long long)f->form_version);
}
