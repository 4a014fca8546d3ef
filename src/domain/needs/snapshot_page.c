/* snapshot_page.c: the list of snapshots, one of them, two compared. */
#include "base/format.h"
#include "base/hash.h"
#include "core/codelist.h"
#include "domain/needs/needs_page.h"
#include "domain/needs/public.html.h"
#include "domain/needs/public_views_page.h"

static Str day_text(Arena *a, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, d);
	return buf_take(&b, a);
}

static Str made_text(Arena *a, Instant t) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_instant(&b, t);
	return buf_take(&b, a);
}

static Str label_of(Arena *a, const Snapshot *s) {
	return str_format(a, "%.*s, %.*s", STR_ARG(day_text(a, s->day)), STR_ARG(s->title));
}

/* ---- the list ---- */

static FieldView choice(Req *r, const Snapshots *all, const char *name, const char *label, size_t chosen) {
	FieldView f = {.kind = FIELD_SELECT, .name = str_c(name), .label = str_c(label)};
	for (size_t i = 0; i < all->len; i++)
		*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) =
			(OptionView){.value = str_format(r->c->arena, "%lld", (long long)all->at[i].id), .label = label_of(r->c->arena, &all->at[i]), .chosen = i == chosen};
	return f;
}

static Err show_list(Req *r, bool as_typed) {
	Arena        *a = r->c->arena;
	Snapshots     all;
	SnapshotsView v = {.action = S("/app/potreby/snimky"), .may_make = may(r->c, CAP_NEEDS_SNAPSHOT)};
	Date          last = half_year_end(r->c->today);
	int           year, month, day;
	TRY(snapshots_list(r->c, &all));
	date_parts(last, &year, &month, &day);
	v.next = day_text(a, month == 6 ? date(year, 12, 31) : date(year + 1, 6, 30));
	for (size_t i = 0; i < all.len; i++) {
		const Snapshot *s = &all.at[i];
		SnapshotLine    line = {.id = s->id, .href = str_format(a, "/app/potreby/snimky/%lld", (long long)s->id), .day = day_text(a, s->day), .title = s->title,
		                        .made = str_format(a, "%.*s, %.*s", STR_ARG(made_text(a, s->made_at)), STR_ARG(s->author)), .needs = str_format(a, "%lld", (long long)s->needs)};
		TRY(snapshot_holds(r->c, s->id, &line.holds));
		*ARENA_PUSH(a, v.list.at, v.list.len, v.list.cap) = line;
	}
	v.csrf = csrf_token(r, v.action);
	v.title = (FieldView){.name = S("title"), .label = S("Název snímku"), .hint = S("Například Podklad pro řídicí skupinu."), .value = as_typed ? form(r, "title") : (Str){0},
	                      .error = field_problem(r, "title")};
	v.before = choice(r, &all, "drive", "Dříve", all.len > 1 ? 1 : 0);
	v.after = choice(r, &all, "pozdeji", "Později", 0);
	v.errors = as_typed ? errors_view(r, &v.title, 1) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Potřeby území"), S("/app/potreby"));
	view_snapshots(page(r, S("Snímky potřeb")), &v);
	return OK;
}

Err page_snapshots(Req *r) {
	return show_list(r, false);
}

Err post_snapshot(Req *r) {
	Id  made;
	Err err = snapshot_make(r->c, form(r, "title"), &made);
	if (err == ERR_INVALID) {
		set_status(r, 422);
		return show_list(r, true);
	}
	TRY(err);
	notice(r, "Snímek je pořízený.");
	return redirect(r, "/app/potreby/snimky/%lld", (long long)made);
}

/* ---- one ---- */

static Str place_text(Arena *a, const SnapshotRow *s) {
	return s->district.len && !str_eq(s->district, s->territory) ? str_format(a, "%.*s, ORP %.*s, %lld", STR_ARG(s->territory), STR_ARG(s->district), (long long)s->year)
	                                                              : str_format(a, "%.*s, %lld", STR_ARG(s->territory), (long long)s->year);
}

static Str rank_text(Arena *a, i64 place) {
	return place == BLANK ? S("–") : str_format(a, "%lld.", (long long)place);
}

