/* hearing_form_page.c: a new hearing and a changed one, and the minutes with their files. */
#include "core/access.h"
#include "core/settings.h"
#include "domain/consultation/hearing_office.html.h"
#include "domain/consultation/hearing_page.h"
#include "domain/consultation/inside.h"

static const char *const form_fields[] = {"title", "about", "district", "day", "starts", "ends", "building", "room", "online_url", "accessibility", "capacity", "reserved",
                                          "policy", "quota", "signup_day", "signup_time", "contact", "contact_email", "contact_phone", "notice_waiver", NULL};

/* Districts by name; a coordinator sees the own ones alone. */
static FieldView district_field(Req *r, FieldView f, const Hearing *h, bool as_typed) {
	Units    all;
	Arena   *a = r->c->arena;
	RowScope scope = access_scope(r->c, CAP_HEARING_UPDATE);
	Str      chosen = as_typed ? form(r, "district") : h->district != BLANK && h->district ? str_format(a, "%lld", (long long)h->district) : (Str){0};
	const Unit *region = territory_by_code(r->c, LEVEL_REGION, setting_text(r->c, "region.code"));
	f.kind = FIELD_SELECT;
	f.options = (OptionViews){0};
	if (scope.all)
		*ARENA_PUSH(a, f.options.at, f.options.len, f.options.cap) = (OptionView){.label = S("celý kraj"), .chosen = !chosen.len};
	if (!region || territory_below(r->c, region->id, LEVEL_DISTRICT, TODAY, &all) != OK)
		return f;
	for (size_t i = 0; i < all.len; i++) {
		Str id = str_format(a, "%lld", (long long)all.at[i]->id);
		if (scope.all || scope_has_district(&scope, all.at[i]->id))
			*ARENA_PUSH(a, f.options.at, f.options.len, f.options.cap) = (OptionView){.value = id, .label = all.at[i]->name, .chosen = str_eq(id, chosen)};
	}
	return f;
}

static Err show_form(Req *r, HearingForm v, const Hearing *h, bool as_typed) {
	for (const char *const *name = form_fields; *name; name++) {
		FieldView f = field_view(r, entity_field(&hearing_entity, str_c(*name)), h, as_typed);
		if (strcmp(*name, "district") == 0)
			f = district_field(r, f, h, as_typed);
		if (f.kind == FIELD_TEXT && words_have("starts ends capacity reserved quota signup_time", f.name))
			f.width = WIDTH_5;
		CHECK(v.count < LEN(v.fields));
		v.fields[v.count++] = f;
	}
	v.csrf = csrf_token(r, v.action);
	v.version = h->head.version;
	v.errors = as_typed ? errors_view(r, v.fields, v.count) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Projednání"), S("/app/projednani"));
	view_hearing_edit(page(r, v.title), &v);
	return OK;
}

static HearingForm new_form(void) {
	return (HearingForm){.title = S("Nové projednání"), .lead = S("Uloží se jako rozpracované, zveřejníte je až potom."), .action = S("/app/projednani/novy"), .back = S("/app/projednani")};
}

Err page_hearing_new(Req *r) {
	Hearing *h = entity_new(r->c->arena, &hearing_entity);
	h->policy = S("first_come");
	h->starts = S("9:00");
	h->ends = S("11:00");
	h->contact = S("Koordinátor plánu, odbor sociálních věcí");
	h->contact_email = setting_text(r->c, "region.email");
	h->contact_phone = setting_text(r->c, "region.phone");
	return show_form(r, new_form(), h, false);
}

Err post_hearing_new(Req *r) {
	Hearing *h = entity_new(r->c->arena, &hearing_entity);
	Err      e = form_read(r, &hearing_entity, form_fields, h);
	e = e == OK ? hearing_add(r->c, h) : e;
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_form(r, new_form(), h, true);
	}
	TRY(e);
	notice(r, "Projednání je uložené. Zkontrolujte údaje a zveřejněte je.");
	return redirect(r, "/app/projednani/%lld", (long long)h->head.id);
}

static HearingForm edit_form(Req *r, const Hearing *h) {
	Arena *a = r->c->arena;
	Str    back = str_format(a, "/app/projednani/%lld", (long long)h->head.id);
	return (HearingForm){.title = S("Upravit projednání"), .back = back, .action = str_cat(a, back, S("/upravit")),
	                     .lead = hearing_is_published(h) ? S("Projednání je zveřejněné. Změnu místa nebo času rozešleme všem přihlášeným.") : (Str){0}};
}

Err page_hearing_edit(Req *r) {
	Hearing *h;
	Id       id;
	TRY(arg_id(r, 0, &id));
	TRY(hearing_mine(r->c, id, &h));
	return show_form(r, edit_form(r, h), h, false);
}

