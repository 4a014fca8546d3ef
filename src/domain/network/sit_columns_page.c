/* sit_columns_page.c: every public column of a line (DOMAIN § 7), written once for files and for the wide table. */
#include "core/codelist.h"
#include "domain/network/sit_page.h"

#define TEXT_OF(fname, expr) static Str fname(Ctx *c, const LineWhole *l) { (void)c; return expr; }

static Str names_of(Ctx *c, const char *list, Strs codes) {
	Strs names = {0};
	for (size_t i = 0; i < codes.len; i++)
		strs_add(c->arena, &names, codelist_name(c, list, codes.at[i]));
	return str_join(c->arena, S(", "), names);
}

static Str seat_of(Ctx *c, const LineWhole *l) {
	const Unit *u = l->seat ? territory_by_id(c, l->seat) : NULL;
	return u ? u->name : (Str){0};
}

static Str resolution_of(Ctx *c, const LineWhole *l) {
	Str number = {0};
	(void)sit_resolution_href(c, l->line->resolution, &number);
	return number;
}

static Str paragraph(Ctx *c, Str kind) {
	const CodeItem *item = codelist_find(c, "service_kind", kind);
	return item && item->law.len ? item->law : kind;
}

static Str legal_form_of(Ctx *c, const LineWhole *l) {
	return l->legal_form.len ? codelist_name(c, "legal_form", l->legal_form) : (Str){0};
}

TEXT_OF(number_of, l->line->number)
TEXT_OF(provider_of, l->provider)
TEXT_OF(ico_of, l->ico)
TEXT_OF(identifier_of, l->identifier)
TEXT_OF(law_of, paragraph(c, l->line->kind))
TEXT_OF(kind_of, codelist_name(c, "service_kind", l->line->kind))
TEXT_OF(name_of, l->line->name)
TEXT_OF(forms_of, names_of(c, "service_form", l->line->forms))
TEXT_OF(areas_of, line_areas.people(c, l->line->areas))
TEXT_OF(groups_of, names_of(c, "target_group", l->line->target_groups))
TEXT_OF(unit_of, codelist_name(c, "network_unit", l->line->unit))
TEXT_OF(level_of, codelist_name(c, "network_level", l->line->level))
TEXT_OF(status_of, codelist_name(c, "line_status", l->line->status))
TEXT_OF(project_of, l->line->project_financed ? S("ano") : S("ne"))
TEXT_OF(note_of, l->line->note)
TEXT_OF(mandate_of, l->mandate_number)

static i64  capacity_of(const LineWhole *l, int year) { (void)year; return l->line->capacity.hundredths; }
static i64  beds_of(const LineWhole *l, int year) { (void)year; return l->registered_beds; }
static i64  regionality_of(const LineWhole *l, int year) { (void)year; return l->line->regionality.basis_points; }
static Date since_of(const LineWhole *l) { return l->line->since; }
static Date until_of(const LineWhole *l) { return l->line->until; }