static Err send(Req *r, const Snapshot *s, const SnapshotRows *rows) {
	static const TableColumn columns[] = {
		{"cislo", "Číslo potřeby", CELL_INT, 0, 12}, {"nazev", "Potřeba", CELL_TEXT, 0, 50}, {"rok", "Rok", CELL_INT, 0, 8}, {"uzemi", "Území", CELL_TEXT, 0, 24},
		{"orp", "Obvod ORP", CELL_TEXT, 0, 24}, {"skupina", "Cílová skupina", CELL_TEXT, 0, 40}, {"druh", "Druh služby", CELL_TEXT, 0, 36}, {"osob", "Osob", CELL_INT, 0, 8},
		{"jednotka", "Jednotka", CELL_TEXT, 0, 10}, {"chybi", "Chybějící kapacita", CELL_DECIMAL, 2, 16}, {"stav", "Stav", CELL_TEXT, 0, 20},
		{"poradi_orp", "Pořadí v obvodu", CELL_INT, 0, 12}, {"poradi_kraj", "Pořadí v kraji", CELL_INT, 0, 12},
	};
	FileFormat format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(r->c->arena, Buf);
	char       iso[DATE_ISO_LEN];
	TRY(download_start(r, format_type(format), format == FORMAT_JSON ? (Str){0}
	                   : str_format(r->c->arena, "potreby-snimek-%.*s.%s", STR_ARG(date_iso(s->day, iso)), format_suffix(format)), out));
	TableWriter *t = table_open(r->c->arena, out, format, S("Snímek"), columns, LEN(columns), export_note(r->c));
	for (size_t i = 0; i < rows->len; i++) {
		const SnapshotRow *n = &rows->at[i];
		table_int(t, n->need);
		table_text(t, n->title);
		table_int(t, n->year);
		table_text(t, n->territory);
		table_text(t, n->district);
		table_text(t, codelist_name(r->c, "target_group", n->target_group));
		table_text(t, n->kind.len ? codelist_name(r->c, "service_kind", n->kind) : (Str){0});
		table_int(t, n->persons);
		table_text(t, n->unit);
		table_int(t, n->missing_capacity);
		table_text(t, state_title(&need_machine, n->state));
		table_int(t, n->rank_district);
		table_int(t, n->rank_region);
		table_row_end(t);
	}
	TRY(table_close(t));
	return download_end(r, out);
}

Err page_snapshot(Req *r) {
	Arena       *a = r->c->arena;
	Id           id;
	Snapshot     s;
	SnapshotRows rows;
	bool         holds;
	TRY(arg_id(r, 0, &id));
	TRY(snapshot_get(r->c, id, &s));
	TRY(snapshot_rows(r->c, id, &rows));
	TRY(snapshot_holds(r->c, id, &holds));
	if (r->format != PAGE_HTML)
		return send(r, &s, &rows);
	SnapshotView v = {.title = str_format(a, "Snímek potřeb k %.*s", STR_ARG(day_text(a, s.day))), .lead = s.title};
	PairView     pairs[] = {
		{.label = S("Pořízen"), .value = made_text(a, s.made_at)}, {.label = S("Kdo snímek pořídil"), .value = s.author},
		{.label = S("Potřeb"), .value = str_format(a, "%lld", (long long)s.needs)},
		{.label = S("Otisk obsahu (SHA-256)"), .value = hex(a, s.sha256, sizeof s.sha256)},
		{.label = S("Obsah"), .value = holds ? S("odpovídá otisku, od pořízení se nezměnil") : S("otisku neodpovídá, obraťte se na správce")},
	};
	for (size_t i = 0; i < LEN(pairs); i++)
		*ARENA_PUSH(a, v.pairs.at, v.pairs.len, v.pairs.cap) = pairs[i];
	for (size_t i = 0; i < rows.len; i++) {
		const SnapshotRow *n = &rows.at[i];
		*ARENA_PUSH(a, v.rows.at, v.rows.len, v.rows.cap) = (SnapRow){
			.title = n->title, .place = place_text(a, n), .group = codelist_name(r->c, "target_group", n->target_group),
			.capacity = need_capacity_text(a, n->missing_capacity, n->unit), .persons = str_format(a, "%lld", (long long)n->persons),
			.state = state_title(&need_machine, n->state), .place_in_order = rank_text(a, n->rank_district)};
	}
	static const char *const suffixes[] = {"csv", "xlsx", "json"}, *const names[] = {"CSV", "XLSX", "JSON"};
	for (size_t i = 0; i < LEN(suffixes); i++)
		*ARENA_PUSH(a, v.downloads.at, v.downloads.len, v.downloads.cap) = (LinkView){.label = str_c(names[i]), .href = url_with_format(r, suffixes[i])};
	crumb(r, S("Potřeby území"), S("/app/potreby"));
	crumb(r, S("Snímky"), S("/app/potreby/snimky"));
	view_snapshot(page(r, v.title), &v);
	return OK;
}

