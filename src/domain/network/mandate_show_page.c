/* mandate_show_page.c: pieces of the pages of mandates: words, rows, facts, papers. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/library/paragraphs_page.h"
#include "domain/needs/need.h"
#include "domain/network/mandate_inside.h"
#include "domain/network/mandate_page.h"

Str mandate_capacity_text(Ctx *c, Fte f, Str unit) {
	return f.hundredths == BLANK ? (Str){0} : need_capacity_text(c->arena, f.hundredths, unit);
}

Str mandate_period_text(Arena *a, Date from, Date to) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date_range(&b, from, to);
	return buf_take(&b, a);
}

static Str day_text(Arena *a, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, d);
	return buf_take(&b, a);
}

Str mandate_state_text(Ctx *c, const Mandate *m, Date day, TagKind *tone) {
	const State *s = machine_state(&mandate_machine, m->state);
	*tone = s ? work_tone(s->tone) : TAG_PLAIN;
	if (!m->is_public)
		return s ? str_c(s->title) : m->state;
	*tone = TAG_PLAIN;
	if (date_after(m->first_day, day)) {
		*tone = TAG_INFO;
		return str_format(c->arena, "platí od %.*s", STR_ARG(day_text(c->arena, m->first_day)));
	}
	if (date_before(m->ends_on, day))
		return date_before(m->ends_on, m->last_day) ? S("skončilo předčasně") : S("skončilo");
	int left = m->ends_on.n - day.n;
	*tone = left <= 90 ? TAG_WARN : TAG_OK;
	return left <= 90 ? S("brzy končí") : S("platí");
}

Err mandate_row(Req *r, const Mandate *m, Date day, bool is_public, MandateRow *ret) {
	Arena       *a = r->c->arena;
	MandateTerms terms = {.capacity = m->capacity};
	if (m->amendments != BLANK && m->amendments > 0)
		TRY(mandate_terms(r->c, m, date_before(day, m->ends_on) ? day : m->ends_on, &terms));
	MandateRow row = {.href = str_format(a, is_public ? "/povereni/%lld" : "/app/povereni/%lld", (long long)m->head.id),
		.number = m->number.len ? m->number : S("bez čísla"),
	                  .service = m->service_name, .kind = codelist_name(r->c, "service_kind", m->kind), .provider = m->provider_name,
	                  .capacity = mandate_capacity_text(r->c, terms.capacity, m->unit), .period = mandate_period_text(a, m->first_day,
		date_is(m->ends_on) ? m->ends_on : m->last_day)};
	row.state = mandate_state_text(r->c, m, day, &row.tone);
	if (m->amendments != BLANK && m->amendments > 0) {
		CLEANUP(buf_free) Buf b = {0};
		fmt_count(&b, m->amendments, "dodatek", "dodatky", "dodatků");
		row.amendments = buf_take(&b, a);
	}
	*ret = row;
	return OK;
}

void mandate_pair(Req *r, PairViews *list, const char *label, Str value) {
	*ARENA_PUSH(r->c->arena, list->at, list->len, list->cap) = (PairView){.label = str_c(label), .value = value};
}

/* ---- papers and amendments ---- */

Err mandate_paper_rows(Req *r, const Mandate *m, i64 only, PaperRows *ret) {
	MandatePapers papers;
	Arena        *a = r->c->arena;
	TRY(mandate_papers(r->c, m->head.id, &papers));
	for (size_t i = 0; i < papers.len; i++) {
		const MandatePaper *p = &papers.at[i];
		if (only >= 0 && p->no != only)
			continue;
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (PaperRow){.title = str_cat(a, p->title, S(" (PDF)")), .when = str_format(a, "vydáno %.*s",
			STR_ARG(day_text(a, prague_day(p->made_at)))),
			.href = str_format(a, "/povereni/%lld/pdf/%lld", (long long)m->head.id, (long long)p->no), .is_printed = p->pdf.file != 0, .digest = p->sha256,
			.note = p->pdf.file ? (Str){0} : S("PDF se vytvoří při prvním stažení a pak se už nemění.")};
	}
	return OK;
}

