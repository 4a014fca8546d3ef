/* many values at once: a block from a spreadsheet, the form as a workbook; what goes where, what is left out, taking it back. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/exchange.h"
#include "domain/collection/staging.h"
#include "tests/domain/collection_given.h"

static const StagedCell *cell_of(const Staging *g, const char *stable, i64 line) {
	for (size_t i = 0; i < g->len; i++)
		if (g->at[i].f && str_eq(g->at[i].f->stable, str_c(stable)) && g->at[i].line == line)
			return &g->at[i];
	test_fail(__FILE__, __LINE__, "no cell %s %lld", stable, (long long)line);
	return NULL;
}

static Str stored(Ctx *c, Id id, const char *field, i64 line) {
	FormValues v;
	MUST(submission_values(c, id, &v));
	const FormValue *x = form_value(&v, str_c(field), line);
	return x ? x->typed : (Str){0};
}

static void apply(Ctx *c, Id id, const Staging *g, i64 expected) {
	i64 count;
	MUST(staging_apply(c, id, the_submission(c, id)->head.version, staging_pack(t_arena, g), S("blok"), &count));
	EQ_INT(count, expected);
}

TEST("staging: a column of Czech amounts with notes fills fields downwards, skips sums, and says what did not fit") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 9, 0, 0);
	Staging    g;
	MUST(staging_paste(&c, the_submission(&c, k.submission), S("n1.1"), 0, S("1 200 000,50\r\n80 000\tpět dohod\r\n65O 000\r\n0\r\n1000\r\n"), &g));
	EQ_INT(g.changed, 4);
	EQ_INT(g.wrong, 1);
	EXPECT(str_has(cell_of(&g, "n1.3", 0)->error, S("písmeno O")));
	EQ_TEXT(cell_of(&g, "n2.1.1", 0)->typed, "1000");                 /* over the sums n2 and n2.1 */
	EQ_INT(stored(&c, k.submission, "n1.1", 0).len, 0);               /* a preview writes nothing */
	apply(&c, k.submission, &g, 4);
	EQ_TEXT(stored(&c, k.submission, "n1.1", 0), "1 200 000,50");
	EQ_INT(stored(&c, k.submission, "n1.3", 0).len, 0);
	MUST(staging_paste(&c, the_submission(&c, k.submission), S("spolufinancovani"), 0, S("1\n2\n3\tx"), &g));
	EQ_INT(g.changed, 2);
	EQ_INT(g.left_over, 2);
	ctx_end(&c);
}

TEST("staging: a block fills columns and rows of a grid, by names of code lists and districts") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 9, 0, 0);
	Staging    g;
	Units      districts = {0};
	MUST(territory_below(&c, territory_region(&c)->id, LEVEL_DISTRICT, TODAY, &districts));
	MUST(staging_paste(&c, the_submission(&c, k.submission), S("pozice"), 2, S("pečovatelka\t3,5\tAno\tNE\tnavíc\nřidič\t0.75\tne\tano"), &g));
	EQ_INT(g.changed, 8);
	EQ_INT(g.left_over, 1);
	apply(&c, k.submission, &g, 8);
	EQ_TEXT(stored(&c, k.submission, "prima", 2), "ano");
	EQ_TEXT(stored(&c, k.submission, "kvalifikace", 2), "ne");
	EQ_TEXT(stored(&c, k.submission, "pozice", 3), "řidič");
	Str block = str_format(t_arena, "%.*s\t60 %%\nNikde\t40", STR_ARG(districts.at[1]->name));
	MUST(staging_paste(&c, the_submission(&c, k.submission), S("obvod"), 1, block, &g));
	EQ_INT(g.changed, 3);
	EQ_INT(g.wrong, 1);
	EQ_STR(cell_of(&g, "obvod", 1)->typed, districts.at[1]->code);
	EXPECT(str_has(cell_of(&g, "obvod", 2)->error, S("vyberte jednu")));
	MUST(staging_paste(&c, the_submission(&c, k.submission), S("pozice"), GRID_LINES, S("a\nb"), &g));
	EQ_INT(g.left_over, 1);
	ctx_end(&c);
}

TEST("staging: it is taken back as long as nothing else was saved, then no more") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 9, 0, 0);
	Staging    g;
	put_value(&c, k.submission, "n1.1", 0, "5", "poznámka");
	MUST(staging_paste(&c, the_submission(&c, k.submission), S("n1.1"), 0, S("7\tjiná\n8"), &g));
	apply(&c, k.submission, &g, 2);
	MUST(staging_undo(&c, k.submission));
	EQ_TEXT(stored(&c, k.submission, "n1.1", 0), "5");
	EQ_INT(stored(&c, k.submission, "n1.2", 0).len, 0);
	REFUSED_TELLING(staging_undo(&c, k.submission), ERR_CONFLICT, "Vrátit vložení už nejde");
	apply(&c, k.submission, &g, 2);
	put_value(&c, k.submission, "n1.2", 0, "9", NULL);
	REFUSED_TELLING(staging_undo(&c, k.submission), ERR_CONFLICT, "mezitím změnilo");
	ctx_end(&c);
}