const SitColumn sit_columns[] = {
	{"cislo", "Číslo řádku", CELL_TEXT, 0, 12, .text = number_of},
	{"poskytovatel", "Poskytovatel", CELL_TEXT, 0, 32, .text = provider_of},
	{"ico", "IČO", CELL_TEXT, 0, 12, .text = ico_of},
	{"pravni_forma", "Právní forma", CELL_TEXT, 0, 24, .text = legal_form_of},
	{"identifikator", "Identifikátor", CELL_TEXT, 0, 14, .text = identifier_of},
	{"paragraf", "Paragraf", CELL_TEXT, 0, 10, .text = law_of},
	{"druh", "Druh služby", CELL_TEXT, 0, 34, .text = kind_of},
	{"nazev", "Název služby", CELL_TEXT, 0, 34, .text = name_of},
	{"formy", "Formy", CELL_TEXT, 0, 22, .text = forms_of},
	{"uzemni_pusobnost", "Územní působnost", CELL_TEXT, 0, 34, .text = areas_of},
	{"sidlo", "Obec sídla poskytovatele", CELL_TEXT, 0, 22, .text = seat_of},
	{"cilove_skupiny", "Cílové skupiny", CELL_TEXT, 0, 40, .text = groups_of},
	{"jednotka", "Jednotka", CELL_TEXT, 0, 20, .text = unit_of},
	{"kapacita_v_siti", "Kapacita v síti", CELL_DECIMAL, 2, 12, .number = capacity_of},
	{"kapacita_registrovana_luzka", "Registrovaná lůžka", CELL_INT, 0, 12, .number = beds_of},
	{"uroven", "Úroveň", CELL_TEXT, 0, 10, .text = level_of},
	{"stav", "Stav", CELL_TEXT, 0, 18, .text = status_of},
	{"regionalita", "Regionalita v %", CELL_DECIMAL, 2, 12, .number = regionality_of},
	{"od", "V síti od", CELL_DATE, 0, 12, .day = since_of},
	{"do", "Zařazena do", CELL_DATE, 0, 12, .day = until_of},
	{"z_projektu", "Financována z projektu", CELL_TEXT, 0, 12, .text = project_of},
	{"strop_vp", "Strop vyrovnávací platby v Kč", CELL_DECIMAL, 2, 18, .number = line_ceiling},
	{"povereni", "Číslo pověření", CELL_TEXT, 0, 18, .text = mandate_of},
	{"usneseni", "Usnesení", CELL_TEXT, 0, 14, .text = resolution_of},
	{"poznamka", "Poznámka", CELL_TEXT, 0, 40, .text = note_of},
};
const size_t sit_column_count = LEN(sit_columns);

Str sit_cell(Ctx *c, const SitColumn *k, const LineWhole *l, int year) {
	CLEANUP(buf_free) Buf b = {0};
	if (k->text)
		return k->text(c, l);
	if (k->day) {
		fmt_date(&b, k->day(l));
		return buf_take(&b, c->arena);
	}
	i64 n = k->number(l, year);
	if (n == BLANK)
		return (Str){0};
	if (k->places)
		fmt_decimal(&b, n, k->places);
	else
		fmt_int(&b, n);
	return buf_take(&b, c->arena);
}

Err sit_export(Req *r, const LineWholes *lines, AsOf at, const char *name) {
	Ctx        *c = r->c;
	FileFormat  format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	TableColumn columns[LEN(sit_columns)];
	Buf        *out = NEW_ZERO(c->arena, Buf);
	int         year = date_year(at.valid);
	CLEANUP(buf_free) Buf note = {0};
	buf_lit(&note, "Stav sítě ke dni ");
	fmt_date(&note, at.valid);
	if (query(r, "znalost").len) {
		buf_lit(&note, ", jak jsme ho znali na konci dne ");
		fmt_date(&note, prague_day((Instant){at.recorded.ms - 1}));
	} else {
		buf_lit(&note, " podle toho, co víme dnes");
	}
	buf_str(&note, web_options()->demo ? S(". Ukázková data.") : S("."));
	for (size_t i = 0; i < LEN(columns); i++)
		columns[i] = (TableColumn){.key = sit_columns[i].key, .title = sit_columns[i].title, .type = sit_columns[i].type, .places = sit_columns[i].places,
		                           .width = sit_columns[i].width};
	Str file = str_format(c->arena, "%s.%s", name, format_suffix(format));
	TRY(download_start(r, format_type(format), format == FORMAT_JSON ? (Str){0} : file, out));
	TableWriter *t = table_open(c->arena, out, format, S("Síť"), columns, LEN(columns), buf_take(&note, c->arena));
	for (size_t i = 0; i < lines->len; i++) {
		const LineWhole *l = &lines->at[i];
		for (size_t k = 0; k < LEN(sit_columns); k++) {
			if (sit_columns[k].text)
				table_text(t, sit_columns[k].text(c, l));
			else if (sit_columns[k].day)
				table_date(t, sit_columns[k].day(l));
			else
				table_int(t, sit_columns[k].number(l, year));
		}
		table_row_end(t);
	}
	TRY(table_close(t));
	return download_end(r, out);
}
