/* form_seed.c: the forms that the program brings, read from data/forms. A form that the store knows by its code is left as the region has it. */
#include "core/seed_rows.h"
#include "domain/collection/collection.sql.h"
#include "domain/collection/form.h"

static Err form_id(Ctx *c, Str code, Id *ret) {
	return db_get_int(c->conn, &sql_form_by_code, P(V(code)), 0, ret) == OK ? OK : fail_internal(c, "forms");
}

/* Forms of this run have a first version that is still a draft: only they take fields. */
static Err draft_of(Ctx *c, Str code, FormVersion **ret) {
	FormVersions all;
	Id           form;
	*ret = NULL;
	TRY(form_id(c, code, &form));
	TRY(form_versions(c, form, &all));
	if (form && all.len == 1 && str_eq(all.at[0]->state, S(FORM_DRAFT)) && all.at[0]->no == 1)
		*ret = all.at[0];
	return OK;
}

static Err seed_form(Ctx *c, const Strs *header, const Strs *cells, int number) {
	Form *f = entity_new(c->arena, &form_entity);
	Str   declaration;
	Id    known;
	(void)number;
	TRY(seed_row_read(c, &form_entity, header, cells, f, &declaration));
	TRY(form_id(c, f->code, &known));
	if (known)
		return OK;
	TRY(entity_insert(c, &form_entity, f));
	FormVersion *v = entity_new(c->arena, &form_version_entity);
	v->form = f->head.id;
	v->no = 1;
	v->title = f->title;
	v->declaration = declaration;
	return workflow_start(c, &form_version_machine, "open", v, NULL);
}

static Err seed_field(Ctx *c, const Strs *header, const Strs *cells, int number) {
	FormField   *f = entity_new(c->arena, &form_field_entity);
	FormVersion *v;
	Str          code;
	TRY(seed_row_read(c, &form_field_entity, header, cells, f, &code));
	TRY(draft_of(c, code, &v));
	if (!v)
		return OK;
	f->form_version = v->head.id;
	f->position = 10 * number;
	return entity_insert(c, &form_field_entity, f);
}

static Err publish_one(Ctx *c, const Strs *header, const Strs *cells, int number) {
	Form        *f = entity_new(c->arena, &form_entity);
	FormVersion *v;
	Str          declaration;
	(void)number;
	TRY(seed_row_read(c, &form_entity, header, cells, f, &declaration));
	TRY(draft_of(c, f->code, &v));
	return v && !v->published_at.ms ? workflow_do(c, &form_version_machine, v->head.id, "publish", NULL) : OK;
}

Err forms_seed(Ctx *c) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(seed_rows(c, "forms/forms.csv", seed_form));
	TRY(seed_rows(c, "forms/fields.csv", seed_field));
	TRY(seed_rows(c, "forms/forms.csv", publish_one));
	return tx_commit(&tx);
}
