/* mandate_paper.c: the text of what is issued, written once. */
#include "domain/network/mandate_paper.h"

#include <unistd.h>

#include "base/format.h"
#include "base/hash.h"
#include "base/text.h"
#include "core/codelist.h"
#include "core/settings.h"
#include "domain/network/mandate.sql.h"
#include "domain/network/mandate_inside.h"

/* ---- words ---- */

static Str date_text(Arena *a, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, d);
	return buf_take(&b, a);
}

static Str capacity_text(Ctx *c, Fte f, Str unit) {
	CLEANUP(buf_free) Buf b = {0};
	const CodeItem *item = codelist_find(c, "network_unit", unit);
	if (item && str_eq(code_attribute(item, S("places")), S("0")))
		fmt_int(&b, f.hundredths / 100);
	else
		fmt_fte(&b, f);
	return buf_take(&b, c->arena);
}

/* What an amendment changes, from what to what; Markdown. */
static Err changes_text(Ctx *c, const Mandate *m, const MandateAmendment *x, Str *ret) {
	CLEANUP(buf_free) Buf b = {0};
	MandateTerms before;
	TRY(mandate_terms(c, m, date_add(x->effective_from, -1), &before));
	if (x->capacity.hundredths != BLANK)
		buf_format(&b, "- Minimální kapacita v síti (%.*s): dosud %.*s, nově %.*s.\n", STR_ARG(codelist_name(c, "network_unit", m->unit)),
		           STR_ARG(capacity_text(c, before.capacity, m->unit)), STR_ARG(capacity_text(c, x->capacity, m->unit)));
	if (x->ceiling.len)
		buf_format(&b, "- Nejvyšší vyrovnávací platba podle let: dosud %.*s, nově %.*s.\n", STR_ARG(before.ceiling.len ? before.ceiling : S("neurčena")),
			STR_ARG(x->ceiling));
	if (x->territory.len)
		buf_format(&b, "- Území: dosud %.*s, nově %.*s.\n", STR_ARG(before.territory), STR_ARG(x->territory));
	*ret = buf_take(&b, c->arena);
	return OK;
}

/* ---- writing ---- */

static Err put(Ctx *c, const Mandate *m, const MandateAmendment *x, Str title, Str text) {
	Id  id, job = 0;
	i64 no = x ? x->no : 0;
	Sha256 digest = sha256(text);
	if (db_new_id(c->conn, &id) != OK)
		return fail_internal(c, "papers of mandates");
	if (db_run(c->conn, &sql_mandate_paper_add, P(V(id), V(m->head.id), V(x ? x->head.id : 0), V(no), V(title), V(text), V(hex(c->arena, digest.bytes,
		sizeof digest.bytes)),
	           V(c->now)), NULL) != OK)
		return fail_internal(c, "papers of mandates");
	if (c->actor->is_program)                    /* sample data and takeovers: printed when somebody asks */
		return OK;
	TRY(job_add(c, MANDATE_PDF_JOB, str_format(c->arena, "PDF: %.*s", STR_ARG(title)), str_format(c->arena, "%lld", (long long)id),
	            str_format(c->arena, "/app/povereni/%lld", (long long)m->head.id), &job));
	return db_run(c->conn, &sql_mandate_paper_job, P(V(id), V(job)), NULL) == OK ? OK : fail_internal(c, "papers of mandates");
}

Err mandate_paper_write(Ctx *c, const Mandate *m, const MandateAmendment *x, const Resolution *by) {
	Arena           *a = c->arena;
	MandateTemplate *t;
	Str              changes = {0};
	TRY(mandate_template_of(c, x ? PAPER_AMENDMENT : PAPER_MANDATE, c->today, &t));
	if (x)
		TRY(changes_text(c, m, x, &changes));
	Str no = x ? str_format(a, "%lld", (long long)x->no) : (Str){0};
	const Hole holes[] = {
		{"kraj", setting_text(c, "region.name"), false}, {"cislo", m->number, false}, {"poskytovatel", m->provider_name, false}, {"ico", m->provider_ico, false},
		{"sidlo", m->provider_seat.len ? m->provider_seat : S("podle registru poskytovatelů"), false}, {"sluzba", m->service_name, false}, {"druh",
			codelist_name(c, "service_kind", m->kind), false},
			{"identifikator", m->identifier, false},
		{"povinnost", m->obligation, true}, {"cilove_skupiny", m->target_groups, false}, {"kapacita", capacity_text(c, m->capacity, m->unit), false},
		{"jednotka", codelist_name(c, "network_unit", m->unit), false}, {"uzemi", m->territory, false}, {"od", date_text(a, x ? x->effective_from : m->first_day), false},
		{"do", date_text(a, m->last_day), false}, {"vyrovnani", m->compensation, true}, {"strop",
			m->ceiling.len ? m->ceiling : S("stanoví se pro každý rok rozhodnutím kraje"), false},
		{"investice", m->covers_investment ? S("vyrovnávací platba je kryje v rozsahu schváleném krajem") : S("vyrovnávací platba je nekryje"), false},
		{"nadmerne", m->overcompensation, true}, {"vylucna_prava", m->exclusive_rights, true}, {"pravni_zaklad", m->legal_reference, false},
		{"usneseni", by->number, false}, {"den_usneseni", date_text(a, by->decided_on), false}, {"dodatek", no, false}, {"zmeny", changes, true},
		{"duvod", x ? x->reason : (Str){0}, false},
	};
	Str title = x ? str_format(a, "Dodatek č. %.*s k pověření č. %.*s", STR_ARG(no), STR_ARG(m->number)) : str_format(a, "%.*s č. %.*s",
		STR_ARG(t->title), STR_ARG(m->number));
	return put(c, m, x, title, template_fill(a, t->text, holes, LEN(holes)));
}