TEST("staging: a preview of an older draft, a changed text of it, a stranger and a locked form are refused") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 9, 0, 0);
	Staging    g;
	i64        count, seen = the_submission(&c, k.submission)->head.version;
	MUST(staging_paste(&c, the_submission(&c, k.submission), S("n1.1"), 0, S("7"), &g));
	put_value(&c, k.submission, "potreba", 0, "Jiná ruka.", NULL);
	REFUSED_TELLING(staging_apply(&c, k.submission, seen, staging_pack(t_arena, &g), S("blok"), &count), ERR_CONFLICT, "Mezitím podání změnil");
	i64 now = the_submission(&c, k.submission)->head.version;
	EQ_INT(staging_apply(&c, k.submission, now, S("naklady\t0\t0\t5\t\n"), S("blok"), &count), ERR_MALFORMED);
	EQ_INT(staging_apply(&c, k.submission, now, S("n1.1\tx\t0\t5\t\n"), S("blok"), &count), ERR_MALFORMED);
	EQ_INT(staging_apply(&c, k.submission, now, S(""), S("blok"), &count), ERR_INVALID);
	REFUSED_TELLING(staging_paste(&c, the_submission(&c, k.submission), S("naklady"), 0, S("7"), &g), ERR_INVALID, "Vyberte údaj");
	ctx_end(&c);
	c = at_time(&k, k.stranger, D(2027, 2, 11), 9, 30, 0);
	EQ_INT(staging_apply(&c, k.submission, now, S("n1.1\t0\t0\t5\t\n"), S("blok"), &count), ERR_NOT_FOUND);
	ctx_end(&c);
	c = at_time(&k, k.worker, D(2027, 2, 11), 10, 0, 0);
	fill_whole(&c, k.submission);
	MUST(workflow_do(&c, &submission_machine, k.submission, "lock", NULL));
	REFUSED_TELLING(staging_apply(&c, k.submission, the_submission(&c, k.submission)->head.version, S("n1.1\t0\t0\t5\t\n"), S("blok"), &count), ERR_CONFLICT, "zamčené");
	ctx_end(&c);
}

/* ---- workbooks ---- */

static int written(const char *path, Str bytes) {
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	EXPECT(fd >= 0 && write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len && lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

static Staging read_file(Ctx *c, Id id, const char *path) {
	Staging g;
	int     fd = open(path, O_RDONLY);
	EXPECT(fd >= 0);
	MUST(staging_workbook(c, the_submission(c, id), str_c(path), fd, &g));
	close(fd);
	return g;
}

TEST("staging: the downloaded workbook changes nothing when it comes back; what LibreOffice saved of it neither") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 9, 0, 0);
	CLEANUP(buf_free) Buf book = {0};
	char      *folder = str_z(t_arena, S("/tmp/sitovka-book-XXXXXX"));
	fill_whole(&c, k.submission);
	put_value(&c, k.submission, "potreba", 0, "První řádek.\nDruhý řádek; se středníkem.", "Poznámka.");
	put_value(&c, k.submission, "n2.2", 0, "nevztahuje se", NULL);
	EXPECT(mkdtemp(folder));
	MUST(submission_workbook(&c, the_submission(&c, k.submission), &book));
	char *path = str_z(t_arena, str_format(t_arena, "%s/podani.xlsx", folder));
	close(written(path, buf_view(&book)));
	Staging g = read_file(&c, k.submission, path);
	EQ_INT(g.changed, 0);
	EQ_INT(g.wrong, 0);
	EXPECT(g.same > 50);
	ctx_end(&c);                                      /* a database doesn't wait for a program that may need a minute to start */
	if (access("/usr/bin/localc", X_OK) == 0) {       /* with the part that knows tables */
		char *command = str_z(t_arena, str_format(t_arena, "cd %s && HOME=%s soffice --headless --convert-to xlsx:\"Calc MS Excel 2007 XML\" --outdir again podani.xlsx >/dev/null 2>&1",
		                                          folder, folder));
		EQ_INT(system(command), 0);
		c = at_time(&k, k.worker, D(2027, 2, 11), 9, 30, 0);
		g = read_file(&c, k.submission, str_z(t_arena, str_format(t_arena, "%s/again/podani.xlsx", folder)));
		EQ_INT(g.changed, 0);
		EQ_INT(g.wrong, 0);
		ctx_end(&c);
	}
}