/* ---- two compared ---- */

static void add_change(Arena *a, Strs *list, const char *label, Str before, Str after) {
	if (!str_eq(before, after))
		strs_add(a, list, str_format(a, "%s: %.*s → %.*s", label, STR_ARG(before.len ? before : S("nic")), STR_ARG(after.len ? after : S("nic"))));
}

static Str kind_name(Req *r, Str kind) {
	return kind.len ? codelist_name(r->c, "service_kind", kind) : (Str){0};
}

static Str what_changed(Req *r, const SnapshotRow *b, const SnapshotRow *n) {
	Arena *a = r->c->arena;
	Strs   list = {0};
	add_change(a, &list, "název", b->title, n->title);
	add_change(a, &list, "území", b->territory, n->territory);
	add_change(a, &list, "rok", year_text(a, b->year), year_text(a, n->year));
	add_change(a, &list, "cílová skupina", codelist_name(r->c, "target_group", b->target_group),
	           codelist_name(r->c, "target_group", n->target_group));
	add_change(a, &list, "druh služby", kind_name(r, b->kind), kind_name(r, n->kind));
	add_change(a, &list, "stav", state_title(&need_machine, b->state), state_title(&need_machine, n->state));
	add_change(a, &list, "osob", str_format(a, "%lld", (long long)b->persons), str_format(a, "%lld", (long long)n->persons));
	add_change(a, &list, "chybí", need_capacity_text(a, b->missing_capacity, b->unit),
	           need_capacity_text(a, n->missing_capacity, n->unit));
	add_change(a, &list, "pořadí v obvodu", rank_text(a, b->rank_district), rank_text(a, n->rank_district));
	add_change(a, &list, "pořadí v kraji", rank_text(a, b->rank_region), rank_text(a, n->rank_region));
	return str_join(a, S("; "), list);
}

static Err read_one(Req *r, const char *name, Snapshot *s, SnapshotRows *rows) {
	Id id;
	if (!str_to_int(query(r, name), &id))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Vyberte dva snímky ze seznamu na stránce Snímky potřeb.");
	TRY(snapshot_get(r->c, id, s));
	return snapshot_rows(r->c, id, rows);
}

Err page_snapshots_compare(Req *r) {
	static const RowState states[] = {[SNAP_SAME] = ROW_SAME, [SNAP_NEW] = ROW_NEW, [SNAP_GONE] = ROW_ENDED, [SNAP_CHANGED] = ROW_CHANGED};
	Arena        *a = r->c->arena;
	Snapshot      before, after;
	SnapshotRows  old, new;
	SnapshotDiffs diffs;
	i64           counts[4] = {0};
	TRY(read_one(r, "drive", &before, &old));
	TRY(read_one(r, "pozdeji", &after, &new));
	snapshots_compare(a, &old, &new, &diffs);
	SnapshotView v = {.title = S("Porovnání snímků"), .is_diff = true, .lead = str_format(a, "%.*s → %.*s", STR_ARG(label_of(a, &before)), STR_ARG(label_of(a, &after)))};
	for (size_t i = 0; i < diffs.len; i++) {
		const SnapshotDiff *d = &diffs.at[i];
		const SnapshotRow  *n = d->after ? d->after : d->before;
		counts[d->change]++;
		*ARENA_PUSH(a, v.diffs.at, v.diffs.len, v.diffs.cap) = (SnapDiffRow){
			.state = states[d->change], .title = n->title, .place = place_text(a, n),
			.what = d->change == SNAP_CHANGED ? what_changed(r, d->before, d->after) : (Str){0}};
	}
	static const struct { SnapshotChange change; const char *label; } sums[] = {{SNAP_NEW, "Přibylo"}, {SNAP_CHANGED, "Změnilo se"}, {SNAP_GONE, "Ubylo"}};
	for (size_t i = 0; i < LEN(sums); i++)
		*ARENA_PUSH(a, v.kpis.at, v.kpis.len, v.kpis.cap) = (KpiView){.label = str_c(sums[i].label), .value = str_format(a, "%lld", (long long)counts[sums[i].change])};
	crumb(r, S("Potřeby území"), S("/app/potreby"));
	crumb(r, S("Snímky"), S("/app/potreby/snimky"));
	view_snapshot(page(r, v.title), &v);
	return OK;
}