static Str changes_text(Req *r, const Mandate *m, const MandateAmendment *x) {
	Strs  what = {0};
	Arena *a = r->c->arena;
	if (x->capacity.hundredths != BLANK)
		strs_add(a, &what, str_format(a, "kapacita %.*s", STR_ARG(mandate_capacity_text(r->c, x->capacity, m->unit))));
	if (x->ceiling.len)
		strs_add(a, &what, str_format(a, "strop %.*s", STR_ARG(x->ceiling)));
	if (x->territory.len)
		strs_add(a, &what, str_format(a, "území %.*s", STR_ARG(x->territory)));
	return str_join(a, S("; "), what);
}

static Err add_amendments(Req *r, const Mandate *m, bool is_public, MandatePage *v) {
	MandateAmendments all;
	Arena            *a = r->c->arena;
	TRY(mandate_amendments(r->c, m->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		const MandateAmendment *x = all.at[i];
		bool issued = str_eq(x->state, S(AMENDMENT_ISSUED));
		if (is_public && !issued)
			continue;
		const State *s = machine_state(&mandate_amendment_machine, x->state);
		*ARENA_PUSH(a, v->amendments.at, v->amendments.len, v->amendments.cap) = (AmendmentRow){
			.href = is_public ? (Str){0} : str_format(a, "/app/povereni/%lld/dodatky/%lld", (long long)m->head.id, (long long)x->head.id),
			.title = issued ? str_format(a, "Dodatek č. %lld", (long long)x->no) : S("Dodatek bez čísla"), .from = day_text(a, x->effective_from), .what = changes_text(r, m, x),
			.state = str_c(s->title), .tone = work_tone(s->tone)};
	}
	return OK;
}

static Err add_others(Req *r, const Mandate *m, bool is_public, MandatePage *v) {
	Mandates all;
	TRY(mandates_of_line(r->c, m->line, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i]->head.id != m->head.id && (!is_public || all.at[i]->is_public))
			TRY(mandate_row(r, all.at[i], r->c->today, is_public, ARENA_PUSH(r->c->arena, v->others.at, v->others.len, v->others.cap)));
	return OK;
}

static Err add_text(Req *r, const Mandate *m, MandatePage *v) {
	MandatePapers papers;
	Paragraphs    text;
	Str           why;
	TRY(mandate_papers(r->c, m->head.id, &papers));
	if (papers.len && paragraphs_read(r->c->arena, papers.at[0].text, &text, &why) == OK)
		v->text = paragraphs_html(r->c->arena, &text, &(ParagraphsView){.shift = 2});
	return OK;
}

Err mandate_describe(Req *r, const Mandate *m, bool is_public, MandatePage *v) {
	Arena       *a = r->c->arena;
	MandateTerms terms;
	v->title = m->service_name;
	v->number = m->number.len ? m->number : S("bez čísla");
	v->lead = str_format(a, "Pověření %.*s, %.*s", STR_ARG(m->number.len ? m->number : S("(návrh)")), STR_ARG(m->provider_name));
	v->state = mandate_state_text(r->c, m, r->c->today, &v->tone);
	TRY(mandate_terms(r->c, m, date_before(r->c->today, m->ends_on) ? r->c->today : m->ends_on, &terms));
	mandate_pair(r, &v->who, "Poskytovatel", m->provider_ico.len ? str_format(a, "%.*s, IČO %.*s", STR_ARG(m->provider_name),
		STR_ARG(m->provider_ico)) : m->provider_name);
	mandate_pair(r, &v->who, "Sídlo", m->provider_seat);
	mandate_pair(r, &v->who, "Druh služby", codelist_name(r->c, "service_kind", m->kind));
	if (id_given(m->service) && m->identifier.len)
		*ARENA_PUSH(a, v->who.at, v->who.len, v->who.cap) = (PairView){.label = S("Registrace"), .value = m->identifier, .href = str_format(a,
			"/katalog/sluzba/%lld", (long long)m->service)};
	mandate_pair(r, &v->who, "Platí", mandate_period_text(a, m->first_day, m->last_day));
	if (m->is_public && date_before(m->ends_on, m->last_day))
		mandate_pair(r, &v->who, "Předčasně končí", str_format(a, "%.*s. %.*s", STR_ARG(day_text(a, m->ends_on)), STR_ARG(m->end_reason)));
	if (id_given(m->resolution)) {
		Resolution by;
		TRY(resolution_get(r->c, m->resolution, &by));
		*ARENA_PUSH(a, v->who.at, v->who.len, v->who.cap) = (PairView){.label = S("Rozhodnuto"), .value = str_format(a, "usnesení %.*s",
			STR_ARG(by.number)), .href = resolution_href(a, by.number)};
	}
	mandate_pair(r, &v->what, "Minimální kapacita", mandate_capacity_text(r->c, terms.capacity, m->unit));
	mandate_pair(r, &v->what, "Cílové skupiny", m->target_groups);
	mandate_pair(r, &v->what, "Území", terms.territory);
	mandate_pair(r, &v->what, "Závazek", m->obligation);
	mandate_pair(r, &v->what, "Výlučná nebo zvláštní práva", m->exclusive_rights);
	mandate_pair(r, &v->money, "Strop podle let", terms.ceiling.len ? terms.ceiling : S("neurčen"));
	mandate_pair(r, &v->money, "Jak se počítá", m->compensation);
	mandate_pair(r, &v->money, "Proti nadměrnému vyrovnání", m->overcompensation);
	mandate_pair(r, &v->money, "Investice", m->covers_investment ? S("kryje") : S("nekryje"));
	mandate_pair(r, &v->money, "Právní základ", m->legal_reference);
	TRY(mandate_paper_rows(r, m, -1, &v->papers));
	TRY(add_amendments(r, m, is_public, v));
	TRY(add_others(r, m, is_public, v));
	return is_public ? add_text(r, m, v) : OK;
}

/* ---- files ---- */

/* Capacity, territory and ceiling are those of the day: by the amendments that hold by then; after the end, those of the last day. */
Err mandate_export(Req *r, const Mandates *rows, Date day) {
	static const TableColumn columns[] = {
		{"cislo", "Číslo pověření", CELL_TEXT, 0, 18}, {"poskytovatel", "Poskytovatel", CELL_TEXT, 0, 36}, {"ico", "IČO", CELL_TEXT, 0, 12}, {"sluzba",
			"Služba", CELL_TEXT, 0, 36},
		{"identifikator", "Identifikátor", CELL_TEXT, 0, 14}, {"druh", "Druh služby", CELL_TEXT, 0, 30}, {"plati_od", "Platí od", CELL_DATE, 0, 12},
			{"plati_do", "Platí do", CELL_DATE, 0, 12},
		{"skutecny_konec", "Skutečný poslední den", CELL_DATE, 0, 12}, {"jednotka", "Jednotka", CELL_TEXT, 0, 10}, {"kapacita", "Kapacita při vydání", CELL_DECIMAL, 2, 12},
		{"kapacita_po_dodatcich", "Kapacita po dodatcích", CELL_DECIMAL, 2, 12}, {"dodatku", "Dodatků", CELL_INT, 0, 10}, {"uzemi", "Území", CELL_TEXT, 0, 30},
			{"strop", "Strop podle let", CELL_TEXT, 0, 30},
		{"pravni_zaklad", "Právní základ", CELL_TEXT, 0, 40}, {"stav", "Stav", CELL_TEXT, 0, 16},
	};
	Ctx       *c = r->c;
	FileFormat format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(c->arena, Buf);
	TRY(download_start(r, format_type(format), format == FORMAT_JSON ? (Str){0} : str_format(c->arena, "povereni.%s", format_suffix(format)), out));
	TableWriter *t = table_open(c->arena, out, format, S("Pověření"), columns, LEN(columns), export_note(c));
	for (size_t i = 0; i < rows->len; i++) {
		const Mandate *m = rows->at[i];
		MandateTerms   terms;
		TagKind        tone;
		TRY(mandate_terms(c, m, date_is(m->ends_on) && date_before(m->ends_on, day) ? m->ends_on : day, &terms));
		table_text(t, m->number);
		table_text(t, m->provider_name);
		table_text(t, m->provider_ico);
		table_text(t, m->service_name);
		table_text(t, m->identifier);
		table_text(t, codelist_name(c, "service_kind", m->kind));
		table_date(t, m->first_day);
		table_date(t, m->last_day);
		table_date(t, m->ends_on);
		table_text(t, m->unit);
		table_int(t, m->capacity.hundredths);
		table_int(t, terms.capacity.hundredths);
		table_int(t, m->amendments == BLANK ? 0 : m->amendments);
		table_text(t, terms.territory);
		table_text(t, terms.ceiling);
		table_text(t, m->legal_reference);
		table_text(t, mandate_state_text(c, m, day, &tone));
		table_row_end(t);
	}
	TRY(table_close(t));
	return download_end(r, out);
}