TEST("staging: each wrong cell of a workbook is named by its place and left out, the others go into the draft") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 9, 0, 0);
	char      *folder = str_z(t_arena, S("/tmp/sitovka-book-XXXXXX"));
	EXPECT(mkdtemp(folder));
	char *path = str_z(t_arena, str_format(t_arena, "%s/podani.csv", folder));
	close(written(path, S("Údaj;Řádek;Hodnota;Poznámka;Kód údaje\r\n"
	                      "Pracovní smlouvy;;1 200 000;;n1.1\r\n"
	                      "Dohody;;mnoho;;n1.2\r\n"
	                      "Nic;;5;;neznamy\r\n"
	                      "Pozice;61;uklízečka;;pozice\r\n"
	                      "Pozice;1;uklízečka;;pozice\r\n"
	                      "Pozice;1;kuchařka;;pozice\r\n"
	                      "Náklady celkem;;999;;naklady\r\n"
	                      "Druh;;Druh, který není;;druh\r\n"
	                      "Potraviny;;-5;;n2.2\r\n"
	                      "Název;1;Jiný;;nazev\r\n")));
	Staging g = read_file(&c, k.submission, path);
	EQ_INT(g.changed, 2);
	EQ_INT(g.wrong, 7);
	EXPECT(str_has(cell_of(&g, "n1.2", 0)->place, S("3")));
	EXPECT(str_has(cell_of(&g, "n2.2", 0)->error, S("nejméně může být")));
	apply(&c, k.submission, &g, 2);
	EQ_TEXT(stored(&c, k.submission, "pozice", 1), "uklízečka");
	EQ_TEXT(the_submission(&c, k.submission)->state, "draft");
	ctx_end(&c);
}

TEST("staging: a file that is no workbook of the form is refused as a whole") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 9, 0, 0);
	char      *folder = str_z(t_arena, S("/tmp/sitovka-book-XXXXXX"));
	Staging    g;
	EXPECT(mkdtemp(folder));
	int fd = written(str_z(t_arena, str_format(t_arena, "%s/cizi.csv", folder)), S("a;b\r\n1;2\r\n"));
	REFUSED_TELLING(staging_workbook(&c, the_submission(&c, k.submission), S("cizi.csv"), fd, &g), ERR_INVALID, "není sešit tohoto formuláře");
	close(fd);
	ctx_end(&c);
}

TEST("collection: a new one takes over what the organisation submitted last, where it is blank; days and what somebody filled in stay") {
	Collecting k = given_collection();
	FormValues v;
	i64        count;
	submit_whole(&k, D(2027, 2, 12), 9, 0, 0);
	Ctx         c = at_time(&k, k.worker, D(2027, 2, 13), 9, 0, 0);
	Submission *old = the_submission(&c, k.submission);
	Submission  made = {.form_version = old->form_version, .object = S("zkouska"), .object_id = 3, .title = S("Další rok"), .provider = k.provider, .municipality = BLANK,
	                    .district = BLANK};
	MUST(submission_start(&c, &made, NULL, 0));
	put_value(&c, made.head.id, "n1.1", 0, "1 500 000", NULL);
	MUST(submission_copy(&c, k.submission, made.head.id, &count));
	EXPECT(count > 40);
	Submission *taken = the_submission(&c, made.head.id);
	EQ_INT(taken->saved_at.ms, c.now.ms);
	EXPECT(taken->content.len > 0);
	MUST(submission_values(&c, made.head.id, &v));
	EQ_TEXT(form_value(&v, S("n1.1"), 0)->typed, "1 500 000");
	EQ_INT(form_value(&v, S("n1.1"), 0)->before, 120000000);
	EQ_TEXT(form_value(&v, S("s1"), 0)->typed, "1 200 000,00");
	EQ_TEXT(form_value(&v, S("s1"), 0)->origin, "z podání č. POD-2027-0001");
	EXPECT(!form_value(&v, S("od"), 0));
	ctx_end(&c);
	c = at_time(&k, k.stranger, D(2027, 2, 13), 10, 0, 0);
	Submission theirs = {.form_version = old->form_version, .object = S("zkouska"), .object_id = 4, .title = S("Cizí"), .provider = k.other_provider, .municipality = BLANK,
	                     .district = BLANK};
	MUST(submission_start(&c, &theirs, NULL, 0));
	EQ_INT(submission_copy(&c, k.submission, theirs.head.id, &count), ERR_NOT_FOUND);
	ctx_end(&c);
}