Err mandate_paper_ask(Ctx *c, const MandatePaper *p) {
	Id job;
	if (print_is_coming(&p->pdf))
		return OK;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(job_add(c, MANDATE_PDF_JOB, str_format(c->arena, "PDF: %.*s", STR_ARG(p->title)), str_format(c->arena, "%lld", (long long)p->id),
	            str_format(c->arena, "/povereni/%lld", (long long)p->mandate), &job));
	if (db_run(c->conn, &sql_mandate_paper_job, P(V(p->id), V(job)), NULL) != OK)
		return fail_internal(c, "papers of mandates");
	return tx_commit(&tx);
}

Err mandate_paper_keep(Ctx *c, Id paper, const StoredFile *staged) {
	MandatePaper p;
	Mandate     *m;
	StoredFile   kept;
	TRY(mandate_paper_by_id(c, paper, &p));
	if (p.pdf.file)
		return OK;
	TRY(mandate_stored(c, p.mandate, &m));
	TRY(files_put_staged(c, mandate_paper_file_name(c->arena, m, p.no), staged, &kept));
	return db_run(c->conn, &sql_mandate_paper_file, P(V(paper), V(kept.id), V(kept.sha256)), NULL) == OK ? OK : fail_internal(c, "papers of mandates");
}

/* ---- reading ---- */

static MandatePaper of_row(Arena *a, Rows *r) {
	return (MandatePaper){.id = col_int(r, 0), .mandate = col_int(r, 1), .amendment = col_int(r, 2), .no = col_int(r, 3), .title = str_dup(a, col_text(r, 4)),
	                      .text = str_dup(a, col_text(r, 5)), .text_sha256 = str_dup(a, col_text(r, 6)), .made_at = col_instant(r, 7),
	                      .pdf = print_of_row(a, r, 8, 10, 11, 12), .sha256 = str_dup(a, col_text(r, 9))};
}

static Err read_rows(Ctx *c, Rows r, MandatePapers *ret) {
	*ret = (MandatePapers){0};
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = of_row(c->arena, &r);
	return rows_end(&r) == OK ? OK : fail_internal(c, "papers of mandates");
}

Err mandate_papers(Ctx *c, Id mandate, MandatePapers *ret) {
	return read_rows(c, db_query(ctx_conn(c), &sql_mandate_papers, P(V(mandate))), ret);
}

Err mandate_paper(Ctx *c, Id mandate, i64 no, MandatePaper *ret) {
	MandatePapers all;
	TRY(mandate_papers(c, mandate, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].no == no) {
			*ret = all.at[i];
			return OK;
		}
	return fail(c, ERR_NOT_FOUND, NULL, "Takovou listinu pověření nemá. Vyberte ji na stránce pověření.");
}

Err mandate_paper_by_id(Ctx *c, Id paper, MandatePaper *ret) {
	MandatePapers one;
	TRY(read_rows(c, db_query(ctx_conn(c), &sql_mandate_paper_get, P(V(paper))), &one));
	if (!one.len)
		return fail(c, ERR_NOT_FOUND, NULL, "Taková listina není.");
	*ret = one.at[0];
	return OK;
}

Str mandate_paper_file_name(Arena *a, const Mandate *m, i64 no) {
	Str slug = text_slug(a, m->number);
	return no ? str_format(a, "%.*s-dodatek-%lld.pdf", STR_ARG(slug), (long long)no) : str_format(a, "%.*s.pdf", STR_ARG(slug));
}

/* ---- the question of doctor ---- */

static Err judge(Ctx *c, const MandatePaper *p, Strs *wrong) {
	StoredFile f;
	int        fd;
	Sha256     digest = sha256(p->text);
	bool       is_fine = str_eq(hex(c->arena, digest.bytes, sizeof digest.bytes), p->text_sha256);
	size_t     said = c->problems.len;
	if (is_fine && p->pdf.file) {
		is_fine = files_get(c, p->pdf.file, &f) == OK && str_eq(f.sha256, p->sha256) && files_open(c, &f, true, &fd) == OK;
		if (is_fine)
			close(fd);
		c->problems.len = said;
	}
	if (!is_fine)
		strs_add(c->arena, wrong, p->title);
	return OK;
}

Err check_mandate_papers(Ctx *c, bool *fine, Str *detail) {
	MandatePapers all;
	Strs          wrong = {0};
	TRY(read_rows(c, db_query(ctx_conn(c), &sql_mandate_papers_all, DB_NONE), &all));
	for (size_t i = 0; i < all.len; i++)
		TRY(judge(c, &all.at[i], &wrong));
	*fine = wrong.len == 0;
	*detail = *fine ? str_format(c->arena, "%zu listin odpovídá svým otiskům.", all.len)
	                : str_format(c->arena, "Neodpovídá otisku: %.*s. Obnovte soubory ze zálohy.", STR_ARG(str_join(c->arena, S(", "), wrong)));
	return OK;
}