Err post_hearing_edit(Req *r) {
	Hearing *stored;
	Id       id;
	TRY(arg_id(r, 0, &id));
	TRY(hearing_mine(r->c, id, &stored));
	Hearing    *h = entity_copy(r->c->arena, &hearing_entity, stored);
	HearingForm v = edit_form(r, stored);
	Err         e = form_read_resolved(r, &hearing_entity, form_fields, h, stored);
	if (e == OK && h->head.version != stored->head.version)
		return conflict_show(r, &hearing_entity, form_fields, h, v.action, v.back);
	e = e == OK ? hearing_change(r->c, h) : e;
	if (e == ERR_INVALID || (e == ERR_CONFLICT && !hearing_is(stored, HEARING_HELD))) {
		set_status(r, e == ERR_INVALID ? 422 : 409);
		h->head.version = stored->head.version;
		return show_form(r, v, h, true);
	}
	TRY(e);
	notice(r, "Změny jsou uložené.");
	return redirect(r, "/app/projednani/%lld", (long long)id);
}

/* ---- minutes ---- */

enum { FILE_BYTES = 10 << 20 };

static Str file_name(Req *r, Id hearing, bool minutes, i64 file) {
	StoredFile f;
	size_t     said = r->c->problems.len;
	bool       fine = file != BLANK && file && hearing_file(r->c, hearing, minutes, &f) == OK;
	r->c->problems.len = said;
	return fine ? f.name : (Str){0};
}

static FieldView file_field(Req *r, const char *name, const char *label, Str present) {
	return (FieldView){.kind = FIELD_FILE, .name = str_c(name), .label = str_c(label), .optional = true, .accept = S(".pdf,.docx"), .error = field_problem(r, name),
	                   .hint = present.len ? str_format(r->c->arena, "PDF nebo DOCX, nejvýše 10 MB. Nahradí soubor %.*s.", STR_ARG(present)) : S("PDF nebo DOCX, nejvýše 10 MB.")};
}

static Err show_minutes(Req *r) {
	Hearing    *h;
	MinutesForm v = {0};
	TRY(hearing_of_page(r, &h, &v.v));
	v.back = str_format(r->c->arena, "/app/projednani/%lld", (long long)h->head.id);
	v.action = str_cat(r->c->arena, v.back, S("/zapis"));
	v.csrf = csrf_token(r, v.action);
	v.version = h->head.version;
	v.minutes_name = file_name(r, h->head.id, true, h->minutes_file);
	v.slides_name = file_name(r, h->head.id, false, h->slides_file);
	v.text = hearing_field(r, "minutes", "Text zápisu", "Bez osobních údajů: uvádějte funkce a organizace. Odstavce oddělte prázdným řádkem.", h->minutes, true);
	v.text.kind = FIELD_AREA;
	v.text.rows = 14;
	v.minutes = file_field(r, "zapis", "Soubor se zápisem", v.minutes_name);
	v.slides = file_field(r, "prezentace", "Soubor s prezentací", v.slides_name);
	FieldView all[] = {v.text, v.minutes, v.slides};
	v.errors = hearing_errors(r, all, LEN(all));
	view_hearing_minutes(page(r, S("Zápis z projednání")), &v);
	return OK;
}

Err page_hearing_write(Req *r) {
	return show_minutes(r);
}

/* What may come, by its name, and must then be, by its bytes. */
static Err stage(Req *r, const char *field, HearingPaper *paper, const HearingPaper **ret) {
	static const struct { const char *ending, *type; } taken[] = {
		{".pdf", "application/pdf"}, {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}};
	const Upload *u = form_file(r, field);
	const char   *type = NULL;
	*ret = NULL;
	if (!u || (!u->file_name.len && !u->size))
		return OK;
	Str lower = str_lower_ascii(r->c->arena, u->file_name);
	for (size_t i = 0; i < LEN(taken); i++)
		type = str_ends(lower, str_c(taken[i].ending)) ? taken[i].type : type;
	if (!type)
		return fail(r->c, ERR_INVALID, field, "Přijímáme PDF a DOCX. Uložte soubor v jednom z těchto formátů.");
	if (u->size == 0 || u->size > FILE_BYTES)
		return fail(r->c, ERR_INVALID, field, "Soubor je prázdný, nebo má víc než 10 MB. Vyberte jiný.");
	TRY(files_stage(r->c, u->bytes, u->fd, &paper->staged));
	if (!str_eq(paper->staged.type, str_c(type)))
		return fail(r->c, ERR_INVALID, field, "Obsah souboru neodpovídá jeho příponě. Uložte jej znovu ve správném formátu.");
	paper->name = utf8_first(u->file_name, 150);
	*ret = paper;
	return OK;
}

Err post_hearing_write(Req *r) {
	static const char *const known[] = {"minutes", "version", NULL};
	const HearingPaper *minutes = NULL, *slides = NULL;
	HearingPaper papers[2];
	Id  id;
	i64 version;
	TRY(arg_id(r, 0, &id));
	TRY(form_only(r, known));
	if (!str_to_int(form(r, "version"), &version))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář není úplný. Načtěte stránku znovu.");
	Err e = stage(r, "zapis", &papers[0], &minutes), other = stage(r, "prezentace", &papers[1], &slides);
	e = e == OK ? other : e;
	e = e == OK ? hearing_write_minutes(r->c, id, version, form(r, "minutes"), minutes, slides) : e;
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, e == ERR_INVALID ? 422 : 409);
		return show_minutes(r);
	}
	TRY(e);
	notice(r, "Zápis je uložený. Zveřejní se, až jej ověří vedoucí odboru nebo předseda skupiny.");
	return redirect(r, "/app/projednani/%lld", (long long)id);
}
